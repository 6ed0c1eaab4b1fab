"""时钟计算 · The clocks of one case: due(limit, events, calendar) → the last day or an open end, its status, and how it was reached.

The scalar engine. It is the oracle of every other one: small, direct, and judged only by the definition and the events.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from operator import is_
from typing import Literal, NamedTuple

from tianping.law.calendar import Calendar
from tianping.law.periods import Period, day_number, to_date
from tianping.law.reckoning import Span, base_day, due_day, due_second, is_provisional
from tianping.procedure.events import Event
from tianping.procedure.expressions import Bool
from tianping.procedure.fold import State, fold_to
from tianping.procedure.lengths import Row, rows_of
from tianping.procedure.tables import STAYS, LimitRow, Tables
from tianping.procedure.triggers import Opened, Triggers

Status = Literal["met", "met_late", "missed", "unused", "running", "paused"]
"""met: ended in time (or restarted, waived or simply run out in time, then ``met_on`` is None or the last day). unused: a right not exercised."""

ZERO = datetime(1970, 1, 1)  # noqa: DTZ001 — local instants are counted from a local zero


class Clock(NamedTuple):
    """时钟 · One clock. ``since``, ``due`` and ``met_on`` are dates for limits of days, local instants for limits of hours.

    ``at`` and ``end`` are positions in the effective log, ``since_seq`` is the trigger's seq. ``days_late`` is 0 unless late or missed.
    """

    row: LimitRow
    entity: str
    at: int
    end: int | None
    since_seq: int
    since: date | datetime
    due: date | datetime
    met_on: date | datetime | None
    fixed: bool
    provisional: bool
    status: Status
    days_late: int


class Reckoned(NamedTuple):
    """A due day or second as a number, and whether it is fixed and whether it is provisional."""

    number: int
    fixed: bool
    provisional: bool


def seconds(moment: datetime) -> int:
    """Whole seconds since the local zero."""
    passed = moment - ZERO
    return passed.days * 86400 + passed.seconds


def number_of(due: date | datetime) -> int:
    """A due day as a day number, a due instant as seconds."""
    return seconds(due) if isinstance(due, datetime) else day_number(due)


class Clocks:
    """All clocks of one case as of a moment, in the order of the limits and, within one, of their triggers.

    ``before``: the clocks of the same case when its log was the first part of this one. What nothing can change any more is taken from there.
    """

    def __init__(self, tables: Tables, events: list[Event], as_of: datetime, calendar: Calendar, before: Clocks | None = None) -> None:
        self.tables, self.events, self.as_of, self.calendar = tables, events, as_of, calendar
        self.triggers = Triggers(tables, events)
        self._states: dict[int, State] = {}
        self.all: list[Clock] = []
        self.of_limit: dict[int, list[Clock]] = {}
        taken = self.triggers.taken.keys()
        added = frozenset[int]() if before is None else frozenset([e.step for e in events[len(before.events) :]])
        settled: set[int] = set()
        for row in tables.limits:
            if row.parent == STAYS and taken.isdisjoint(row.since):
                self.of_limit[row.no] = []  # most limits of a case have not begun
                settled.add(row.no)
                continue
            if before is not None and (added.isdisjoint(row.since) if row.parent == STAYS else row.parent in settled):
                found = before.of_limit[row.no]
                if self._settled(row, found):
                    settled.add(row.no)
                    self.of_limit[row.no] = found
                    self.all += found
                    continue
            found = self.of_limit[row.no] = [self._clock(row, o) for o in self._opened(row)]
            self.all += found

    def _settled(self, row: LimitRow, found: list[Clock]) -> bool:
        """Whether clocks stay as they are whatever follows: each has ended, and no pause that it may exclude has ever begun.

        One that was waived may yet be ended by the act itself.
        """
        if any(clock.end is None or (row.waived and clock.met_on is None) for clock in found):
            return False
        return not row.pauses or all(self.triggers.taken.keys().isdisjoint(self.tables.pauses[number].since) for number in row.pauses)

    def begins(self, events: list[Event], calendar: Calendar) -> bool:
        """Whether some events, under a calendar, only go on from those of these clocks."""
        known = self.events
        return calendar is self.calendar and len(known) <= len(events) and all(map(is_, known, events))

    def state(self, upto: int | None) -> State:
        """The state after the first ``upto`` events (all, if None)."""
        n = len(self.events) if upto is None else upto
        if n not in self._states:
            self._states[n] = fold_to(self.tables, self.events, n)
        return self._states[n]

    def _opened(self, row: LimitRow) -> list[Opened]:
        if row.parent == STAYS:
            return self.triggers.opened(row)
        out = []
        for parent in self.of_limit[row.parent]:
            if self._lapsed(parent):
                due = parent.due
                since = due if isinstance(due, datetime) else datetime(due.year, due.month, due.day)  # noqa: DTZ001 — a local date
                out.append(self.triggers.chained(row, parent.entity, parent.at, since))
        return out

    def _lapsed(self, clock: Clock) -> bool:
        """Whether a clock ran out before anything ended it."""
        if not clock.fixed:
            return False
        if clock.end is not None:
            return self._unit(clock.row, self.events[clock.end].happened) > number_of(clock.due)
        today, due = self._unit(clock.row, self.as_of), number_of(clock.due)
        return today >= due if not clock.row.until else today > due

    def _unit(self, row: LimitRow, moment: datetime) -> int:
        return seconds(moment) if row.timed else day_number(moment)

    # ---- how long ------------------------------------------------------------------------------------------------------

    def _holds(self, rule: Bool | None, row: LimitRow, entity: str, upto: int | None) -> bool:
        return rule is None or self.state(upto).holds(rule, (row.track, entity)) is True

    def pick(self, rows: tuple[Row, ...], row: LimitRow, opened: Opened, upto: int | None) -> Period:
        """The row of a length that applies: the last one whose rule holds and whose law was in force."""
        chosen = rows[0].period
        if len(rows) == 1:
            return chosen
        law_day = self._law_day(row, opened)
        for r in rows:
            if (r.before is None or law_day < r.before) and self._holds(r.when, row, opened.entity, upto):
                chosen = r.period
        return chosen

    def _law_day(self, row: LimitRow, opened: Opened) -> date:
        pin = row.limit.law_at
        if pin is not None:
            steps = [self.tables.number(s) for s in pin.steps]
            acts = [i for s in steps for i in self.triggers.acts(s, row, opened.entity, -1, opened.at + 1)]
            if acts:
                return self.events[max(acts)].day
        return opened.since.date()

    def _spans(self, row: LimitRow, opened: Opened, upto: int | None, begun_before: int | None) -> list[Span]:
        out: list[Span] = []
        for number, pause in zip(row.pauses, row.limit.excluding, strict=True):
            for start, end in self.triggers.spans(self.tables.pauses[number], row, opened.entity):
                if begun_before is not None and start >= begun_before:
                    continue
                first = self._unit(row, self.events[start].happened)
                last = None if end is None else self._unit(row, self.events[end].happened)
                if pause.beyond is not None:
                    first = self._add(row, first, self.pick(rows_of(pause.beyond), row, opened, upto))
                    if first > self._unit(row, self.as_of) if last is None else last <= first:
                        continue
                if pause.at_most is not None:
                    cap = self._add(row, first, pause.at_most)
                    last = cap if last is None else min(last, cap)
                out.append((first, last))
        return out

    def _add(self, row: LimitRow, start: int, period: Period) -> int:
        return start + period.seconds if row.timed else base_day(start, period, row.counting, self.calendar)

    def reckoned(self, row: LimitRow, opened: Opened, *, upto: int | None, grants_before: int | None, begun_before: int | None) -> Reckoned:
        """The due day as things stand after ``upto`` events, with the grants and pauses that came before the given positions."""
        length = row.rows[0].period if len(row.rows) == 1 else self.pick(row.rows, row, opened, upto)
        for ext in row.extensions:
            if self._holds(ext.extension.when, row, opened.entity, upto):
                grants = self.triggers.acts(ext.grant, row, opened.entity, opened.at, grants_before)
                for _ in range(min(len(grants), ext.extension.times)):
                    length = length + ext.extension.more
        trigger = self._unit(row, opened.since)
        spans = self._spans(row, opened, upto, begun_before) if row.pauses else []
        if row.timed:
            return Reckoned(*due_second(trigger, length, spans), provisional=False)
        if row.limit.backwards:
            return Reckoned(self._back(trigger, length), fixed=True, provisional=length.working > 0 and self.calendar.provisional(trigger))
        rolls = row.counting.rolls if row.limit.rolls is None else self._holds(row.limit.rolls, row, opened.entity, upto)
        day, fixed = due_day(trigger, length, spans, row.counting, self.calendar, rolls=rolls)
        return Reckoned(day, fixed, is_provisional(trigger, day, length, self.calendar, rolls=rolls))

    def _back(self, trigger: int, length: Period) -> int:
        """So many days before a date: neither the date itself nor a roll-over counts."""
        from_day = trigger - length.days
        return self.calendar.nth[self.calendar.rank[from_day - 1] - length.working] if length.working else from_day

    # ---- how it stands ---------------------------------------------------------------------------------------------------

    def _clock(self, row: LimitRow, opened: Opened) -> Clock:
        entity, at, since, end, by = opened
        timed = row.timed
        got = self.reckoned(row, opened, upto=None if end is None else end + 1, grants_before=end, begun_before=None)
        number, fixed, provisional = got
        stop = self._unit(row, self.as_of if end is None else self.events[end].happened)
        status = _status(row, got, by, stop)
        late = stop - number if status in ("met_late", "missed") and not row.wait else 0
        return Clock(
            row,
            entity,
            at,
            end,
            self.events[at].seq,
            since if timed else since.date(),
            self._shown(row, number),
            self._met_on(row, got, opened, status),
            fixed,
            provisional,
            status,
            -(-late // 86400) if timed else late,
        )

    def _shown(self, row: LimitRow, number: int) -> date | datetime:
        return ZERO + timedelta(seconds=number) if row.timed else to_date(number)

    def _met_on(self, row: LimitRow, got: Reckoned, opened: Opened, status: Status) -> date | datetime | None:
        if opened.by == "until" and opened.end is not None:
            happened = self.events[opened.end].happened
            return happened if row.timed else happened.date()
        return self._shown(row, got.number) if opened.by == "" and status == "met" else None


def _status(row: LimitRow, got: Reckoned, by: str, stop: int) -> Status:
    late = got.fixed and stop > got.number
    if row.wait:
        if by == "until":
            return "missed" if got.fixed and stop < got.number else "met"
        return "met" if by or (got.fixed and stop >= got.number) else ("running" if got.fixed else "paused")
    if by == "until":
        return "met_late" if late else "met"
    unmet: Status = "unused" if row.limit.bars else "missed"
    if by:
        return unmet if late else "met"
    if not got.fixed:
        return "paused"
    if not row.until:
        return "met" if stop >= got.number else "running"
    return unmet if late else "running"
