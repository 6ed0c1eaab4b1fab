"""无关之问 · What an answer makes moot no rule reads any longer: tried on every procedure with the other answers drawn at random."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from random import Random
from typing import Any

from tianping.casework.engine.registered import folders
from tianping.procedure.columns import Column, FactColumn, StageColumn
from tianping.procedure.expressions import value
from tianping.procedure.grammar import Fact
from tianping.procedure.moot import _rules, moot
from tianping.procedure.referral import Referral
from tianping.procedure.tables import Tables, compiled


def drawn(column: Column, chance: Random) -> object:
    """Some value of a column, or that it is unknown."""
    if not isinstance(column, FactColumn):
        return chance.choice((True, False)) if isinstance(column, StageColumn) else chance.randrange(3)
    kind = column.fact.kind
    if chance.random() < 0.2:
        return None
    if issubclass(kind, Enum):
        return chance.choice(list(kind.__members__))
    if kind is bool:
        return chance.random() < 0.5
    if kind is date:
        return date(2020, 1, 1) + timedelta(days=chance.randrange(3000))
    return Decimal(chance.randrange(200_000)) if kind is Decimal else chance.randrange(100) if kind is int else "x"


def readings(tables: Tables, known: dict[Fact[Any], object], chance: Random) -> tuple[object, ...]:
    """What every rule comes to, with some answers known and the others drawn."""
    kept: dict[Column, object] = {FactColumn(fact): answer for fact, answer in known.items()}

    def look_up(column: Column) -> object:
        if column not in kept:
            kept[column] = drawn(column, chance)
        return kept[column]

    return tuple(value(rule, look_up) for rule in _rules(tables))


def test_no_rule_reads_what_is_moot() -> None:
    tried = 0
    for folder in folders().values():
        tables = compiled(folder.current)
        for row in tables.steps:
            for fact, deciding in moot(tables, row.no).items():
                for earlier, answers in deciding:
                    for answer in answers:
                        tried += 1
                        for seed in range(4):
                            answered = [readings(tables, {earlier: answer, fact: drawn(FactColumn(fact), Random(n))}, Random(seed)) for n in range(4)]
                            assert len(set(answered)) == 1, (row.step.code, fact.name, earlier.name, answer)
    assert tried > 40


def test_what_matters_is_asked() -> None:
    """The other way round: with the other answer of yes and no, the question changes what some rule comes to."""
    tables = compiled(folders()["judicial_confirmation"].current)
    found = moot(tables, tables.by_step["JudicialConfirmation.apply"])
    pairs = [(fact, earlier, answers) for fact, deciding in found.items() for earlier, answers in deciding]
    assert len(pairs) >= 3, "it asks by whom the mediation was conducted before it asks what that decides"
    for fact, earlier, (answer,) in pairs:
        changed = [
            readings(tables, {earlier: not answer, fact: True}, Random(seed)) != readings(tables, {earlier: not answer, fact: False}, Random(seed))
            for seed in range(40)
        ]
        assert any(changed), (fact.name, earlier.name)


def test_words_and_what_others_read_are_asked_always() -> None:
    for folder in folders().values():
        tables = compiled(folder.current)
        sent = {fact for track in tables.tracks if isinstance(track.part, Referral) for fact in track.part.carries}
        for row in tables.steps:
            for fact in moot(tables, row.no):
                assert fact not in sent and not fact.flag and not fact.agenda and not issubclass(fact.kind, (str, Enum)), (row.step.code, fact.name)
