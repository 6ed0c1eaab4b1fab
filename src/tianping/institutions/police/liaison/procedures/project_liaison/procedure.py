"""项目联系 · A project with the officer who looks after it: contacts, visits, and what they bring up until it is seen to."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_LIAISON
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Limit, Many, Procedure, Stage, Step, T, Track, days, months
from tianping.procedure.contracts.roles import Roles

NO_TEXT = T("办理时限未取得原文，由使用单位配置", "no text on how long it may take was found; to be set by the user")


class Kind(Enum):
    """问题种类 · What a visit brings up."""

    OPINION = "意见建议"
    RISK = "矛盾纠纷隐患"
    REQUEST = "诉求"


class Problem(Track):
    """问题 · One opinion, risk or request."""

    title = T("问题", "Matter raised")
    counting = PLAIN

    kind = Fact(Kind, T("问题种类", "Which kind?"))
    solved = Fact(bool, T("是否解决", "Was it solved?"))

    raised = Stage(T("已提出", "Raised"), no_limit=NO_TEXT)
    assigned = Stage(T("已交办", "Assigned"), no_limit=NO_TEXT)
    done = Stage(T("已办结", "Seen to"), no_limit=T("待回访", "to be called back"))
    called_back = Stage(T("已回访", "Called back"), end=True)

    unsolved = Ground(solved.is_(False), T("回访反映未解决", "The enterprise says that it is not solved"), LOCAL_LIAISON["回访"])

    raise_ = Step(NEW >> raised, T("登记问题", "Enter what was raised"), by=Roles.OFFICER, asks=(kind,), cites=LOCAL_LIAISON["问题"])
    assign = Step(raised >> assigned, T("交办", "Assign"), by=Roles.COMMAND_CENTRE, cites=LOCAL_LIAISON["问题"])
    finish = Step(assigned >> done, T("办结", "See to it"), by=Roles.OFFICER | Roles.COMMAND_CENTRE, cites=LOCAL_LIAISON["问题"])
    call_back = Step(
        done >> called_back, T("回访并销账", "Call back and close"), by=Roles.OFFICER, asks=(solved,), unless=unsolved, cites=LOCAL_LIAISON["回访"]
    )
    reopen = Step(done >> assigned, T("回访后重新交办", "Assign again"), by=Roles.OFFICER, asks=(solved,), cites=LOCAL_LIAISON["回访"])


class ProjectLiaison(Procedure):
    """项目联系 · One project or enterprise."""

    title = T("一项目一民警", "An officer for every project")
    code = "project_liaison"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.COMMAND_CENTRE

    project = Fact(str, T("项目名称", "Name of the project"))
    officer = Fact(str, T("包联民警", "Officer in charge"))
    deputy = Fact(str, T("协助民警", "Deputy"))
    led = Fact(bool, T("是否由领导包联", "Is a leader in charge?"))

    problems = Many(Problem)

    registered = Stage(T("已建档未包联", "On file, nobody in charge"))
    linked = Stage(T("包联中", "An officer is in charge"))
    ended = Stage(T("项目结束", "The project has ended"), end=True)

    nobody = Ground(~officer.known(), T("没有指定包联民警", "No officer was named"), LOCAL_LIAISON["包联"])
    open_problems = Ground(
        problems.any(Problem.raised | Problem.assigned | Problem.done),
        T("尚有问题未销账", "Matters are open"),
        LOCAL_LIAISON["问题"],
    )

    register = Step(
        NEW >> registered,
        T("建档", "Put on file"),
        by=Roles.OFFICER | Roles.COMMAND_CENTRE,
        asks=(project,),
        cites=LOCAL_LIAISON["建档"],
    )
    link = Step(
        registered >> linked,
        T("指定包联民警", "Name the officer"),
        by=Roles.COMMAND_CENTRE,
        asks=(officer, deputy, led),
        unless=nobody,
        cites=LOCAL_LIAISON["包联"],
    )
    relink = Step(
        linked,
        T("更换包联民警", "Name another officer"),
        by=Roles.COMMAND_CENTRE,
        asks=(officer, deputy, led),
        cites=LOCAL_LIAISON["包联"],
    )
    contact = Step(linked, T("联系", "Contact"), by=Roles.OFFICER, cites=LOCAL_LIAISON["走访"])
    visit = Step(linked, T("走访", "Visit"), by=Roles.OFFICER, cites=LOCAL_LIAISON["走访"])
    end = Step(linked >> ended, T("结束联系", "End the liaison"), by=Roles.COMMAND_CENTRE, unless=open_problems, cites=LOCAL_LIAISON["建档"])

    never_linked = Ground(~link.done, T("尚未指定包联民警", "Nobody is in charge yet"), LOCAL_LIAISON["包联"])
    raised_by_visit = Condition(Problem.raise_, unless=never_linked)

    to_link = Limit(
        since=register,
        until=link,
        within=days(3),
        target=True,
        title=T("指定民警期限", "Time to name an officer"),
        cites=LOCAL_LIAISON["包联"],
    )
    weekly = Limit(
        since=link | contact | visit,
        until=contact | visit,
        within=days(7),
        target=True,
        waived=end,
        title=T("一周一联系", "A contact a week"),
        cites=LOCAL_LIAISON["走访"],
    )
    monthly = Limit(
        since=link | visit,
        until=visit,
        within=months(1),
        target=True,
        waived=end,
        title=T("一月一走访", "A visit a month"),
        cites=LOCAL_LIAISON["走访"],
    )
