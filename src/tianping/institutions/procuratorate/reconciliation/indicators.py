"""检察和解指标 · How many cases were reconciled, and whether anybody petitioned again."""

from __future__ import annotations

from tianping.institutions.procuratorate.reconciliation.procedures.reconciliation.procedure import Reconciliation
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, Conserve, Indicators, Number, Per, Share, ended, reached, standing

P = Reconciliation
REPORT = T("晋中日报 2022-07-19：促进检察干警人人当好人民调解员", "Jinzhong Daily, 2022-07-19")
SOURCE_KIND = Per(T("案件来源", "Kind of case"), fact=P.origin)
BY = (ORGANISATION, SOURCE_KIND, MONTH)


class Reconciliations(Indicators):
    """检察和解 · Cases."""

    title = T("检察和解", "Reconciliations")

    proposed = Number(T("提出和解件数", "Proposed"), P, among=ALL, by=BY, source=REPORT)
    reconciled = Number(T("达成和解件数", "Reconciled"), P, among=reached(P.visited) | standing(P.reached), by=BY, source=REPORT)
    share = Share(
        T("和解达成率", "Share reconciled"),
        P,
        of=reached(P.visited) | standing(P.reached),
        among=P.organise.done & ~standing(P.organised),
        by=BY,
        source=REPORT,
    )
    visited = Share(
        T("回访率", "Share visited afterwards"),
        P,
        of=reached(P.visited | P.closed),
        among=reached(P.reached | P.failed),
        by=BY,
        source=REPORT,
    )
    again = Share(T("再次信访率", "Share that petitioned again"), P, of=P.again.is_(True), among=P.again.known(), by=BY, source=REPORT)
    none_lost = Conserve(
        T("和解守恒", "None is lost"), P, whole=ALL, parts=(ended(P), standing(P.proposed | P.organised), standing(P.reached | P.failed))
    )
