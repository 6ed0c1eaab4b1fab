"""警情 · An incident reported to 110: calls, units with a ladder each, what it turns out to be, and who deals with it.

Times of arrival are local targets and never called illegal. What the law itself sets is what becomes of the report: taken as a case with a
receipt, transferred within twenty-four hours, or the person told where to turn.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.institutions.police.incidents.procedures.incident.tracks import HANDLING, NOT_FOUND, Call, Order, Unit
from tianping.law.statutes import LOCAL_110, LOCAL_PATROL, PAP, POL, PSC
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Limit, Many, Procedure, Referral, Stage, Step, T, hours
from tianping.procedure.contracts.matters import CrimeReport
from tianping.procedure.contracts.roles import Roles

HANDLER = Roles.OFFICER | Roles.UNIT


class Category(Enum):
    """警情类别 · The eleven classes at the top of a published code tree; the digits below them are imported data."""

    CRIMINAL = "刑事"
    PUBLIC_SECURITY = "治安"
    HELP = "群众求助"
    TRAFFIC = "交通"
    FIRE = "火灾"
    COMPLAINT = "举报投诉"
    JOINT_SERVICE = "社会联动"
    CROWD = "群体性事件"
    DISASTER = "灾害事故"
    ADMINISTRATIVE = "行政违法"
    OTHER = "其他"


class Satisfaction(Enum):
    """满意度 · What the caller says when called back."""

    SATISFIED = "满意"
    FAIRLY = "基本满意"
    DISSATISFIED = "不满意"
    UNREACHED = "未能回访"


class Incident(Procedure):
    """警情 · Taken, units sent, reported back, then closed: as a case, as help given, as somebody else's, or as one with another incident."""

    title = T("110警情", "110 incident")
    code = "incident"
    valid_from = date(2020, 9, 1)
    counting = PLAIN
    corrects = Roles.DISPATCHER

    category = Fact(Category, T("警情类别", "Which class of incident?"))
    is_case = Fact(bool, T("是否属于应当受理的案件", "Is it a case to be taken?"))
    objects = Fact(bool, T("对口头告知有异议或者不能当场判断", "Does the person object, or is it not clear on the spot?"))
    satisfaction = Fact(Satisfaction, T("回访满意度", "How content is the caller?"))

    calls = Many(Call)
    units = Many(Unit)
    orders = Many(Order)
    crime = Referral(
        CrimeReport,
        by=HANDLER,
        carries=(category,),
        cites=PSC[171, 178],
        no_limit=T("立案审查的期限未取得原文，由使用单位配置", "no text on the time to decide on opening a case was found; to be set by the user"),
    )

    taken = Stage(T("已接警待派警", "Taken, nobody sent"), no_limit=NOT_FOUND)
    active = Stage(T("处置中", "Being handled"), no_limit=HANDLING)
    fed_back = Stage(T("已反馈", "Reported back"), no_limit=NOT_FOUND)
    closed = Stage(T("已完成", "Closed"), end=True)
    duplicate = Stage(T("已并入同一警情", "Merged"), end=True)
    redirected = Stage(T("已告知向其他机关报案", "Referred elsewhere"), end=True)
    transferred = Stage(T("已移送有管辖权的机关", "Transferred"), end=True)

    out = units.any(Unit.sent | Unit.going | Unit.there)
    still_out = Ground(out, T("仍有单位未结束处置", "A unit is still out"), LOCAL_110["反馈"])
    nobody_sent = Ground(~out, T("尚未派出单位", "No unit has been sent"), LOCAL_110["派警"])
    order_open = Ground(orders.any(Order.out | Order.taken), T("转办工单尚未回复", "An order is not answered"), LOCAL_110["转办"])

    somebody_there = units.any(Unit.there | Unit.reported | Unit.relieved)
    not_first = Ground(Unit.first.is_(True) & somebody_there, T("已有单位先到现场", "Another unit was there before"), LOCAL_PATROL["首派"])
    was_first = Ground(
        ~Unit.first.is_(True) & ~somebody_there,
        T("此前没有单位到场，应当记为首先到场", "Nobody was there before"),
        LOCAL_PATROL["首派"],
    )
    who_was_first = Condition(Unit.arrive, unless=(not_first, was_first))

    # ---- taken and sent ----

    take = Step(NEW >> taken, T("登记警情", "Enter the incident"), by=Roles.DISPATCHER, asks=(category,), cites=LOCAL_110["接警"] + POL[21])
    engage = Step(taken >> active, T("转入处置", "Begin the handling"), by=Roles.DISPATCHER, unless=nobody_sent, cites=LOCAL_110["派警"])
    merge = Step(
        (taken | active) >> duplicate, T("并入同一警情", "Merge"), by=Roles.DISPATCHER, unless=still_out, into=True, cites=LOCAL_110["合并"] + PAP[60]
    )
    classify = Step(
        taken | active | fed_back,
        T("核定警情类别", "Classify"),
        by=Roles.DISPATCHER | HANDLER,
        asks=(category, is_case),
        cites=LOCAL_110["分类"] + PAP[61],
    )
    feed_back = Step(
        active >> fed_back,
        T("反馈处置结果", "Report back"),
        by=HANDLER,
        unless=still_out,
        asks=(is_case,),
        cites=LOCAL_110["反馈"],
    )
    reopen = Step(fed_back >> active, T("退回继续处置", "Send back to handling"), by=Roles.DISPATCHER, unless=nobody_sent, cites=LOCAL_110["反馈"])
    call_back = Step(fed_back, T("回访", "Call the person back"), by=Roles.DISPATCHER, asks=(satisfaction,), cites=LOCAL_110["回访"])

    # ---- what becomes of it ----

    accept_case = Step(
        active | fed_back, T("受案登记并出具回执（行政）", "Take as an administrative case, with a receipt"), by=HANDLER, at_most=1, cites=PAP[60, 61]
    )
    accept_crime = Step(
        active | fed_back, T("受案登记并出具回执（刑事）", "Take as a criminal case, with a receipt"), by=HANDLER, at_most=1, cites=PSC[169, 171]
    )
    find_other_police = Step(
        taken | active | fed_back,
        T("认定属于其他公安单位管辖", "Find that another unit is competent"),
        by=HANDLER,
        at_most=1,
        cites=PAP[61] + PSC[175],
    )
    ours = Ground(~find_other_police.done, T("未认定属于其他单位管辖", "Not found to be another unit's"), PAP[61] + PSC[175])
    transfer_case = Step(
        (taken | active | fed_back) >> transferred,
        T("移送有管辖权的单位（行政）", "Transfer as an administrative case"),
        by=HANDLER,
        unless=(ours, still_out),
        cites=PAP[61, 62],
    )
    transfer_crime = Step(
        (taken | active | fed_back) >> transferred,
        T("移送有管辖权的机关（刑事）", "Transfer as a criminal case"),
        by=HANDLER & Roles.CHIEF,
        unless=(ours, still_out),
        cites=PSC[175],
    )
    may_object = Ground(objects.is_(True), T("有异议或者不能当场判断，须书面告知", "There is an objection: it must be told in writing"), PAP[61])
    redirect = Step(
        (taken | active | fed_back) >> redirected,
        T("口头告知向其他机关报案", "Tell where to turn"),
        by=Roles.DISPATCHER | HANDLER,
        unless=(may_object, still_out),
        asks=(objects,),
        cites=PAP[61] + PSC[175],
    )
    redirect_in_writing = Step(
        (taken | active | fed_back) >> redirected,
        T("书面告知向其他机关报案", "Tell in writing where to turn"),
        by=HANDLER,
        unless=still_out,
        cites=PAP[61],
    )
    case_not_taken = Ground(
        is_case.is_(True) & ~(accept_case.done | accept_crime.done), T("属于案件而未受案", "It is a case and was not taken"), PAP[61] + PSC[171]
    )
    close = Step(
        fed_back >> closed,
        T("办结", "Close"),
        by=Roles.DISPATCHER,
        unless=(still_out, order_open, case_not_taken),
        cites=LOCAL_110["反馈"] + POL[21],
    )

    not_a_crime = Ground(~accept_crime.done, T("未受为刑事案件", "It was not taken as a crime"), PSC[171])
    taken_as_a_crime = Condition(crime.send, unless=not_a_crime)
    told_already = Ground(find_other_police.done, T("已认定属于其他单位管辖", "Found to be another unit's"), PAP[61])
    not_ours_any_more = Condition(accept_case | accept_crime | redirect | redirect_in_writing | close, unless=told_already)

    transfer_time = Limit(
        since=find_other_police,
        until=transfer_case | transfer_crime,
        within=hours(24),
        title=T("移送管辖期限", "Time to transfer"),
        waived=merge,
        cites=PAP[61] + PSC[175],
    )
