"""判断式 · One expression language for guards, lengths and counters: one tree, folded with one algebra or another.

An algebra gives each operator its meaning: :class:`Kleene` for one case, array and Ibis algebras (in the engines) for a set. Unknown is ``None`` /
NULL in all of them, and logic is Kleene's three-valued logic, which is SQL's.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, NoReturn, Protocol, TypeVar

if TYPE_CHECKING:
    from tianping.procedure.columns import Column

V = TypeVar("V")
X = TypeVar("X")

Constant = bool | int | str | Decimal | object


class Expr(Generic[V]):
    """A typed expression: ``op`` and its arguments (expressions, one constant, or one :class:`Column`)."""

    op: str
    args: tuple[Any, ...]

    def __init__(self, op: str, *args: object) -> None:
        self.op, self.args = op, args

    def is_(self, other: V | Expr[V]) -> Bool:
        """Equal. (``==`` compares identity and is a type error here.)"""
        return Bool("eq", self, lift(other))

    def one_of(self, *values: V) -> Bool:
        """Equal to one of the values."""
        return Bool("isin", self, *(lift(v) for v in values))

    def known(self) -> Bool:
        """Whether there is an answer at all."""
        return Bool("known", self)

    def __lt__(self, other: V | Expr[V]) -> Bool:
        return Bool("lt", self, lift(other))

    def __le__(self, other: V | Expr[V]) -> Bool:
        return Bool("le", self, lift(other))

    def __gt__(self, other: V | Expr[V]) -> Bool:
        return Bool("lt", lift(other), self)

    def __ge__(self, other: V | Expr[V]) -> Bool:
        return Bool("le", lift(other), self)

    def __add__(self, other: V | Expr[V]) -> Expr[V]:
        return Expr("add", self, lift(other))

    def __mul__(self, other: V | Expr[V]) -> Expr[V]:
        return Expr("mul", self, lift(other))

    def __bool__(self) -> NoReturn:
        raise TypeError("write &, |, ~ and never and/or/not, `a < b < c` or `if`: this is a rule, not a value")


class Bool(Expr[bool]):
    """A rule: combine with ``&``, ``|`` and ``~``, and put comparisons in parentheses."""

    def __and__(self, other: Bool) -> Bool:
        return Bool("and", self, other)

    def __or__(self, other: Bool) -> Bool:
        return Bool("or", self, other)

    def __invert__(self) -> Bool:
        return Bool("not", self)


def lift(value: V | Expr[V]) -> Expr[V]:
    """A value as an expression; an enum counts by its name."""
    if isinstance(value, Expr):
        return value
    return Expr("const", value.name if isinstance(value, Enum) else value)


def columns(expr: Expr[Any]) -> set[Column]:
    """Every column that a rule reads: what the engines must prepare, and which facts a refusal may name as missing."""
    if expr.op == "col":
        return {expr.args[0]}
    return {c for a in expr.args if isinstance(a, Expr) for c in columns(a)}


class Algebra(Protocol[X]):
    """What an evaluator must know. ``isin`` gets its first argument and the constants it may equal."""

    def const(self, value: Constant) -> X: ...
    def column(self, column: Column) -> X: ...
    def unary(self, op: str, a: X) -> X: ...
    def binary(self, op: str, a: X, b: X) -> X: ...
    def isin(self, a: X, values: Sequence[X]) -> X: ...


def fold(expr: Expr[Any], algebra: Algebra[X]) -> X:
    """The expression's meaning in an algebra."""
    op, args = expr.op, expr.args
    if op == "const":
        return algebra.const(args[0])
    if op == "col":
        return algebra.column(args[0])
    if op in ("not", "known"):
        return algebra.unary(op, fold(args[0], algebra))
    if op == "isin":
        return algebra.isin(fold(args[0], algebra), [fold(a, algebra) for a in args[1:]])
    return algebra.binary(op, fold(args[0], algebra), fold(args[1], algebra))


_KLEENE: dict[str, Callable[[Any, Any], Any]] = {
    "eq": lambda a, b: a == b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "add": lambda a, b: a + b,
    "mul": lambda a, b: a * b,
}


class Kleene:
    """One case: values are Python values, unknown is None. ``look_up`` gives the value of a column."""

    def __init__(self, look_up: Callable[[Column], object]) -> None:
        self.look_up = look_up

    def const(self, value: Constant) -> object:
        return value

    def column(self, column: Column) -> object:
        value = self.look_up(column)
        return value.name if isinstance(value, Enum) else value

    def unary(self, op: str, a: object) -> object:
        if op == "known":
            return a is not None
        return None if a is None else not a

    def binary(self, op: str, a: object, b: object) -> object:
        if op == "and":
            return False if a is False or b is False else (None if a is None or b is None else True)
        if op == "or":
            return True if a is True or b is True else (None if a is None or b is None else False)
        return None if a is None or b is None else _KLEENE[op](a, b)

    def isin(self, a: object, values: Sequence[object]) -> object:
        return None if a is None else a in values


def value(expr: Expr[Any], look_up: Callable[[Column], object]) -> object:
    """The expression for one case; None when unknown."""
    return fold(expr, Kleene(look_up))
