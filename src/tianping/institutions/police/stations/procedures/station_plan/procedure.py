"""派出所撤并 · A plan to merge or abolish a station or post: proposed, argued with figures before and after, approved, in effect, files joined.

What becomes of the institution, its cases and its posts on the day is done by the service that merges institutions; this case says why, and that
nothing was lost.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_STATION
from tianping.procedure import NEW, PLAIN, Fact, Ground, Procedure, Stage, Step, T
from tianping.procedure.contracts.roles import Roles

NOT_SET = T("未查得期限", "no text was found that sets a time")


class Kind(Enum):
    """撤并方式 · What is done to the unit."""

    MERGE = "合并"
    ABOLISH = "撤销"


class Level(Enum):
    """单位 · A station or a post."""

    STATION = "派出所"
    POST = "警务室"


class StationPlan(Procedure):
    """派出所撤并 · One unit that goes into another."""

    title = T("派出所、警务室撤并", "Merging of stations and posts")
    code = "station_plan"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.COMMAND_CENTRE

    kind = Fact(Kind, T("撤并方式", "Merge or abolish?"))
    level = Fact(Level, T("单位种类", "Station or post?"))
    unit = Fact(str, T("被撤并单位", "Unit that ends"))
    successor = Fact(str, T("接收单位", "Unit that takes over"))
    incidents = Fact(int, T("年警情数", "Incidents a year"))
    population = Fact(int, T("辖区人口", "People served"))
    distance = Fact(int, T("两单位距离（米）", "Metres between the two"))
    worst_before = Fact(int, T("撤并前最长到场时间（分）", "Longest way before, in minutes"))
    worst_after = Fact(int, T("撤并后最长到场时间（分）", "Longest way after, in minutes"))
    tolerated = Fact(int, T("可接受的最长到场时间（分）", "Longest way that is accepted"), hint=T("由使用单位确定", "the user sets it"))
    saved = Fact(int, T("节省的岗位", "Posts saved"))
    to_front = Fact(int, T("转入一线的岗位", "Posts moved to the front line"))
    effective_on = Fact(date, T("生效日", "Day on which it takes effect"))
    open_tasks = Fact(int, T("生效时的在办事项", "Open matters on that day"))
    taken_over = Fact(int, T("已由接收单位承接的在办事项", "Open matters taken over"))
    files = Fact(int, T("并入的档案数", "Files joined"))
    files_before = Fact(int, T("原有档案数", "Files that there were"))

    proposed = Stage(T("提案", "Proposed"), no_limit=NOT_SET)
    argued = Stage(T("论证", "Argued"), no_limit=NOT_SET)
    approved = Stage(T("批复", "Approved"), no_limit=NOT_SET)
    in_effect = Stage(T("生效", "In effect"), no_limit=NOT_SET)
    joined = Stage(T("并档", "Files joined"), end=True)
    rejected = Stage(T("不予批准", "Not approved"), end=True)
    withdrawn = Stage(T("撤回提案", "Proposal withdrawn"), end=True)

    into_itself = Ground(unit.is_(successor), T("接收单位不能是自己", "A unit cannot go into itself"), LOCAL_STATION["提案"])
    too_far = Ground(
        tolerated < worst_after,
        T("撤并后最长到场时间超过可接受的时间", "The longest way would be longer than accepted"),
        LOCAL_STATION["论证"],
    )
    staff_vanish = Ground(to_front < saved, T("节省的岗位没有全部转入一线", "Saved posts do not all go to the front line"), LOCAL_STATION["批复"])
    tasks_lost = Ground(taken_over < open_tasks, T("有在办事项没有承接", "An open matter has nobody"), LOCAL_STATION["并档"])
    files_lost = Ground(files < files_before, T("档案没有全部并入", "Files are missing"), LOCAL_STATION["并档"])

    propose = Step(
        NEW >> proposed,
        T("提出撤并", "Propose"),
        by=Roles.COMMAND_CENTRE,
        asks=(kind, level, unit, successor, incidents, population, distance),
        unless=into_itself,
        cites=LOCAL_STATION["提案"],
    )
    argue = Step(
        proposed >> argued,
        T("撤并前后测算论证", "Argue it with figures before and after"),
        by=Roles.COMMAND_CENTRE,
        asks=(worst_before, worst_after, tolerated, saved, to_front),
        cites=LOCAL_STATION["论证"],
    )
    approve = Step(
        argued >> approved,
        T("党委批复", "Approve"),
        by=Roles.POLICE_COMMITTEE,
        asks=(effective_on,),
        unless=(too_far, staff_vanish),
        cites=LOCAL_STATION["批复"],
    )
    reject = Step((proposed | argued) >> rejected, T("不予批复", "Do not approve"), by=Roles.POLICE_COMMITTEE, cites=LOCAL_STATION["批复"])
    withdraw = Step((proposed | argued) >> withdrawn, T("撤回", "Withdraw"), by=Roles.COMMAND_CENTRE, cites=LOCAL_STATION["提案"])
    take_effect = Step(
        approved >> in_effect, T("生效，辖区和在办事项转移", "Take effect: district and open matters move"), by=Roles.COMMAND_CENTRE,
        asks=(open_tasks, files_before), cites=LOCAL_STATION["批复"],
    )  # fmt: skip
    join = Step(
        in_effect >> joined,
        T("并档", "Join the files"),
        by=Roles.COMMAND_CENTRE,
        asks=(taken_over, files),
        unless=(tasks_lost, files_lost),
        cites=LOCAL_STATION["并档"],
    )
