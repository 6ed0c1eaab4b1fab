"""类型核对 · The kind of every part of a rule: what one case tolerates, a database column does not."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from tianping.procedure.columns import FactColumn, StageColumn
from tianping.procedure.expressions import Expr

NUMBER: Final = "number"
PLAIN: Final[dict[type[Any], str]] = {bool: "bool", int: NUMBER, Decimal: NUMBER, str: "str", date: "date"}
ORDERED: Final = (NUMBER, "str", "date")
LOGIC: Final = ("and", "or", "not")


class Disagree(Exception):
    """类型不一致 · The kinds in a rule do not agree. Never shown by itself: the checker makes it the reason of a refusal."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def known_kind(kind: type[Any]) -> bool:
    """Whether a fact may be of this kind: bool, int, str, Decimal, date or an Enum."""
    return kind in PLAIN or issubclass(kind, Enum)


def kind_of(expr: Expr[Any]) -> str:
    """``bool``, ``number``, ``str``, ``date`` or an Enum's name. Raises Disagree."""
    op, args = expr.op, expr.args
    if op == "const":
        return _constant(args[0])
    if op == "col":
        return _column(args[0])
    if op == "known":
        kind_of(args[0])
        return "bool"
    if op in LOGIC:
        for arg in args:
            _expect(op, kind_of(arg), "bool")
        return "bool"
    if op in ("eq", "isin"):
        for arg in args[1:]:
            _same(op, args[0], arg)
        return "bool"
    if op in ("lt", "le"):
        kind = _same(op, args[0], args[1])
        if kind not in ORDERED:
            raise Disagree(f"{op}: {kind}")
        return "bool"
    if op in ("add", "mul"):
        for arg in args:
            _expect(op, kind_of(arg), NUMBER)
        return NUMBER
    raise Disagree(f"op {op}")


def _same(op: str, a: Expr[Any], b: Expr[Any]) -> str:
    """The common kind of two arguments. An Enum's member is held by name, so a text beside a fact of that Enum must be one of its names."""
    first, second = kind_of(a), kind_of(b)
    if first == second:
        return first
    for column, constant in ((a, b), (b, a)):
        if column.op == "col" and isinstance(column.args[0], FactColumn) and constant.op == "const":
            kind = column.args[0].fact.kind
            if issubclass(kind, Enum) and constant.args[0] in kind.__members__:
                return kind.__name__
    raise Disagree(f"{op}: {first}, {second}")


def _expect(op: str, kind: str, wanted: str) -> None:
    if kind != wanted:
        raise Disagree(f"{op}: {kind}, {wanted}")


def _constant(value: object) -> str:
    if type(value) not in PLAIN:
        raise Disagree(f"const {value!r}")
    return PLAIN[type(value)]


def _column(column: object) -> str:
    if isinstance(column, FactColumn):
        kind = column.fact.kind
        return kind.__name__ if issubclass(kind, Enum) else PLAIN.get(kind, kind.__name__)
    return "bool" if isinstance(column, StageColumn) else NUMBER
