"""执法监管指标 · What is watched, found and put right. Figures are of institutions, elements and rules, never of a person."""

from __future__ import annotations

from tianping.institutions.police.supervision.procedures.daily_inspection.procedure import DailyInspection, Point
from tianping.institutions.police.supervision.procedures.supervision_finding.procedure import SupervisionFinding
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, Days, Indicators, Number, Per, Share, judged, late, reached, standing

P, D = SupervisionFinding, DailyInspection
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
ELEMENT = Per(T("执法要素", "Element"), fact=P.element)
RULE = Per(T("监管规则", "Rule"), fact=P.rule)
KIND = Per(T("问题种类", "Kind of problem"), fact=Point.rule)
BY = (ORGANISATION, ELEMENT, RULE, MONTH)
OPEN = P.alarmed | P.judged | P.ordered | P.rectifying | P.fed_back


class Supervision(Indicators):
    """全过程监管 · Findings."""

    title = T("执法要素监管", "Supervision of incidents, cases, persons and property")

    watched = Number(T("纳入监管数", "Under supervision"), P, among=ALL, by=BY, source=REPORT)
    over_limit = Number(T("告警数", "Alarms"), P, among=reached(P.alarmed), by=BY, source=REPORT)
    open_problems = Number(T("未整改问题", "Problems open"), P, among=standing(OPEN), by=BY, source=REPORT)
    suspended = Number(T("挂起", "Suspended"), P, among=standing(P.suspended), by=BY, source=REPORT)
    confirmed = Share(T("判定构成问题的比例", "Share judged a problem"), P, of=reached(P.judged), among=reached(P.alarmed), by=BY, source=REPORT)
    on_time = Share(T("按期整改率", "Put right in time"), P, of=~late(P.rectification), among=judged(P.rectification), by=BY, source=REPORT)
    days_to_fix = Days(
        T("督办至整改完毕天数", "Days from the order to put right"), P, since=P.order, until=P.complete, among=ALL, by=BY, source=REPORT
    )


class DailyRounds(Indicators):
    """每日巡查 · Registers of days, and their points."""

    title = T("每日巡查与跟踪盯办", "Daily inspection and follow-up")

    registers = Number(T("巡查登记数", "Registers"), D, among=ALL, by=(ORGANISATION, MONTH), source=REPORT)
    on_time = Share(
        T("按期整改率", "Put right in time"), D, of=~late(D.rectification), among=judged(D.rectification), by=(ORGANISATION, MONTH), source=REPORT
    )
    points = Number(T("巡查问题", "Points found"), Point, procedure=D, among=ALL, by=(ORGANISATION, KIND), source=REPORT)
    struck_off = Share(
        T("销号率", "Struck off"),
        Point,
        procedure=D,
        of=standing(Point.struck_off),
        among=ALL,
        by=(ORGANISATION, KIND),
        source=REPORT,
    )
    repeated = Share(
        T("复核退回率", "Sent back at the check"),
        Point,
        procedure=D,
        of=Point.return_.done,
        among=Point.rectify.done,
        by=(ORGANISATION, KIND),
        source=REPORT,
    )
