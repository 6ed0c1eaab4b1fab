"""诉讼费用指标 · Fees asked for, paid, unpaid, relieved; refunds in time, and which are due."""

from __future__ import annotations

from tianping.institutions.courts.fees.procedures.court_fee.procedure import CourtFee, Review
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, SOURCE, Indicators, Number, Per, Share, Total, judged, late, reached, standing

P = CourtFee
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
FEES = T("诉讼费用交纳办法", "Measures on Litigation Fees")
BACK = Per(T("退费事由", "Why it goes back"), fact=P.back)
BY = (ORGANISATION, SOURCE, MONTH)


class Fees(Indicators):
    """网上缴退费 · Money in and money back."""

    title = T("网上缴退费", "Fees paid and refunded")

    orders = Number(T("开出的交费通知", "Fees asked for"), P, among=ALL, by=BY, source=REPORT)
    due = Total(T("应交合计", "Asked for, yuan"), P, of=P.due, among=ALL, by=BY, source=FEES)
    paid = Total(T("实交合计", "Paid, yuan"), P, of=P.paid_sum, among=reached(P.paid), by=BY, source=FEES)
    unpaid = Share(T("未交费按撤诉处理率", "Unpaid and dropped"), P, of=reached(P.dropped), among=ALL, by=BY, source=REPORT)
    relieved = Share(
        T("准予缓减免率", "Share given aid"),
        P,
        of=P.exempt.done | P.reduce_.done | P.defer.done,
        among=P.ask_aid.done,
        by=BY,
        source=FEES,
    )
    refunds = Number(T("应退费件数", "Refunds owed"), P, among=reached(P.refundable), by=(*BY, BACK), source=FEES)
    waiting = Number(T("待退费件数", "Refunds still to be made"), P, among=standing(P.refundable | P.partly), by=BY, source=FEES)
    refunded_on_time = Share(
        T("按时退费率", "Refunded in time"), P, of=~late(P.to_refund), among=judged(P.to_refund), by=(*BY, BACK), source=FEES, status="verified"
    )


class FeeReviews(Indicators):
    """费用复核 · Reviews of the decision on costs."""

    title = T("费用决定复核", "Reviews of costs")

    changed = Share(T("复核更正率", "Corrected on review"), Review, procedure=P, of=Review.change.done, among=ALL, by=(ORGANISATION,), source=FEES)
