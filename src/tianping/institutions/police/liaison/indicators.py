"""项目联系指标 · Visits, and what they brought up."""

from __future__ import annotations

from tianping.institutions.police.liaison.procedures.project_liaison.procedure import Kind, Problem, ProjectLiaison
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, YEAR, Indicators, Number, Share, Total, reached, standing

P = ProjectLiaison
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
BY = (ORGANISATION, YEAR, MONTH)


class Liaison(Indicators):
    """项目联系 · Projects and visits."""

    title = T("一项目一民警", "An officer for every project")

    visits = Total(T("走访次数", "Visits"), P, of=P.visit.times, among=ALL, by=BY, source=REPORT, status="secondary")
    contacts = Total(T("联系次数", "Contacts"), P, of=P.contact.times, among=ALL, by=BY, source=REPORT)
    projects = Number(T("有民警的项目", "Projects with an officer"), P, among=P.officer.known(), by=BY, source=REPORT)
    without_officer = Number(T("未指定民警的项目", "Projects without an officer"), P, among=standing(P.registered), by=BY, source=REPORT)


class LiaisonMatters(Indicators):
    """走访提出的问题 · What visits brought up."""

    title = T("走访提出的问题", "What visits brought up")

    opinions = Number(
        T("意见建议", "Opinions"), Problem, procedure=P, among=Problem.kind.is_(Kind.OPINION), by=(ORGANISATION,), source=REPORT, status="secondary"
    )
    risks = Number(
        T("矛盾纠纷隐患", "Risks"),
        Problem,
        procedure=P,
        among=Problem.kind.is_(Kind.RISK),
        by=(ORGANISATION,),
        source=REPORT,
        status="secondary",
    )
    closed = Share(T("办结率", "Share seen to"), Problem, procedure=P, of=reached(Problem.done), among=ALL, by=(ORGANISATION,), source=REPORT)
