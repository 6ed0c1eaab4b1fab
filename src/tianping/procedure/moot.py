"""无关之问 · Which answers make another question of the same step moot: no rule of the procedure reads it any longer, whatever else is answered.

Found from the rules themselves, by reading each of them with one answer known: what is left tells which questions still matter. Only a question that
comes after the one that decides it, and that is yes or no, a number or a day; never one that is sent on, marks the case, dates a clock, is counted or
stands in the calendar: what somebody else reads is asked always.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from functools import cache
from typing import Any, Final

from tianping.procedure.columns import Column, FactColumn
from tianping.procedure.expressions import Bool, Constant, Kleene, columns, fold
from tianping.procedure.grammar import Fact
from tianping.procedure.lengths import rows_of
from tianping.procedure.referral import Referral
from tianping.procedure.tables import Tables

ASKED_ALWAYS: Final = (str, Enum)
"""Kinds that are a record by themselves: what a thing is, and words."""
Left = tuple[object, frozenset[Column]]
"""What a rule comes to so far, and the columns that may still change it."""


@cache
def moot(tables: Tables, step: int) -> dict[Fact[Any], tuple[tuple[Fact[Any], tuple[object, ...]], ...]]:
    """Question of a step → the earlier questions with the answers that make it moot. Answers as the engine keeps them: an Enum by its name."""
    asks = [fact for fact in tables.steps[step].step.asks if fact.known_by is None]
    rules, kept = list(_rules(tables)), _kept(tables)
    out: dict[Fact[Any], tuple[tuple[Fact[Any], tuple[object, ...]], ...]] = {}
    for place, fact in enumerate(asks):
        read = [rule for rule in rules if FactColumn(fact) in columns(rule)]
        if not read or fact in kept or fact.flag or fact.agenda or issubclass(fact.kind, ASKED_ALWAYS):
            continue
        found = ((earlier, tuple(a for a in _answers(earlier) if not _matters(fact, read, earlier, a))) for earlier in asks[:place])
        deciding = tuple((earlier, answers) for earlier, answers in found if answers)
        if deciding:
            out[fact] = deciding
    return out


def _answers(fact: Fact[Any]) -> tuple[object, ...]:
    """The answers that a form offers at once; none where anything may be written."""
    if fact.kind is bool:
        return (True, False)
    return tuple(fact.kind.__members__) if issubclass(fact.kind, Enum) else ()


def _matters(fact: Fact[Any], rules: Sequence[Bool], known: Fact[Any], answer: object) -> bool:
    return any(FactColumn(fact) in fold(rule, _Known(known, answer))[1] for rule in rules)


def _rules(tables: Tables) -> Iterator[Bool]:
    """Every rule that a procedure reads facts by: guards, counts, lengths, extensions, pauses, whether a limit rolls over."""
    for row in tables.steps:
        yield from (ground.rule for ground, _ in row.guards)
        yield from (rule for _, rule in row.step.at_most.rows)
    for limit in tables.limits:
        lengths = [limit.rows, *(rows_of(pause.beyond) for pause in limit.limit.excluding if pause.beyond is not None)]
        yield from (row.when for rows in lengths for row in rows if row.when is not None)
        yield from (e.extension.when for e in limit.extensions if e.extension.when is not None)
        if limit.limit.rolls is not None:
            yield limit.limit.rolls


def _kept(tables: Tables) -> set[Fact[Any]]:
    """What is read outside the rules: sent to another institution, or the day from which a limit counts."""
    sent = {fact for track in tables.tracks if isinstance(track.part, Referral) for fact in track.part.carries}
    tallies = [fact.known_by for fact, _ in tables.facts.values() if fact.known_by is not None]
    counted = {fact for tally in tallies for pair in (*tally.same, (tally.sums,)) for fact in pair if fact is not None}
    return sent | counted | {limit.fact for limit in tables.limits if limit.fact is not None}


class _Known:
    """A reading of a rule with one answer known: each part is what it comes to, and what may still change it."""

    def __init__(self, fact: Fact[Any], answer: object) -> None:
        self.fact, self.answer = fact, answer
        self.plain = Kleene(lambda _: None)

    def const(self, value: Constant) -> Left:
        return value, frozenset()

    def column(self, column: Column) -> Left:
        known = isinstance(column, FactColumn) and column.fact is self.fact
        return (self.answer, frozenset()) if known else (None, frozenset((column,)))

    def unary(self, op: str, a: Left) -> Left:
        return (None, a[1]) if a[1] else (self.plain.unary(op, a[0]), a[1])

    def binary(self, op: str, a: Left, b: Left) -> Left:
        decides = {"and": False, "or": True}.get(op)
        if decides is not None and any(not left and value is decides for value, left in (a, b)):
            return decides, frozenset()
        left = a[1] | b[1]
        return (None, left) if left else (self.plain.binary(op, a[0], b[0]), left)

    def isin(self, a: Left, values: Sequence[Left]) -> Left:
        return (None, a[1]) if a[1] else (self.plain.isin(a[0], [value for value, _ in values]), a[1])
