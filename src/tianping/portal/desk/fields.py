"""表单字段 · The questions of a step as fields: one for every kind of answer, with its hint, the grounds that it decides, and what stands now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Literal

from tianping.law.text import T
from tianping.portal.house.idle import Idle, folded, idle
from tianping.procedure.columns import FactColumn
from tianping.procedure.expressions import columns
from tianping.procedure.grammar import Fact
from tianping.procedure.moot import moot
from tianping.procedure.referral import Referral
from tianping.procedure.tables import StepRow, Tables

Kind = Literal["bool", "choice", "select", "whole", "money", "day", "moment", "hour", "line", "text", "checks"]
RADIOS: Final = 6
"""So many choices are shown at once; more are a list."""
LINE, TEXT = 200, 4_000
KINDS: Final[dict[type[Any], Kind]] = {bool: "bool", int: "whole", Decimal: "money", date: "day", str: "text"}
FACT: Final = "fact."
CLOCK: Final = T("24小时制，如 9:30；没有定的不填", "Such as 9:30 or 14:30; empty if it is not fixed")
YES_NO: Final = (("true", T("是", "Yes")), ("false", T("否", "No")))


@dataclass(frozen=True, slots=True)
class Field:
    """字段 · One question of a form. ``value``: as typed; ``values``: the boxes that are ticked; ``why``: grounds that the answer decides."""

    name: str
    kind: Kind
    title: T
    hint: T | None = None
    choices: tuple[tuple[str, T], ...] = ()
    value: str = ""
    values: tuple[str, ...] = ()
    parts: Mapping[str, str] | None = None
    required: bool = False
    most: int = LINE
    why: tuple[tuple[T, T], ...] = ()
    error: T | None = None
    proposed: tuple[tuple[T, tuple[T, ...]], ...] = ()
    """What is proposed, and what speaks for it: nothing is chosen by that."""
    moot: tuple[Idle, ...] = ()
    """Where the answers to an earlier field leave nothing to ask here."""
    offers: tuple[str, ...] = ()
    """Answers that are offered; another may be written."""

    def wrong(self, error: T) -> Field:
        """The same with what the answer must be."""
        return replace(self, error=error)

    @property
    def mooted(self) -> list[tuple[str, tuple[str, ...], str]]:
        """For the part of the page that folds it away."""
        return folded(self.moot)

    @property
    def part_values(self) -> Mapping[str, str] | None:
        """A date as its parts, for a field of three boxes."""
        if self.parts is not None:
            return self.parts
        day, _, clock = self.value.partition("T")
        pieces = dict(zip(("year", "month", "day"), day.split("-"), strict=False)) if day else {}
        return pieces | (dict(zip(("hour", "minute"), clock.split(":"), strict=False)) if clock else {})


def fact_fields(
    facts: Iterable[Fact[Any]],
    *,
    row: StepRow | None = None,
    tables: Tables | None = None,
    known: Mapping[str, object] | None = None,
    offered: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Field]:
    """The questions of a step as fields; ``known``: the answers that stand, which the fields show; ``offered``: what a register offers."""
    deciding = moot(tables, row.no) if tables is not None and row is not None else {}
    made = [(fact, _field(fact, (known or {}).get(fact.name), row)) for fact in facts if fact.known_by is None]
    return [
        replace(field, moot=tuple(_moot(fact, *rule) for rule in deciding.get(fact, ())), offers=(offered or {}).get(fact.register, ()))
        for fact, field in made
    ]


def _moot(fact: Fact[Any], earlier: Fact[Any], answers: tuple[object, ...]) -> Idle:
    """The rule by which an earlier answer leaves nothing to ask, with that answer as it is sent from here."""
    return idle(fact, earlier, FACT + earlier.name, [(typed_out(answer), answer_words(earlier, answer)) for answer in answers])


def _field(fact: Fact[Any], stands: object, row: StepRow | None) -> Field:
    choices: tuple[tuple[str, T], ...] = ()
    kind: Kind
    if issubclass(fact.kind, Enum):
        choices = tuple((name, member_words(member)) for name, member in fact.kind.__members__.items())
        kind = "choice" if len(choices) <= RADIOS else "select"
    else:
        kind = "hour" if fact.hour else "line" if fact.of is not None or fact.register else KINDS[fact.kind]
    if kind == "bool":
        choices = YES_NO
    most, hint = TEXT if kind == "text" else LINE, fact.hint or (CLOCK if kind == "hour" else None)
    return Field(FACT + fact.name, kind, fact.title, hint, choices, typed_out(stands), most=most, why=_grounds(fact, row))


def member_words(member: Enum) -> T:
    """What a choice is called: definitions write it in Chinese, or in both languages."""
    value = member.value
    return value if isinstance(value, T) else T(str(value), member.name.replace("_", " ").capitalize())


def typed_out(value: object) -> str:
    """An answer as it stands in a field."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def answer_words(fact: Fact[Any] | None, value: object) -> T:
    """An answer as a page shows it."""
    if isinstance(value, bool):
        return T("是", "Yes") if value else T("否", "No")
    if fact is not None and issubclass(fact.kind, Enum) and isinstance(value, str) and value in fact.kind.__members__:
        return member_words(fact.kind[value])
    if fact is not None and fact.kind is Decimal and value is not None:
        amount = f"{Decimal(str(value)):,.2f}"
        return T(f"{amount}元", f"CNY {amount}")
    return T(str(value), str(value))


def said(tables: Tables, name: str, value: object) -> T:
    """An answer of a case in words; that of a referral as its matter calls it."""
    fact, track = tables.facts[name]
    part = tables.tracks[track].part
    if isinstance(part, Referral) and fact is part.outcome:
        return part.matter.called(str(value))
    return answer_words(fact, value)


def _grounds(fact: Fact[Any], row: StepRow | None) -> tuple[tuple[T, T], ...]:
    """The grounds of the step that the answer decides, each with its article: why the question is asked."""
    if row is None:
        return ()
    guards = (ground for ground, _ in row.guards if any(isinstance(c, FactColumn) and c.fact is fact for c in columns(ground.rule)))
    return tuple((ground.title, ground.cites.words) for ground in guards)
