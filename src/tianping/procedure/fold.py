"""折叠 · What is known of one case after some events, and the value of any column that a rule reads."""

from __future__ import annotations

from collections import defaultdict

from tianping.procedure.columns import Column, FactColumn, StageColumn
from tianping.procedure.events import Event
from tianping.procedure.expressions import Bool, value
from tianping.procedure.lengths import Count
from tianping.procedure.roles import Signer
from tianping.procedure.tables import STAYS, Tables

Run = tuple[int, str]
"""(track, entity)"""


class State:
    """状态 · Stages, answers and counters of one case. A step of unlawful order still moves: the log is trusted, so one error is one finding."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.stage: dict[Run, int] = {}
        self.case_facts: dict[str, object] = {}
        self.run_facts: dict[Run, dict[str, object]] = defaultdict(dict)
        self.times: dict[tuple[int, str], int] = defaultdict(int)
        self.case_times: dict[int, int] = defaultdict(int)
        self.signed: dict[tuple[int, str], tuple[Signer, ...]] = {}

    def copy(self) -> State:
        """A state that goes on by itself."""
        out = State.__new__(State)
        out.tables, out.stage, out.case_facts, out.signed = self.tables, self.stage.copy(), self.case_facts.copy(), self.signed.copy()
        out.times, out.case_times, out.run_facts = self.times.copy(), self.case_times.copy(), self.run_facts.copy()
        for run, facts in self.run_facts.items():
            out.run_facts[run] = facts.copy()
        return out

    def take(self, event: Event) -> None:
        """Count the event, move its run, note its answers. A ghost does nothing."""
        if event.ghost:
            return
        row = self.tables.steps[event.step]
        self.times[event.step, event.entity] += 1
        self.case_times[event.step] += 1
        self.signed[event.step, event.entity] = event.signers
        if row.target != STAYS:
            self.stage[event.track, event.entity] = row.target
        self.answer(event)

    def answer(self, event: Event) -> None:
        """Note the event's answers only; those that the step sets by itself come last."""
        sets = self.tables.steps[event.step].step.sets
        if not sets and not event.facts:
            return
        for name, answer in (*event.facts.items(), *((f.name, v) for f, v in sets)):
            if answer is None or name not in self.tables.facts:
                continue
            owner = self.tables.facts[name][1]
            facts = self.run_facts[owner, event.entity] if self.tables.tracks[owner].many else self.case_facts
            facts[name] = answer

    def before(self, event: Event) -> int:
        """The stage in which the event's run stands."""
        return self.stage.get((event.track, event.entity), 0)

    def look_up(self, column: Column, run: Run) -> object:
        """The value of a column as read from a run; None is unknown."""
        if isinstance(column, FactColumn):
            return self._fact(column.fact.name, run)
        if isinstance(column, StageColumn):
            return self._stage(column)
        number = self.tables.number(column.step)
        track = self.tables.steps[number].track
        if self.tables.tracks[track].many and run[0] == track:
            return self.times[number, run[1]]
        return self.case_times[number]

    def _fact(self, name: str, run: Run) -> object:
        owner = self.tables.facts[name][1]
        if not self.tables.tracks[owner].many:
            return self.case_facts.get(name)
        return self.run_facts[run].get(name) if run[0] == owner else None

    def _stage(self, column: StageColumn) -> bool:
        row = self.tables.part(column.part)
        wanted = {row.stages.index(s) for s in column.stages}
        if column.how == "at":
            return self.stage.get((row.no, ""), 0) in wanted
        stands = [stage in wanted for (track, _), stage in self.stage.items() if track == row.no]
        return any(stands) if column.how == "any" else all(stands)

    def holds(self, rule: Bool, run: Run) -> object:
        """True, False or None (unknown), as read from a run."""
        return value(rule, lambda column: self.look_up(column, run))

    def most(self, count: Count, run: Run) -> int:
        """How often a step may be taken now."""
        n = count.n
        for other, rule in count.rows:
            if self.holds(rule, run) is True:
                n = other
        return n


def fold_to(tables: Tables, events: list[Event], upto: int) -> State:
    """The state after the first ``upto`` events."""
    state = State(tables)
    for event in events[:upto]:
        state.take(event)
    return state
