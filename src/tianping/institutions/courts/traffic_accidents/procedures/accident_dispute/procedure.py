"""道交赔偿纠纷 · One dispute on the platform that handles accidents as one: calculated, mediated, confirmed or sued, claimed, paid.

Its use is voluntary. The amounts are reckoned by the calculator of damages and entered by payer; they must add up to the loss.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tianping.law.statutes import CC, CPL23, CTPL, LOCAL_ACCIDENT, OMR, PI22, RTA, RTP, RTSL
from tianping.procedure import NEW, PLAIN, Fact, Ground, Limit, Many, Pause, Procedure, Referral, Stage, Step, T, Track, days
from tianping.procedure.contracts.matters import AccidentDispute, ConfirmationRequest, InsuranceClaim, JudicialSuggestion
from tianping.procedure.contracts.roles import Roles

BOTH = Roles.APPLICANT & Roles.OPPONENT
REGISTRAR = Roles.MEDIATOR | Roles.CLERK | Roles.JUDGE_ASSISTANT


class OnlineAppraisal(Track):
    """在线鉴定 · One appraisal asked for on the platform; its days do not count for the mediation."""

    title = T("在线鉴定", "Online appraisal")

    asked = Stage(T("已申请鉴定", "Asked for"), no_limit=T("规则未定委托的期限", "the rules set no time for entrusting it"))
    pending = Stage(T("鉴定中", "Under way"), no_limit=T("期限在鉴定机构自身计算", "it runs on the appraiser's own limit"))
    given = Stage(T("已出鉴定意见", "Opinion given"), end=True)
    dropped = Stage(T("已终止鉴定", "Given up"), end=True)

    ask = Step(NEW >> asked, T("在线申请鉴定", "Ask for an appraisal"), by=Roles.APPLICANT | Roles.OPPONENT, cites=OMR[26])
    entrust = Step(asked >> pending, T("在线委托鉴定", "Entrust it"), by=Roles.COURT, cites=OMR[26] + LOCAL_ACCIDENT["在线鉴定"])
    opine = Step(pending >> given, T("出具鉴定意见", "Give the opinion"), by=Roles.APPRAISER, cites=OMR[26])
    drop = Step((asked | pending) >> dropped, T("终止鉴定", "Give it up"), by=Roles.COURT, cites=OMR[26])


class RoadDispute(Procedure):
    """道交赔偿纠纷 · From the certificate to the money."""

    title = T("道交赔偿纠纷一体化处理", "Accident dispute, handled as one")
    code = "accident_dispute"
    valid_from = date(2022, 1, 1)
    corrects = Roles.JUDGE

    voluntary = Fact(bool, T("各方是否自愿使用一体化平台", "Do all use the platform of their own will?"))
    certified = Fact(bool, T("有无事故认定书或者证明", "Is there a certificate?"))
    insured = Fact(bool, T("机动车是否投保交强险", "Has the vehicle compulsory cover?"))
    total = Fact(Decimal, T("损失合计（元）", "Losses, in yuan"))
    compulsory = Fact(Decimal, T("交强险赔付（元）", "By the compulsory insurer"))
    commercial = Fact(Decimal, T("商业三者险赔付（元）", "By the commercial insurer"))
    tortfeasor = Fact(Decimal, T("侵权人赔付（元）", "By the tortfeasor"))
    own = Fact(Decimal, T("受害人自负（元）", "Borne by the victim"))
    amount = Fact(Decimal, T("协议赔偿数额（元）", "Amount agreed"))
    agreed_on = Fact(date, T("达成协议之日", "Day of the agreement"))
    agreed_until = Fact(date, T("各方同意延长至", "Last day that all agreed to"))
    judged = Fact(Decimal, T("判决数额（元）", "Amount adjudged"))

    appraisals = Many(OnlineAppraisal, one_open=True)
    confirmation = Referral(
        ConfirmationRequest,
        by=BOTH,
        cites=OMR[20] + CPL23[205],
        no_limit=T("期限在司法确认程序中计算", "the limits run in the procedure of confirmation"),
    )
    claim = Referral(
        InsuranceClaim,
        by=Roles.APPLICANT | Roles.OPPONENT,
        cites=CTPL[28, 31] + LOCAL_ACCIDENT["一键理赔"],
        carries=(amount, agreed_on),
        no_limit=T("期限在保险理赔程序中计算", "the limits run in the insurer's procedure"),
    )
    suggestion = Referral(
        JudicialSuggestion,
        by=Roles.JUDGE,
        cites=LOCAL_ACCIDENT["司法建议"] + CTPL[37],
        no_limit=T("答复期限未查得", "no text was found on the time to answer"),
    )

    received = Stage(T("待试算", "To be calculated"), no_limit=T("未定试算的期限", "no time is set for it"))
    calculated = Stage(T("已试算待调解", "Calculated"), no_limit=T("调解期限自开始调解计算", "the period of mediation runs from its beginning"))
    mediating = Stage(T("调解中", "Mediating"))
    extended = Stage(T("延长调解中", "Mediating in agreed overtime"))
    unsettled = Stage(
        T("调解不成或者协议未获确认", "Not settled, or not confirmed"),
        no_limit=T("起诉是当事人的权利", "to sue is the parties' right"),
    )
    agreed = Stage(T("已达成协议", "Agreed"))
    confirming = Stage(
        T("司法确认中", "At the court for confirmation"),
        no_limit=T("期限在司法确认程序中计算", "it runs in the procedure of confirmation"),
    )
    confirmed = Stage(T("协议已确认", "Confirmed"), no_limit=T("履行期限依协议", "performance is due as agreed"))
    claiming = Stage(T("理赔中", "Claimed"))
    insurer_refused = Stage(T("保险公司拒赔", "Refused by the insurer"), no_limit=T("起诉是当事人的权利", "to sue is the parties' right"))
    sued = Stage(T("已起诉", "Sued"), no_limit=T("审理期限在一审程序中计算", "the trial limit runs in the procedure of first instance"))
    paid = Stage(T("已支付", "Paid"), answers=AccidentDispute.paid)
    adjudged = Stage(T("已判决", "Adjudged"), answers=AccidentDispute.adjudged)
    withdrawn = Stage(T("已撤回", "Withdrawn"), answers=AccidentDispute.withdrawn)

    unwilling = Ground(~voluntary.is_(True), T("当事人不自愿使用", "A party does not want it"), LOCAL_ACCIDENT["自愿"] + OMR[4])
    uncertified = Ground(~certified.is_(True), T("没有事故认定书或者证明", "There is no certificate"), RTA[24] + RTP[65])
    uninsured = Ground(~insured.is_(True), T("未投保，不能一键理赔", "Without cover nothing can be claimed"), LOCAL_ACCIDENT["投保"] + RTA[16])
    parts = compulsory + commercial + tortfeasor + own
    unbalanced = Ground(
        (parts < total) | (total < parts),
        T("交强险、商业险、侵权人和自负之和不等于损失", "The payers' parts do not add up to the loss"),
        CC[1213] + RTSL[76] + RTA[13, 19],
    )
    appraisal_open = Ground(appraisals.any(OnlineAppraisal.asked | OnlineAppraisal.pending), T("鉴定尚未结束", "An appraisal is not over"), OMR[26])

    receive = Step(
        NEW >> received,
        T("接收事故责任数据", "Receive the accident and its certificate"),
        by=Roles.MEDIATION_BODY | Roles.CLERK,
        asks=(voluntary, certified, insured),
        unless=(unwilling, uncertified),
        cites=RTP[8, 85] + LOCAL_ACCIDENT["数据共享"] + LOCAL_ACCIDENT["自愿"],
    )
    calculate = Step(
        received >> calculated,
        T("赔偿试算", "Calculate"),
        by=REGISTRAR,
        asks=(total, compulsory, commercial, tortfeasor, own),
        unless=unbalanced,
        cites=CC[1179, 1213] + PI22[12, 15, 17] + RTA[13, 18, 19] + LOCAL_ACCIDENT["试算"],
    )
    recalculate = Step(
        calculated | mediating | extended | unsettled,
        T("重新试算", "Calculate again"),
        by=REGISTRAR,
        asks=(total, compulsory, commercial, tortfeasor, own),
        unless=unbalanced,
        cites=CC[1179, 1213] + PI22[12, 15, 17] + RTA[13, 18, 19] + LOCAL_ACCIDENT["试算"],
    )
    begin = Step(calculated >> mediating, T("开始在线调解", "Begin to mediate"), by=Roles.MEDIATOR, cites=OMR[16, 17])
    mediate_again = Step(unsettled >> mediating, T("另行调解", "Mediate again"), by=Roles.MEDIATOR, cites=CPL23[206] + OMR[16])
    prolong = Step((mediating | extended) >> extended, T("各方同意延长", "All agree to go on longer"), by=BOTH, asks=(agreed_until,), cites=OMR[24])
    agree = Step(
        (mediating | extended) >> agreed,
        T("签订调解协议", "Sign the agreement"),
        by=BOTH & Roles.MEDIATOR,
        asks=(amount, agreed_on),
        unless=appraisal_open,
        cites=OMR[19] + RTP[85],
    )
    break_off = Step((mediating | extended) >> unsettled, T("调解不成", "End without agreement"), by=Roles.MEDIATOR, cites=OMR[21, 25])
    apply = Step(agreed >> confirming, T("在线申请司法确认", "Apply for confirmation"), by=BOTH, opens=(confirmation,), cites=OMR[20] + CPL23[205])
    hear_confirmed = Step(
        confirming >> confirmed,
        T("裁定确认", "It is confirmed"),
        by=Roles.SYSTEM,
        on=confirmation.heard(ConfirmationRequest.confirmed),
        cites=CPL23[206],
    )
    hear_unconfirmed = Step(
        confirming >> unsettled,
        T("未获确认", "It is not confirmed"),
        by=Roles.SYSTEM,
        on=confirmation.heard(ConfirmationRequest.dismissed, ConfirmationRequest.declined, ConfirmationRequest.withdrawn),
        cites=CPL23[206],
    )
    claim_now = Step(
        (agreed | confirmed) >> claiming,
        T("一键理赔", "Claim with one key"),
        by=Roles.APPLICANT | Roles.OPPONENT,
        unless=uninsured,
        opens=(claim,),
        cites=CTPL[28, 31] + LOCAL_ACCIDENT["一键理赔"],
    )
    hear_paid = Step(
        claiming >> paid,
        T("保险公司已支付", "The insurer has paid"),
        by=Roles.SYSTEM,
        on=claim.heard(InsuranceClaim.paid),
        cites=CTPL[29, 31],
    )
    hear_refused = Step(
        claiming >> insurer_refused,
        T("保险公司拒赔", "The insurer refuses"),
        by=Roles.SYSTEM,
        on=claim.heard(InsuranceClaim.refused),
        cites=CTPL[29, 30],
    )
    pay = Step((agreed | confirmed | insurer_refused) >> paid, T("侵权人直接支付", "The tortfeasor pays"), by=Roles.OPPONENT, cites=CC[1213])
    sue = Step(
        (received | calculated | unsettled | insurer_refused) >> sued,
        T("在线起诉，生成要素式诉状", "Sue online, the pleading made from the elements"),
        by=Roles.APPLICANT,
        cites=RTP[85] + OMR[21] + LOCAL_ACCIDENT["要素式文书"],
    )
    adjudge = Step(sued >> adjudged, T("登记判决数额", "Enter the amount adjudged"), by=Roles.JUDGE | Roles.CLERK, asks=(judged,), cites=CPL23[155])
    withdraw = Step((received | calculated | mediating | extended | unsettled) >> withdrawn, T("撤回", "Withdraw"), by=Roles.APPLICANT, cites=OMR[25])

    appraisal = Pause(OnlineAppraisal.entrust, OnlineAppraisal.opine | OnlineAppraisal.drop, title=T("鉴定期间", "Appraisal"), cites=OMR[26])
    to_mediate = Limit(
        since=begin | mediate_again,
        until=agree | break_off | withdraw | prolong,
        within=days(30),
        excluding=(appraisal,),
        title=T("调解期限", "Period of mediation"),
        cites=OMR[24],
    )
    to_agreed_day = Limit(
        since=agreed_until,
        until=agree | break_off | withdraw,
        within=days(0),
        counting=PLAIN,
        target=True,
        title=T("约定的延长期限", "The day agreed upon"),
        cites=OMR[24],
    )
    to_apply = Limit(
        since=agree, until=apply, within=days(30), bars=True, title=T("申请司法确认期限", "Time to apply for confirmation"), cites=CPL23[205]
    )
    to_pay = Limit(
        since=claim_now, until=hear_paid | hear_refused, within=days(10), title=T("保险公司支付期限", "Time for the insurer to pay"), cites=CTPL[29]
    )
    suggest = Step(
        claiming, T("逾期未赔，发出司法建议", "The insurer is late: write to its regulator"), by=Roles.JUDGE, on=to_pay, opens=(suggestion,),
        cites=LOCAL_ACCIDENT["司法建议"] + CTPL[37],
    )  # fmt: skip
