"""司法确认指标 · Applications, and how they were decided."""

from __future__ import annotations

from tianping.institutions.mediation.confirmation.procedures.judicial_confirmation.procedure import JudicialConfirmation
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, SOURCE, Indicators, Number, Share

P = JudicialConfirmation
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
BY = (ORGANISATION, SOURCE, MONTH)


class Confirmation(Indicators):
    """司法确认 · Applications to the court."""

    title = T("司法确认", "Judicial confirmation")

    applied = Number(T("申请", "Applications"), P, among=ALL, by=BY, source=REPORT)
    confirmed = Number(T("司法确认", "Confirmed"), P, among=P.confirm.done, by=BY, source=REPORT, status="secondary")
    share = Share(T("确认率", "Share confirmed"), P, of=P.confirm.done, among=ALL, by=BY, source=REPORT)
