"""监管行 · A limit near its end as a row of the board; a person in the centre with the hours used; units against elements, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from tianping.casework.moments import local
from tianping.casework.watch.alarms import Alarm
from tianping.casework.watch.elements import watch
from tianping.casework.watch.findings import FindingRow, ordered_already
from tianping.law.text import T
from tianping.portal.house.clocks import Clock, chip, ruler
from tianping.portal.house.shapes import Chip, Ruler, When


@dataclass(frozen=True, slots=True)
class AlarmShown:
    """一行 · A limit: its chip, what, of whom, whose turn, and where it is acted on."""

    alarm: Alarm
    element: T
    chip: Chip
    when: When
    ruler: Ruler
    href: str
    finding: FindingRow | None
    own: bool
    """Whether it is the limit of a finding itself."""


@dataclass(frozen=True, slots=True)
class UnitShown:
    """一个单位 · How many of its limits are missed, by element, and the longest."""

    organisation: int
    unit: T
    counts: Counter[str]
    longest: int


def shown(alarm: Alarm, at: datetime, open_: list[FindingRow]) -> AlarmShown:
    """A limit as a row."""
    clock = Clock(alarm.since, alarm.due, alarm.timed, provisional=alarm.provisional)
    words = chip(clock, at).words
    query = "?" + urlencode({"entity": alarm.entity}) if alarm.entity else ""
    own = alarm.procedure == watch().finding.procedure
    href = f"/centre/findings/{alarm.case}" if own else f"/centre/alarms/{alarm.case}/{alarm.code}{query}"
    return AlarmShown(
        alarm, watch().title(alarm.element), Chip(alarm.level, words), clock.when, ruler(clock, at), href, ordered_already(open_, alarm), own
    )  # fmt: skip


def units(alarms: Iterable[Alarm], at: datetime) -> list[UnitShown]:
    """The units that have missed a limit, the longest first."""
    late: dict[int, list[Alarm]] = {}
    for alarm in alarms:
        if alarm.level == "l3":
            late.setdefault(alarm.organisation, []).append(alarm)
    today = local(at).date()
    rows = [
        UnitShown(number, own[0].unit, Counter(a.element for a in own), max((today - a.due.date()) // timedelta(days=1) for a in own))
        for number, own in late.items()
    ]
    return sorted(rows, key=lambda u: (-u.longest, u.organisation))
