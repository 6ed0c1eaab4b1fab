"""单个期限 · One deadline at a time, as a screen asks for it: the last day alone, and the last day with its derivation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Final

import chinese_calendar
import numpy as np

from benchmarks.measure import Aim, Contender, Outcome, race
from tianping.law.calendar import calendar
from tianping.law.periods import CIVIL, Period, to_date
from tianping.law.reckoning import PauseSpan, due_day, reckon
from tianping.law.statutes import CPL23
from tianping.law.text import T

COUNT: Final = 2_000
MICROSECONDS: Final = T("微秒一个", "microseconds each")
UNIT: Final = T("个期限", "deadlines")
PERIOD: Final = Period(days=15)


def run() -> list[Outcome]:
    """The last day against a package and numpy; then with its derivation."""
    random = Random(3)
    days = [random.randrange(14_610, 20_000) for _ in range(COUNT)]
    return [_last_day(days), _derived(days)]


def each(days: list[int], one: Callable[[int], object]) -> Callable[[], None]:
    """A turn: the same call for every day."""

    def turn() -> None:
        for day in days:
            one(day)

    return turn


def _last_day(days: list[int]) -> Outcome:
    cal = calendar()
    following, months = cal.following, Period(months=6)
    dates = {day: to_date(day) for day in days}

    def package(day: int) -> date:
        found = dates[day] + timedelta(days=15)
        while not chinese_calendar.is_workday(found):
            found += timedelta(days=1)
        return found

    off = np.flatnonzero(np.array(following) != np.arange(len(following))).astype("datetime64[D]")
    week = np.busdaycalendar("1111111", off)
    figures = race(
        [
            Contender("due_day, 15 days", "ours", each(days, lambda day: due_day(day, PERIOD, (), CIVIL, cal))),
            Contender("due_day, 6 months", "ours", each(days, lambda day: due_day(day, months, (), CIVIL, cal))),
            Contender("due_day, one pause", "ours", each(days, lambda day: due_day(day, PERIOD, ((day + 3, day + 9),), CIVIL, cal))),
            Contender("chinese_calendar.is_workday", "peer", each(days, package)),
            Contender(
                "numpy.busday_offset", "peer", each(days, lambda day: np.busday_offset(np.datetime64(day + 15, "D"), 0, "forward", busdaycal=week))
            ),
            Contender("list look-up", "limit", each(days, lambda day: following[day + 15])),
        ],
        COUNT,
    )
    aims = [Aim(T("{n}：{unit}", "{n}: {unit}").fill(n=f.name, unit=MICROSECONDS), f.seconds / COUNT * 1e6, 2, at_most=True) for f in figures[:2]]
    return Outcome(T("末日，逐个计算", "the last day, one at a time"), UNIT, COUNT, figures, aims)


def _derived(days: list[int]) -> Outcome:
    cal = calendar()
    dates = {day: to_date(day) for day in days}
    words = T("鉴定", "expert examination")
    pauses = {day: [PauseSpan(d + timedelta(days=3), d + timedelta(days=9), words, CPL23[79])] for day, d in dates.items()}
    figures = race(
        [
            Contender("reckon", "ours", each(days, lambda day: reckon(dates[day], PERIOD, CIVIL, cal, cites=CPL23[128]))),
            Contender(
                "reckon, one pause", "ours", each(days, lambda day: reckon(dates[day], PERIOD, CIVIL, cal, cites=CPL23[128], pauses=pauses[day]))
            ),
            Contender("due_day (no derivation)", "limit", each(days, lambda day: due_day(day, PERIOD, (), CIVIL, cal))),
        ],
        COUNT,
    )
    aims = [Aim(MICROSECONDS, figures[0].seconds / COUNT * 1e6, 20, at_most=True)]
    return Outcome(T("末日及其推导", "the last day with its derivation"), UNIT, COUNT, figures, aims)
