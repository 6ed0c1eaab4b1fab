"""裁断（列式） · One encoded log judged whole: its clocks, and every rule broken by an act, a clock or an extension."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tianping.engines.supervise.acts import Acts
from tianping.engines.supervise.encoded import Encoded
from tianping.engines.supervise.opened import UNTIL, OpenedClocks, Search
from tianping.engines.supervise.reckoned import MET_LATE, MISSED, LimitClocks, Moment, Moments, Reckoner
from tianping.engines.supervise.runs import Runs
from tianping.engines.supervise.states import Points, States
from tianping.law.calendar import Calendar
from tianping.procedure.columnar import Ints, arrays
from tianping.procedure.rules import Kind, rules
from tianping.procedure.tables import STAYS, Tables

NEVER = np.iinfo(np.int64).min
"""No instant: the act never happened, or there is no due day."""
MICROS = 1_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """问题（列式） · The rows that break one rule: case, track, entity code, and microseconds of when it happened and was due (or NEVER)."""

    rule: int
    track: int
    case: Ints
    entity: Ints
    happened: Ints
    due: Ints

    def __len__(self) -> int:
        return len(self.case)


@dataclass(frozen=True, slots=True, eq=False)
class Judgement:
    """What came out of one log."""

    log: Encoded
    clocks: list[LimitClocks]
    findings: list[Found]
    runs: Runs
    reckoner: Reckoner


def judge(tables: Tables, log: Encoded, moment: Moment | Moments, calendar: Calendar) -> Judgement:
    """Judge a log that holds nothing later than the moment."""
    runs = Runs(tables, log)
    states = States(runs)
    reckoner = Reckoner(tables, runs, states, moment, arrays(calendar))
    found = [_act(runs, rule, rows) for rule, rows in Acts(runs, states, reckoner.clocks, calendar).broken() if len(rows)]
    for clocks in reckoner.clocks:
        found += _clock(tables, clocks)
        found += list(_Grants(runs, reckoner, clocks).broken())
    return Judgement(log, reckoner.clocks, [f for f in found if len(f)], runs, reckoner)


def _act(runs: Runs, rule: int, rows: Ints, due: Ints | None = None) -> Found:
    log = runs.log
    track = int(log.track[rows[0]])
    never = np.full(len(rows), NEVER)
    return Found(rule, track, log.case[rows].astype(np.int64), log.entity[rows].astype(np.int64), log.micro[rows], never if due is None else due)


def micros(unit: Ints, *, timed: bool) -> Ints:
    """Days or seconds as microseconds."""
    return unit * (MICROS if timed else 86_400 * MICROS)


def _clock(tables: Tables, clocks: LimitClocks) -> Iterator[Found]:
    row, opened = clocks.row, clocks.opened
    kind: Kind = "early" if row.wait else ("barred" if row.limit.bars else "late")
    broken = clocks.status == MISSED if row.wait else (clocks.status == MET_LATE) | (clocks.status == MISSED)
    at = np.flatnonzero(broken)
    if not len(at):
        return
    acted = np.where(opened.by[at] == UNTIL, micros(clocks.stop[at], timed=row.timed), NEVER)
    due = micros(clocks.due[at], timed=row.timed)
    yield Found(rules(tables).find(kind, row.no), row.track, opened.case[at], opened.entity[at], acted, due)


def granted(search: Search, clocks: LimitClocks, grant: int) -> tuple[Ints, Ints, Ints]:
    """(clock, row of the grant, the how-manieth) of each grant between a clock's trigger and its end."""
    opened = clocks.opened
    marks, group = search.marks(grant, opened.case, opened.run)
    stop = np.where(opened.end >= 0, opened.end, search.runs.last_row[opened.case] + 1)
    low, high = marks.between(group, opened.at, stop)
    count = high - low
    clock = np.repeat(np.arange(len(opened)), count)
    nth = np.arange(len(clock)) - np.repeat(np.cumsum(count) - count, count)
    return clock, marks.rows[nth + np.repeat(low, count)] if len(clock) else clock, nth + 1


class _Grants:
    """The extensions granted within the clocks of one limit: how many, and whether asked for and decided in time."""

    def __init__(self, runs: Runs, reckoner: Reckoner, clocks: LimitClocks) -> None:
        self.runs, self.reckoner, self.clocks, self.row = runs, reckoner, clocks, clocks.row
        self.search = Search(runs, clocks.row)
        self.find = rules(runs.tables).find

    def broken(self) -> Iterator[Found]:
        for i, ext in enumerate(self.row.extensions):
            clock, at, nth = granted(self.search, self.clocks, ext.grant)
            if not len(clock):
                continue
            often = nth > ext.extension.times
            if often.any():
                yield _act(self.runs, self.find("times", self.row.no, i), at[often])
            if not self.row.timed and (ext.extension.ask_before is not None or ext.extension.decide_before is not None):
                yield from self._in_time(i, self._taken(clock), at)

    def _taken(self, clock: Ints) -> OpenedClocks:
        o = self.clocks.opened
        return OpenedClocks(o.at[clock], o.case[clock], o.run[clock], o.entity[clock], o.since[clock], o.end[clock], o.by[clock])

    def _in_time(self, index: int, clocks: OpenedClocks, at: Ints) -> Iterator[Found]:
        ext, runs = self.row.extensions[index], self.runs
        points = Points(self.row.track, clocks.case, clocks.run, at, inclusive=True)
        due, fixed, _ = self.reckoner.reckon(self.row, clocks, points, at, at)
        ask, decide = ext.extension.ask_before, ext.extension.decide_before
        if ask is not None and ext.ask != STAYS:
            marks, group = self.search.marks(ext.ask, clocks.case, clocks.run)
            last = marks.before(group, at)
            row = marks.rows[np.maximum(last, 0)] if len(marks.rows) else last
            asked = (last >= 0) & (row > clocks.at)
            late = fixed & (~asked | (runs.log.day[np.maximum(row, 0)] > due - ask.days))
            if late.any():
                yield _act(runs, self.find("ask", self.row.no, index), at[late], micros(due[late] - ask.days, timed=False))
        if decide is not None:
            late = fixed & (runs.log.day[at] > due - decide.days)
            if late.any():
                yield _act(runs, self.find("decide", self.row.no, index), at[late], micros(due[late] - decide.days, timed=False))
