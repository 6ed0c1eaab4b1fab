"""逐案监督 · One case judged event by event and clock by clock. The oracle of the set-based engines, and the guard of the operate engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from tianping.law.calendar import Calendar
from tianping.law.periods import day_number, to_date
from tianping.procedure.events import Event, effective, end_of, merged
from tianping.procedure.fold import State
from tianping.procedure.reckoning import Clock, Clocks
from tianping.procedure.referral import Heard
from tianping.procedure.rules import REFUSED, Kind, RuleRow, rules
from tianping.procedure.tables import STAYS, StepRow, Tables
from tianping.procedure.time import Limit
from tianping.procedure.triggers import Opened


@dataclass(frozen=True, slots=True)
class Finding:
    """问题 · A rule broken. ``seq`` is the event it is about (for a missed limit, the trigger); ``happened`` None: it never happened.

    ``origin``: the case whose number ``seq`` is, where that event came with a merge.
    """

    rule: RuleRow
    track: int
    entity: str
    seq: int
    happened: date | datetime | None
    due: date | datetime | None = None
    origin: str = ""


class Judged(NamedTuple):
    """The clocks and findings of one case, and the log and its state that they were read from."""

    clocks: list[Clock]
    findings: list[Finding]
    log: list[Event]
    state: State
    reckoned: Clocks
    """The clocks as they were reckoned, for whoever goes on from here."""


def supervise_case(
    tables: Tables,
    events: list[Event],
    as_of: date | datetime,
    calendar: Calendar,
    *,
    about: int | None = None,
    origin: str = "",
    before: Judged | None = None,
) -> Judged:
    """Judge one case's effective log as of a day (its end) or an instant. Events after it are left out.

    ``about``: look only for what is found of this event (0: of none), of the case ``origin`` if it came with a merge; clocks and state are the same,
    and cost less. ``before``: the same case, judged when its log was shorter. If this log only goes on from that one, so does the judging; otherwise
    it begins anew.
    """
    moment = end_of(as_of)
    known = [e for e in events if e.happened <= moment]
    if about is None or (before is not None and not (before.reckoned.tables is tables and before.reckoned.begins(known, calendar))):
        before = None
    return _Judge(tables, known, moment, calendar, before).run(about, origin)


def supervise_cases(tables: Tables, cases: Mapping[str, list[Event]], as_of: date | datetime, calendar: Calendar) -> dict[str, Judged]:
    """Judge many cases, merged ones counted in their roots."""
    moment = end_of(as_of)
    known = {name: [e for e in log if e.happened <= moment] for name, log in cases.items()}
    return {name: supervise_case(tables, log, moment, calendar) for name, log in merged(known, tables).items()}


def refusals(tables: Tables, events: list[Event], tried: Event, calendar: Calendar) -> list[Finding]:
    """Why a step may not be taken now, on top of a case's events; empty when it may."""
    log = effective([*events, tried])
    judged = supervise_case(tables, log, tried.happened, calendar, about=tried.seq)
    return [f for f in judged.findings if f.rule.kind in REFUSED]


class _Judge:
    def __init__(self, tables: Tables, events: list[Event], as_of: datetime, calendar: Calendar, before: Judged | None) -> None:
        self.tables, self.events, self.rules, self.before = tables, events, rules(tables), before
        self.clocks = Clocks(tables, events, as_of, calendar, None if before is None else before.reckoned)
        self.findings: list[Finding] = []

    def run(self, about: int | None, origin: str) -> Judged:
        state, begun = State(self.tables), 0
        if self.before is not None and all(e.seq != about for e in self.before.log):
            state, begun = self.before.state.copy(), len(self.before.log)
        for at, event in enumerate(self.events[begun:], begun):
            if not event.ghost and (about is None or (event.seq == about and event.origin == origin)):
                self._event(at, event, state)
            state.take(event)
        for clock in self.clocks.all:
            self._clock(clock)
            if clock.row.extensions:
                self._extensions(clock)
        found = self.findings if about is None else [f for f in self.findings if f.seq == about and f.origin == origin]
        return Judged(self.clocks.all, found, self.events, state, self.clocks)

    def add(self, kind: Kind, subject: int, event: Event, *, detail: int = 0, due: date | datetime | None = None) -> None:
        rule = self.rules.rows[self.rules.find(kind, subject, detail)]
        self.findings.append(Finding(rule, event.track, event.entity, event.seq, event.happened, due, event.origin))

    # ---- an event ----------------------------------------------------------------------------------------------------------

    def _event(self, at: int, event: Event, state: State) -> None:
        row = self.tables.steps[event.step]
        self._order(row, event, state.before(event))
        self._one_open(row, event, state)
        self._people(row, event, state)
        state.answer(event)
        self._guards(row, event, state)
        self._record(row, event)
        self._halted(row, at, event)
        if row.step.opens and not self._opened_with(row, event):
            self.add("opens", row.no, event)
        if row.step.on is not None and not self._caused(row, at, event):
            self.add("on", row.no, event)

    def _order(self, row: StepRow, event: Event, before: int) -> None:
        if row.mask >> before & 1:
            return
        ended = self.tables.tracks[row.track].ends >> before & 1
        self.add("closed" if ended else "order", row.no, event)
        if row.missing[before] is not None:
            self.add("missing", row.no, event)

    def _one_open(self, row: StepRow, event: Event, state: State) -> None:
        track = self.tables.tracks[row.track]
        if track.part is None or not track.part.one_open or row.target == STAYS or state.before(event) != 0:
            return
        others = [s for (t, n), s in state.stage.items() if t == track.no and n != event.entity]
        if any(not track.ends >> s & 1 for s in others):
            self.add("one_open", track.no, event)

    def _people(self, row: StepRow, event: Event, state: State) -> None:
        if event.signers and any(s.role for s in event.signers) and not row.step.by.satisfied(event.signers):
            self.add("by", row.no, event)
        if row.step.not_by is None:
            return
        other = self.tables.number(row.step.not_by)
        entity = event.entity if self.tables.steps[other].track == row.track else ""
        earlier = {s.actor for s in state.signed.get((other, entity), ()) if s.actor}
        if earlier & {s.actor for s in event.signers}:
            self.add("not_by", row.no, event)

    def _guards(self, row: StepRow, event: Event, state: State) -> None:
        run = (event.track, event.entity)
        for i, (ground, wanted) in enumerate(row.guards):
            if state.holds(ground.rule, run) is not wanted:
                self.add("guard", row.no, event, detail=i)
        if row.step.at_most.n and state.times[row.no, event.entity] + 1 > state.most(row.step.at_most, run):
            self.add("count", row.no, event)

    def _record(self, row: StepRow, event: Event) -> None:
        within = row.step.record_within
        if within is None or event.recorded is None:
            return
        if within.seconds:
            late = event.recorded > event.happened + timedelta(seconds=within.seconds)
        else:
            start = day_number(event.day)
            calendar = self.clocks.calendar
            last = calendar.add_working(start, within.working) + within.days if within.working else start + within.days
            late = day_number(event.recorded.date()) > last
        if late:
            self.add("recorded", row.no, event)

    def _halted(self, row: StepRow, at: int, event: Event) -> None:
        for pause in self.tables.pauses:
            if not pause.pause.halts or pause.track != row.track or row.no in pause.until or row.no in pause.since:
                continue
            marks = [
                e.step in pause.since
                for e in self.events[:at]
                if e.track == event.track and e.entity == event.entity and not e.ghost and (e.step in pause.since or e.step in pause.until)
            ]
            if marks and marks[-1]:
                self.add("halted", pause.no, event)

    def _opened_with(self, row: StepRow, event: Event) -> bool:
        sends = {self.tables.number(r.send) for r in row.step.opens}
        there = {e.step for e in self.events if e.happened == event.happened and not e.ghost}
        return sends <= there

    def _caused(self, row: StepRow, at: int, event: Event) -> bool:
        cause = row.step.on
        if isinstance(cause, Heard):
            answers = {self.tables.number(cause.referral.answer), self.tables.number(cause.referral.refuse)}
            wanted, send = {o.name for o in cause.outcomes}, self.tables.number(cause.referral.send)
            sent = max((i for i, e in enumerate(self.events[:at]) if e.step == send), default=-1)
            return any(e.step in answers and e.facts.get(cause.referral.outcome.name) in wanted for e in self.events[sent + 1 : at])
        assert isinstance(cause, Limit)
        return any(self._ran_out(c, row, at, event) for c in self._clocks_of(cause) if c.at < at)

    def _clocks_of(self, limit: Limit) -> Iterator[Clock]:
        yield from (c for c in self.clocks.all if c.row.limit is limit)

    def _ran_out(self, clock: Clock, row: StepRow, at: int, event: Event) -> bool:
        track = self.tables.tracks[clock.row.track]
        if (track.many and event.track == track.no and clock.entity != event.entity) or not clock.fixed:
            return False
        if clock.end is not None and clock.end < at:
            return False
        if isinstance(clock.due, datetime):
            return event.happened >= clock.due
        return event.day > clock.due if clock.row.lasts(row.no) else event.day >= clock.due

    # ---- a clock -------------------------------------------------------------------------------------------------------------

    def _clock(self, clock: Clock) -> None:
        row = clock.row
        if row.wait:
            kind: Kind = "early"
            broken = clock.status == "missed"
        else:
            kind = "barred" if row.limit.bars else "late"
            broken = clock.status in ("met_late", "missed")
        if not broken:
            return
        acted = self.events[clock.end] if clock.end is not None and clock.met_on is not None else None
        rule = self.rules.rows[self.rules.find(kind, row.no)]
        told = acted if acted is not None and kind != "late" else self.events[clock.at]
        self.findings.append(Finding(rule, row.track, clock.entity, told.seq, clock.met_on, clock.due, told.origin))

    def _extensions(self, clock: Clock) -> None:
        row, triggers = clock.row, self.clocks.triggers
        for i, ext in enumerate(row.extensions):
            for nth, at in enumerate(triggers.acts(ext.grant, row, clock.entity, clock.at, clock.end), 1):
                event = self.events[at]
                if nth > ext.extension.times:
                    self.add("times", row.no, event, detail=i)
                self._asked_in_time(clock, i, at, event)

    def _asked_in_time(self, clock: Clock, index: int, at: int, event: Event) -> None:
        row, ext = clock.row, clock.row.extensions[index]
        ask_before, decide_before = ext.extension.ask_before, ext.extension.decide_before
        if ask_before is None and decide_before is None:
            return
        opened = Opened(clock.entity, clock.at, _instant(clock.since), clock.end, "")
        stood = self.clocks.reckoned(row, opened, upto=at + 1, grants_before=at, begun_before=at)
        if not stood.fixed or row.timed:
            return
        if ask_before is not None and ext.ask != STAYS:
            asked = self.clocks.triggers.acts(ext.ask, row, clock.entity, clock.at, at)
            if not asked or day_number(self.events[asked[-1]].day) > stood.number - ask_before.days:
                self.add("ask", row.no, event, detail=index, due=to_date(stood.number - ask_before.days))
        if decide_before is not None and day_number(event.day) > stood.number - decide_before.days:
            self.add("decide", row.no, event, detail=index, due=to_date(stood.number - decide_before.days))


def _instant(moment: date | datetime) -> datetime:
    return moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 — a local date
