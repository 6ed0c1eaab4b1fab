"""时钟计算（列式） · One limit at once: which length applies, what is excluded, granted, when it is due, how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from tianping.engines.supervise.encoded import Flags
from tianping.engines.supervise.opened import OPEN_END, UNTIL, OpenedClocks, Search, chained, opened
from tianping.engines.supervise.runs import NONE, Marks, Runs
from tianping.engines.supervise.states import Points, States
from tianping.law.periods import Period, day_number
from tianping.procedure.columnar import OPEN, CalendarArrays, Ints, Lengths, Spans, base_days, due, due_seconds, inside
from tianping.procedure.lengths import Row, rows_of
from tianping.procedure.tables import STAYS, LimitRow, Tables

MET, MET_LATE, MISSED, UNUSED, RUNNING, PAUSED = range(6)
STATUSES: Final = ("met", "met_late", "missed", "unused", "running", "paused")


@dataclass(frozen=True, slots=True, eq=False)
class LimitClocks:
    """时钟（列式） · The reckoned clocks of one limit. ``due`` and ``stop`` are days, or seconds where the limit is in hours."""

    row: LimitRow
    opened: OpenedClocks
    due: Ints
    stop: Ints
    fixed: Flags
    provisional: Flags
    status: npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class Moment:
    """As of when a log is judged: the same instant as a day number and as seconds."""

    day: int
    second: int

    def of(self, row: LimitRow, case: Ints | None = None) -> int:  # noqa: ARG002 — the same for every case
        """In the unit of a limit."""
        return self.second if row.timed else self.day


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """As of when each case of a log is judged, in the order of its cases: as a replayed log knows no more than had happened."""

    day: Ints
    second: Ints

    def of(self, row: LimitRow, case: Ints) -> Ints:
        """Of some cases, in the unit of a limit."""
        return (self.second if row.timed else self.day)[case]


class Reckoner:
    """Reckons every limit of a definition on one log, parents before the limits that are chained on them."""

    def __init__(self, tables: Tables, runs: Runs, states: States, moment: Moment | Moments, calendar: CalendarArrays) -> None:
        self.tables, self.runs, self.states, self.moment, self.calendar = tables, runs, states, moment, calendar
        self.clocks: list[LimitClocks] = []
        self._ended_pauses: dict[int, tuple[Ints, Ints]] = {}
        for row in tables.limits:
            self.clocks.append(self._limit(row))

    def _limit(self, row: LimitRow) -> LimitClocks:
        if row.parent == STAYS:
            found = opened(self.runs, row)
        else:
            parent = self.clocks[row.parent]
            found = chained(self.runs, row, parent.opened, parent.due, self._lapsed(parent), parent_timed=parent.row.timed)
        stop_rows = np.where(found.end >= 0, found.end, self.runs.last_row[found.case])
        points = Points(row.track, found.case, found.run, stop_rows, inclusive=True)
        grants_before = np.where(found.end >= 0, found.end, np.int64(self.runs.width))
        day, fixed, provisional = self.reckon(row, found, points, grants_before, None)
        stop = np.where(found.by != OPEN_END, self.unit(row)[np.maximum(found.end, 0)], self.moment.of(row, found.case)) if len(found) else day
        status = _status(row, found.by, day, stop, fixed)
        return LimitClocks(row, found, day, stop, fixed, provisional, status)

    def unit(self, row: LimitRow) -> npt.NDArray[np.int64]:
        """Each log row's time in the unit of a limit."""
        return self.runs.log.second if row.timed else self.runs.log.day.astype(np.int64)

    def _lapsed(self, parent: LimitClocks) -> Flags:
        past = parent.stop >= parent.due if not parent.row.until else parent.stop > parent.due
        closed = parent.opened.by != OPEN_END
        return parent.fixed & np.where(closed, parent.stop > parent.due, past)

    # ---- how long --------------------------------------------------------------------------------------------------------

    def reckon(
        self, row: LimitRow, clocks: OpenedClocks, points: Points, grants_before: Ints, begun_before: Ints | None
    ) -> tuple[Ints, Flags, Flags]:
        """(due, fixed, provisional) with what stands at ``points``, grants before a row, and pauses that began before a row."""
        months, days, working, seconds = self._picked(row, row.rows, clocks, points)
        for ext in row.extensions:
            n = self._granted(row, ext.grant, clocks, grants_before)
            n = np.where(self.states.true(ext.extension.when, points), np.minimum(n, ext.extension.times), 0)
            more = ext.extension.more
            months, days = months + n * more.months, days + n * more.days
            working, seconds = working + n * more.working, seconds + n * more.seconds
        no = np.zeros(len(clocks), dtype=np.bool_)
        if row.limit.backwards:
            return self._back(clocks.since, days, working), ~no, self._outside(clocks.since) & (working > 0)
        spans = self._spans(row, clocks, points, begun_before)
        if row.timed:
            at, fixed = due_seconds(clocks.since, seconds, spans)
            return at, fixed, no
        rolls = ~no if row.counting.rolls else no
        if row.limit.rolls is not None:
            rolls = self.states.true(row.limit.rolls, points)
        month_end = ~no if row.counting.month_end else no
        day, fixed = due(clocks.since, Lengths(months, days, working), month_end, rolls, spans, self.calendar)
        uses = rolls | (working > 0)
        return day, fixed, uses & (self._outside(day) | ((working > 0) & self._outside(clocks.since)))

    def _outside(self, day: Ints) -> Flags:
        first, last = self.calendar.published
        return (day < first) | (day > last)

    def _back(self, since: Ints, days: Ints, working: Ints) -> Ints:
        day = since - days
        if not working.any():
            return day
        inside(day, self.calendar)
        return np.where(working > 0, self.calendar.nth[self.calendar.rank[day - 1] - working], day)

    def _picked(self, row: LimitRow, rows: tuple[Row, ...], clocks: OpenedClocks, points: Points) -> tuple[Ints, Ints, Ints, Ints]:
        """Months, days, working days and seconds of the last row of a length that applies to each clock."""
        chosen = np.zeros(len(clocks), dtype=np.int64)
        law_day = self._law_day(row, clocks) if any(r.before for r in rows) else None
        for i, r in enumerate(rows):
            applies = self.states.true(r.when, points)
            if r.before is not None and law_day is not None:
                applies &= law_day < day_number(r.before)
            chosen[applies & (i > 0)] = i
        periods: list[Period] = [r.period for r in rows]
        table = np.array([(p.months, p.days, p.working, p.seconds) for p in periods], dtype=np.int64)[chosen]
        return table[:, 0], table[:, 1], table[:, 2], table[:, 3]

    def _law_day(self, row: LimitRow, clocks: OpenedClocks) -> Ints:
        day = clocks.since // 86_400 if row.timed else clocks.since
        pin = row.limit.law_at
        if pin is None:
            return day
        last = np.full(len(clocks), NONE)
        search = Search(self.runs, row)
        for step in (self.tables.number(s) for s in pin.steps):
            marks, group = search.marks(step, clocks.case, clocks.run)
            at = marks.before(group, clocks.at, also_at=True)
            rows = marks.rows[np.maximum(at, 0)] if len(marks.rows) else at
            last = np.maximum(last, np.where(at >= 0, rows, NONE))
        return np.where(last >= 0, self.runs.log.day[np.maximum(last, 0)], day)

    def _granted(self, row: LimitRow, grant: int, clocks: OpenedClocks, before: Ints) -> Ints:
        marks, group = Search(self.runs, row).marks(grant, clocks.case, clocks.run)
        stop = np.minimum(before, self.runs.last_row[clocks.case] + 1)
        low, high = marks.between(group, clocks.at, stop)
        return high - low

    # ---- what is excluded --------------------------------------------------------------------------------------------------

    def _spans(self, row: LimitRow, clocks: OpenedClocks, points: Points, begun_before: Ints | None) -> Spans:
        parts = [
            self._pause(row, n, own, clocks, points, begun_before)
            for n in range(len(row.pauses))
            for own in ((True, False) if self.tables.tracks[row.track].many else (False,))
        ]
        if not parts:
            empty = np.zeros(0, dtype=np.int64)
            return Spans(empty, empty, empty)
        return Spans(*(np.concatenate([getattr(p, f) for p in parts]) for f in ("clock", "start", "end")))

    def _pause(self, row: LimitRow, index: int, own: bool, clocks: OpenedClocks, points: Points, begun_before: Ints | None) -> Spans:
        """The spans of one pause: those of each clock's own run, or those that stand on other tracks and hold for every run."""
        pause = row.limit.excluding[index]
        rows, ends = self.pause_ends(row.pauses[index])
        if self.tables.tracks[row.track].many:
            mine = (self.runs.log.track[rows] == row.track) == own
            rows, ends = rows[mine], ends[mine]
        marks = self.runs.by_run(rows) if own else self.runs.by_case(rows)
        ends = ends[np.searchsorted(rows, marks.rows)] if len(rows) else ends
        group = clocks.run if own else clocks.case
        clock, which = self._between(marks, group, begun_before)
        unit = self.unit(row)
        start = unit[marks.rows[which]]
        stop = np.where(ends[which] >= 0, unit[np.maximum(ends[which], 0)], OPEN) if len(which) else start
        keep = np.ones(len(clock), dtype=np.bool_)
        if pause.beyond is not None:
            start = self._later(row, start, self._picked(row, rows_of(pause.beyond), clocks, points), clock)
            keep = np.where(stop == OPEN, start <= self.moment.of(row, clocks.case[clock]), stop > start)
        if pause.at_most is not None:
            p = pause.at_most
            fixed = tuple(np.full(len(clocks), n, dtype=np.int64) for n in (p.months, p.days, p.working, p.seconds))
            stop = np.minimum(stop, self._later(row, start, (fixed[0], fixed[1], fixed[2], fixed[3]), clock))
        return Spans(clock[keep], start[keep], stop[keep])

    @staticmethod
    def _between(marks: Marks, group: Ints, begun_before: Ints | None) -> tuple[Ints, Ints]:
        """(clock, mark) for every mark of each clock's group, if given only those before a row."""
        low = np.searchsorted(marks.keys, group * marks.width, side="left")
        high = np.searchsorted(marks.keys, (group + 1) * marks.width, side="left")
        if begun_before is not None:
            high = np.minimum(high, np.searchsorted(marks.keys, group * marks.width + begun_before, side="left"))
        count = np.maximum(high - low, 0)
        clock = np.repeat(np.arange(len(group)), count)
        return clock, np.arange(len(clock)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(low, count)

    def _later(self, row: LimitRow, start: Ints, length: tuple[Ints, Ints, Ints, Ints], clock: Ints) -> Ints:
        months, days, working, seconds = (part[clock] for part in length)
        if row.timed:
            return start + seconds
        month_end = np.full(len(start), row.counting.month_end)
        return base_days(start, Lengths(months, days, working), month_end, self.calendar)

    def pause_ends(self, pause: int) -> tuple[Ints, Ints]:
        """(rows where a pause begins, rows where it ends in the same run or -1), in the order of rows."""
        if pause not in self._ended_pauses:
            row = self.tables.pauses[pause]
            begins, stops = self.runs.with_steps(row.since), self.runs.with_steps(row.until)
            ends = np.full(len(begins), NONE)
            for track in {self.tables.steps[s].track for s in row.since}:
                many = self.tables.tracks[track].many
                here = np.flatnonzero(self.runs.log.track[begins] == track)
                its = stops[self.runs.log.track[stops] == track]
                marks = self.runs.by_run(its) if many else self.runs.by_case(its)
                group = self.runs.run[begins[here]] if many else self.runs.log.case[begins[here]].astype(np.int64)
                ends[here] = marks.after(group, begins[here])
            self._ended_pauses[pause] = (begins, ends)
        return self._ended_pauses[pause]


def _status(row: LimitRow, by: npt.NDArray[np.int8], day: Ints, stop: Ints, fixed: Flags) -> npt.NDArray[np.int8]:
    late = fixed & (stop > day)
    done = by == UNTIL
    if row.wait:
        early = fixed & (stop < day)
        waiting = np.where(fixed, np.where(early, RUNNING, MET), PAUSED)
        return np.where(done, np.where(early, MISSED, MET), np.where(by != OPEN_END, MET, waiting)).astype(np.int8)
    unmet = UNUSED if row.limit.bars else MISSED
    still = np.where(stop >= day, MET, RUNNING) if not row.until else np.where(late, unmet, RUNNING)
    still = np.where(fixed, still, PAUSED)
    ended = np.where(done, np.where(late, MET_LATE, MET), np.where(late, unmet, MET))
    return np.where(by == OPEN_END, still, ended).astype(np.int8)
