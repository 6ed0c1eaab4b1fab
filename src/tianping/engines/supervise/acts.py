"""办理是否合法（列式） · Every act of a log against the definition: order, people, grounds, counts, records. Each check names rows and a rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from tianping.engines.supervise.encoded import Flags, starts_of
from tianping.engines.supervise.reckoned import LimitClocks
from tianping.engines.supervise.runs import Runs
from tianping.engines.supervise.states import Points, States
from tianping.law.calendar import Calendar
from tianping.procedure.columnar import Ints, add_working, arrays
from tianping.procedure.referral import Heard
from tianping.procedure.roles import Signer
from tianping.procedure.rules import rules
from tianping.procedure.tables import MAX_STAGES, STAYS, StepRow
from tianping.procedure.time import Limit

Broken = tuple[int, Ints]
"""(rule number, the rows that break it)"""
_DAY = 86_400_000_000


class Acts:
    """The checks of the acts of one log."""

    def __init__(self, runs: Runs, states: States, clocks: list[LimitClocks], calendar: Calendar) -> None:
        self.runs, self.states, self.clocks, self.calendar = runs, states, clocks, calendar
        self.tables, self.log = runs.tables, runs.log
        self.find = rules(runs.tables).find
        self._rows: dict[int, Ints] = {}

    def rows(self, step: int) -> Ints:
        """The rows of a step, ghosts left out."""
        if step not in self._rows:
            self._rows[step] = self.runs.with_steps([step])
        return self._rows[step]

    def broken(self) -> Iterator[Broken]:
        """Every rule broken by an act."""
        yield from self._order()
        for track in self.tables.tracks:
            if track.part is not None and track.part.one_open:
                yield self.find("one_open", track.no), self._second_open(track.no)
        for row in self.tables.steps:
            yield from self._step(row)
        for pause in self.tables.pauses:
            if pause.pause.halts:
                yield self.find("halted", pause.no), self._halted(pause.no)

    def _step(self, row: StepRow) -> Iterator[Broken]:
        step = row.step
        if self.log.signers is not None:
            yield self.find("by", row.no), self._unsigned(row)
            if step.not_by is not None:
                yield self.find("not_by", row.no), self._same_person(row, self.tables.number(step.not_by))
        if row.guards or step.at_most.n:
            yield from self._grounds(row)
        if step.record_within is not None and self.log.recorded is not None:
            yield self.find("recorded", row.no), self._recorded_late(row)
        if step.opens:
            yield self.find("opens", row.no), self._not_sent(row)
        if step.on is not None:
            caused = self._heard(row, step.on) if isinstance(step.on, Heard) else self._ran_out(row, step.on)
            yield self.find("on", row.no), self.rows(row.no)[~caused]

    # ---- order ---------------------------------------------------------------------------------------------------------------

    def _order(self) -> Iterator[Broken]:
        steps = self.tables.steps
        legal = np.array([[row.mask >> s & 1 for s in range(MAX_STAGES + 1)] for row in steps], dtype=np.bool_)
        wrong = ~legal.reshape(-1)[self.log.step.astype(np.int32) * (MAX_STAGES + 1) + self.runs.before]
        if self.log.ghost is not None:
            wrong &= ~self.log.ghost
        at = np.flatnonzero(wrong)
        step, before = self.log.step[at], self.runs.before[at]
        for row in (steps[n] for n in np.unique(step)):
            mine = step == row.no
            rows, stood = at[mine], before[mine]
            ends = self.tables.tracks[row.track].ends
            ended = np.array([ends >> s & 1 for s in range(MAX_STAGES + 1)], dtype=np.bool_)[stood]
            yield self.find("closed", row.no), rows[ended]
            yield self.find("order", row.no), rows[~ended]
            skipped = np.array([way is not None for way in row.missing], dtype=np.bool_)
            yield self.find("missing", row.no), rows[skipped[stood]]

    def _second_open(self, track: int) -> Ints:
        """Openings of a run while another run of the same part stands in a stage that is no end."""
        rows = self.runs.rows_on(track)
        rows = rows[self.runs.targets[self.log.step[rows]] != STAYS]
        ends = self.tables.tracks[track].ends
        is_open: Flags = np.array([not ends >> s & 1 for s in range(MAX_STAGES + 1)], dtype=np.bool_)
        before, after = self.runs.before[rows], self.runs.targets[self.log.step[rows]]
        change: Ints = is_open[after].astype(np.int64) - (is_open[before] & (before > 0))
        total: Ints = np.cumsum(change) - change
        case = self.log.case[rows]
        first = starts_of(case)
        others = total - np.repeat(total[first], np.diff(np.append(np.flatnonzero(first), len(rows))))
        opening: Ints = rows[(before == 0) & (others > 0)]
        return opening

    def _halted(self, number: int) -> Ints:
        pause = self.tables.pauses[number]
        mine = self.runs.rows_on(pause.track)
        step = self.log.step[mine]
        begins, ends = np.isin(step, pause.since), np.isin(step, pause.until)
        marked = mine[begins | ends]
        many = self.tables.tracks[pause.track].many
        marks = self.runs.by_run(marked) if many else self.runs.by_case(marked)
        rows = mine[~(begins | ends)]
        at = marks.before(self._group(rows, many=many), rows)
        if not len(marks.rows):
            return rows[:0]
        last = self.log.step[marks.rows[np.maximum(at, 0)]]
        return rows[(at >= 0) & np.isin(last, pause.since)]

    def _group(self, rows: Ints, *, many: bool) -> Ints:
        return self.runs.run[rows] if many else self.log.case[rows].astype(np.int64)

    # ---- people --------------------------------------------------------------------------------------------------------------

    def _signers(self, code: int) -> list[Signer]:
        return [Signer(*pair) for pair in self.log.signatures[code]]

    def _unsigned(self, row: StepRow) -> Ints:
        assert self.log.signers is not None
        rows = self.rows(row.no)
        found = self.log.signers[rows]

        def short(code: int) -> bool:
            people = self._signers(code)
            return any(s.role for s in people) and not row.step.by.satisfied(people)

        return rows[_each(found, short)]

    def _same_person(self, row: StepRow, other: int) -> Ints:
        assert self.log.signers is not None
        rows = self.rows(row.no)
        same = self.tables.steps[other].track == row.track
        if not same and self.tables.tracks[self.tables.steps[other].track].many:
            return rows[:0]
        many = same and self.tables.tracks[row.track].many
        marks = self.runs.by_run(self.rows(other)) if many else self.runs.by_case(self.rows(other))
        at = marks.before(self._group(rows, many=many), rows)
        rows, at = rows[at >= 0], at[at >= 0]
        earlier = self.log.signers[marks.rows[at]].astype(np.int64)
        width = len(self.log.signatures) + 1
        pairs = (earlier + 1) * width + self.log.signers[rows] + 1

        def shared(pair: int) -> bool:
            first, second = divmod(pair, width)
            if not first or not second:
                return False
            return bool({s.actor for s in self._signers(first - 1) if s.actor} & {s.actor for s in self._signers(second - 1)})

        return rows[_each(pairs, shared, none=None)]

    # ---- grounds and counts --------------------------------------------------------------------------------------------------

    def _grounds(self, row: StepRow) -> Iterator[Broken]:
        rows = self.rows(row.no)
        case = self.log.case[rows].astype(np.int64)
        points = Points(row.track, case, self.runs.run[rows], rows, inclusive=False)
        for i, (ground, wanted) in enumerate(row.guards):
            got = self.states.holds(ground.rule, points)
            fine = np.broadcast_to(got.known & (got.values.astype(np.bool_) == wanted), rows.shape)
            yield self.find("guard", row.no, i), rows[~fine]
        if row.step.at_most.n:
            nth = self._nth(rows, self._group(rows, many=self.tables.tracks[row.track].many))
            yield self.find("count", row.no), rows[nth > self.states.most(row.step.at_most, points)]

    def _nth(self, rows: Ints, group: Ints) -> Ints:
        """How often a step has been taken in its run, this time included."""
        order = np.argsort(group, kind="stable")
        new = starts_of(group[order])
        position = np.arange(len(rows), dtype=np.int64)
        nth = np.empty(len(rows), dtype=np.int64)
        nth[order] = position - np.maximum.accumulate(np.where(new, position, 0)) + 1
        return nth

    def _recorded_late(self, row: StepRow) -> Ints:
        within, rows = row.step.record_within, self.rows(row.no)
        assert within is not None
        assert self.log.recorded is not None
        recorded = self.log.recorded[rows]
        there = recorded != np.iinfo(np.int64).min
        rows, recorded = rows[there], recorded[there]
        if within.seconds:
            over = recorded > self.log.micro[rows] + within.seconds * 1_000_000
            return kept(rows, over)
        start = self.log.day[rows].astype(np.int64)
        last = add_working(start, np.full(len(start), within.working), arrays(self.calendar)) if within.working else start
        return kept(rows, recorded // _DAY > last + within.days)

    # ---- referrals and causes ------------------------------------------------------------------------------------------------

    def _not_sent(self, row: StepRow) -> Ints:
        rows = self.rows(row.no)
        new = starts_of(self.log.case) | starts_of(self.log.micro)
        instant = np.cumsum(new)
        missing = np.zeros(len(rows), dtype=np.bool_)
        for referral in row.step.opens:
            missing |= ~np.isin(instant[rows], instant[self.rows(self.tables.number(referral.send))])
        return rows[missing]

    def _heard(self, row: StepRow, cause: Heard) -> Flags:
        rows = self.rows(row.no)
        answers = self.runs.with_steps([self.tables.number(cause.referral.answer), self.tables.number(cause.referral.refuse)])
        fact = self.log.facts.get(cause.referral.outcome.name)
        if fact is None:
            return np.zeros(len(rows), dtype=np.bool_)
        wanted = [(fact.codes or {}).get(o.name, -2) for o in cause.outcomes]
        answers = answers[fact.known[answers] & np.isin(fact.values[answers], wanted)]
        sent = self._last(self.rows(self.tables.number(cause.referral.send)), rows)
        heard = self._last(answers, rows)
        return (heard >= 0) & (heard > sent)

    def _last(self, marks: Ints, rows: Ints) -> Ints:
        """The last mark of the case before each row, or -1."""
        at = self.runs.by_case(marks).before(self.log.case[rows].astype(np.int64), rows)
        return np.where(at >= 0, marks[np.maximum(at, 0)], -1) if len(marks) else np.full(len(rows), -1, dtype=np.int64)

    def _ran_out(self, row: StepRow, cause: Limit) -> Flags:
        """Whether some clock of the limit had run out when the step was taken, and nothing had ended it before."""
        rows = self.rows(row.no)
        clocks = next(c for c in self.clocks if c.row.limit is cause)
        begun = clocks.opened
        order = np.argsort(begun.case * self.runs.width + begun.at, kind="stable")
        keys = (begun.case * self.runs.width + begun.at)[order]
        case = self.log.case[rows].astype(np.int64)
        low = np.searchsorted(keys, case * self.runs.width, side="left")
        high = np.searchsorted(keys, case * self.runs.width + rows, side="left")
        count = np.maximum(high - low, 0)
        act = np.repeat(np.arange(len(rows)), count)
        clock = order[np.arange(len(act)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(low, count)]
        at = rows[act]
        when = self.log.second[at] if clocks.row.timed else self.log.day[at]
        over = when > clocks.due[clock] if clocks.row.lasts(row.no) else when >= clocks.due[clock]
        good = clocks.fixed[clock] & ((begun.end[clock] < 0) | (begun.end[clock] >= at)) & over
        if self.tables.tracks[clocks.row.track].many and row.track == clocks.row.track:
            good &= begun.entity[clock] == self.log.entity[at]
        caused = np.zeros(len(rows), dtype=np.bool_)
        caused[act[good]] = True
        return caused


def kept(rows: Ints, mask: npt.NDArray[np.bool_]) -> Ints:
    """Some of the rows."""
    return rows[mask]


def _each(codes: npt.NDArray[Any], verdict: Callable[[int], bool], *, none: int | None = -1) -> Flags:
    """A verdict on each distinct code, spread over the rows; ``none`` is never judged."""
    distinct, where = np.unique(codes, return_inverse=True)
    verdicts = np.array([code != none and verdict(int(code)) for code in distinct], dtype=np.bool_)
    return verdicts[where] if len(distinct) else np.zeros(0, dtype=np.bool_)
