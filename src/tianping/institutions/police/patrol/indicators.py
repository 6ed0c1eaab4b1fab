"""巡防指标 · Shifts held and missed, and checks on the street. Uncovered minutes are reckoned from all shifts together (``coverage.py``)."""

from __future__ import annotations

from tianping.institutions.police.patrol.procedures.patrol_shift.procedure import PatrolShift
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, Indicators, Number, Per, Ratio, Share, Total, judged, late

P = PatrolShift
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
CELL = Per(T("巡区", "Cell"), fact=P.cell)
DUTY = Per(T("勤务种类", "Kind of duty"), fact=P.duty)
DAY = Per(T("勤务日", "Day"), fact=P.day)
BY = (ORGANISATION, CELL, DUTY, MONTH)


class Patrol(Indicators):
    """网格化布警 · Shifts."""

    title = T("网格化布警", "Patrols by grid")

    shifts = Number(T("班次", "Shifts"), P, among=ALL, by=BY, source=REPORT)
    minutes_a_day = Ratio(
        T("每巡区每日在岗分钟数", "Minutes manned, a cell and day"),
        P,
        of=P.to_minute + P.from_minute * -1,
        per=(ORGANISATION, CELL, DAY),
        among=P.sign_in.done,
        by=BY,
        source=REPORT,
        status="secondary",
    )
    manned = Share(T("上岗率", "Share manned"), P, of=P.sign_in.done, among=P.approve.done, by=BY, source=REPORT)
    not_manned = Number(T("当日未上岗", "Not manned that day"), P, among=judged(P.to_sign_in) & late(P.to_sign_in), by=BY, source=REPORT)
    street_police = Total(T("街面警力人次", "Officers on the street"), P, of=P.people, among=P.sign_in.done, by=BY, source=REPORT)
    checked = Share(T("查勤率", "Share checked"), P, of=P.check.done, among=P.sign_in.done, by=BY, source=REPORT)
    called_away = Total(T("巡逻中处警次数", "Times called to incidents"), P, of=P.leave.times, among=ALL, by=BY, source=REPORT)
