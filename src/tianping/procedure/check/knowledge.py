"""要素与规则核对 · Facts that somebody asks for in time, and rules that both one case and a set of millions can be judged by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from tianping.procedure.check import refusals as no
from tianping.procedure.check.kinds import Disagree, kind_of, known_kind
from tianping.procedure.check.reach import Ways
from tianping.procedure.check.refusals import Refusal
from tianping.procedure.columns import Column, FactColumn, StageColumn
from tianping.procedure.expressions import Bool, Expr, columns
from tianping.procedure.grammar import Fact, Ground
from tianping.procedure.lengths import rows_of
from tianping.procedure.lookups import Tally
from tianping.procedure.tables import StepRow, Tables


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: the part it belongs to, the track it is read from, and the step that it guards."""

    where: str
    rule: Bool
    track: int
    guards: StepRow | None = None


def knowledge(tables: Tables, ways: Ways) -> Iterator[Refusal]:
    """Everything about facts and rules."""
    asked = _asked(tables)
    yield from (no.FactNeverAsked(where=f.code) for f, _ in tables.facts.values() if f not in asked)
    for row in tables.steps:
        yield from _answers(tables, row)
        yield from (no.AnonymousGround(where=row.step.code) for g, _ in row.guards if not g.name)
    for rule in _rules(tables):
        strangers = [s for c in sorted(columns(rule.rule), key=lambda c: c.key) for s in _stranger(tables, rule, c)]
        yield from (no.Stranger(where=rule.where, stranger=s) for s in strangers)
        if strangers:
            continue
        try:
            kind_of(rule.rule)
        except Disagree as error:
            yield no.NotSetBased(where=rule.where, reason=error.reason)
        if rule.guards is not None:
            yield from _known_in_time(ways, asked, rule, rule.guards)


def _rules(tables: Tables) -> Iterator[Rule]:
    for step in tables.steps:
        yield from (Rule(g.code or step.step.code, g.rule, step.track, step) for g, _ in step.guards)
        yield from (Rule(f"{step.step.code}.at_most", when, step.track) for _, when in step.step.at_most.rows)
    guarded = {ground for step in tables.steps for ground, _ in step.guards}
    for track in tables.tracks:
        yield from (Rule(g.code, g.rule, track.no) for g in track.track.of(Ground) if g not in guarded)
    for limit in tables.limits:
        rows = [r.when for r in limit.rows] + [x.extension.when for x in limit.extensions] + [limit.limit.rolls]
        for pause in limit.limit.excluding:
            rows += [r.when for r in rows_of(pause.beyond)] if pause.beyond is not None else []
        yield from (Rule(limit.code, when, limit.track) for when in rows if when is not None)


def _asked(tables: Tables) -> dict[Fact[Any], list[int]]:
    out: dict[Fact[Any], list[int]] = {}
    for row in tables.steps:
        for fact in (*row.step.asks, *(f for f, _ in row.step.sets)):
            out.setdefault(fact, []).append(row.no)
    return out


def _answers(tables: Tables, row: StepRow) -> Iterator[Refusal]:
    """What a step asks or sets belongs to this procedure and, on a Many track, to the step's own run; what it sets is of the fact's kind."""
    for fact in (*row.step.asks, *(f for f, _ in row.step.sets)):
        owned, track = tables.facts.get(fact.name, (None, 0))
        if owned is not fact or (tables.tracks[track].many and track != row.track):
            yield no.Stranger(where=row.step.code, stranger=fact.code or fact.title.zh)
        elif not known_kind(fact.kind):
            yield no.NotSetBased(where=fact.code, reason=f"Fact({fact.kind.__name__})")
        elif fact.known_by is not None and (reason := _uncountable(tables, fact, fact.known_by)):
            yield no.NotCountable(where=fact.code, reason=reason)
    for fact, given in row.step.sets:
        if not _fits(fact, given):
            yield no.WrongKind(where=row.step.code, fact=fact.title, given=repr(given))


def _uncountable(tables: Tables, fact: Fact[Any], tally: Tally) -> str:
    """Why a fact cannot be counted from other cases, or nothing."""
    if fact.kind is not int:
        return f"Fact({fact.kind.__name__})"
    strange = [own.code or own.title.zh for own, _ in tally.same if tables.facts.get(own.name, (None, 0))[0] is not own]
    return ", ".join(strange)


def _fits(fact: Fact[Any], given: object) -> bool:
    if issubclass(fact.kind, Enum):
        return isinstance(given, fact.kind) or (isinstance(given, str) and given in fact.kind.__members__)
    return type(given) is fact.kind


def _stranger(tables: Tables, rule: Rule, column: Column) -> list[str]:
    """The column's name if no event of this procedure can fill it for the run that reads it."""
    if isinstance(column, FactColumn):
        owned, track = tables.facts.get(column.fact.name, (None, 0))
        foreign = owned is not column.fact or (tables.tracks[track].many and track != rule.track)
        return [column.fact.code or column.fact.title.zh] if foreign else []
    if isinstance(column, StageColumn):
        row = next((t for t in tables.tracks if t.part is column.part), None)
        if row is None:
            return [column.part.code or column.part.track.__name__]
        return [s.code for s in column.stages if s not in row.stages]
    number = tables.by_step.get(column.step.code)
    return [] if number is not None and tables.steps[number].step is column.step else [column.step.code or "?"]


def _known_in_time(ways: Ways, asked: dict[Fact[Any], list[int]], rule: Rule, step: StepRow) -> Iterator[Refusal]:
    """A guard may read only what this step asks or what an earlier one can have asked; whether a fact is known may always be read."""
    for fact in sorted(_needed(rule.rule), key=lambda f: f.name):
        askers = asked.get(fact, [])
        if askers and not any(a == step.no or ways.can_follow(a, step.no) for a in askers):
            yield no.FactUnknownYet(where=step.step.code, fact=fact.title)


def _needed(expr: Expr[Any]) -> set[Fact[Any]]:
    if expr.op == "known":
        return set()
    if expr.op == "col":
        return {expr.args[0].fact} if isinstance(expr.args[0], FactColumn) else set()
    return {f for a in expr.args if isinstance(a, Expr) for f in _needed(a)}
