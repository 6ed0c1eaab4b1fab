"""在线调解 · Online mediation on the courts' platform, from 2022: consent, naming, acceptance, asking the other side, mediating."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import CPL23, OMR
from tianping.procedure import NEW, PLAIN, Condition, Fact, Ground, Limit, Many, Pause, Procedure, Referral, Stage, Step, T, Track, days, working_days
from tianping.procedure.contracts.matters import ConfirmationRequest, MediationRequest
from tianping.procedure.contracts.roles import Roles


class Origin(Enum):
    """来源 · How the dispute came: delegated before filing, applied for before filing, entrusted after filing in one of two procedures."""

    DELEGATED = "委派"
    APPLIED = "申请"
    ENTRUSTED_ORDINARY = "委托（普通程序）"
    ENTRUSTED_SIMPLE = "委托（简易程序）"


class Ending(Enum):
    """终结事由 · The grounds on which a mediation ends without an agreement (OMR 25)."""

    UNREACHABLE = "无法联系当事人"
    UNWILLING = "一方不愿继续"
    TOO_FAR_APART = "分歧较大"
    OUT_OF_TIME = "期限届满"
    REFUSED_TO_SIGN = "拒绝签章"
    OTHER = "其他情形"


class Manner(Enum):
    """调解方式 · How the sides meet (OMR 1, 17)."""

    VIDEO = "音视频"
    TEXT = "在线文字、语音留言"
    ON_SITE = "线下"


class Preliminary(Track):
    """诉前鉴定 · One appraisal that the parties ask for before filing."""

    title = T("诉前委托鉴定", "Appraisal before filing")

    asked = Stage(T("已申请鉴定", "Appraisal asked for"), no_limit=T("规则未定委托的期限", "the rules set no time for entrusting it"))
    pending = Stage(T("鉴定中", "Appraisal under way"), no_limit=T("鉴定机构自身的期限", "it runs on the appraiser's own limit"))
    given = Stage(T("已出鉴定意见", "Opinion given"), end=True)
    dropped = Stage(T("已终止鉴定", "Appraisal given up"), end=True)

    ask = Step(NEW >> asked, T("申请诉前鉴定", "Ask for an appraisal"), by=Roles.APPLICANT | Roles.OPPONENT, cites=OMR[26])
    entrust = Step(asked >> pending, T("委托鉴定", "Entrust the appraisal"), by=Roles.COURT, cites=OMR[26])
    opine = Step(pending >> given, T("出具鉴定意见", "Give the opinion"), by=Roles.APPRAISER, cites=OMR[26])
    drop = Step((asked | pending) >> dropped, T("终止鉴定", "Give the appraisal up"), by=Roles.COURT, cites=OMR[26])


class OnlineMediation(Procedure):
    """在线调解 · One dispute on the platform. The period of mediation runs from the mediator's acceptance, not from the court's sending."""

    title = T("在线调解", "Online mediation")
    code = "online_mediation"
    valid_from = date(2022, 1, 1)
    corrects = Roles.FILING_JUDGE | Roles.JUDGE

    # ---- what is known ------------------------------------------------------------------------------------------------------

    origin = Fact(Origin, T("纠纷来源", "How did the dispute come?"))
    one_sided = Fact(bool, T("是否仅一方同意调解", "Has only one side agreed to mediate?"))
    in_scope = Fact(bool, T("是否属于人民法院受案范围", "Is it within the courts' scope?"))
    competent = Fact(bool, T("邀请法院有无管辖权", "Is the inviting court competent?"))
    suitable = Fact(bool, T("是否适宜在线调解", "Is it suitable for online mediation?"))
    left_to_court = Fact(bool, T("当事人是否同意由法院指定", "Do the parties leave the naming to the court?"))
    conflict = Fact(bool, T("调解员有无应当披露的关系", "Has the mediator a relation to disclose?"))
    conflict_accepted = Fact(bool, T("披露后当事人是否仍同意", "Do the parties agree in spite of it?"))
    agreed_until = Fact(date, T("各方同意延长至", "Last day that all parties agreed to"))
    mediator = Fact(
        str,
        T("调解员或者调解组织", "Mediator or mediation body"),
        hint=T("从特邀调解名册中选，也可以写别人", "From the court's register, or another"),
        register="mediators",
    )
    manner = Fact(Manner, T("调解方式", "How do the sides meet?"))
    ending = Fact(Ending, T("终结事由", "Ground of the ending"))

    # ---- parts and stages ---------------------------------------------------------------------------------------------------

    appraisals = Many(Preliminary, one_open=True)
    confirmation = Referral(
        ConfirmationRequest,
        by=Roles.APPLICANT & Roles.OPPONENT,
        cites=OMR[20] + CPL23[205],
        no_limit=T("期限在法院司法确认程序中计算", "the limits run in the court's own procedure of confirmation"),
    )

    pushed = Stage(T("待当事人同意", "Waiting for consent"), no_limit=T("规则未定答复期限", "the rules set no time to answer"))
    alone = Stage(T("一方同意待指定", "One side agreed"))
    both = Stage(T("双方同意待选定", "Both sides agreed"))
    named = Stage(T("待调解员确认", "Mediator named"))
    unnamed = Stage(T("待重新选定", "To be named again"), no_limit=T("规则未定重新选定的期限", "the rules set no time for naming again"))
    asking = Stage(T("征询对方意愿", "Asking the other side"))
    accepted = Stage(T("已接受待开始", "Accepted"))
    mediating = Stage(T("调解中", "Mediating"))
    extended = Stage(T("延长调解中", "Mediating in agreed overtime"))
    settled = Stage(T("调解成功", "Settled"), answers=MediationRequest.settled)
    failed = Stage(T("调解不成", "Not settled"), answers=MediationRequest.failed)
    withdrawn = Stage(T("和解撤回", "Withdrawn"), answers=MediationRequest.withdrawn)
    returned = Stage(T("已退回", "Returned"), answers=MediationRequest.returned)

    # ---- grounds --------------------------------------------------------------------------------------------------------------

    after_filing = Ground(
        origin.one_of(Origin.ENTRUSTED_ORDINARY, Origin.ENTRUSTED_SIMPLE), T("纠纷已经立案", "The dispute has been filed as a case"), OMR[10]
    )
    applied_for = Ground(origin.is_(Origin.APPLIED), T("属于当事人立案前申请", "It was applied for before filing"), OMR[9])
    returnable = Ground(
        in_scope.is_(False) | competent.is_(False) | suitable.is_(False),
        T("不属于受案范围、无管辖权或者不适宜在线调解", "It is out of scope, before the wrong court, or unsuitable"),
        OMR[9],
    )
    only_one_side = Ground(one_sided.is_(True), T("仅一方同意调解", "Only one side has agreed"), OMR[15])
    court_may_name = Ground(
        one_sided.is_(True) | left_to_court.is_(True),
        T("仅一方同意，或者双方同意由法院指定", "Only one side agreed, or both leave the naming to the court"),
        OMR[10],
    )
    conflicted = Ground(
        conflict.is_(True) & ~conflict_accepted.is_(True),
        T("调解员有应披露的关系而当事人未表示同意", "The mediator disclosed a relation and the parties have not agreed to it"),
        OMR[13],
    )

    # ---- consent ----------------------------------------------------------------------------------------------------------------

    push = Step(
        NEW >> pushed, T("引导在线调解", "Offer online mediation"), by=Roles.FILING_JUDGE | Roles.JUDGE, asks=(origin,), cites=OMR[4] + OMR[7]
    )
    apply = Step(
        NEW >> alone,
        T("一方申请在线调解", "One side applies"),
        by=Roles.APPLICANT,
        asks=(in_scope, competent, suitable),
        sets=((origin, Origin.APPLIED), (one_sided, True)),
        cites=OMR[8],
    )
    apply_jointly = Step(
        NEW >> both,
        T("双方申请在线调解", "Both sides apply"),
        by=Roles.APPLICANT & Roles.OPPONENT,
        asks=(in_scope, competent, suitable),
        sets=((origin, Origin.APPLIED), (one_sided, False)),
        cites=OMR[8],
    )
    agree = Step(
        pushed >> both,
        T("双方同意在线调解", "Both sides agree"),
        by=Roles.APPLICANT & Roles.OPPONENT,
        sets=((one_sided, False),),
        cites=OMR[4] + OMR[8],
    )
    agree_alone = Step(
        pushed >> alone,
        T("一方同意在线调解", "One side agrees"),
        by=Roles.APPLICANT,
        unless=after_filing,
        sets=((one_sided, True),),
        cites=OMR[8] + OMR[10],
    )
    dissent = Step(pushed >> failed, T("不同意调解", "Do not agree to mediate"), by=Roles.APPLICANT | Roles.OPPONENT, cites=OMR[4])
    give_back = Step(
        (alone | both) >> returned,
        T("退回申请", "Return the application"),
        by=Roles.FILING_JUDGE,
        when=(applied_for, returnable),
        asks=(in_scope, competent, suitable),
        cites=OMR[9],
    )

    # ---- naming the mediator ------------------------------------------------------------------------------------------------

    choose = Step(
        both >> named, T("共同选择调解员", "Choose a mediator together"), by=Roles.APPLICANT & Roles.OPPONENT, asks=(mediator,), cites=OMR[10]
    )
    appoint = Step(
        (alone | both) >> named,
        T("法院指定调解员", "Name a mediator"),
        by=Roles.FILING_JUDGE | Roles.JUDGE,
        when=court_may_name,
        asks=(left_to_court, mediator),
        cites=OMR[10],
    )
    choose_again = Step(
        unnamed >> named,
        T("重新共同选定", "Choose another mediator"),
        by=Roles.APPLICANT & Roles.OPPONENT,
        asks=(mediator,),
        cites=OMR[12, 14],
    )
    appoint_again = Step(
        unnamed >> named, T("重新指定", "Name another mediator"), by=Roles.FILING_JUDGE | Roles.JUDGE, asks=(mediator,), cites=OMR[12, 14]
    )
    decline = Step(named >> unnamed, T("写明理由不予接受", "Decline with reasons"), by=Roles.MEDIATOR | Roles.MEDIATION_BODY, cites=OMR[12])
    accept = Step(
        named >> accepted,
        T("确认接受", "Accept"),
        by=Roles.MEDIATOR | Roles.MEDIATION_BODY,
        unless=only_one_side,
        asks=(conflict,),
        cites=OMR[12, 13],
    )
    accept_alone = Step(
        named >> asking,
        T("确认接受一方的申请", "Accept one side's application"),
        by=Roles.MEDIATOR | Roles.MEDIATION_BODY,
        when=only_one_side,
        asks=(conflict,),
        cites=OMR[12, 13],
    )

    # ---- mediating --------------------------------------------------------------------------------------------------------------

    contact = Step(
        asking >> accepted,
        T("对方同意调解", "The other side agrees"),
        by=Roles.MEDIATOR | Roles.COURT,
        sets=((one_sided, False),),
        cites=OMR[15],
    )
    disclose = Step(
        accepted | mediating | extended,
        T("调解中披露关系", "Disclose a relation later on"),
        by=Roles.MEDIATOR,
        sets=((conflict, True), (conflict_accepted, False)),
        cites=OMR[13],
    )
    keep = Step(
        accepted | mediating | extended,
        T("披露后仍同意由其调解", "Agree in spite of the disclosure"),
        by=Roles.APPLICANT & Roles.OPPONENT,
        sets=((conflict_accepted, True),),
        cites=OMR[13],
    )
    begin = Step(
        accepted >> mediating,
        T("核实身份并开始调解", "Check identities and begin"),
        by=Roles.MEDIATOR,
        unless=conflicted,
        asks=(manner,),
        cites=OMR[16, 17],
    )
    replace = Step(
        (accepted | mediating | extended) >> unnamed,
        T("申请更换调解员", "Ask for another mediator"),
        by=Roles.APPLICANT | Roles.OPPONENT,
        cites=OMR[14],
    )
    prolong = Step(
        (mediating | extended) >> extended,
        T("各方同意延长", "All agree to go on longer"),
        by=Roles.APPLICANT & Roles.OPPONENT,
        asks=(agreed_until,),
        cites=OMR[24],
    )
    settle = Step(
        (mediating | extended) >> settled,
        T("各方签章达成协议", "Sign the agreement"),
        by=Roles.APPLICANT & Roles.OPPONENT & Roles.MEDIATOR,
        unless=conflicted,
        cites=OMR[19],
    )
    withdraw = Step(
        (alone | both | named | unnamed | asking | accepted | mediating | extended) >> withdrawn,
        T("和解并撤回申请", "Reconcile and withdraw"),
        by=Roles.APPLICANT,
        cites=OMR[25],
    )
    break_off = Step(
        (asking | accepted | mediating | extended) >> failed,
        T("终结调解", "End the mediation"),
        by=Roles.MEDIATOR,
        asks=(ending,),
        cites=OMR[15, 25],
    )
    call_off = Step(
        (both | named | unnamed) >> failed, T("无法进行而终结", "End what cannot go on"), by=Roles.COURT, asks=(ending,), cites=OMR[14, 25]
    )

    # ---- conditions of parts ------------------------------------------------------------------------------------------------

    not_settled = Ground(~settle.done, T("未达成调解协议", "No agreement was reached"), OMR[20])
    before_filing_only = Condition(Preliminary.entrust, unless=after_filing)
    may_confirm = Condition(confirmation.send, unless=(not_settled, after_filing))

    # ---- time -------------------------------------------------------------------------------------------------------------------

    appraisal = Pause(Preliminary.entrust, Preliminary.opine | Preliminary.drop, title=T("诉前鉴定期间", "Appraisal before filing"), cites=OMR[26])

    to_choose = Limit(
        since=agree | apply_jointly,
        until=choose,
        within=working_days(2),
        waived=appoint | give_back | withdraw | call_off,
        bars=True,
        title=T("共同选择期限", "Time to choose together"),
        cites=OMR[10],
    )
    to_appoint = Limit(
        since=apply | apply_jointly | agree | agree_alone,
        until=named,
        within=working_days(3),
        waived=give_back | withdraw | call_off,
        title=T("指定期限", "Time to name a mediator"),
        cites=OMR[10],
    )
    to_accept = Limit(
        since=named,
        until=accept | accept_alone | decline,
        within=working_days(3),
        waived=withdraw | call_off,
        title=T("确认接受期限", "Time to accept"),
        cites=OMR[12],
    )
    to_contact = Limit(
        since=accept_alone,
        until=contact | break_off,
        within=working_days(3),
        waived=withdraw,
        title=T("征询对方期限", "Time to ask the other side"),
        cites=OMR[15],
    )
    to_mediate = Limit(
        since=accept | accept_alone,
        until=settled | failed | withdrawn | extended | unnamed,
        within=days(30).but(days(15), when=origin.is_(Origin.ENTRUSTED_ORDINARY)).but(days(7), when=origin.is_(Origin.ENTRUSTED_SIMPLE)),
        excluding=(appraisal,),
        title=T("调解期限", "Period of mediation"),
        cites=OMR[24],
    )
    to_agreed_day = Limit(
        since=agreed_until,
        until=settled | failed | withdrawn | unnamed,
        within=days(0),
        counting=PLAIN,
        target=True,
        title=T("约定的延长期限", "The day agreed upon"),
        cites=OMR[24],
    )
    to_confirm = Limit(
        since=settle,
        until=confirmation.send,
        within=days(30),
        bars=True,
        title=T("申请司法确认期限", "Time to apply for confirmation"),
        cites=CPL23[205],
    )

    # ---- what follows when time has run out ---------------------------------------------------------------------------------

    appoint_by_default = Step(
        both >> named,
        T("未能共同选择，由法院指定", "No common choice: name a mediator"),
        by=Roles.FILING_JUDGE | Roles.JUDGE,
        on=to_choose,
        cites=OMR[10],
    )
    name_anew = Step(
        named >> unnamed, T("逾期未确认，重新选定", "Not accepted in time: name anew"), by=Roles.COURT | Roles.SYSTEM, on=to_accept, cites=OMR[12]
    )
    run_out = Step(
        (asking | accepted | mediating) >> failed,
        T("期限届满而终结", "The period ran out"),
        by=Roles.MEDIATOR | Roles.SYSTEM,
        on=to_mediate,
        sets=((ending, Ending.OUT_OF_TIME),),
        cites=OMR[25],
    )
    agreed_day_over = Step(
        extended >> failed,
        T("约定期限届满而终结", "The agreed day has passed"),
        by=Roles.MEDIATOR | Roles.SYSTEM,
        on=to_agreed_day,
        sets=((ending, Ending.OUT_OF_TIME),),
        cites=OMR[25],
    )
