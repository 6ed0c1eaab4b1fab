"""判断式测试 · Kleene's three-valued logic by its laws, and the places where an author's Python would be misread."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from enum import Enum
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tianping.law.text import T
from tianping.procedure import Fact
from tianping.procedure.columns import Column, FactColumn
from tianping.procedure.expressions import Bool, Expr, columns, lift, value

Truth = bool | None
TRUTHS: tuple[Truth, ...] = (True, False, None)
RANK = {False: 0, None: 1, True: 2}


class Route(Enum):
    """程序 · An Enum fact's kind."""

    simple = "1"
    ordinary = "2"


P, Q, R = (Fact(bool, T(f"要素{n}", f"Fact {n}")) for n in "PQR")
AMOUNT = Fact(Decimal, T("金额", "Amount"))
OTHER = Fact(Decimal, T("另一金额", "Other amount"))
ROUTE = Fact(Route, T("程序", "Route"))
NAMED: dict[str, Fact[Any]] = {"p": P, "q": Q, "r": R, "amount": AMOUNT, "other": OTHER, "route": ROUTE}
for name, fact in NAMED.items():
    fact.name = name
p, q, r = P.is_(True), Q.is_(True), R.is_(True)


def known(**answers: object) -> Callable[[Column], object]:
    def look_up(column: Column) -> object:
        assert isinstance(column, FactColumn)
        return answers.get(column.fact.name)

    return look_up


def least(*values: Truth) -> Truth:
    return min(values, key=RANK.__getitem__)


def most(*values: Truth) -> Truth:
    return max(values, key=RANK.__getitem__)


@pytest.mark.parametrize(("a", "b"), list(product(TRUTHS, TRUTHS)))
def test_and_or_not_are_least_most_and_opposite(a: Truth, b: Truth) -> None:
    seen = known(p=a, q=b)
    assert value(p & q, seen) is least(a, b)
    assert value(p | q, seen) is most(a, b)
    assert value(~p, seen) is (None if a is None else not a)


@given(st.sampled_from(TRUTHS), st.sampled_from(TRUTHS), st.sampled_from(TRUTHS))
def test_the_laws_of_the_logic(a: Truth, b: Truth, c: Truth) -> None:
    seen = known(p=a, q=b, r=c)

    def same(one: Bool, other: Bool) -> bool:
        return value(one, seen) is value(other, seen)

    assert same(p & q, q & p)
    assert same(p | (q | r), (p | q) | r)
    assert same(p & (q | r), (p & q) | (p & r))
    assert same(~(p & q), ~p | ~q)
    assert same(~~p, p)
    assert same(p & (p | q), p)


rules = st.recursive(
    st.sampled_from([p, q, r, P.known(), Q.is_(False)]),
    lambda inner: st.one_of(st.builds(Bool.__and__, inner, inner), st.builds(Bool.__or__, inner, inner), st.builds(Bool.__invert__, inner)),
    max_leaves=12,
)


@given(rules, st.sampled_from(TRUTHS), st.sampled_from(TRUTHS), st.sampled_from(TRUTHS))
def test_an_answer_never_turns_a_verdict_round(rule: Bool, a: Truth, b: Truth, c: Truth) -> None:
    """What is decided while a fact is unknown stays decided whatever the answer, unless the rule asks whether it is known."""
    if "known" in _ops(rule):
        return
    before = value(rule, known(p=a, q=b, r=c))
    if before is None:
        return
    for x, y, z in product(*([v] if v is not None else [True, False] for v in (a, b, c))):
        assert value(rule, known(p=x, q=y, r=z)) is before


def _ops(rule: Expr[bool]) -> set[str]:
    return {rule.op} | {op for a in rule.args if isinstance(a, Expr) for op in _ops(a)}


@given(st.none() | st.integers(-5, 5), st.none() | st.integers(-5, 5))
def test_comparisons_of_what_is_unknown_are_unknown(a: int | None, b: int | None) -> None:
    seen = known(amount=None if a is None else Decimal(a), other=None if b is None else Decimal(b))
    expected = None if a is None or b is None else (a < b, a <= b, a > b, a >= b, a == b)
    got = tuple(value(rule, seen) for rule in (AMOUNT < OTHER, AMOUNT <= OTHER, AMOUNT > OTHER, AMOUNT >= OTHER, AMOUNT.is_(OTHER)))
    assert got == (expected if expected is not None else (None,) * 5)
    assert value(AMOUNT + OTHER, seen) == (None if a is None or b is None else a + b)
    assert value(AMOUNT * OTHER, seen) == (None if a is None or b is None else a * b)


def test_whether_a_fact_is_known_is_never_unknown() -> None:
    assert value(P.known(), known()) is False
    assert value(P.known(), known(p=False)) is True


def test_enums_count_by_name() -> None:
    rule = ROUTE.one_of(Route.simple, Route.ordinary)
    assert value(rule, known(route="simple")) is True
    assert value(rule, known(route=Route.ordinary)) is True
    assert value(ROUTE.is_(Route.simple), known(route="ordinary")) is False
    assert value(rule, known()) is None


def test_columns_are_all_that_a_rule_reads() -> None:
    assert {c.key for c in columns((p & ~q) | (AMOUNT < OTHER))} == {"fact_p", "fact_q", "fact_amount", "fact_other"}
    assert columns(lift(True)) == set()


@pytest.mark.parametrize("misread", [lambda: p and q, lambda: not p, lambda: bool(p | q), lambda: Decimal(1) < AMOUNT < Decimal(3)])
def test_a_rule_used_as_a_value_is_refused(misread: Callable[[], object]) -> None:
    with pytest.raises(TypeError, match="this is a rule, not a value"):
        misread()
