"""道交一体化指标 · Settled share, days, what was paid with one key, and how far the calculator is from the judgment."""

from __future__ import annotations

from tianping.institutions.courts.traffic_accidents.procedures.accident_dispute.procedure import RoadDispute
from tianping.institutions.courts.traffic_accidents.procedures.insurance_claim.procedure import InsuranceClaim
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, Days, Indicators, Number, Per, Share, Total, judged, late, reached

P = RoadDispute
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
INSURED = Per(T("是否投保", "Insured"), fact=P.insured)
BY = (ORGANISATION, MONTH, INSURED)


class AccidentDisputes(Indicators):
    """道交纠纷一体化 · Disputes on the platform."""

    title = T("道交纠纷一体化", "Accident disputes")

    received = Number(T("接收纠纷数", "Disputes"), P, among=ALL, by=BY, source=REPORT)
    settled = Share(T("调解成功率", "Settled"), P, of=P.agree.done, among=P.agree.done | P.break_off.done, by=BY, source=REPORT)
    days = Days(
        T("接收到支付天数", "Days to the payment"), P, since=P.receive, until=P.hear_paid | P.pay, among=reached(P.paid), by=BY, source=REPORT
    )
    one_key = Number(T("一键理赔支付数", "Paid with one key"), P, among=P.hear_paid.done, by=BY, source=REPORT)
    suggestions = Number(T("司法建议数", "Suggestions"), P, among=P.suggest.done, by=BY, source=REPORT)
    calculated = Total(T("已判决案件的试算合计", "Calculated, of those adjudged"), P, of=P.total, among=P.adjudge.done, by=BY, source=REPORT)
    adjudged = Total(T("判决合计", "Adjudged"), P, of=P.judged, among=P.adjudge.done, by=BY, source=REPORT)


class Claims(Indicators):
    """保险理赔 · Claims at insurers."""

    title = T("保险理赔", "Claims")

    late = Share(
        T("逾期支付率", "Paid late"), InsuranceClaim, of=late(InsuranceClaim.to_pay), among=judged(InsuranceClaim.to_pay), by=(ORGANISATION,),
        source=T("《交强险条例》29", "Regulation on Compulsory Motor Insurance 29"),
    )  # fmt: skip
