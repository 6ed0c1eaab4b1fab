"""时钟计算（集合式） · One limit at once: which length applies, when it is due, how it stands.

Limits with pauses or extensions are not reckoned here: see ``words.py``.
"""

from __future__ import annotations

from typing import Any, Final

import ibis

from tianping.engines.portable.relational.calendars import Days
from tianping.engines.portable.relational.clocks import CLOCK, chained, is_chained, opened
from tianping.engines.portable.relational.effective import Events
from tianping.engines.portable.relational.state import States, true
from tianping.engines.supervise.opened import OPEN_END, UNTIL
from tianping.engines.supervise.reckoned import MET, MET_LATE, MISSED, PAUSED, RUNNING, UNUSED, Moment
from tianping.law.periods import Period, day_number
from tianping.procedure.tables import LimitRow

LAST: Final = (1 << 62) - 1
"""A position after every event."""


class Reckoner:
    """The clocks of every limit of a definition, parents before the limits that are chained on them."""

    def __init__(self, events: Events, states: States, moment: Moment, days: Days) -> None:
        self.events, self.tables, self.states, self.moment, self.days = events, events.tables, states, moment, days
        self.clocks: list[Any] = []
        self._shared: dict[object, Any] = {}
        for row in self.tables.limits:
            self.clocks.append(self._limit(row))

    def _limit(self, row: LimitRow) -> Any:
        if is_chained(row):
            found = chained(self.events, row, self._lapsed(row.parent), parent_timed=self.tables.limits[row.parent].timed)
        else:
            found = self._opened(row)
        now = self.moment.of(row)
        found = found.mutate(open=found.by == OPEN_END, stop=found.stop.fill_null(now).cast("int64"))
        reckoned = self.reckon(row, found)
        status = _status(row, reckoned)
        return reckoned.mutate(status=status.cast("int8"))

    def _opened(self, row: LimitRow) -> Any:
        """The clocks before reckoning; laid down once where several limits open and end theirs by the same acts."""
        key = _anchors(row)
        if key not in self._shared:
            found = opened(self.events, row)
            same = [r for r in self.tables.limits if not is_chained(r) and _anchors(r) == key]
            self._shared[key] = self.events.lay_down(found) if len(same) > 1 else found
        return self._shared[key]

    def _lapsed(self, parent: int) -> Any:
        row, t = self.tables.limits[parent], self.clocks[parent]
        past = t.stop >= t.due if not row.until else t.stop > t.due
        return t.filter(t.fixed & ibis.ifelse(t.by != OPEN_END, t.stop > t.due, past))

    # ---- how long ----------------------------------------------------------------------------------------------------------------

    def reckon(self, row: LimitRow, clocks: Any) -> Any:
        """The clocks with ``due``, ``fixed`` and ``provisional``."""
        columns = [*CLOCK, "due", "fixed", "provisional"]
        points, algebra = self._points(row, clocks)
        t, lengths = self._lengths(row, points, algebra)
        rolls = true(row.limit.rolls, algebra) if row.limit.rolls is not None else ibis.literal(row.counting.rolls)
        t = t.mutate(rolls=rolls)
        if row.limit.backwards:
            return self._back(t, lengths).select(*columns)
        if row.timed:
            return t.mutate(due=t.since + t.n_seconds, fixed=ibis.literal(True), provisional=ibis.literal(False)).select(*columns)
        works = any(p.working for p in lengths)
        t = self.days.months(t, "since", "n_months", "base", most={p.months for p in lengths}, month_end=row.counting.month_end)
        t = t.mutate(base=t.base + t.n_days)
        if works:
            t = self.days.working(t, "base", "n_working", "base")
        t = t.mutate(due=t.base, fixed=ibis.literal(True))
        rolling = row.limit.rolls is not None or row.counting.rolls
        if rolling:
            t = self.days.rolled(t, "due", "rolls", "due")
        if not (rolling or works):
            return t.mutate(provisional=ibis.literal(False)).select(*columns)
        working = t.n_working > 0
        uses = t.rolls | working
        return t.mutate(provisional=uses & (self.days.outside(t.due) | (working & self.days.outside(t.since)))).select(*columns)

    def _points(self, row: LimitRow, clocks: Any) -> tuple[Any, Any]:
        """The clocks seen from where they ended, or from the case's last event while they are open, with what their rules read."""
        rules = [r.when for r in row.rows] + [row.limit.rolls]
        if not row.conditions:
            return clocks, self.states.known(clocks, [], row.track, inclusive=True)[1]
        t = clocks.mutate(row=clocks.end.fill_null(LAST), look=ibis.literal(0, type="int64"))
        return self.states.known(t, rules, row.track, inclusive=True)

    def _lengths(self, row: LimitRow, t: Any, algebra: Any) -> tuple[Any, list[Period]]:
        """The clocks with months, days, working days and seconds of the last row of the length that applies, and those lengths."""
        chosen: Any = ibis.literal(0)
        for i, r in enumerate(row.rows):
            if i == 0:
                continue
            applies = true(r.when, algebra)
            if r.before is not None:
                since = t.since // 86_400 if row.timed else t.since
                applies = applies & (since < day_number(r.before))
            chosen = ibis.ifelse(applies, i, chosen)
        periods = [r.period for r in row.rows]
        parts = {}
        for part in ("months", "days", "working", "seconds"):
            values = [getattr(p, part) for p in periods]
            parts[f"n_{part}"] = ibis.literal(values[0], type="int64") if len(set(values)) == 1 else _picked(chosen, values)
        return t.mutate(**parts), periods

    def _back(self, t: Any, lengths: list[Period]) -> Any:
        """Counted back from the date: so many days before it, or working days before those."""
        t = t.mutate(due=t.since - t.n_days, fixed=ibis.literal(True))
        if not any(p.working for p in lengths):
            return t.mutate(provisional=ibis.literal(False))
        t = t.mutate(eve=t.due - 1)
        t = self.days.rank(t, "eve", "eve_rank")
        back = self.days.nth(t, t.eve_rank - t.n_working, "back")
        due = ibis.ifelse(back.n_working > 0, back.back, back.due)
        return back.mutate(due=due, provisional=self.days.outside(back.since) & (back.n_working > 0))


def _anchors(row: LimitRow) -> object:
    return row.track, row.since, row.first, row.fact, row.until, row.waived, row.timed


def _picked(chosen: Any, values: list[int]) -> Any:
    return ibis.cases(*((chosen == i, v) for i, v in enumerate(values[1:], 1)), else_=values[0]).cast("int64")


def _status(row: LimitRow, t: Any) -> Any:
    late, done, still_open = t.fixed & (t.stop > t.due), t.by == UNTIL, t.by == OPEN_END
    if row.wait:
        early = t.fixed & (t.stop < t.due)
        waiting = ibis.ifelse(t.fixed, ibis.ifelse(early, RUNNING, MET), PAUSED)
        return ibis.cases((done, ibis.ifelse(early, MISSED, MET)), (~still_open, MET), else_=waiting)
    unmet = UNUSED if row.limit.bars else MISSED
    still = ibis.ifelse(t.stop >= t.due, MET, RUNNING) if not row.until else ibis.ifelse(late, unmet, RUNNING)
    ended = ibis.ifelse(done, ibis.ifelse(late, MET_LATE, MET), ibis.ifelse(late, unmet, MET))
    return ibis.ifelse(still_open, ibis.ifelse(t.fixed, still, PAUSED), ended)
