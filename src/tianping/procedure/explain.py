"""时钟说明 · Why a clock stands as it does: what started it, how long it is, what it does not count, its last day, and how it ended.

The last day is reckoned again by :func:`tianping.law.reckoning.reckon`, which tells every line with its article as it read on the trigger day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Final

from tianping.law.calendar import Calendar
from tianping.law.citations import Citation
from tianping.law.derivation import Derivation, Line, Value
from tianping.law.errors import TianpingError
from tianping.law.periods import Period, day_number, to_date
from tianping.law.reckoning import PauseSpan, base_day, due_second, reckon
from tianping.law.text import T
from tianping.procedure.events import Event, effective, end_of
from tianping.procedure.lengths import rows_of
from tianping.procedure.reckoning import ZERO, Clock, Clocks, seconds
from tianping.procedure.tables import STAYS, LimitRow, Tables
from tianping.procedure.time import Pause
from tianping.procedure.triggers import Opened

STARTED: Final = T("起算环节：{step}", "started by: {step}")
RESTED: Final = T("起算依据：{fact}", "counted from: {fact}")
AFTER: Final = T("前一期限“{limit}”届满后起算", "begins when “{limit}” has run out")
CHOSEN: Final = T("期间随情形而定，本案为", "the length varies; here it is")
GRANTED: Final = T("批准环节：{step}", "granted by: {step}")
HOURS: Final = T("期间（按小时，自起算时刻）", "length in hours, from the instant itself")
BACK: Final = T("自该日向前计算，该日不计", "counted back from that day, the day itself not counted")
NOT_COUNTED: Final = T("扣除{pause}（{a} 至 {b}）", "not counted: {pause} ({a} to {b})")
OPEN: Final = T("{pause}尚未结束：期限未定，最早为", "{pause} has not ended: not fixed, at the earliest")
LATE_PAUSE: Final = T("{pause}：始于期满之后，不影响", "{pause}: began after the end, no effect")
LAST: Final = T("“{limit}”的最后一日", "last day of “{limit}”")
LAST_INSTANT: Final = T("“{limit}”的最后时刻", "last moment of “{limit}”")
EARLIEST: Final = T("“{limit}”届满之日，此前不得办理", "the day “{limit}” ends; not to be done before")
SO_FAR: Final = T("“{limit}”目前最早的最后一日（未定）", "earliest last day of “{limit}” so far (not fixed)")
ENDED: Final = T("办理：{step}", "done: {step}")
STANDING: Final[dict[str, T]] = {
    "met": T("按期", "in time"),
    "met_late": T("逾期办理", "done late"),
    "missed": T("逾期未办", "missed"),
    "unused": T("期满未行使", "right not used"),
    "running": T("计算中", "running"),
    "paused": T("扣除中", "paused"),
}
"""How a clock stands, in a word."""
ENDINGS: Final[dict[str, T]] = {
    "met": T("按期", "in time"),
    "met_late": T("逾期办理，超过 {n} 日", "done late; days over: {n}"),
    "missed": T("逾期未办理，超过 {n} 日", "not done in time; days over: {n}"),
    "unused": T("期满未行使", "the right was not used in time"),
    "running": T("仍在计算", "still running"),
    "paused": T("扣除中，期限未定", "paused: not fixed"),
    "early": T("早于届满之日办理", "done before the day"),
    "restart": T("因再次发生起算环节而重新计算", "ended by a new beginning: counted anew"),
    "waived": T("已免除：{step}", "released by: {step}"),
}


class NoSuchClock(TianpingError):
    """没有此时钟 · The log starts no such clock by that moment."""

    code = "PRO-261"
    what = T("截至 {as_of}，第 {seq} 号记录没有起算“{limit}”。", "By {as_of} the entry no. {seq} has not started “{limit}”.")
    todo = T("请核对案件、日期与时钟；该记录可能已被更正。", "Look at the case, the day and the clock: the entry may have been corrected.")


def explain(tables: Tables, events: Iterable[Event], clock: Clock, as_of: date | datetime, calendar: Calendar) -> Derivation:
    """说明时钟 · The derivation of one clock of a case, from its log, as of a day (its end) or an instant.

    ``events`` is the whole log or the effective one. The clock is known by its limit, its run and the seq of its trigger; what it says of itself is
    reckoned anew. Raises NoSuchClock.
    """
    moment = end_of(as_of)
    clocks = Clocks(tables, [e for e in effective(events) if e.happened <= moment], moment, calendar)
    wanted = (clock.row.no, clock.entity, clock.since_seq)
    for standing in clocks.all:
        if (standing.row.no, standing.entity, standing.since_seq) == wanted:
            return Derivation(tuple(explained(clocks, standing)))
    raise NoSuchClock(limit=clock.row.limit.words, seq=clock.since_seq, as_of=as_of)


def explained(clocks: Clocks, clock: Clock) -> list[Line]:
    """The lines of one clock, when the clocks of its case already stand."""
    return list(_Story(clocks, clock).lines())


def not_counted(clocks: Clocks, clock: Clock) -> list[tuple[Pause, date | datetime, date | datetime | None]]:
    """扣除各段 · The spans that a clock does not count, by their beginning: the pause, from when, until when (None: it has not ended)."""
    timed = clock.row.timed

    def shown(number: int) -> date | datetime:
        return _moment(number) if timed else to_date(number)

    return [(pause, shown(a), None if b is None else shown(b)) for pause, a, b in _Story(clocks, clock)._spans()]


class _Story:
    def __init__(self, clocks: Clocks, clock: Clock) -> None:
        self.clocks, self.clock, self.row = clocks, clock, clock.row
        self.opened = Opened(clock.entity, clock.at, _instant(clock.since), clock.end, "")
        self.upto = None if clock.end is None else clock.end + 1
        self.cites = self.row.limit.cites

    def lines(self) -> Iterator[Line]:
        yield from self._beginning()
        length = self.clocks.pick(self.row.rows, self.row, self.opened, self.upto)
        if len(self.row.rows) > 1:
            yield Line(CHOSEN, self.cites, length.text)
        grants = list(self._grants())
        yield from (Line(GRANTED.fill(step=self._step(at)), cites, self._when(at)) for _, cites, at in grants)
        more = [(period, cites) for period, cites, _ in grants]
        if self.row.timed:
            yield from self._hours(length, more)
        elif self.row.limit.backwards:
            yield Line(BACK, self.cites, length.text)
        else:
            yield from self._days(length, more)
        yield self._due()
        yield from self._end()

    # ---- the beginning -----------------------------------------------------------------------------------------------------

    def _beginning(self) -> Iterator[Line]:
        row = self.row
        if row.parent != STAYS:
            parents = self.clocks.of_limit[row.parent]
            parent = next(p for p in parents if p.at == self.clock.at and p.entity == self.clock.entity)
            yield from explained(self.clocks, parent)
            yield Line(AFTER.fill(limit=parent.row.limit.words), self.cites, self.clock.since)
            return
        event = self.clocks.events[self.clock.at]
        step = self.clocks.tables.steps[event.step].step
        yield Line(STARTED.fill(step=step.words), step.cites, self._when(self.clock.at))
        if row.fact is not None:
            yield Line(RESTED.fill(fact=row.fact.title), self.cites, self.clock.since)

    def _step(self, at: int) -> T:
        return self.clocks.tables.steps[self.clocks.events[at].step].step.words

    def _when(self, at: int) -> Value:
        event = self.clocks.events[at]
        return event.happened if self.row.timed else event.day

    def _grants(self) -> Iterator[tuple[Period, Citation, int]]:
        """The extensions that count, each with the position of its grant."""
        state = self.clocks.state(self.upto)
        run = (self.row.track, self.clock.entity)
        for row in self.row.extensions:
            terms = row.extension
            if terms.when is not None and state.holds(terms.when, run) is not True:
                continue
            found = self.clocks.triggers.acts(row.grant, self.row, self.clock.entity, self.clock.at, self.clock.end)
            yield from ((terms.more, terms.cites, at) for at in found[: terms.times])

    # ---- the length ----------------------------------------------------------------------------------------------------------

    def _days(self, length: Period, more: list[tuple[Period, Citation]]) -> Iterator[Line]:
        row, trigger = self.row, self.opened.since.date()
        rolls = row.counting.rolls
        if row.limit.rolls is not None:
            rolls = self.clocks.state(self.upto).holds(row.limit.rolls, (row.track, self.clock.entity)) is True
        pauses = [PauseSpan(to_date(a), None if b is None else to_date(b), p.words, p.cites) for p, a, b in self._spans()]
        due = reckon(trigger, length, row.counting, self.clocks.calendar, cites=self.cites, pauses=pauses, more=more, rolls=rolls)
        assert (due.day, due.fixed) == (self.clock.due, self.clock.fixed)
        yield from due.derivation.lines

    def _hours(self, length: Period, more: list[tuple[Period, Citation]]) -> Iterator[Line]:
        total = sum((period for period, _ in more), length)
        trigger = seconds(self.opened.since)
        yield Line(HOURS, self.cites, total.text)
        spans: list[tuple[int, int | None]] = []
        for pause, first, last in self._spans():
            before, _ = due_second(trigger, total, spans)
            spans.append((first, last))
            if first > before:
                yield Line(LATE_PAUSE.fill(pause=pause.words), pause.cites, _moment(first))
            elif last is None:
                yield Line(OPEN.fill(pause=pause.words), pause.cites, _moment(before))
            else:
                text = NOT_COUNTED.fill(pause=pause.words, a=_moment(first), b=_moment(last))
                yield Line(text, pause.cites, _moment(due_second(trigger, total, spans)[0]))
        assert _moment(due_second(trigger, total, spans)[0]) == self.clock.due

    def _spans(self) -> list[tuple[Pause, int, int | None]]:
        """The pauses that the limit excludes, by their beginning, in day numbers or seconds: with what each may count at most, or only beyond."""
        out: list[tuple[Pause, int, int | None]] = []
        for number, pause in zip(self.row.pauses, self.row.limit.excluding, strict=True):
            for start, end in self.clocks.triggers.spans(self.clocks.tables.pauses[number], self.row, self.clock.entity):
                span = self._counted(pause, start, end)
                if span is not None:
                    out.append((pause, *span))
        return sorted(out, key=lambda s: s[1])

    def _counted(self, pause: Pause, start: int, end: int | None) -> tuple[int, int | None] | None:
        events = self.clocks.events
        first, last = _unit(self.row, events[start].happened), None if end is None else _unit(self.row, events[end].happened)
        if pause.beyond is not None:
            first = self._add(first, self.clocks.pick(rows_of(pause.beyond), self.row, self.opened, self.upto))
            if (_unit(self.row, self.clocks.as_of) < first) if last is None else (last <= first):
                return None
        if pause.at_most is not None:
            cap = self._add(first, pause.at_most)
            last = cap if last is None else min(last, cap)
        return first, last

    def _add(self, start: int, period: Period) -> int:
        return start + period.seconds if self.row.timed else base_day(start, period, self.row.counting, self.clocks.calendar)

    # ---- the end -------------------------------------------------------------------------------------------------------------

    def _due(self) -> Line:
        clock = self.clock
        words = EARLIEST if self.row.wait else (LAST_INSTANT if self.row.timed else LAST)
        return Line((words if clock.fixed else SO_FAR).fill(limit=self.row.limit.words), self.cites, clock.due)

    def _end(self) -> Iterator[Line]:
        clock = self.clock
        ending: str = "early" if self.row.wait and clock.status == "missed" else clock.status
        released = clock.end is not None and clock.met_on is None and clock.status not in ("missed", "unused")
        if clock.end is not None and clock.met_on is not None:
            yield Line(ENDED.fill(step=self._step(clock.end)), None, clock.met_on)
        if clock.end is not None and released:
            ending = "waived" if self.clocks.events[clock.end].step in self.row.waived else "restart"
            yield Line(ENDINGS[ending].fill(step=self._step(clock.end)), self.cites, self._when(clock.end))
            return
        yield Line(ENDINGS[ending].fill(n=clock.days_late), self.cites if ending != "running" else None)


def _instant(moment: date | datetime) -> datetime:
    return moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 — a local date


def _moment(number: int) -> datetime:
    return ZERO + timedelta(seconds=number)


def _unit(row: LimitRow, moment: datetime) -> int:
    return seconds(moment) if row.timed else day_number(moment.date())
