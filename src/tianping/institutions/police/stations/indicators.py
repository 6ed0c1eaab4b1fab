"""派出所指标 · Accidents that stations handled, units that were merged, and what pilots did with the same people."""

from __future__ import annotations

from tianping.institutions.police.stations.procedures.station_accident.procedure import StationAccident
from tianping.institutions.police.stations.procedures.station_plan.procedure import StationPlan
from tianping.institutions.police.stations.procedures.traffic_grant.procedure import Road, TrafficGrant
from tianping.institutions.police.stations.procedures.unit_pilot.procedure import UnitPilot
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, YEAR, Indicators, Number, Per, Share, Total, reached, standing

REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
ROAD = Per(T("道路等级", "Class of road"), fact=StationAccident.road)
MODE = Per(T("合一方式", "Way of joining"), fact=UnitPilot.mode)
IN_EFFECT = reached(StationPlan.in_effect)


class StationTraffic(Indicators):
    """派出所参与交通管理 · What stations did on the roads."""

    title = T("派出所参与交通管理", "Station traffic duty")

    handled = Number(
        T("派出所处理的事故", "Accidents handled by stations"), StationAccident, among=StationAccident.certify.done, by=(ORGANISATION, MONTH, ROAD),
        source=REPORT,
    )  # fmt: skip
    rural = Share(
        T("乡道、村道占比", "On township and village roads"), StationAccident, of=StationAccident.road.one_of(Road.TOWNSHIP, Road.VILLAGE),
        among=StationAccident.certify.done, by=(ORGANISATION,), source=REPORT,
    )  # fmt: skip
    handed_over = Number(
        T("移交交警数", "Handed to the traffic police"), StationAccident, among=StationAccident.hand_over.done, by=(ORGANISATION,), source=REPORT
    )
    grants = Number(T("在岗授权数", "Grants on duty"), TrafficGrant, among=standing(TrafficGrant.on_duty), by=(ORGANISATION,), source=REPORT)


class Consolidation(Indicators):
    """基层警务集约化 · Units merged and abolished."""

    title = T("基层警务集约化", "Station consolidation")

    units = Number(T("已撤并单位", "Units merged or abolished"), StationPlan, among=IN_EFFECT, by=(ORGANISATION, YEAR), source=REPORT)
    saved = Total(T("节省岗位", "Posts saved"), StationPlan, of=StationPlan.saved, among=IN_EFFECT, by=(ORGANISATION, YEAR), source=REPORT)
    to_front = Total(
        T("转入一线岗位", "Posts moved to the front line"), StationPlan, of=StationPlan.to_front, among=IN_EFFECT, by=(ORGANISATION, YEAR),
        source=REPORT,
    )  # fmt: skip
    longer = Share(
        T("最长路程变长的占比", "With a longer longest way"), StationPlan, of=StationPlan.worst_before < StationPlan.worst_after, among=IN_EFFECT,
        by=(ORGANISATION,), source=REPORT,
    )  # fmt: skip


class Pilots(Indicators):
    """警务合一试点 · Output of the same people before and after."""

    title = T("警务合一试点", "Pilots of joined units")

    pilots = Number(T("试点数", "Pilots"), UnitPilot, among=ALL, by=(ORGANISATION, MODE), source=REPORT)
    officers = Total(T("试点警力", "Officers"), UnitPilot, of=UnitPilot.officers_after, among=UnitPilot.evaluate.done, by=(MODE,), source=REPORT)
    output_before = Total(
        T("前一期间办理数", "Handled before"), UnitPilot, of=UnitPilot.output_before, among=UnitPilot.evaluate.done, by=(MODE,), source=REPORT
    )
    output_after = Total(
        T("试点期间办理数", "Handled in the pilot"), UnitPilot, of=UnitPilot.output_after, among=UnitPilot.evaluate.done, by=(MODE,), source=REPORT
    )
