"""诉前分流与登记立案 · The court's side before a case exists: complaint received, corrected, sent to mediation, filed or refused. From 2022."""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import CI22, CPL23, LOCAL_DOCKING, MED16, OMR, REG15
from tianping.procedure import NEW, Fact, Ground, Limit, Many, Procedure, Referral, Stage, Step, T, Track, days, working_days
from tianping.procedure.contracts.matters import MediationRequest
from tianping.procedure.contracts.roles import Roles


class Suit(Enum):
    """起诉种类 · The kinds of suit whose filing is decided in different times (REG15 8)."""

    ORDINARY = "一审民事起诉"
    THIRD_PARTY_REVOCATION = "第三人撤销之诉"
    ENFORCEMENT_OBJECTION = "执行异议之诉"


class Complaint(Track):
    """立案投诉 · One complaint about how the filing was handled."""

    title = T("立案投诉", "Complaint about the filing")

    lodged = Stage(T("已受理投诉", "Complaint accepted"))
    answered = Stage(T("已反馈", "Answered"), end=True)

    lodge = Step(NEW >> lodged, T("受理投诉", "Accept the complaint"), by=Roles.COURT | Roles.SUPERIOR_COURT, cites=REG15[13])
    answer = Step(lodged >> answered, T("查明并反馈", "Find the facts and answer"), by=Roles.COURT | Roles.SUPERIOR_COURT, cites=REG15[13])

    to_answer = Limit(since=lodge, until=answer, within=days(15), title=T("投诉反馈期限", "Time to answer the complaint"), cites=REG15[13])


class PreFiling(Procedure):
    """诉前分流与登记立案 · A complaint is filed, refused, or with the parties' consent sent to mediation; failed mediation comes back to be filed."""

    title = T("诉前分流与登记立案", "Before filing, and filing")
    code = "pre_filing"
    valid_from = date(2022, 1, 1)
    corrects = Roles.FILING_JUDGE

    suit = Fact(Suit, T("起诉种类", "Which kind of suit is it?"))
    qualifies = Fact(bool, T("是否符合起诉条件", "Does it meet the conditions of a suit?"))
    suitable = Fact(bool, T("是否适宜调解", "Is it suitable for mediation?"))
    consents = Fact(bool, T("当事人是否同意先行调解", "Does the party agree to mediate first?"))
    correct_by = Fact(date, T("指定的补正期限", "Day set for the correction"))

    complaints = Many(Complaint)
    mediation = Referral(
        MediationRequest,
        by=Roles.FILING_JUDGE,
        cites=CPL23[125] + MED16[11],
        no_limit=T("调解期限在调解程序中计算", "the period of mediation runs in the mediation body's own procedure"),
    )

    received = Stage(T("待决定立案", "Received"))
    correcting = Stage(T("待补正", "To be corrected"))
    out = Stage(T("委派调解中", "Out for mediation"), no_limit=T("调解期限在调解程序中计算", "the period of mediation runs in its own procedure"))
    back = Stage(T("调解不成待立案", "Back, to be filed"))
    ruled = Stage(T("已裁定不予受理", "Refused by a ruling"), no_limit=T("裁定的送达期限见送达程序", "serving the ruling has its own procedure"))
    appealable = Stage(T("待上诉期满", "Open to appeal"))
    filed = Stage(T("已登记立案", "Filed"), end=True)
    settled = Stage(T("诉前调解成功", "Settled before filing"), end=True)
    reconciled = Stage(T("自行和解", "Reconciled"), end=True)
    given_up = Stage(T("撤回起诉", "Given up"), end=True)
    papers_back = Stage(T("退回诉状", "Papers sent back"), end=True)
    refused = Stage(T("不予受理生效", "Refusal final"), end=True)
    appealed = Stage(T("已上诉", "Appealed"), end=True)

    unqualified = Ground(qualifies.is_(False), T("不符合起诉条件", "It does not meet the conditions of a suit"), CPL23[122, 127])
    unsuitable = Ground(suitable.is_(False), T("不适宜调解", "It is not suitable for mediation"), CPL23[125])
    unwilling = Ground(consents.is_(False), T("当事人不同意调解", "The party does not agree to mediate"), CPL23[125] + MED16[11] + OMR[4])

    receive = Step(
        NEW >> received,
        T("接收诉状并出具凭证", "Receive the complaint and give a receipt"),
        by=Roles.FILING_JUDGE | Roles.CLERK,
        asks=(suit, qualifies),
        cites=REG15[2] + CI22[208],
    )
    ask_correction = Step(
        received >> correcting,
        T("一次性告知补正", "Tell once what to correct"),
        by=Roles.FILING_JUDGE,
        asks=(correct_by,),
        at_most=1,
        cites=REG15[7] + CI22[208],
    )
    correct = Step(correcting >> received, T("补正材料", "Hand in the correction"), by=Roles.APPLICANT, asks=(qualifies,), cites=REG15[7] + CI22[126])
    refer = Step(
        received >> out,
        T("委派调解", "Send it to mediation"),
        by=Roles.FILING_JUDGE,
        unless=(unsuitable, unwilling),
        asks=(suitable, consents),
        opens=(mediation,),
        cites=CPL23[125] + MED16[11] + OMR[7],
    )
    file = Step(
        (received | back) >> filed,
        T("登记立案", "File the case"),
        by=Roles.FILING_JUDGE,
        unless=unqualified,
        asks=(qualifies,),
        cites=CPL23[126] + REG15[2] + OMR[21],
    )
    refuse = Step(
        (received | correcting | back) >> ruled,
        T("裁定不予受理", "Refuse by a ruling"),
        by=Roles.FILING_JUDGE,
        when=unqualified,
        asks=(qualifies,),
        cites=CPL23[126] + REG15[9],
    )
    serve_ruling = Step(ruled >> appealable, T("送达裁定", "Serve the ruling"), by=Roles.SERVER | Roles.CLERK, cites=CPL23[126])
    appeal = Step(appealable >> appealed, T("对裁定上诉", "Appeal against the ruling"), by=Roles.APPLICANT, cites=CPL23[126, 171])
    give_up = Step((received | correcting | back) >> given_up, T("撤回起诉材料", "Take the complaint back"), by=Roles.APPLICANT, cites=CPL23[13])

    to_decide = Limit(
        since=receive | correct,
        until=out | filed | ruled,
        within=days(7).but(days(30), when=suit.is_(Suit.THIRD_PARTY_REVOCATION)).but(days(15), when=suit.is_(Suit.ENFORCEMENT_OBJECTION)),
        waived=ask_correction | give_up,
        title=T("决定立案期限", "Time to decide on filing"),
        cites=CPL23[126] + REG15[8],
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
    to_appeal = Limit(
        since=serve_ruling,
        until=appeal,
        within=days(10),
        bars=True,
        title=T("对裁定的上诉期限", "Time to appeal against the ruling"),
        cites=CPL23[171],
    )

    file_first = Step(
        received >> filed, T("期内不能判定，先行立案", "Undecided in time: file first"), by=Roles.FILING_JUDGE, on=to_decide, cites=REG15[8]
    )
    send_back = Step(
        correcting >> papers_back, T("逾期未补正，退回诉状", "Not corrected in time: send back"), by=Roles.FILING_JUDGE, on=to_correct, cites=REG15[7]
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
        until=filed | ruled,
        within=days(7),
        waived=give_up,
        title=T("调解不成后立案期限", "Time to file after mediation failed"),
        cites=CPL23[126] + OMR[21],
    )
