"""执法监管 · One element under supervision: in order, warned of, overdue, judged a problem, ordered to be put right, fed back, closed or suspended.

The times that are watched are those of the element itself (incident, case, person, property) and stand in its own procedure. What is judged
here is the deed, never the person: there is no score of an officer.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_SUPERVISION, POL, PSC
from tianping.procedure import NEW, PLAIN, Fact, Ground, Limit, Procedure, Stage, Step, T, days
from tianping.procedure.contracts.roles import Roles

SUPERVISOR = Roles.LEGAL_REVIEW | Roles.CASE_MANAGER | Roles.INSPECTOR
ON_ELEMENT = T("期限在被监管的警情、案件、人员、财物上计算", "the limit runs on the incident, case, person or thing that is watched")
NO_TEXT = T("判定、签收时限未取得原文，由使用单位配置", "no text on how long it may take was found; to be set by the user")


class Element(Enum):
    """执法要素 · What is watched."""

    INCIDENT = "警情"
    CASE = "案件"
    PERSON = "人员"
    PROPERTY = "财物"


class Level(Enum):
    """提升层级 · Who is told next when nothing happens: three levels."""

    FIRST = "责任民警"
    SECOND = "办案部门负责人"
    THIRD = "公安机关负责人"


class SupervisionFinding(Procedure):
    """执法监管 · From in order to put right."""

    title = T("执法要素监管", "Supervision of one element")
    code = "supervision_finding"
    valid_from = date(2020, 9, 1)
    counting = PLAIN
    corrects = Roles.LEGAL_REVIEW

    element = Fact(Element, T("监管要素", "What is watched?"))
    subject = Fact(str, T("被监管的编号", "Number of what is watched"))
    rule = Fact(str, T("监管规则", "Which rule?"))
    problem = Fact(bool, T("是否构成问题", "Is it a problem?"))
    officer = Fact(str, T("责任人", "Officer responsible"))
    opinion = Fact(str, T("整改意见", "What is to be put right?"))
    fix_by = Fact(date, T("整改期限", "To be put right by"))
    remedy = Fact(str, T("整改情况", "What was done?"))
    put_right = Fact(bool, T("是否整改到位", "Is it put right?"))
    reason = Fact(str, T("挂起或者核销的理由", "Reason to suspend or to strike out"))
    level = Fact(Level, T("提升至", "To whom is it raised?"))

    normal = Stage(T("正常", "In order"), no_limit=ON_ELEMENT)
    warned = Stage(T("预警", "Warned of"), no_limit=ON_ELEMENT)
    alarmed = Stage(T("告警", "Overdue or at fault"), no_limit=NO_TEXT)
    judged = Stage(T("问题判定", "Judged a problem"), no_limit=NO_TEXT)
    ordered = Stage(T("督办", "Ordered to be put right"))
    rectifying = Stage(T("整改中", "Being put right"))
    fed_back = Stage(T("已反馈", "Fed back"), no_limit=NO_TEXT)
    suspended = Stage(T("挂起", "Suspended"), no_limit=T("挂起期间不计时，理由消除即恢复", "no time runs; it goes on when the reason is gone"))
    finished = Stage(T("监管结束", "Watch over"), end=True)
    dismissed = Stage(T("判定不构成问题", "Found to be no problem"), end=True)
    completed = Stage(T("整改完毕", "Put right"), end=True)

    # ---- watched ----

    watch = Step(NEW >> normal, T("纳入监管", "Watch"), by=Roles.SYSTEM, asks=(element, subject, rule), cites=PSC[7] + LOCAL_SUPERVISION["监管"])
    warn = Step(normal >> warned, T("预警", "Warn"), by=Roles.SYSTEM, cites=LOCAL_SUPERVISION["预警"])
    settle = Step(warned >> normal, T("期限内已办理，恢复正常", "Done in time"), by=Roles.SYSTEM, cites=LOCAL_SUPERVISION["预警"])
    alarm = Step((normal | warned) >> alarmed, T("告警", "Sound the alarm"), by=Roles.SYSTEM, cites=LOCAL_SUPERVISION["告警"])
    find = Step(
        NEW >> alarmed,
        T("巡查发现", "Find at an inspection"),
        by=Roles.SYSTEM | SUPERVISOR,
        asks=(element, subject, rule),
        cites=PSC[7] + LOCAL_SUPERVISION["告警", "巡查"],
    )
    finish = Step(normal >> finished, T("要素办结，结束监管", "The element is closed"), by=Roles.SYSTEM, cites=LOCAL_SUPERVISION["监管"])

    # ---- judged ----

    no_problem = Ground(~problem.is_(True), T("未判定构成问题", "It was not judged a problem"), LOCAL_SUPERVISION["判定"])
    is_problem = Ground(problem.is_(True), T("已判定构成问题", "It was judged a problem"), LOCAL_SUPERVISION["判定"])
    no_reason = Ground(~reason.known(), T("没有写明理由", "No reason is given"), LOCAL_SUPERVISION["挂起"])
    judge = Step(
        alarmed >> judged, T("判定问题", "Judge it a problem"), by=SUPERVISOR, asks=(problem,), unless=no_problem, cites=LOCAL_SUPERVISION["判定"]
    )
    dismiss = Step(
        alarmed >> dismissed,
        T("判定不构成问题", "Judge it no problem"),
        by=SUPERVISOR,
        asks=(problem, reason),
        unless=(is_problem, no_reason),
        cites=LOCAL_SUPERVISION["判定"],
    )

    # ---- put right ----

    nobody = Ground(~officer.known(), T("没有指定责任人", "Nobody is responsible"), LOCAL_SUPERVISION["督办"])
    no_opinion = Ground(~opinion.known(), T("没有整改意见", "It is not said what is to be put right"), LOCAL_SUPERVISION["督办"])
    order = Step(
        judged >> ordered,
        T("督办", "Order it to be put right"),
        by=SUPERVISOR,
        asks=(officer, opinion, fix_by),
        unless=(nobody, no_opinion),
        cites=POL[43, 47] + LOCAL_SUPERVISION["督办"],
    )
    begin = Step(ordered >> rectifying, T("签收整改", "Begin to put it right"), by=Roles.OFFICER, cites=LOCAL_SUPERVISION["整改"])
    feed_back = Step(rectifying >> fed_back, T("反馈整改情况", "Feed back"), by=Roles.OFFICER, asks=(remedy,), cites=LOCAL_SUPERVISION["反馈"])
    not_right = Ground(~put_right.is_(True), T("整改未到位", "It is not put right"), LOCAL_SUPERVISION["整改"])
    is_right = Ground(put_right.is_(True), T("整改已经到位", "It is put right"), LOCAL_SUPERVISION["整改"])
    complete = Step(
        fed_back >> completed,
        T("确认整改完毕", "Confirm that it is put right"),
        by=SUPERVISOR,
        asks=(put_right,),
        not_by=feed_back,
        unless=not_right,
        cites=LOCAL_SUPERVISION["整改"],
    )
    send_back = Step(
        fed_back >> ordered,
        T("退回重新整改", "Send back"),
        by=SUPERVISOR,
        asks=(put_right, opinion, fix_by),
        unless=is_right,
        cites=LOCAL_SUPERVISION["整改"],
    )
    suspend = Step(
        (judged | ordered | rectifying | fed_back) >> suspended,
        T("挂起", "Suspend"),
        by=SUPERVISOR,
        asks=(reason,),
        unless=no_reason,
        cites=LOCAL_SUPERVISION["挂起"],
    )
    resume = Step(
        suspended >> ordered,
        T("恢复督办", "Go on"),
        by=SUPERVISOR,
        asks=(officer, opinion, fix_by),
        unless=(nobody, no_opinion),
        cites=LOCAL_SUPERVISION["挂起"],
    )
    raise_ = Step(
        alarmed | judged | ordered | rectifying | fed_back,
        T("提升层级", "Raise it"),
        by=Roles.SYSTEM | SUPERVISOR,
        asks=(level,),
        at_most=3,
        cites=POL[43] + LOCAL_SUPERVISION["提升"],
    )

    rectification = Limit(
        since=fix_by,
        until=feed_back,
        within=days(0),
        title=T("整改期限", "Day by which it is to be put right"),
        waived=suspend,
        target=True,
        cites=LOCAL_SUPERVISION["整改"],
    )
