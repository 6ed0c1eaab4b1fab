"""办案中心指标 · Whether no step of admission was left out, how rooms are used, and which measures ran over."""

from __future__ import annotations

from tianping.institutions.police.handling_centres.procedures.centre_visit.procedure import CentreVisit
from tianping.institutions.police.handling_centres.procedures.centre_visit.tracks import Alarm, Measure, RoomStay
from tianping.institutions.police.handling_centres.procedures.registered_centre.procedure import RegisteredCentre
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, Days, Indicators, Number, Per, Share, ended, late, reached, standing

P = CentreVisit
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
BY = (ORGANISATION, MONTH)
ROOM = Per(
    T("用房种类", "Kind of room"),
    lanes=(
        (T("讯（询）问室", "Interview room"), RoomStay.enter_interview.done),
        (T("候问室", "Waiting room"), RoomStay.enter_waiting.done),
        (T("其他用房", "Other room"), RoomStay.enter_other.done),
    ),
)
ALARM = Per(T("报警种类", "Kind of alarm"), fact=Alarm.alarm)
ADMITTED = reached(P.checked | P.leaving)


class HandlingCentre(Indicators):
    """执法办案管理中心 · Visits."""

    title = T("执法办案管理中心", "Case-handling centre")

    visits = Number(T("入区人次", "Visits"), P, among=P.register.done, by=BY, source=REPORT)
    searched = Share(T("人身检查率", "Share searched"), P, of=P.search.done, among=P.register.done, by=BY, source=REPORT)
    stored = Share(T("随身物品登记率", "Share whose belongings were kept"), P, of=P.keep_belongings.done, among=ADMITTED, by=BY, source=REPORT)
    collected = Share(
        T("信息采集率", "Share whose data were taken"), P, of=P.take_data.done | P.data_known.done, among=ADMITTED, by=BY, source=REPORT
    )
    to_measure = Share(
        T("离区转强制措施率", "Share handed over to custody"), P, of=P.hand_over.done, among=P.release.done | P.hand_over.done, by=BY, source=REPORT
    )
    hours = Days(
        T("在区小时数", "Hours in the area"), P, since=P.register, until=P.release | P.hand_over, hours=True, among=ended(P), by=BY, source=REPORT
    )


class Centres(Indicators):
    """办案中心登记 · The register of centres."""

    title = T("执法办案管理中心登记", "Register of case-handling centres")

    in_use = Number(
        T("使用中的中心", "Centres in use"), RegisteredCentre, among=standing(RegisteredCentre.in_use), by=(ORGANISATION,), source=REPORT,
        status="secondary",
    )  # fmt: skip


class CentreMeasures(Indicators):
    """到案措施与用房 · Measures, rooms and alarms."""

    title = T("到案措施与用房", "Measures, rooms and alarms")

    over_time = Share(
        T("措施超时率", "Measures over time"),
        Measure,
        procedure=P,
        of=late(Measure.inquiry) | late(Measure.summons) | late(Measure.appearance) | late(Measure.custody_house),
        among=ALL,
        by=(ORGANISATION,),
        source=REPORT,
    )
    room_use = Number(T("用房次数", "Uses of rooms"), RoomStay, procedure=P, among=ALL, by=(ORGANISATION, ROOM), source=REPORT)
    alarms = Number(T("办案区报警", "Alarms"), Alarm, procedure=P, among=ALL, by=(ORGANISATION, ALARM), source=REPORT)
