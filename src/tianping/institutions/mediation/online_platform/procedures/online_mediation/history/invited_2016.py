"""特邀调解 · Invited mediation, 2016 to 2021: thirty, fifteen or seven days from the mediator's signature, and no platform clocks."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import MED16, PML
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Limit, Procedure, Referral, Stage, Step, T, days
from tianping.procedure.contracts.matters import ConfirmationRequest, MediationRequest
from tianping.procedure.contracts.roles import Roles


class Origin(Enum):
    """来源 · Delegated before filing, or entrusted after filing in one of two procedures."""

    DELEGATED = "委派"
    ENTRUSTED_ORDINARY = "委托（普通程序）"
    ENTRUSTED_SIMPLE = "委托（简易程序）"


class InvitedMediation(Procedure):
    """特邀调解 · One dispute that the court hands to an invited mediator. Only the period of mediation itself is a number of the rules."""

    title = T("特邀调解", "Invited mediation")
    code = "online_mediation"
    valid_from = date(2016, 7, 1)
    valid_to = date(2021, 12, 31)
    corrects = Roles.FILING_JUDGE | Roles.JUDGE

    origin = Fact(Origin, T("纠纷来源", "How did the dispute come?"))
    agreed_until = Fact(date, T("双方同意延长至", "Last day that both parties agreed to"))
    conflict = Fact(bool, T("调解员有无回避情形", "Is there a ground to challenge the mediator?"))
    conflict_accepted = Fact(bool, T("双方是否仍同意其调解", "Do both parties agree in spite of it?"))

    confirmation = Referral(
        ConfirmationRequest,
        by=Roles.APPLICANT & Roles.OPPONENT,
        cites=MED16[19] + PML[33],
        no_limit=T("期限在法院司法确认程序中计算", "the limits run in the court's own procedure of confirmation"),
    )

    offered = Stage(T("待当事人同意", "Waiting for consent"), no_limit=T("规定未定答复期限", "the provisions set no time to answer"))
    agreed = Stage(T("待确定调解员", "Mediator to be named"), no_limit=T("规定未定选定期限", "the provisions set no time for naming"))
    named = Stage(T("待签字接收", "Papers to be signed for"), no_limit=T("规定未定签收期限", "the provisions set no time to sign for the papers"))
    accepted = Stage(T("已接收待开始", "Papers signed for"))
    mediating = Stage(T("调解中", "Mediating"))
    extended = Stage(T("延长调解中", "Mediating in agreed overtime"))
    suspended = Stage(T("中止审查", "Suspended for review"))
    settled = Stage(T("调解成功", "Settled"), answers=MediationRequest.settled)
    failed = Stage(T("调解不成", "Not settled"), answers=MediationRequest.failed)
    withdrawn = Stage(T("撤回调解请求", "Withdrawn"), answers=MediationRequest.withdrawn)

    after_filing = Ground(
        origin.one_of(Origin.ENTRUSTED_ORDINARY, Origin.ENTRUSTED_SIMPLE), T("纠纷已经立案", "The dispute has been filed as a case"), MED16[11]
    )
    conflicted = Ground(
        conflict.is_(True) & ~conflict_accepted.is_(True),
        T("调解员有回避情形而双方未同意", "The mediator may be challenged and the parties have not agreed to it"),
        MED16[15],
    )

    offer = Step(NEW >> offered, T("提议特邀调解", "Propose invited mediation"), by=Roles.FILING_JUDGE | Roles.JUDGE, asks=(origin,), cites=MED16[11])
    apply = Step(NEW >> offered, T("当事人申请调解", "Apply for mediation"), by=Roles.APPLICANT, sets=((origin, Origin.DELEGATED),), cites=MED16[11])
    agree = Step(offered >> agreed, T("双方同意调解", "Both sides agree"), by=Roles.APPLICANT & Roles.OPPONENT, cites=MED16[11])
    dissent = Step(offered >> failed, T("不同意调解", "Do not agree to mediate"), by=Roles.APPLICANT | Roles.OPPONENT, cites=MED16[2, 11])
    choose = Step(agreed >> named, T("协商确定调解员", "Choose a mediator together"), by=Roles.APPLICANT & Roles.OPPONENT, cites=MED16[12])
    appoint = Step(agreed >> named, T("指定调解员", "Name a mediator"), by=Roles.MEDIATION_BODY | Roles.FILING_JUDGE | Roles.JUDGE, cites=MED16[12])
    reject_mediator = Step(named >> failed, T("不同意指定", "Refuse the mediator named"), by=Roles.APPLICANT | Roles.OPPONENT, cites=MED16[12])
    sign_for = Step(
        named >> accepted,
        T("签字接收材料", "Sign for the papers"),
        by=Roles.MEDIATOR | Roles.MEDIATION_BODY,
        asks=(conflict,),
        cites=MED16[15, 27],
    )
    keep = Step(
        accepted | mediating | extended,
        T("仍同意由其调解", "Agree in spite of the ground"),
        by=Roles.APPLICANT & Roles.OPPONENT,
        sets=((conflict_accepted, True),),
        cites=MED16[15],
    )
    recuse = Step(
        (accepted | mediating | extended) >> agreed,
        T("决定回避或更换", "Replace the mediator"),
        by=Roles.MEDIATION_BODY | Roles.COURT,
        cites=MED16[13, 15],
    )
    begin = Step(
        accepted >> mediating, T("告知权利义务并开始调解", "Inform of rights and begin"), by=Roles.MEDIATOR, unless=conflicted, cites=MED16[14]
    )
    prolong = Step(
        (mediating | extended) >> extended,
        T("双方同意延长", "Both agree to go on longer"),
        by=Roles.APPLICANT & Roles.OPPONENT,
        asks=(agreed_until,),
        cites=MED16[27],
    )
    suspend = Step((mediating | extended) >> suspended, T("疑似虚假调解，中止", "Suspend on suspicion of a sham"), by=Roles.MEDIATOR, cites=MED16[18])
    resume = Step(suspended >> mediating, T("排除虚假，恢复调解", "Go on after the review"), by=Roles.COURT | Roles.MEDIATION_BODY, cites=MED16[18])
    settle = Step(
        (mediating | extended) >> settled,
        T("签名达成协议", "Sign the agreement"),
        by=Roles.APPLICANT & Roles.OPPONENT & Roles.MEDIATOR,
        unless=conflicted,
        cites=MED16[23, 24],
    )
    withdraw = Step(
        (offered | agreed | named | accepted | mediating | extended) >> withdrawn,
        T("撤回调解请求", "Withdraw the request"),
        by=Roles.APPLICANT,
        cites=MED16[26],
    )
    terminate = Step(
        (named | accepted | mediating | extended | suspended) >> failed,
        T("终止调解并报告法院", "End it and report to the court"),
        by=Roles.MEDIATOR,
        cites=MED16[26],
    )

    not_settled = Ground(~settle.done, T("未达成调解协议", "No agreement was reached"), MED16[19])
    may_confirm = Condition(confirmation.send, unless=(not_settled, after_filing))

    to_mediate = Limit(
        since=sign_for,
        until=settled | failed | withdrawn | extended | agreed,
        within=days(30).but(days(15), when=origin.is_(Origin.ENTRUSTED_ORDINARY)).but(days(7), when=origin.is_(Origin.ENTRUSTED_SIMPLE)),
        title=T("调解期限", "Period of mediation"),
        cites=MED16[27],
    )
    to_agreed_day = Limit(
        since=agreed_until,
        until=settled | failed | withdrawn | agreed,
        within=days(0),
        counting=PLAIN,
        target=True,
        title=T("约定的延长期限", "The day agreed upon"),
        cites=MED16[27],
    )
    to_confirm = Limit(
        since=settle,
        until=confirmation.send,
        within=days(30),
        bars=True,
        title=T("申请司法确认期限", "Time to apply for confirmation"),
        cites=PML[33],
    )

    run_out = Step(
        (accepted | mediating | suspended) >> failed,
        T("期限届满而终止", "The period ran out"),
        by=Roles.MEDIATOR | Roles.SYSTEM,
        on=to_mediate,
        cites=MED16[26, 27],
    )
    agreed_day_over = Step(
        (mediating | extended | suspended) >> failed,
        T("约定期限届满而终止", "The agreed day has passed"),
        by=Roles.MEDIATOR | Roles.SYSTEM,
        on=to_agreed_day,
        cites=MED16[26, 27],
    )
