"""期限计算（列式） · The columnar twin of the scalar reckoning: many clocks in one pass over arrays, with pauses in closed form.

Day numbers count from 1970-01-01, as numpy's ``datetime64[D]`` does. Two ways in: :func:`last_days` for one rule and an array of dates (a table
look-up), and :func:`due` for clocks that each have their own length and pauses.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from tianping.law.calendar import FIRST, LAST, Calendar, DateOutsideCalendar, calendar
from tianping.law.periods import Counting, Period, to_date
from tianping.law.reckoning import due_day

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Days = npt.NDArray[np.datetime64]

OPEN: Final = np.int64(1) << 40
"""The end of a pause that is still open: later than any day or second."""
_WIDTH: Final = OPEN * 2


@dataclass(frozen=True, slots=True, eq=False)
class CalendarArrays:
    """工作日历（列式） · The calendar's look-ups as arrays, with the months beside them."""

    rank: Ints
    nth: Ints
    following: Ints
    month: Ints
    first: Ints
    length: Ints
    published: tuple[int, int]

    @property
    def size(self) -> int:
        """The number of days that the calendar holds."""
        return len(self.following)


@cache
def arrays(cal: Calendar) -> CalendarArrays:
    """The arrays of a calendar, built once."""
    count = len(cal.following)
    day = np.arange(count).astype("datetime64[D]")
    month = day.astype("datetime64[M]").astype(np.int64)
    starts = np.arange(month[-1] + 2).astype("datetime64[M]").astype("datetime64[D]").astype(np.int64)
    return CalendarArrays(np.array(cal.rank), np.array(cal.nth), np.array(cal.following), month, starts[:-1], np.diff(starts), cal.published)


def inside(day: Ints, cal: CalendarArrays) -> None:
    """Refuse day numbers outside the calendar, naming the first."""
    if len(day) and (day.min() < 0 or day.max() >= cal.size):
        bad = int(day[(day < 0) | (day >= cal.size)][0])
        named = to_date(bad) if -700_000 < bad < 2_900_000 else bad
        raise DateOutsideCalendar(day=named)


def add_months(day: Ints, months: Ints, month_end: Bools, cal: CalendarArrays) -> Ints:
    """The corresponding day of a later month, or that month's last day; with ``month_end`` last day goes to last day."""
    inside(day, cal)
    here = cal.month[day]
    there = here + months
    if len(there) and there.max() >= len(cal.first):
        raise DateOutsideCalendar(day=LAST)
    of_month = day - cal.first[here]
    to_end = month_end & (of_month == cal.length[here] - 1)
    landed = np.where(to_end, cal.length[there] - 1, np.minimum(of_month, cal.length[there] - 1))
    return np.where(months == 0, day, cal.first[there] + landed)


def add_working(day: Ints, n: Ints, cal: CalendarArrays) -> Ints:
    """The n-th working day after each day; the day itself where n is 0."""
    at = cal.rank[day] - 1 + n
    if len(at) and at.max() >= len(cal.nth):
        raise DateOutsideCalendar(day=LAST)
    return np.where(n > 0, cal.nth[at], day)


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """扣除期间（列式） · Pauses of many clocks: the clock's index, start and end (``OPEN`` if open), in any order, overlapping at will."""

    clock: Ints
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.clock)


@dataclass(frozen=True, slots=True, eq=False)
class Lengths:
    """期间（列式） · Each clock's months, days and working days (or seconds in ``days`` when instants are counted)."""

    months: Ints
    days: Ints
    working: Ints


def base_days(trigger: Ints, length: Lengths, month_end: Bools, cal: CalendarArrays) -> Ints:
    """The last days without pauses and without roll-over."""
    day = add_months(trigger, length.months, month_end, cal) if length.months.any() else trigger
    day = day + length.days
    if not length.working.any():
        return day
    inside(day, cal)
    return add_working(day, length.working, cal)


def due(trigger: Ints, length: Lengths, month_end: Bools, rolls: Bools, spans: Spans, cal: CalendarArrays) -> tuple[Ints, Bools]:
    """(last day, fixed?) of each clock of days. Same answers as the scalar ``due_day``."""
    base = base_days(trigger, length, month_end, cal)
    day, fixed = _paused(trigger, base, length.working > 0, spans, cal) if len(spans) else (base, np.ones(len(base), dtype=np.bool_))
    if not rolls.any():
        return day, fixed
    inside(day[rolls], cal)
    return np.where(rolls, cal.following[np.where(rolls, day, 0)], day), fixed


def due_seconds(trigger: Ints, seconds: Ints, spans: Spans) -> tuple[Ints, Bools]:
    """(last second, fixed?) of each clock of hours."""
    base = trigger + seconds
    if not len(spans):
        return base, np.ones(len(base), dtype=np.bool_)
    return _paused(trigger, base, None, spans, None)


def unite(trigger: Ints, spans: Spans) -> Spans:
    """Spans clipped to their clock's trigger and united, in the order of clock and start."""
    start = np.maximum(spans.start, trigger[spans.clock])
    keep = spans.end > start
    clock, start, end = spans.clock[keep], start[keep], spans.end[keep]
    key = clock * _WIDTH + start
    if len(key) > 1 and not (key[1:] >= key[:-1]).all():
        order = np.argsort(key, kind="stable")
        clock, start, end, key = clock[order], start[order], end[order], key[order]
    reach = np.maximum.accumulate(clock * _WIDTH + end)
    new = np.ones(len(clock), dtype=np.bool_)
    new[1:] = key[1:] > reach[:-1]
    at = np.flatnonzero(new)
    last = np.append(at[1:], len(clock)) - 1
    return Spans(clock[at], start[at], reach[last] - clock[at] * _WIDTH) if len(at) else Spans(clock, start, end)


def _paused(trigger: Ints, base: Ints, working: Bools | None, spans: Spans, cal: CalendarArrays | None) -> tuple[Ints, Bools]:
    """A united span counts iff it starts no later than the base plus the spans before it: one cumulative sum, no loop."""
    united = unite(trigger, spans)
    fixed = np.ones(len(base), dtype=np.bool_)
    if not len(united):
        return base, fixed
    clock, closed = united.clock, united.end < OPEN
    length = np.where(closed, united.end - united.start, 0)
    on_workdays = working[clock] if working is not None else np.zeros(len(clock), dtype=np.bool_)
    if cal is not None and on_workdays.any():
        ends = np.where(closed & on_workdays, united.end, 0)
        starts = np.where(on_workdays, united.start, 0)
        inside(ends, cal)
        inside(starts, cal)
        length = np.where(on_workdays & closed, cal.rank[ends] - cal.rank[starts], length)
    before = np.cumsum(length) - length
    first = np.ones(len(clock), dtype=np.bool_)
    first[1:] = clock[1:] != clock[:-1]
    before -= np.repeat(before[first], np.diff(np.append(np.flatnonzero(first), len(clock))))
    so_far = base[clock] + before
    if cal is not None and on_workdays.any():
        so_far = np.where(on_workdays, add_working(np.where(on_workdays, base[clock], 0), np.where(on_workdays, before, 0), cal), so_far)
    counts = united.start <= so_far
    fixed[clock[counts & ~closed]] = False
    more = np.bincount(clock[counts], weights=length[counts], minlength=len(base)).astype(np.int64)
    if cal is None or working is None or not working.any():
        return base + more, fixed
    return np.where(working, add_working(np.where(working, base, 0), np.where(working, more, 0), cal), base + more), fixed


@cache
def _table(period: Period, counting: Counting, cal: Calendar) -> Ints:
    """Start day → last day under one rule, for every day whose answer the calendar holds (-1 beyond)."""
    out = np.full(len(cal.following), -1, dtype=np.int64)
    for day in range(len(out)):
        try:
            out[day] = due_day(day, period, (), counting, cal)[0]
        except (DateOutsideCalendar, ValueError):
            break
    return out


def last_days(trigger: Days, period: Period, counting: Counting, cal: Calendar | None = None) -> Days:
    """The last day of one period for many dates: ``datetime64[D]`` in, ``datetime64[D]`` out, no pauses. Raises DateOutsideCalendar.

    One look-up a date in a table that is built once for each rule.
    """
    table = _table(period, counting, calendar() if cal is None else cal)
    day = trigger.astype("datetime64[D]", copy=False).view(np.int64)
    if len(day) and (day.min() < 0 or day.max() >= len(table)):
        raise DateOutsideCalendar(day=f"{FIRST}…{LAST}")
    found = table.take(day)
    if len(found) and found.min() < 0:
        raise DateOutsideCalendar(day=str(trigger[found < 0][0]))
    return found.view("datetime64[D]")
