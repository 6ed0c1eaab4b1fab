"""事故指标 · Accidents, how many the simple way, how many certified in time, upheld and settled."""

from __future__ import annotations

from tianping.institutions.police.traffic_accidents.procedures.road_accident.procedure import RoadAccident
from tianping.institutions.police.traffic_accidents.procedures.road_accident.tracks import PoliceMediation
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, Indicators, Number, Per, Share, judged, late, reached

P = RoadAccident
RULE = T("《道路交通事故处理程序规定》", "Provisions on Handling Road Accidents")
HARM = Per(T("事故种类", "Kind of accident"), fact=P.harm)
BY = (ORGANISATION, MONTH, HARM)


class Accidents(Indicators):
    """道路交通事故 · Accidents at the traffic police."""

    title = T("道路交通事故", "Road accidents")

    taken = Number(T("受理事故数", "Accidents"), P, among=ALL, by=BY, source=RULE)
    simple = Share(T("简易程序占比", "The simple way"), P, of=P.begin_simply.done, among=ALL, by=BY, source=RULE)
    in_time = Share(T("按期认定率", "Certified in time"), P, of=~late(P.to_certify), among=judged(P.to_certify), by=BY, source=RULE)
    upheld = Share(T("复核维持率", "Upheld on review"), P, of=P.uphold.done, among=P.uphold.done | P.order_redo.done, by=BY, source=RULE)
    sent = Number(T("送往一体化平台的纠纷", "Disputes sent to the platform"), P, among=P.dispute.used, by=BY, source=RULE)


class AccidentMediations(Indicators):
    """公安交管调解 · Mediations by the traffic police."""

    title = T("公安交管调解", "Mediation by the traffic police")

    settled = Share(
        T("公安交管调解成功率", "Settled by the police"),
        PoliceMediation,
        procedure=P,
        of=reached(PoliceMediation.settled),
        among=reached(PoliceMediation.settled | PoliceMediation.failed | PoliceMediation.broken_off),
        by=(ORGANISATION,),
        source=RULE,
    )
