"""赔偿项目计算 · Disability, death, funeral, lost income and nursing, each an amount with its derivation.

The 2022 interpretation has one urban standard; before 2022-05-01 the 2020 one had two. The articles have the same numbers in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from tianping.law.citations import Citation, Statute
from tianping.law.damages.errors import NotAnAmount
from tianping.law.damages.model import LostIncome, Nursing
from tianping.law.derivation import Derivation
from tianping.law.money import yuan
from tianping.law.statutes import PI20, PI22, POLICY
from tianping.law.text import T

FULL_YEARS: Final = 20
LESS_FROM: Final = 60
LEAST_FROM: Final = 75
LEAST_YEARS: Final = 5
FUNERAL_MONTHS: Final = 6
NURSING_YEARS: Final = 20
"""The figures of 人身损害赔偿解释 8, 12, 14, 15 and 17, the same in the 2020 and 2022 texts."""


@dataclass(frozen=True, slots=True)
class Figure:
    """统计数据 · A published figure (yuan a year), its source in words, and the article that makes it the standard."""

    value: Decimal
    source: T
    cites: Citation | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """金额 · An amount to the cent, and how it was reached."""

    value: Decimal
    derivation: Derivation


def regime(tort: date) -> Statute:
    """适用的解释 · The interpretation that governs a tort of that day (人身损害赔偿解释 2022 年修正 24)."""
    return PI22 if tort >= PI22.valid_from else PI20


def dual_standard(tort: date) -> bool:
    """城乡双重标准 · Whether the older regime with its urban and rural figures governs the tort."""
    return regime(tort) is PI20


def paid_years(age: int) -> int:
    """赔偿年限 · 20 years; from 60 one less for each year of age; from 75 on, 5 (人身损害赔偿解释 12, 15, 17). Raises NotAnAmount."""
    if age < 0:
        raise NotAnAmount(place=T("年龄", "age"), key="age", wanted="≥ 0", value=age)
    if age >= LEAST_FROM:
        return LEAST_YEARS
    return FULL_YEARS - max(0, age - LESS_FROM)


def disability(income: Figure, age: int, coefficient: Decimal, *, law: Statute = PI22) -> Amount:
    """残疾赔偿金 · Income per head × years × the part of capacity lost (解释 12)."""
    _check_part(coefficient)
    years = paid_years(age)
    value = yuan(Fraction(income.value) * years * Fraction(coefficient))
    told = _basis(income).then(T("赔偿年限（{age}周岁）", "years paid (aged {age})").fill(age=age), law[12], years)
    told = told.then(T("伤残系数", "coefficient"), law[12], T(str(coefficient), str(coefficient)))
    return Amount(value, told.then(T("残疾赔偿金", "disability compensation"), law[12], value))


def death(income: Figure, age: int, *, law: Statute = PI22) -> Amount:
    """死亡赔偿金 · Income per head × years (解释 15)."""
    years = paid_years(age)
    value = yuan(income.value * years)
    told = _basis(income).then(T("赔偿年限（{age}周岁）", "years paid (aged {age})").fill(age=age), law[15], years)
    return Amount(value, told.then(T("死亡赔偿金", "death compensation"), law[15], value))


def funeral(staff_wage: Figure, *, law: Statute = PI22) -> Amount:
    """丧葬费 · Six months of the staff's average monthly wage (解释 14)."""
    value = yuan(Fraction(staff_wage.value) * FUNERAL_MONTHS / 12)
    return Amount(value, _basis(staff_wage).then(T("丧葬费（六个月总额）", "funeral cost (six months)"), law[14], value))


def lost_income(told: LostIncome, *, law: Statute = PI22) -> Amount:
    """误工费 · Yearly income for the days from the injury to the day before the disability was set (解释 7); a year has 365 days (POLICY)."""
    days = (told.until - told.since).days
    if days < 0:
        raise NotAnAmount(place=T("误工", "lost income"), key="until", wanted=f"≥ {told.since}", value=told.until)
    value = yuan(Fraction(told.yearly) * days / 365)
    lines = Derivation().then(T("年收入", "yearly income"), law[7], told.yearly)
    lines = lines.then(T("误工日数（至定残日前一天）", "days lost (to the day before the disability was set)"), law[7], days)
    return Amount(value, lines.then(T("误工费（年收入÷365×日数）", "lost income (yearly ÷ 365 × days)"), POLICY["365日"], value))


def nursing(told: Nursing, *, law: Statute = PI22) -> Amount:
    """护理费 · A carer's daily rate × days × carers; at most 20 years (解释 8)."""
    if told.days > NURSING_YEARS * 366:
        raise NotAnAmount(place=T("护理", "nursing"), key="days", wanted=f"≤ {NURSING_YEARS} 年 / years", value=told.days)
    value = yuan(told.daily * told.days * told.carers)
    words = T("护理费（每日 {rate} × {days} 日 × {n} 人）", "nursing ({rate} a day × {days} days × {n})")
    return Amount(value, Derivation().then(words.fill(rate=told.daily, days=told.days, n=told.carers), law[8], value))


def _basis(figure: Figure) -> Derivation:
    return Derivation().then(figure.source, figure.cites, figure.value)


def _check_part(coefficient: Decimal) -> None:
    if not 0 < coefficient <= 1:
        raise NotAnAmount(place=T("伤残系数", "coefficient"), key="coefficient", wanted="0 < x ≤ 1", value=coefficient)
