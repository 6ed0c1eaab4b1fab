"""取数方案 · What a roll-up must hold for some indicators: one row a case, or a run of a Many track, and only the columns that they read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tianping.procedure.columns import FactColumn, StageColumn, TimesColumn
from tianping.procedure.expressions import Expr
from tianping.procedure.grammar import Procedure, Steps, Track
from tianping.procedure.measures import (
    CASE,
    ClocksColumn,
    Conserve,
    Days,
    Entry,
    HeldColumn,
    Indicator,
    Per,
    Ratio,
    ReachedColumn,
    StandingColumn,
    Total,
)  # fmt: skip

Column = FactColumn | StageColumn | TimesColumn | StandingColumn | ReachedColumn | ClocksColumn | HeldColumn


def read(expr: Expr[Any]) -> set[Column]:
    """Every column that a rule on whole cases reads."""
    if expr.op == "col":
        return {expr.args[0]}
    return {c for a in expr.args if isinstance(a, Expr) for c in read(a)}


def when(steps: Steps, last: bool) -> str:
    """The column that holds when one of some steps was first (or last) taken."""
    named = ["into", *(s.name for s in steps.stages)] if isinstance(steps, Entry) else [s.code.replace(".", "_") for s in steps.steps]
    return ("last_" if last else "first_") + "_".join(named)


@dataclass(slots=True)
class Needs:
    """所需列 · The columns that indicators of one unit read, each once."""

    unit: type[Track]
    procedure: type[Procedure]
    columns: dict[Column, None] = field(default_factory=dict)
    acts: dict[tuple[Steps, bool], None] = field(default_factory=dict)
    facts: dict[str, type] = field(default_factory=dict)
    held: dict[str, None] = field(default_factory=dict)

    @property
    def runs(self) -> bool:
        """Whether the unit is a run of a Many track and not the case."""
        return not issubclass(self.unit, Procedure)

    @property
    def clocks(self) -> list[ClocksColumn]:
        """What is counted of clocks."""
        return [c for c in self.columns if isinstance(c, ClocksColumn)]

    def within(self, other: Needs) -> bool:
        """Whether a roll-up made for the other holds all of this."""
        return all(mine.keys() <= theirs.keys() for mine, theirs in ((self.columns, other.columns), (self.acts, other.acts), (self.held, other.held)))

    def _rule(self, rule: Expr[Any]) -> None:
        for column in read(rule):
            self.columns[column] = None
            if isinstance(column, FactColumn):
                self.facts[column.fact.name] = column.fact.kind
            if isinstance(column, HeldColumn):
                self.held[column.name] = None

    def per(self, per: Per) -> None:
        """What a way of telling figures apart reads."""
        if per.held and per is not CASE:  # every row of a roll-up names its case
            self.held[per.held] = None
        if per.act is not None:
            self.acts[per.act, False] = None
        if per.fact is not None:
            self._rule(per.fact)
        for _, rule in per.lanes:
            self._rule(rule)

    def add(self, what: Indicator | Conserve) -> None:
        """What a figure, or a rule of conservation, reads."""
        if isinstance(what, Conserve):
            for rule in (what.whole, *what.parts):
                self._rule(rule)
            return
        for rule in what.rules:
            self._rule(rule)
        for per in what.by:
            self.per(per)
        if isinstance(what, Days):
            self.acts[what.since, False] = None
            self.acts[what.until, True] = None
        if isinstance(what, Total | Ratio):
            self._rule(what.of)
        if isinstance(what, Ratio):
            self._by(what.per)

    def _by(self, by: Expr[Any] | tuple[Per, ...]) -> None:
        if isinstance(by, Expr):
            self._rule(by)
            return
        for per in by:
            self.per(per)


def needs(listed: Iterable[Indicator | Conserve], by: Iterable[Per] = ()) -> Needs:
    """What the roll-up of one unit must hold for all of them."""
    found: Needs | None = None
    for what in listed:
        if found is None:
            found = Needs(what.unit, what.procedure)
        assert what.unit is found.unit, "one roll-up holds one unit"
        found.add(what)
    assert found is not None, "nothing is asked for"
    for per in by:
        found.per(per)
    return found
