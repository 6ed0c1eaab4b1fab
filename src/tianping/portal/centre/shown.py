"""监管行 · A limit near its end as a row of the board; a person in the centre with the hours used; units against elements, in numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from urllib.parse import urlencode

from tianping.casework.moments import local
from tianping.casework.watch.alarms import Alarm
from tianping.casework.watch.elements import watch
from tianping.casework.watch.findings import FindingRow, ordered_already
from tianping.law.text import T
from tianping.portal.house.clocks import Clock, chip, ruler
from tianping.portal.house.shapes import Chip, Ruler, When

MANY: Final = 3
"""From so many limits of a unit that are alike, one row stands for all."""


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
    count: int = 1
    """How many alike it stands for: the same limit of the same unit, as near or as late."""


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


def gathered(alarms: Sequence[Alarm], at: datetime, open_: list[FindingRow]) -> list[AlarmShown]:
    """Limits as rows; where many of a unit are alike, one row stands for them, so that the many do not hide the few."""
    alike: dict[tuple[int, str, str], list[Alarm]] = {}
    for alarm in alarms:
        alike.setdefault((alarm.organisation, alarm.code, alarm.level), []).append(alarm)
    rows = [row for own in alike.values() for row in (_many(own, at, open_) if len(own) >= MANY else [shown(a, at, open_) for a in own])]
    return sorted(rows, key=lambda row: (row.alarm.due, row.alarm.case))


def _many(own: list[Alarm], at: datetime, open_: list[FindingRow]) -> list[AlarmShown]:
    """One row for all of them: the first to end, and the address of the rest."""
    first = own[0]
    where = {"level": first.level, "unit": first.organisation, "limit": first.code}
    return [replace(shown(first, at, open_), href="/centre/alarms?" + urlencode(where), finding=None, count=len(own))]


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
