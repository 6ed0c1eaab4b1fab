"""警情指标 · What became of incidents, and who was first on the scene."""

from __future__ import annotations

from tianping.institutions.police.incidents.procedures.incident.procedure import Incident
from tianping.law.text import T
from tianping.procedure.measures import MONTH, ORGANISATION, Indicators, Number, Per

P = Incident
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
CATEGORY = Per(T("警情类别", "Class of incident"), fact=P.category)
BY = (ORGANISATION, CATEGORY, MONTH)
TAKEN = P.accept_case.done | P.accept_crime.done


class IncidentResults(Indicators):
    """警情处置结果 · Incidents that somebody must look at."""

    title = T("警情处置结果", "What became of incidents")

    not_taken = Number(T("未受案警情", "Cases that were not taken"), P, among=P.is_case.is_(True) & ~TAKEN, by=BY, source=REPORT)
    no_result = Number(
        T("无处置结果警情", "Incidents without a result"), P, among=P.engage.done & ~(P.feed_back.done | P.merge.done), by=BY, source=REPORT
    )
