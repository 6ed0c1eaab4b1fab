"""日表 · The calendar as tables that are joined by day: due days of a rule, corresponding days of later months, ranks of working days, the roll."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa

from tianping.engines.portable.relational.effective import Events
from tianping.law.calendar import Calendar
from tianping.procedure.columnar import CalendarArrays, arrays


class Days:
    """Look-ups by day number. A day that a table does not hold gives NULL."""

    def __init__(self, events: Events, calendar: Calendar) -> None:
        self.events = events
        self.arrays: CalendarArrays = arrays(calendar)

    @cached_property
    def _ranks(self) -> Any:
        a = self.arrays
        return self.events.small(cal_day=_ints(np.arange(a.size)), cal_rank=_ints(a.rank), cal_next=_ints(a.following))

    @cached_property
    def _nth(self) -> Any:
        return self.events.small(nth_rank=_ints(np.arange(len(self.arrays.nth))), nth_day=_ints(self.arrays.nth))

    def months(self, table: Any, day: str, months: str, out: str, *, most: set[int], month_end: bool) -> Any:
        """The table with the corresponding day of a later month in ``out``, for the numbers of months in ``most``."""
        steps = sorted(most - {0})
        if not steps:
            return table.mutate(**{out: table[day]})
        landed = [_landed(self.arrays, n, month_end=month_end) for n in steps]
        look = self.events.small(
            month_day=_ints(np.concatenate([d for d, _ in landed])),
            month_n=_ints(np.repeat(steps, [len(d) for d, _ in landed])),
            month_landed=_ints(np.concatenate([to for _, to in landed])),
        )
        joined = table.left_join(look, [table[day] == look.month_day, table[months] == look.month_n])
        moved = (joined[months] == 0).ifelse(joined[day], joined.month_landed)
        return joined.mutate(**{out: moved}).drop("month_day", "month_n", "month_landed")

    def working(self, table: Any, day: str, n: str, out: str) -> Any:
        """The table with the n-th working day after a day in ``out``; the day itself where n is 0."""
        ranked = self.rank(table, day, "from_rank")
        nth = self._nth
        joined = ranked.left_join(nth, ranked.from_rank - 1 + ranked[n] == nth.nth_rank)
        return joined.mutate(**{out: (joined[n] > 0).ifelse(joined.nth_day, joined[day])}).drop("from_rank", "nth_rank", "nth_day")

    def rank(self, table: Any, day: str, out: str) -> Any:
        """The table with the number of working days up to and including a day in ``out``."""
        look = self._ranks.select("cal_day", **{out: "cal_rank"})
        return table.left_join(look, table[day] == look.cal_day).drop("cal_day")

    def nth(self, table: Any, rank: Any, out: str) -> Any:
        """The table with the working day of a rank in ``out``."""
        look = self._nth.select("nth_rank", **{out: "nth_day"})
        return table.left_join(look, rank == look.nth_rank).drop("nth_rank")

    def rolled(self, table: Any, day: str, rolls: Any, out: str) -> Any:
        """The table with the day, or where ``rolls`` the next working day if it is none, in ``out``."""
        look = self._ranks.select("cal_day", "cal_next")
        joined = table.left_join(look, table[day] == look.cal_day)
        return joined.mutate(**{out: joined[rolls].ifelse(joined.cal_next, joined[day])}).drop("cal_day", "cal_next")

    def outside(self, day: Any) -> Any:
        """Whether a day lies outside the published calendar."""
        first, last = self.arrays.published
        return (day < first) | (day > last)


def _landed(a: CalendarArrays, months: int, *, month_end: bool) -> tuple[Any, Any]:
    """Every day of the calendar whose corresponding day the calendar holds, and that day."""
    day = np.arange(a.size)
    there = a.month[day] + months
    day, there = day[there < len(a.first)], there[there < len(a.first)]
    here = a.month[day]
    of_month = day - a.first[here]
    ends = month_end & (of_month == a.length[here] - 1)
    return day, a.first[there] + np.where(ends, a.length[there] - 1, np.minimum(of_month, a.length[there] - 1))


def _ints(values: Any) -> pa.Array:
    return pa.array(np.asarray(values, dtype=np.int64))
