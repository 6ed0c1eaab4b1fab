"""服务保障措施指标 · How many of the listed measures are carried out, with evidence; complaints."""

from __future__ import annotations

from tianping.institutions.leadership.protection.procedures.protection_measure.procedure import Complaint, ProtectionMeasure, Result
from tianping.law.text import T
from tianping.procedure.measures import ALL, ORGANISATION, Indicators, Number, Share

P = ProtectionMeasure
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")


class Protection(Indicators):
    """服务保障措施 · The register."""

    title = T("服务保障措施", "Measures of protection")

    entries = Number(T("已列入条数", "Listed"), P, among=ALL, by=(ORGANISATION,), source=REPORT)
    carried_out = Share(T("已落实占比", "Share carried out"), P, of=P.result.is_(Result.DONE), among=ALL, by=(ORGANISATION,), source=REPORT)
    evidenced = Share(T("有佐证占比", "Share with evidence"), P, of=P.evidence.known(), among=ALL, by=(ORGANISATION,), source=REPORT)


class ProtectionComplaints(Indicators):
    """企业投诉 · Complaints."""

    title = T("企业投诉", "Complaints of enterprises")

    complaints = Number(T("投诉数", "Complaints"), Complaint, procedure=P, among=ALL, by=(ORGANISATION,), source=REPORT)
