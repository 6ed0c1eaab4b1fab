"""要素 · Answers between the outside, the ledger and the language: checked, typed, and plain again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, Final

from tianping.casework.errors import BadAnswer
from tianping.law.text import T
from tianping.procedure.grammar import Fact
from tianping.procedure.oclock import hour_of
from tianping.procedure.tables import Tables

HOUR: Final = T("{answer}：应为时间，如 9:30", "{answer}: a time of day such as 9:30")


def typed_facts(tables: Tables, answers: Mapping[str, object], step: int | None = None) -> dict[str, object]:
    """Answers in the types of their facts. With a step, only what it asks may be answered. Raises BadAnswer."""
    asked = None if step is None else {f.name for f in tables.steps[step].step.asks}
    out = {}
    for name, answer in answers.items():
        if name not in tables.facts or (asked is not None and name not in asked):
            raise BadAnswer(fact=name, reason=T("本环节不问此项", "the step does not ask it"))
        out[name] = typed(tables.facts[name][0], answer)
    return out


def typed(fact: Fact[Any], answer: object) -> object:
    """One answer in the type of its fact; an Enum by its name, an amount from text or a whole number. Raises BadAnswer."""
    kind = fact.kind
    if fact.hour and isinstance(answer, str):
        return _hour(fact, answer)
    if answer is None or (kind is not bool and isinstance(answer, kind) and not isinstance(answer, bool)):
        return answer.name if isinstance(answer, Enum) else answer
    if kind is bool and isinstance(answer, bool):
        return answer
    if issubclass(kind, Enum) and isinstance(answer, str) and answer in kind.__members__:
        return answer
    try:
        if kind is Decimal and isinstance(answer, str | int) and not isinstance(answer, bool):
            amount = Decimal(answer)
            if amount.is_finite():
                return amount
        if kind is date and isinstance(answer, str):
            return date.fromisoformat(answer)
    except (InvalidOperation, ValueError):
        pass
    raise BadAnswer(fact=fact.title, reason=wanted(kind).fill(answer=repr(answer)))


def _hour(fact: Fact[Any], answer: str) -> str:
    """A time of day as it is kept, or that none is told. Raises BadAnswer."""
    found = hour_of(answer) if answer else ""
    if found is None:
        raise BadAnswer(fact=fact.title, reason=HOUR.fill(answer=repr(answer)))
    return found


def wanted(kind: type[Any]) -> T:
    """What kind of answer is wanted, in words."""
    if issubclass(kind, Enum):
        listed = "、".join(kind.__members__)
        return T(f"{{answer}} 不在 {listed} 之中", f"{{answer}} is none of {', '.join(kind.__members__)}")
    names = {
        bool: T("应为 true 或 false", "true or false"),
        int: T("应为整数", "a whole number"),
        Decimal: T("应为金额", "an amount"),
        date: T("应为日期 年-月-日", "a date, YYYY-MM-DD"),
    }
    found = names.get(kind, T("应为文字", "a text"))
    return T(f"{{answer}}：{found.zh}", f"{{answer}}: {found.en}")


def plain(value: object) -> object:
    """An answer as JSON holds it: an amount and a date as text."""
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def from_ledger(tables: Tables, answers: Mapping[str, Any]) -> dict[str, object]:
    """Answers as they stand in the ledger, typed again. An answer to a question that the definition no longer asks is left out."""
    out: dict[str, object] = {}
    for name, answer in answers.items():
        if name in tables.facts:
            read = _READ.get(tables.facts[name][0].kind)
            out[name] = answer if read is None or answer is None else read(answer)
    return out


_READ: Final[dict[type[Any], Callable[[Any], object]]] = {Decimal: Decimal, date: date.fromisoformat}
