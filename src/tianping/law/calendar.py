"""工作日历 · Working days as arrays that are built once; a look-up answers every question.

The published years come from ``calendar_days.toml`` (dated, each year with its source); a city lays later notices over it (``with_notices``).
Years outside are computed from the statutory holidays (放假办法) without the yearly shifts, and every answer that touches them is **provisional**.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from typing import Final

from tianping.law.calendar_days import DayKind, published_days, statutory_days
from tianping.law.errors import TianpingError
from tianping.law.periods import EPOCH, day_number, to_date
from tianping.law.text import T

FIRST: Final = date(1970, 1, 1)
LAST: Final = date(2069, 12, 31)
MOST: Final = day_number(date.max)


class DateOutsideCalendar(TianpingError):
    """日期超出日历 · A date before 1970 or after 2069."""

    code = "LAW-121"
    what = T("日期 {day} 超出日历范围（1970—2069 年）。", "The date {day} is outside the calendar (1970 to 2069).")
    todo = T("请核对年份。", "Check the year.")


@dataclass(frozen=True, slots=True, eq=False)
class Calendar:
    """工作日历 · One reading of the calendar; day numbers count from 1970-01-01.

    ``rank[d]``: working days up to and including day d. ``nth[k]``: the day of the k-th working day. ``following[d]``: d itself if it
    is a working day, else the next one. ``published``: the first and last day number that a State Council notice fixed.
    """

    makeup_counts: bool
    kinds: dict[int, DayKind] = field(repr=False)
    rank: list[int] = field(repr=False)
    nth: list[int] = field(repr=False)
    following: list[int] = field(repr=False)
    published: tuple[int, int]

    def is_working(self, day: date) -> bool:
        """Whether the day is a working day (a make-up Saturday is one, if ``makeup_counts``)."""
        n = self.number(day)
        return self.following[n] == n

    def number(self, day: date) -> int:
        """The day number, refused outside the calendar."""
        if not FIRST <= day <= LAST:
            raise DateOutsideCalendar(day=day)
        return day_number(day)

    def as_date(self, day: int) -> date:
        """The date of a day number. Raises DateOutsideCalendar."""
        if not 0 <= day < len(self.rank):
            raise DateOutsideCalendar(day=_shown(day))
        return to_date(day)

    def provisional(self, day: int) -> bool:
        """Whether the day lies outside the published years, so that a notice may still change it."""
        return not self.published[0] <= day <= self.published[1]

    def add_working(self, day: int, n: int) -> int:
        """The n-th working day after the day; the day itself for n = 0. Raises DateOutsideCalendar."""
        if n == 0:
            return day
        if not 0 <= day < len(self.rank):
            raise DateOutsideCalendar(day=_shown(day))
        at = self.rank[day] - 1 + n
        if at >= len(self.nth):
            raise DateOutsideCalendar(day=T("{n}个工作日之后", "{n} working days on").fill(n=n))
        return self.nth[at]

    def roll(self, day: int) -> int:
        """The day, or the first working day after it. Raises DateOutsideCalendar."""
        if not 0 <= day < len(self.following):
            raise DateOutsideCalendar(day=_shown(day))
        return self.following[day]

    def kind(self, day: int) -> DayKind | None:
        """Why the day is what it is: a named holiday, a make-up workday, or None for an ordinary day."""
        return self.kinds.get(day)


def _shown(day: int) -> date | str:
    """The date of a day number, or the number itself where no date has it."""
    return to_date(day) if -EPOCH < day <= MOST else f"1970-01-01 {day:+d}"


@cache
def calendar(*, makeup_counts: bool = True) -> Calendar:
    """The Chinese calendar. ``makeup_counts`` is the make-up-workday policy: off, a shifted Saturday stays a rest day (POLICY)."""
    return _built(published_days(), makeup_counts=makeup_counts)


def with_notices(notices: Mapping[int, dict[date, DayKind]], *, makeup_counts: bool = True) -> Calendar:
    """叠加 · The calendar with the notices of some years in the place of what the table has of them; the table's own stays as it is."""
    return _built({**published_days(), **notices}, makeup_counts=makeup_counts)


def _built(published: Mapping[int, dict[date, DayKind]], *, makeup_counts: bool) -> Calendar:
    kinds: dict[int, DayKind] = {}
    years = range(FIRST.year, LAST.year + 1)
    for year in years:
        kinds.update({day_number(d): k for d, k in (published.get(year) or statutory_days(year)).items()})
    count = (LAST - FIRST).days + 1
    working = [(FIRST + timedelta(days=n)).weekday() < 5 for n in range(count)]
    for n, kind in kinds.items():
        working[n] = kind.working and makeup_counts if kind.working else False
    rank = list(accumulate(int(w) for w in working))
    nth = [n for n, w in enumerate(working) if w]
    following = [nth[min(bisect_left(nth, n), len(nth) - 1)] for n in range(count)]
    span = (day_number(date(min(published), 1, 1)), day_number(date(max(published), 12, 31)))
    return Calendar(makeup_counts, kinds, rank, nth, following, span)
