"""向人民汇报 · The yearly plan's events, who was invited, and every opinion until its author has an answer."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_REPORTING
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Limit, Many, Procedure, Stage, Step, T, Track, months
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("答复时限未查得，由使用单位配置", "no time to answer was found; to be set by the user")


class Level(Enum):
    """层级 · Who reports."""

    CITY = "市局"
    COUNTY = "县级公安机关"
    STATION = "派出所"
    COMMUNITY = "社区民警"


class Opinion(Track):
    """意见 · One opinion, from its author to its answer."""

    title = T("意见建议", "Opinion")
    counting = PLAIN

    satisfied = Fact(bool, T("提出人是否满意", "Is its author content?"))

    collected = Stage(T("已征集", "Collected"), no_limit=NO_TEXT)
    assigned = Stage(T("办理中", "Being dealt with"), no_limit=NO_TEXT)
    answered = Stage(T("已答复", "Answered"), no_limit=T("待提出人评价", "its author may still say how content he is"))
    rated = Stage(T("已评价", "Rated"), end=True)

    collect = Step(NEW >> collected, T("提出意见", "Give an opinion"), by=Roles.INVITED, cites=LOCAL_REPORTING["意见"])
    assign = Step(collected >> assigned, T("交办", "Assign"), by=Roles.COMMAND_CENTRE, cites=LOCAL_REPORTING["意见"])
    answer = Step(assigned >> answered, T("答复提出人", "Answer its author"), by=Roles.COMMAND_CENTRE, cites=LOCAL_REPORTING["答复"])
    rate = Step(answered >> rated, T("评价", "Rate"), by=Roles.INVITED, asks=(satisfied,), cites=LOCAL_REPORTING["答复"])
    return_ = Step(
        answered >> assigned,
        T("不满意，重新办理", "Not content: deal with it again"),
        by=Roles.INVITED,
        asks=(satisfied,),
        cites=LOCAL_REPORTING["答复"],
    )


class ReportToPeople(Procedure):
    """向人民汇报 · One event of a plan."""

    title = T("向人民汇报", "Report to the people")
    code = "report_to_people"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.COMMAND_CENTRE

    level = Fact(Level, T("汇报层级", "Who reports?"))
    invited = Fact(int, T("受邀人数", "How many were invited?"))
    came = Fact(int, T("到会人数", "How many came?"))
    opinions = Many(Opinion)

    planned = Stage(T("已列入计划", "Planned"))
    held = Stage(T("已举行", "Held"), no_limit=NO_TEXT)
    published = Stage(T("已公示", "Published"), end=True)
    dropped = Stage(T("取消", "Dropped"), end=True)

    nobody = Ground(invited < 1, T("没有邀请代表委员", "Nobody was invited"), LOCAL_REPORTING["计划"])
    unanswered = Ground(opinions.any(Opinion.collected | Opinion.assigned), T("尚有意见未答复", "Opinions are not answered"), LOCAL_REPORTING["答复"])

    plan = Step(NEW >> planned, T("列入年度计划", "Put into the yearly plan"), by=Roles.COMMAND_CENTRE, asks=(level,), cites=LOCAL_REPORTING["计划"])
    invite = Step(planned, T("邀请代表委员", "Invite"), by=Roles.COMMAND_CENTRE, asks=(invited,), cites=LOCAL_REPORTING["计划"])
    hold = Step(planned >> held, T("举行", "Hold the event"), by=Roles.COMMAND_CENTRE, asks=(came,), unless=nobody, cites=LOCAL_REPORTING["举行"])
    drop = Step(planned >> dropped, T("取消", "Drop"), by=Roles.COMMAND_CENTRE, cites=LOCAL_REPORTING["计划"])
    publish = Step(held >> published, T("公示答复", "Publish the answers"), by=Roles.COMMAND_CENTRE, unless=unanswered, cites=LOCAL_REPORTING["公示"])

    not_held = Ground(~hold.done, T("活动尚未举行", "The event has not been held"), LOCAL_REPORTING["举行"])
    only_after = Condition(Opinion.collect, unless=not_held)

    to_hold = Limit(
        since=plan,
        until=hold,
        within=months(3).but(months(1), when=level.is_(Level.STATION)).but(months(12), when=level.is_(Level.CITY)),
        target=True,
        waived=drop,
        title=T("举行期限", "Time to hold it"),
        cites=LOCAL_REPORTING["举行"],
    )
