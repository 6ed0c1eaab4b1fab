"""期限移动预览 · Which open limits would end on another day under another calendar: reckoned anew from the ledgers, nothing is written.

For the system administrator, who sees no case: limits, institutions and days with a count of each, no number, no title.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from tianping.casework.engine.read import snapshots_for_reckoning
from tianping.casework.engine.snapshot import Snapshot
from tianping.casework.models import Clock, Organisation
from tianping.casework.moments import instant, local
from tianping.casework.security.administration import By
from tianping.law.calendar import Calendar
from tianping.law.text import T
from tianping.procedure.events import effective
from tianping.procedure.reckoning import Clock as Reckoned
from tianping.procedure.reckoning import Clocks

MOST: Final = 5000
"""So many clocks are reckoned for one preview, the nearest ends first."""
AT_ONCE: Final = 200
"""So many cases are held in memory together."""
SHOWN: Final = 200
"""So many groups are listed."""


@dataclass(frozen=True, slots=True)
class Moved:
    """移动的一组 · Limits of one kind in one institution whose last day moves from a day to another, and how many."""

    procedure: T
    limit: T
    organisation: T
    was: date
    now: date
    count: int


@dataclass(frozen=True, slots=True)
class Preview:
    """预览 · The groups, how many clocks were reckoned, how many move, how many are no longer provisional; whether more were left out."""

    rows: tuple[Moved, ...]
    reckoned: int
    moved: int
    settled: int
    more: bool


def moving(by: By, year: int, calendar: Calendar) -> Preview:
    """Reckon the open clocks that run in a year under another calendar. Raises NotThisAdministrator."""
    by.must_be("system")
    first, after = instant(datetime(year, 1, 1)), instant(datetime(year + 1, 1, 1))  # noqa: DTZ001 — local days
    open_ = Clock.objects.filter(ended__isnull=True, fixed=True, due__gte=first, since__lt=after).order_by("due")
    found = list(open_.values_list("case_id", "code", "entity", "since_seq", "due", "provisional")[: MOST + 1])
    kept = {tuple(row[:4]): (local(row[4]).date(), row[5]) for row in found[:MOST]}
    groups: Counter[tuple[T, T, int, date, date]] = Counter()
    settled = 0
    moment = local(by.at)
    cases = sorted({row[0] for row in found[:MOST]})
    for start in range(0, len(cases), AT_ONCE):
        for case, now in snapshots_for_reckoning(cases[start : start + AT_ONCE]).items():
            for clock in _clocks(now, moment, calendar):
                before = kept.get((case, clock.row.code, clock.entity, clock.since_seq))
                if before is None or not clock.fixed:
                    continue
                day = clock.due.date() if isinstance(clock.due, datetime) else clock.due
                settled += before[1] and not clock.provisional
                if day != before[0]:
                    groups[now.tables.procedure.title, clock.row.limit.words, now.organisation, before[0], day] += 1
    return Preview(_rows(groups), len(kept), groups.total(), settled, len(found) > MOST)


def _clocks(now: Snapshot, moment: datetime, calendar: Calendar) -> list[Reckoned]:
    return Clocks(now.tables, [e for e in effective(now.events) if e.happened <= moment], moment, calendar).all


def _rows(groups: Counter[tuple[T, T, int, date, date]]) -> tuple[Moved, ...]:
    names = {o.pk: T(o.zh, o.en) for o in Organisation.objects.filter(pk__in={key[2] for key in groups})}
    listed = sorted(groups.items(), key=lambda g: (g[0][3], g[0][4], g[0][0].zh, g[0][1].zh, g[0][2]))[:SHOWN]
    return tuple(Moved(procedure, limit, names[where], was, now, count) for (procedure, limit, where, was, now), count in listed)
