"""巡访指标 · Days of each leader, who is short of ten, what was brought and how it ended."""

from __future__ import annotations

from tianping.institutions.procuratorate.visits.procedures.circuit_year.procedure import TEN, CircuitYear
from tianping.institutions.procuratorate.visits.procedures.circuit_year.tracks import Item, Visit
from tianping.law.text import T
from tianping.procedure.measures import ALL, ORGANISATION, Conserve, Indicators, Number, Per, Share, Total, reached, standing

P = CircuitYear
REPORT = T("晋中日报 2022-07-19：每年安排不少于10天时间对基层检察院进行巡访", "Jinzhong Daily, 2022-07-19: no fewer than ten days a year")
LEADER, PLAN_YEAR, COUNTY = Per(T("巡访人", "Leader"), fact=P.leader), Per(T("年度", "Year"), fact=P.year), Per(T("县", "County"), fact=Visit.county)
FUNCTION = Per(T("检察职能", "Function"), fact=Item.function)
BY = (ORGANISATION, LEADER, PLAN_YEAR)


class Circuit(Indicators):
    """巡访 · Leaders and their days."""

    title = T("检察长巡访", "Circuit visits")

    leaders = Number(T("有年度计划的领导", "Leaders with a plan"), P, among=ALL, by=BY, source=REPORT)
    days = Total(T("巡访天数", "Days of visits"), P, of=P.counted, among=ALL, by=BY, source=REPORT)
    short = Number(T("不足十日的领导", "Leaders short of ten days"), P, among=P.counted < TEN, by=BY, source=REPORT)
    met = Share(T("满十日比例", "Share with ten days"), P, of=~(P.counted < TEN), among=ALL, by=BY, source=REPORT)


class CircuitVisits(Indicators):
    """各次巡访 · Visits made."""

    title = T("巡访次数", "Visits")

    visits = Number(T("进驻次数", "Visits made"), Visit, procedure=P, among=reached(Visit.stationed), by=(ORGANISATION, COUNTY), source=REPORT)


class CircuitItems(Indicators):
    """巡访事项 · What people brought."""

    title = T("巡访受理事项", "Items of the visits")

    items = Number(T("受理事项数", "Items"), Item, procedure=P, among=ALL, by=(ORGANISATION, FUNCTION), source=REPORT)
    solved = Number(T("化解数", "Settled"), Item, procedure=P, among=reached(Item.resolved), by=(ORGANISATION, FUNCTION), source=REPORT)
    passed_on = Number(
        T("导入司法程序数", "Put into procedure"),
        Item,
        procedure=P,
        among=reached(Item.in_procedure),
        by=(ORGANISATION, FUNCTION),
        source=REPORT,
    )
    none_lost = Conserve(
        T("事项守恒", "No item is lost"),
        Item,
        procedure=P,
        whole=ALL,
        parts=(standing(Item.taken | Item.assigned), standing(Item.resolved | Item.in_procedure)),
    )
