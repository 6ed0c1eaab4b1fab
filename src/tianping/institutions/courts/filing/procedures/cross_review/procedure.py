"""跨域立案（管辖法院） · The competent court decides on what a helper court has passed on, in the time of the law, and its answer goes back."""

from __future__ import annotations

from datetime import date

from tianping.institutions.courts.filing.procedures.e_filing.procedure import Refusal
from tianping.institutions.courts.filing.procedures.pre_filing.procedure import Suit
from tianping.law.statutes import CPL23, LOCAL_CROSS, OLR, REG15
from tianping.procedure import NEW, Fact, Ground, Limit, Procedure, Stage, Step, T, days
from tianping.procedure.contracts.matters import CrossFilingRequest
from tianping.procedure.contracts.roles import Roles


class CrossReview(Procedure):
    """跨域立案审核 · Filed, refused, to be corrected, or not this court's."""

    title = T("跨域立案（管辖法院）", "Cross-court filing: the competent court")
    code = "cross_review"
    valid_from = date(2022, 1, 1)
    corrects = Roles.FILING_JUDGE

    suit = Fact(Suit, T("起诉种类", "Which kind of suit is it?"))
    corrected = Fact(bool, T("是否已按告知补正过", "Corrected once already?"))
    competent = Fact(bool, T("本院有无管辖权", "Is this court competent?"))
    qualifies = Fact(bool, T("是否符合起诉条件", "Does it meet the conditions of a suit?"))
    reason = Fact(Refusal, T("不予受理的理由", "Ground of the refusal"))
    appeal_to = Fact(str, T("告知的上诉法院", "Court to which one may appeal, as told"))

    reviewing = Stage(T("待审核", "To be reviewed"))
    filed = Stage(T("已登记立案", "Filed"), answers=CrossFilingRequest.filed)
    told = Stage(T("已一次性告知补正", "Told what to correct"), answers=CrossFilingRequest.correction)
    refused = Stage(T("已裁定不予受理", "Refused by a ruling"), answers=CrossFilingRequest.refused)
    elsewhere = Stage(T("不属于本院管辖", "Not this court's"), answers=CrossFilingRequest.not_competent)

    not_competent = Ground(competent.is_(False), T("本院没有管辖权", "This court is not competent"), CPL23[122, 127])
    unqualified = Ground(qualifies.is_(False), T("不符合起诉条件", "It does not meet the conditions of a suit"), CPL23[122, 127])
    told_already = Ground(corrected.is_(True), T("补正只一次性告知", "What to correct is told once only"), REG15[7])
    no_reason = Ground(~reason.known(), T("未载明不予受理的理由", "The refusal states no ground"), REG15[9, 10])
    no_appeal_told = Ground(~appeal_to.known(), T("未告知上诉法院", "The way of appeal was not told"), CPL23[126])

    take_in = Step(
        NEW >> reviewing,
        T("接收跨域材料", "Take in what was sent"),
        by=Roles.FILING_JUDGE,
        asks=(suit, corrected),
        cites=REG15[2] + LOCAL_CROSS["推送"],
    )
    file = Step(
        reviewing >> filed,
        T("登记立案并回传文书", "File, and send the papers back"),
        by=Roles.FILING_JUDGE,
        unless=(not_competent, unqualified),
        asks=(competent, qualifies),
        cites=CPL23[126] + REG15[2, 8] + OLR[9],
    )
    tell_correction = Step(
        reviewing >> told,
        T("一次性告知补正", "Tell once what to correct"),
        by=Roles.FILING_JUDGE,
        unless=told_already,
        cites=REG15[7] + OLR[9],
    )
    refuse = Step(
        reviewing >> refused,
        T("裁定不予受理并告知上诉", "Refuse by a ruling, and tell of the appeal"),
        by=Roles.FILING_JUDGE,
        when=unqualified,
        unless=(no_reason, no_appeal_told),
        asks=(qualifies, reason, appeal_to),
        cites=CPL23[126] + REG15[9, 10] + OLR[9],
    )
    decline = Step(
        reviewing >> elsewhere,
        T("告知向有管辖权的法院起诉", "Tell that another court is competent"),
        by=Roles.FILING_JUDGE,
        when=not_competent,
        asks=(competent,),
        cites=CPL23[127],
    )

    to_decide = Limit(
        since=take_in,
        until=filed | told | refused | elsewhere,
        within=days(7).but(days(30), when=suit.is_(Suit.THIRD_PARTY_REVOCATION)).but(days(15), when=suit.is_(Suit.ENFORCEMENT_OBJECTION)),
        title=T("决定立案期限", "Time to decide on filing"),
        cites=CPL23[126] + REG15[8],
        warn=(days(2),),
    )
    file_first = Step(
        reviewing >> filed, T("期内不能判定，先行立案", "Undecided in time: file first"), by=Roles.FILING_JUDGE, on=to_decide, cites=REG15[8]
    )
