"""刑事检察指标 · Reviews, returns for supplement, custody beyond its term, the tracks of trial."""

from __future__ import annotations

from tianping.institutions.procuratorate.criminal_cases.procedures.criminal_case.procedure import CriminalCase
from tianping.institutions.procuratorate.criminal_cases.procedures.criminal_case.tracks import Suspect
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, Days, Indicators, Number, Share, Total, late, reached

P = CriminalCase
LAW = T("刑事诉讼法第91、156、172、175条", "Criminal Procedure Law 91, 156, 172, 175")
BY = (ORGANISATION, MONTH)


class Prosecution(Indicators):
    """审查起诉 · Cases."""

    title = T("审查起诉", "Review for prosecution")

    transferred = Number(T("移送审查起诉件数", "Cases transferred"), P, among=P.transfer.done, by=BY, source=LAW)
    returned = Share(T("退回补充侦查率", "Share returned for supplement"), P, of=P.return_case.done, among=P.transfer.done, by=BY, source=LAW)
    supplements = Total(T("退回补充侦查次数", "Returns for supplement"), P, of=P.return_case.times, among=P.transfer.done, by=BY, source=LAW)
    not_prosecuted = Share(T("不起诉率", "Share not prosecuted"), P, of=reached(P.dropped), among=P.charge.done | P.drop.done, by=BY, source=LAW)
    review_days = Days(
        T("审查起诉平均天数", "Mean days of the review"),
        P,
        since=P.transfer,
        until=P.charge | P.drop,
        among=P.charge.done | P.drop.done,
        by=BY,
        source=LAW,
    )
    custody_overrun = Number(T("侦查羁押超期案件数", "Cases with custody beyond its term"), P, among=late(P.investigation), by=BY, source=LAW)


class ArrestReview(Indicators):
    """审查逮捕 · Suspects."""

    title = T("审查逮捕", "Review of arrests")

    requested = Number(T("提请批捕人数", "Arrests requested"), Suspect, procedure=P, among=Suspect.request.done, by=BY, source=LAW)
    refused = Share(T("不批捕率", "Share refused"), Suspect, procedure=P, of=Suspect.refuse.done, among=Suspect.request.done, by=BY, source=LAW)
    decided_late = Number(T("审查逮捕超期人数", "Decided after seven days"), Suspect, procedure=P, among=late(Suspect.to_decide), by=BY, source=LAW)
    people = Number(T("嫌疑人数", "Suspects"), Suspect, procedure=P, among=ALL, by=BY, source=LAW)
