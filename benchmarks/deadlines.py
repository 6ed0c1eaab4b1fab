"""百万期限 · A million statutory deadlines: one look-up a date, against numpy's business days and a bare gather of integers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from benchmarks.measure import Aim, Contender, Outcome, race
from tianping.law.calendar import calendar
from tianping.law.periods import CIVIL, Period
from tianping.law.text import T
from tianping.procedure.columnar import Days, Ints, Lengths, Spans, arrays, due, last_days

COUNT: Final = 1_000_000
UNIT: Final = T("个期限", "deadlines")
TIMES_FASTER: Final = T("相对 numpy.busday_offset 的倍数", "times as fast as numpy.busday_offset")
TIMES_SLOWER: Final = T("相对单纯取数所用时间的倍数", "times as long as the bare gather")
A_SECOND: Final = T("每秒个数", "a second")
RULES: Final = (Period(days=15), Period(months=6), Period(working=10))


def run() -> list[Outcome]:
    """Days, months and working days without pauses; then days and months with two pauses each."""
    dates = np.random.default_rng(1).integers(10_957, 19_000, COUNT)
    days = dates.astype("datetime64[D]")
    return [_plain(days, period) for period in RULES] + [_paused(dates, period) for period in RULES[:2]]


def _plain(days: Days, period: Period) -> Outcome:
    peer, bare = _business_days(days, period), _gather(days)
    ours = last_days(days, period, CIVIL)
    if not (ours == peer()).all():
        raise AssertionError("numpy.busday_offset and last_days give different days")
    figures = race(
        [
            Contender("last_days", "ours", lambda: last_days(days, period, CIVIL)),
            Contender("numpy.busday_offset", "peer", peer),
            Contender("int32 gather", "limit", bare),
        ],
        COUNT,
    )
    mine, other, limit = (f.seconds for f in figures)
    aims = [Aim(TIMES_FASTER, other / mine, 10), Aim(TIMES_SLOWER, mine / limit, 4, at_most=True)]
    return Outcome(T("民事期间 {p}，顺延，无扣除", "civil period of {p}, rolled, no pauses").fill(p=period.text), UNIT, COUNT, figures, aims)


def _business_days(days: Days, period: Period) -> Callable[[], Days]:
    """The same answers from numpy: every day off is a holiday of a week of seven days, so that make-up Saturdays count."""
    cal = calendar()
    off = np.flatnonzero(np.array(cal.following) != np.arange(len(cal.following))).astype("datetime64[D]")
    week = np.busdaycalendar("1111111", off)

    def business() -> Days:
        day: Any = days
        if period.months:
            there = day.astype("datetime64[M]") + period.months
            of_month = day - day.astype("datetime64[M]").astype("datetime64[D]")
            last = (there + 1).astype("datetime64[D]") - np.timedelta64(1, "D")
            day = np.minimum(there.astype("datetime64[D]") + of_month, last)
        if period.working:
            day = np.busday_offset(day, period.working, roll="backward", busdaycal=week)
        else:
            day = np.busday_offset(day + period.days, 0, roll="forward", busdaycal=week)
        found: Days = day
        return found

    return business


def _gather(days: Days) -> Callable[[], object]:
    table = np.array(calendar().following, dtype=np.int32)
    at = days.view(np.int64).astype(np.int32)
    return lambda: table[at]


def _paused(dates: Ints, period: Period) -> Outcome:
    """Two pauses a clock, in no order: one within the first days, one that may come too late to count."""
    random = np.random.default_rng(2)
    clock = np.tile(np.arange(COUNT), 2)
    start = dates[clock] + np.concatenate([random.integers(0, 10, COUNT), random.integers(10, 40, COUNT)])
    spans = Spans(clock, start, start + random.integers(1, 60, 2 * COUNT))
    parts = ([period.months], [period.days], [period.working])
    length = Lengths(*(np.repeat(np.array(p), COUNT) for p in parts))
    no, yes, cal = np.zeros(COUNT, dtype=np.bool_), np.ones(COUNT, dtype=np.bool_), arrays(calendar())
    order = np.argsort(clock * (1 << 32) + start, kind="stable")
    sorted_spans = Spans(clock[order], spans.start[order], spans.end[order])
    figures = race(
        [
            Contender("due, pauses in any order", "ours", lambda: due(dates, length, no, yes, spans, cal)),
            Contender("due, pauses in order", "ours", lambda: due(dates, length, no, yes, sorted_spans, cal)),
            Contender("stable argsort of the pauses", "limit", lambda: np.argsort(clock * (1 << 32) + start, kind="stable")),
        ],
        COUNT,
    )
    title = T("民事期间 {p}，各有两段扣除", "civil period of {p}, two pauses each").fill(p=period.text)
    return Outcome(title, UNIT, COUNT, figures, [Aim(A_SECOND, figures[0].rate, 1e6)])
