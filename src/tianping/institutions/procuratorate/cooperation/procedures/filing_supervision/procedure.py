"""立案监督 · The procuratorate asks why no case was opened, weighs the answer, and notifies the police to open one.

Both sides read one clock: it runs on the notice itself, from its receipt, and the police have the same on their own case.
"""

from __future__ import annotations

from datetime import date

from tianping.law.statutes import PPR, PSC
from tianping.procedure import CRIMINAL, NEW, Condition, Fact, Ground, Limit, Procedure, Referral, Stage, Step, T, Wait, days, months
from tianping.procedure.contracts.matters import FilingExplanation, FilingOrder
from tianping.procedure.contracts.roles import Roles

ON_NOTICE = T("期限自公安机关收到通知起算", "the time runs from the receipt by the police")
NO_TEXT = T("规则未定审查期限", "the rules set no time for this")
DECIDES = Roles.PROSECUTOR & Roles.CHIEF_PROSECUTOR


class FilingSupervision(Procedure):
    """立案监督 · One case, at the procuratorate."""

    title = T("立案监督", "Supervision of filing")
    code = "filing_supervision"
    valid_from = date(2020, 9, 1)
    counting = CRIMINAL
    corrects = Roles.CHIEF_PROSECUTOR

    subject = Fact(str, T("控告或者移送的事项", "What was accused or transferred"))
    reason_holds = Fact(bool, T("不立案理由是否成立", "Do the police's reasons hold?"))

    reviewing = Stage(T("审查中", "Under review"), no_limit=NO_TEXT)
    explaining = Stage(T("待公安机关说明", "The police are to explain"), no_limit=ON_NOTICE)
    judging = Stage(T("审查说明理由", "The reasons are weighed"), no_limit=NO_TEXT)
    holding = Stage(T("理由成立待告知", "The reasons hold: to be told"))
    ordering = Stage(T("已通知立案", "The police are to open a case"), no_limit=ON_NOTICE)
    watched = Stage(T("已立案跟踪", "Opened, watched"), no_limit=T("三个月未侦查终结的可以催办", "after three months it may be urged"))
    told = Stage(T("已告知理由", "Told the reasons"), end=True)
    right = Stage(T("不立案正确，已答复", "No case was right: answered"), end=True)
    closed = Stage(T("监督完结", "Ended"), end=True)

    explanation = Referral(FilingExplanation, by=Roles.PROSECUTOR, carries=(subject,), cites=PPR[559, 560], no_limit=ON_NOTICE)
    order = Referral(FilingOrder, by=DECIDES, carries=(subject,), cites=PPR[561, 563], no_limit=ON_NOTICE)

    holds = Ground(reason_holds.is_(True), T("不立案理由成立", "The reasons hold"), PPR[561])
    fails = Ground(reason_holds.is_(False), T("不立案理由不能成立", "The reasons do not hold"), PPR[561])

    accept = Step(NEW >> reviewing, T("受理", "Accept"), by=Roles.RECEPTION | Roles.PROSECUTOR, asks=(subject,), cites=PPR[557])
    find_right = Step(
        reviewing >> right,
        T("认为不立案正确，答复", "Find it right, and answer"),
        by=Roles.RECEPTION | Roles.PROSECUTOR,
        cites=PPR[558],
    )
    require = Step(
        reviewing >> explaining, T("要求说明不立案理由", "Ask for the reasons"), by=Roles.PROSECUTOR, opens=(explanation,), cites=PPR[559, 560]
    )
    asked_already = Ground(~explanation.any(explanation.refused) | explanation.open, T("通知并未退回", "The request was not sent back"), PPR[560])
    noted_already = Ground(~order.any(order.refused) | order.open, T("通知立案书并未退回", "The notice was not sent back"), PPR[563])
    require_again = Step(
        explaining,
        T("通知退回后重新发出", "Send the request again"),
        by=Roles.PROSECUTOR,
        unless=asked_already,
        opens=(explanation,),
        cites=PPR[560],
    )
    urge = Step(explaining, T("逾期不说明，提出纠正意见", "No reasons in time: ask to put it right"), by=Roles.PROSECUTOR, cites=PPR[562])
    hear_reason = Step(
        explaining >> judging,
        T("收到书面说明", "The reasons come"),
        by=Roles.SYSTEM,
        on=explanation.heard(FilingExplanation.explained),
        cites=PPR[560, 561],
    )
    hear_filed = Step(
        explaining >> watched,
        T("公安机关主动立案", "The police open a case"),
        by=Roles.SYSTEM,
        on=explanation.heard(FilingExplanation.filed),
        cites=PSC[182],
    )
    not_urged = Ground(explanation.open & ~urge.done, T("说明期限内，尚未提出纠正意见", "The police may still explain"), PPR[562])
    find_holds = Step(
        judging >> holding,
        T("认为理由成立", "Find that they hold"),
        by=Roles.PROSECUTOR,
        unless=fails,
        asks=(reason_holds,),
        cites=PPR[561],
    )
    tell = Step(holding >> told, T("告知不立案的依据和理由", "Tell those concerned"), by=Roles.PROSECUTOR | Roles.RECEPTION, cites=PPR[561])
    notify = Step(
        (judging | explaining) >> ordering,
        T("检察长决定，通知立案", "Notify to open a case"),
        by=DECIDES,
        unless=(holds, not_urged),
        asks=(reason_holds,),
        opens=(order,),
        cites=PPR[561:563],
    )
    notify_again = Step(
        ordering, T("通知立案书退回后重新发出", "Send the notice again"), by=DECIDES, unless=noted_already, opens=(order,), cites=PPR[563]
    )
    hear_opened = Step(
        ordering >> watched,
        T("公安机关立案", "The case is opened"),
        by=Roles.SYSTEM,
        on=order.heard(FilingOrder.filed),
        cites=PPR[563],
    )
    correct = Step(ordering, T("发出纠正违法通知书", "Issue a notice of a breach of law"), by=DECIDES, cites=PPR[564])
    no_notice = Ground(~correct.done, T("尚未发出纠正违法通知书", "No notice of a breach was issued"), PPR[564])
    report_up = Step(
        ordering,
        T("报上一级检察院协商", "Report to the next higher procuratorate"),
        by=Roles.CHIEF_PROSECUTOR,
        unless=no_notice,
        cites=PPR[564],
    )
    hurry = Step(watched, T("发出催办函", "Urge the investigation"), by=Roles.PROSECUTOR, cites=PPR[564])
    close = Step(watched >> closed, T("监督完结", "End the supervision"), by=Roles.PROSECUTOR, cites=PPR[564])
    give_up = Step(ordering >> closed, T("上级协商后完结", "End it after the superiors agreed"), by=DECIDES, cites=PPR[564])
    not_reported = Ground(~report_up.done, T("尚未报上一级检察院", "It was not reported upwards"), PPR[564])
    only_reported = Condition(give_up, unless=not_reported)

    to_explain = Limit(
        since=explanation.receive,
        until=explanation.answer,
        within=days(7),
        waived=explanation.refuse,
        counting=CRIMINAL,
        title=T("公安机关说明理由期限", "Seven days for the police to explain"),
        cites=PSC[182] + PPR[560],
        warn=(days(2),),
    )
    to_open = Limit(
        since=order.receive,
        until=order.answer,
        within=days(15),
        waived=order.refuse,
        counting=CRIMINAL,
        title=T("公安机关立案期限", "Fifteen days for the police to open it"),
        cites=PSC[182] + PPR[563],
        warn=(days(3),),
    )
    to_tell = Limit(since=find_holds, until=tell, within=days(10), title=T("告知期限", "Ten days to tell the reasons"), cites=PPR[561])
    not_before_breach = Wait(
        since=order.receive,
        until=correct,
        within=days(15),
        counting=CRIMINAL,
        title=T("满十五日方可发出纠正违法通知书", "A notice of a breach after fifteen days"),
        cites=PPR[564],
    )
    not_before_hurry = Wait(
        since=hear_filed | hear_opened, until=hurry, within=months(3), title=T("立案满三个月方可催办", "Urged after three months"), cites=PPR[564]
    )
