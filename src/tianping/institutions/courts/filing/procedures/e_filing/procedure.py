"""网上立案 · A complaint written and handed in online: corrected once, filed, sent to mediation, or refused with its ground and appeal.

The times are those of a complaint on paper: seven, thirty or fifteen days, and anew after a correction.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.institutions.courts.filing.procedures.pre_filing.procedure import Suit
from tianping.law.statutes import CI22, CPL23, FEE, LOCAL_DOCKING, MED16, OLR, OMR, REG15
from tianping.procedure import NEW, Fact, Ground, Limit, Procedure, Referral, Stage, Step, T, days, working_days
from tianping.procedure.contracts.matters import MediationRequest
from tianping.procedure.contracts.roles import Roles

BY_PARTY = Roles.APPLICANT | Roles.AGENT


class Refusal(Enum):
    """不予受理的理由 · What a suit lacks (CPL 122, 127), or what may not be sued about (REG15 10)."""

    NOT_CONCERNED = "原告与本案无直接利害关系"
    NO_DEFENDANT = "没有明确的被告"
    NO_CLAIM = "没有具体的诉讼请求和事实、理由"
    OUT_OF_SCOPE = "不属于人民法院主管"
    NOT_COMPETENT = "不属于本院管辖"
    ALREADY_DECIDED = "裁判已经发生法律效力"
    TOO_EARLY = "在一定期限内不得起诉"
    UNLAWFUL = "违法起诉"
    SOVEREIGNTY = "危害国家主权和领土完整"
    STATE_SECURITY = "危害国家安全"
    UNITY = "破坏国家统一和民族团结"
    RELIGION = "破坏国家宗教政策"


class EFiling(Procedure):
    """网上立案 · From the draft to the case number."""

    title = T("网上立案", "Filing online")
    code = "e_filing"
    valid_from = date(2022, 1, 1)
    corrects = Roles.FILING_JUDGE

    suit = Fact(Suit, T("起诉种类", "Which kind of suit is it?"))
    cause = Fact(str, T("案由", "Cause of action"))
    identified = Fact(bool, T("是否完成实名身份认证", "Is the person identified?"))
    online = Fact(bool, T("是否同意在线诉讼", "Is online litigation agreed to?"))
    e_service = Fact(bool, T("是否同意电子送达", "Is electronic service agreed to?"), flag=T("同意电子送达", "Agreed to electronic service"))
    claims_given = Fact(bool, T("是否写明当事人、诉讼请求和事实理由", "Are parties, claims and reasons stated?"))
    qualifies = Fact(bool, T("是否符合起诉条件", "Does it meet the conditions of a suit?"))
    suitable = Fact(bool, T("是否适宜调解", "Is it suitable for mediation?"))
    consents = Fact(bool, T("当事人是否同意先行调解", "Does the party agree to mediate first?"))
    correct_by = Fact(date, T("指定的补正期限", "Day set for the correction"))
    reason = Fact(Refusal, T("不予受理的理由", "Ground of the refusal"))
    appeal_to = Fact(str, T("告知的上诉法院", "Court to which one may appeal, as told"))
    receipt = Fact(str, T("缴费凭证号", "Number of the receipt"))

    mediation = Referral(
        MediationRequest,
        by=Roles.FILING_JUDGE,
        cites=CPL23[125] + MED16[11],
        no_limit=T("调解期限在调解程序中计算", "the period of mediation runs in the mediation body's own procedure"),
    )

    draft = Stage(T("草稿", "Draft"), no_limit=T("未提交前不计时限", "nothing runs before it is handed in"))
    submitted = Stage(T("待审查", "Handed in, to be reviewed"))
    correcting = Stage(T("待补正", "To be corrected"))
    out = Stage(T("转诉前调解", "Out for mediation"), no_limit=T("调解期限在调解程序中计算", "the period of mediation runs in its own procedure"))
    back = Stage(T("调解不成待立案", "Back, to be filed"))
    passed = Stage(T("审核通过，待缴费", "Passed, fee to be paid"))
    paid = Stage(T("已缴费", "Paid"), no_limit=T("规定只说及时移送，未定天数", "the text says without delay and sets no days"))
    ruled = Stage(T("已裁定不予受理", "Refused by a ruling"), no_limit=T("裁定的送达期限见送达程序", "serving the ruling has its own procedure"))
    appealable = Stage(T("待上诉期满", "Open to appeal"))
    filed = Stage(T("已立案", "Filed"), end=True)
    settled = Stage(T("诉前调解成功", "Settled before filing"), end=True)
    reconciled = Stage(T("自行和解", "Reconciled"), end=True)
    given_up = Stage(T("已撤回", "Taken back"), end=True)
    discarded = Stage(T("草稿已作废", "Draft thrown away"), end=True)
    offline = Stage(T("转线下办理", "Gone on at the counter"), end=True)
    papers_back = Stage(T("退回诉状", "Papers sent back"), end=True)
    unpaid = Stage(T("未缴费按撤诉处理", "Unpaid: treated as withdrawn"), end=True)
    refused = Stage(T("不予受理生效", "Refusal final"), end=True)
    appealed = Stage(T("已上诉", "Appealed"), end=True)

    unknown_person = Ground(identified.is_(False), T("未完成实名身份认证", "The person is not identified"), OLR[7])
    not_online = Ground(online.is_(False), T("当事人不同意在线诉讼", "Online litigation is not agreed to"), OLR[4])
    empty = Ground(
        claims_given.is_(False), T("未写明当事人、诉讼请求和事实理由", "Parties, claims and reasons are not stated"), REG15[4, 6] + CPL23[124]
    )
    unqualified = Ground(qualifies.is_(False), T("不符合起诉条件", "It does not meet the conditions of a suit"), CPL23[122, 127])
    unsuitable = Ground(suitable.is_(False), T("不适宜调解", "It is not suitable for mediation"), CPL23[125])
    unwilling = Ground(consents.is_(False), T("当事人不同意调解", "The party does not agree to mediate"), CPL23[125] + MED16[11] + OMR[4])
    no_reason = Ground(~reason.known(), T("未载明不予受理的理由", "The refusal states no ground"), REG15[9, 10])
    no_appeal_told = Ground(~appeal_to.known(), T("未告知上诉法院", "The way of appeal was not told"), CPL23[126])
    no_receipt = Ground(~receipt.known(), T("没有缴费凭证", "There is no receipt"), FEE[52])

    begin = Step(
        NEW >> draft,
        T("填写起诉材料", "Begin a draft"),
        by=BY_PARTY,
        asks=(suit, cause, identified, online, e_service, claims_given),
        cites=REG15[14] + OLR[11],
    )
    write = Step(draft, T("修改草稿", "Go on writing"), by=BY_PARTY, asks=(suit, cause, identified, online, e_service, claims_given), cites=OLR[11])
    discard = Step(draft >> discarded, T("作废草稿", "Throw the draft away"), by=BY_PARTY, cites=CPL23[13])
    submit = Step(
        draft >> submitted,
        T("提交并取得收件凭证", "Hand in, against a receipt"),
        by=BY_PARTY,
        unless=(unknown_person, not_online, empty),
        cites=REG15[2] + OLR[9],
    )
    ask_correction = Step(
        submitted >> correcting,
        T("一次性告知补正", "Tell once what to correct"),
        by=Roles.FILING_JUDGE,
        asks=(correct_by,),
        at_most=1,
        cites=REG15[7] + OLR[9],
    )
    correct = Step(correcting >> submitted, T("补正材料", "Hand in the correction"), by=BY_PARTY, cites=REG15[7] + OLR[9] + CI22[126])
    go_offline = Step(submitted >> offline, T("转为线下办理", "Go on at the counter"), by=Roles.FILING_JUDGE, cites=OLR[5])
    refer = Step(
        submitted >> out,
        T("转诉前调解", "Send it to mediation"),
        by=Roles.FILING_JUDGE,
        unless=(unsuitable, unwilling),
        asks=(suitable, consents),
        opens=(mediation,),
        cites=CPL23[125] + MED16[11] + OMR[7],
    )
    pass_ = Step(
        (submitted | back) >> passed,
        T("审核通过，登记立案并通知缴费", "Pass: register it and ask for the fee"),
        by=Roles.FILING_JUDGE,
        unless=unqualified,
        asks=(qualifies,),
        cites=CPL23[126] + REG15[2, 8] + OLR[9],
    )
    refuse = Step(
        (submitted | correcting | back) >> ruled,
        T("裁定不予受理并告知上诉", "Refuse by a ruling, and tell of the appeal"),
        by=Roles.FILING_JUDGE,
        when=unqualified,
        unless=(no_reason, no_appeal_told),
        asks=(qualifies, reason, appeal_to),
        cites=CPL23[126] + REG15[9, 10] + OLR[9],
    )
    serve_ruling = Step(ruled >> appealable, T("送达裁定", "Serve the ruling"), by=Roles.SERVER | Roles.CLERK, cites=CPL23[126])
    appeal = Step(appealable >> appealed, T("对裁定上诉", "Appeal against the ruling"), by=BY_PARTY, cites=CPL23[126, 171])
    give_up = Step((submitted | correcting | back | passed) >> given_up, T("撤回起诉", "Take the complaint back"), by=BY_PARTY, cites=CPL23[13])
    pay = Step(
        passed >> paid,
        T("缴纳案件受理费", "Pay the court fee"),
        by=BY_PARTY,
        unless=no_receipt,
        asks=(receipt,),
        cites=FEE[20, 22],
    )
    relieve = Step(passed >> paid, T("准予缓减免交", "Grant relief from the fee"), by=Roles.COURT, cites=FEE[44, 48] + REG15[11])
    file = Step(paid >> filed, T("编立案号，移送审判庭", "Number the case and hand it over"), by=Roles.FILING_JUDGE | Roles.CLERK, cites=REG15[12])

    to_decide = Limit(
        since=submit | correct,
        until=out | passed | ruled,
        within=days(7).but(days(30), when=suit.is_(Suit.THIRD_PARTY_REVOCATION)).but(days(15), when=suit.is_(Suit.ENFORCEMENT_OBJECTION)),
        waived=ask_correction | give_up | go_offline,
        title=T("审核期限", "Time to review"),
        cites=CPL23[126] + REG15[8],
        warn=(days(2),),
    )
    to_correct = Limit(
        since=correct_by,
        until=correct,
        within=days(0),
        waived=refuse | give_up,
        target=True,
        title=T("指定的补正期限", "Time set for the correction"),
        cites=REG15[7],
    )
    to_be_taken = Limit(
        since=mediation.send,
        until=mediation.receive | mediation.answer | mediation.refuse,
        within=working_days(3),
        target=True,
        title=T("平台接收期限", "Time for the platform to take it"),
        cites=LOCAL_DOCKING["接收"],
    )
    to_pay = Limit(
        since=passed,
        until=paid,
        within=days(7),
        waived=give_up,
        title=T("缴费期限", "Time to pay the fee"),
        cites=FEE[22],
        warn=(days(2),),
    )
    to_appeal = Limit(
        since=serve_ruling,
        until=appeal,
        within=days(10),
        bars=True,
        title=T("对裁定的上诉期限", "Time to appeal against the ruling"),
        cites=CPL23[171],
    )

    pass_first = Step(
        submitted >> passed, T("期内不能判定，先行立案", "Undecided in time: file first"), by=Roles.FILING_JUDGE, on=to_decide, cites=REG15[8]
    )
    send_back = Step(
        correcting >> papers_back, T("逾期未补正，退回诉状", "Not corrected in time: send back"), by=Roles.FILING_JUDGE, on=to_correct, cites=REG15[7]
    )
    drop = Step(
        passed >> unpaid,
        T("逾期未缴费，按撤诉处理", "Not paid in time: treat as withdrawn"),
        by=Roles.FILING_JUDGE,
        on=to_pay,
        cites=REG15[11] + CI22[213],
    )
    become_final = Step(appealable >> refused, T("上诉期限届满", "The time to appeal ran out"), by=Roles.SYSTEM, on=to_appeal, cites=CPL23[171])
    come_back = Step(
        out >> back,
        T("调解不成，退回立案", "Not settled: back to be filed"),
        by=Roles.SYSTEM,
        on=mediation.heard(MediationRequest.failed, MediationRequest.returned),
        cites=MED16[21] + OMR[21],
    )
    end_settled = Step(
        out >> settled,
        T("调解成功，诉前结案", "Settled: closed before filing"),
        by=Roles.SYSTEM,
        on=mediation.heard(MediationRequest.settled),
        cites=MED16[19] + OMR[20],
    )
    end_reconciled = Step(
        out >> reconciled,
        T("和解撤回，诉前结案", "Reconciled: closed before filing"),
        by=Roles.SYSTEM,
        on=mediation.heard(MediationRequest.withdrawn),
        cites=OMR[25],
    )
    to_file = Limit(
        since=come_back,
        until=passed | ruled,
        within=days(7),
        waived=give_up,
        title=T("调解不成后立案期限", "Time to file after mediation failed"),
        cites=CPL23[126] + OMR[21],
    )
