"""被扶养人生活费 · Year by year, each dependant's part, and never more in one year than one year's consumption per head (解释 16, 17)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Final

from tianping.law.citations import Statute
from tianping.law.damages.errors import NotAnAmount
from tianping.law.damages.heads import Amount, Figure, paid_years
from tianping.law.damages.model import Dependant
from tianping.law.derivation import Derivation
from tianping.law.money import yuan
from tianping.law.statutes import PI22
from tianping.law.text import T

ADULT: Final = 18
"""A minor is supported to this age (解释 17)."""


def supported_years(age: int) -> int:
    """扶养年限 · A minor to 18; an adult without capacity or means 20 years, less from 60, 5 from 75."""
    return ADULT - age if 0 <= age < ADULT else paid_years(age)


def living_cost(consumption: Figure, dependants: Sequence[Dependant], *, coefficient: Decimal = Decimal(1), law: Statute = PI22) -> Amount:
    """被扶养人生活费 · The sum over the years of min(Σ consumption × coefficient ÷ supporters, consumption).

    ``coefficient`` is 1 after a death, else the part of capacity lost. Raises NotAnAmount.
    """
    for d in dependants:
        if d.supporters < 1:
            raise NotAnAmount(place=d.name, key="supporters", wanted="≥ 1", value=d.supporters)
    cap = Fraction(consumption.value)
    told = Derivation().then(consumption.source, consumption.cites, consumption.value)
    spans = [(supported_years(d.age), cap * Fraction(coefficient) / d.supporters) for d in dependants]
    for d, (years, part) in zip(dependants, spans, strict=True):
        words = T("{name}（{age}周岁，扶养人{n}人）：{years}年，每年", "{name} (aged {age}, {n} supporting): {years} years, a year")
        told = told.then(words.fill(name=d.name, age=d.age, n=d.supporters, years=years), law[17], yuan(part))
    yearly = [sum((part for years, part in spans if year < years), Fraction(0)) for year in range(max((y for y, _ in spans), default=0))]
    total, year = Fraction(0), 0
    for amount, run in groupby(yearly):
        n = len(list(run))
        told = _tell_years(told, year + 1, year + n, amount, cap, law)
        total += min(amount, cap) * n
        year += n
    value = yuan(total)
    return Amount(value, told.then(T("被扶养人生活费", "dependants' living cost"), law[16], value))


def _tell_years(told: Derivation, first: int, last: int, amount: Fraction, cap: Fraction, law: Statute) -> Derivation:
    words = T("第{a}至{b}年，每年合计", "years {a} to {b}, a year in all").fill(a=first, b=last)
    told = told.then(words, law[17], yuan(amount))
    if amount > cap:
        told = told.then(T("超过一年人均消费支出，以其为限", "above one year's consumption: capped"), law[17], yuan(cap))
    return told
