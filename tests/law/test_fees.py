"""诉讼费用测试 · Every band against a slow reckoning; ranges, halving, refunds; the rates stand in the text of the Measures."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tianping.law import fees
from tianping.law.errors import TianpingError
from tianping.law.fees import Halving, RefundGround
from tianping.law.fees.schedule import percent

AMOUNTS = st.decimals(0, 10**9, places=2)
GRADED = [kind for kind, s in fees.schedules().items() if s.graded]
RANGED = [kind for kind, s in fees.schedules().items() if s.least is not None]


def slow(kind: str, amount: Decimal) -> Fraction:
    """The fee yuan by yuan of the law's own wording: each part of the amount at its own rate."""
    found = fees.schedule(kind)
    if found.of:
        value = Fraction(fees.charge(found.of, amount).value) / found.divided_by
    else:
        value, floor = Fraction(0), Fraction(0)
        for band in found.bands:
            ceiling = Fraction(10**12) if band.to is None else Fraction(band.to)
            share = max(Fraction(0), min(Fraction(amount), ceiling) - floor)
            value += Fraction(band.sum) if band.sum is not None else share * Fraction(band.rate or 0)
            floor = ceiling
    return value if found.cap is None else min(value, Fraction(found.cap))


@pytest.mark.parametrize("kind", GRADED)
@given(amount=AMOUNTS)
def test_bands_add_up(kind: str, amount: Decimal) -> None:
    assert abs(Fraction(fees.charge(kind, amount).value) - slow(kind, amount)) <= Fraction(1, 200)


@pytest.mark.parametrize("kind", GRADED)
@given(amount=AMOUNTS, more=st.decimals(0, 10**6, places=2))
def test_a_larger_amount_never_costs_less(kind: str, amount: Decimal, more: Decimal) -> None:
    assert fees.charge(kind, amount + more).value >= fees.charge(kind, amount).value


@given(amount=AMOUNTS, grounds=st.lists(st.sampled_from(list(Halving)), min_size=1, max_size=5))
def test_halving_happens_once(amount: Decimal, grounds: list[Halving]) -> None:
    full = fees.property_case(amount)
    half = fees.halved(full, grounds)
    assert half.value == fees.halved(full, grounds[:1]).value
    assert abs(half.value * 2 - full.value) <= Decimal("0.01")
    assert len(half.derivation.lines) == len(full.derivation.lines) + len(grounds)


@given(before=AMOUNTS, after=AMOUNTS, ended=st.booleans())
def test_a_changed_claim_pays_or_gets_the_difference(before: Decimal, after: Decimal, ended: bool) -> None:
    got = fees.claim_changed(before, after, inquiry_ended=ended).value
    difference = fees.property_case(after).value - fees.property_case(before).value
    assert got == (Decimal(0) if difference < 0 and ended else difference)


@pytest.mark.parametrize("kind", RANGED)
def test_a_local_figure_stays_in_its_range(kind: str) -> None:
    found = fees.schedule(kind)
    assert found.least is not None and found.most is not None
    assert fees.charge(kind, base=found.least).value == found.least
    for wrong, code in ((found.least - 1, "LAW-215"), (found.most + 1, "LAW-215"), (None, "LAW-214")):
        with pytest.raises(TianpingError) as refused:
            fees.charge(kind, base=wrong)
        assert refused.value.code == code


@pytest.mark.parametrize("wrong", ["abc", "-1", "NaN", "Infinity", "1e400000", "0.001", "", "１２三"])
def test_what_is_no_amount_is_refused(wrong: str) -> None:
    with pytest.raises(TianpingError) as refused:
        fees.money(wrong)
    assert refused.value.code == "LAW-211"
    assert refused.value.text("zh") and refused.value.text("en")


def test_other_refusals_speak() -> None:
    calls: tuple[tuple[Callable[[], object], str], ...] = (
        (lambda: fees.charge("nothing"), "LAW-212"),
        (lambda: fees.charge("property"), "LAW-213"),
        (lambda: fees.halved(fees.preservation(Decimal(5000)), [Halving.SIMPLE]), "LAW-216"),
        (lambda: fees.reduced(fees.labour(), Decimal("0.1")), "LAW-217"),
    )
    for call, code in calls:
        with pytest.raises(TianpingError) as refused:
            call()
        assert refused.value.code == code


@pytest.mark.parametrize("ground", list(RefundGround))
def test_a_fee_goes_back_whole_or_not_at_all(ground: RefundGround) -> None:
    back = fees.refund(Decimal("3900"), ground)
    assert back.value in (Decimal("3900"), Decimal(0))
    assert (back.value > 0) == (ground in (RefundGround.REMANDED, RefundGround.NOT_ACCEPTED, RefundGround.CRIME))


def test_every_line_has_words_and_its_article() -> None:
    for fee in (fees.divorce(Decimal(500_000), Decimal(200)), fees.bankruptcy(Decimal(80_000_000)), fees.mixed((Decimal(5), Decimal(6)))):
        assert all(line.what.zh and line.what.en and line.cites is not None for line in fee.derivation.lines)


def test_the_rates_are_those_of_the_text(shared: Path) -> None:
    """Every band's bound and rate, as the Measures write it."""
    text = (shared / "data/laws/行政法规/诉讼费用交纳办法(2006-12-19).md").read_text(encoding="utf-8")
    for kind in ("property", "enforcement", "preservation", "divorce_property", "personality_damages"):
        for band in fees.schedule(kind).bands:
            if band.rate is not None:
                assert percent(band.rate) + "%" in text, (kind, band)
            if band.to is not None and band.to >= 10_000:
                assert f"{band.to / 10_000:f}万元" in text, (kind, band)
    for kind in RANGED:
        found = fees.schedule(kind)
        assert found.least is not None and found.most is not None
        most = f"{found.most}元" if found.most < 10_000 else f"{found.most // 10_000}万元"
        assert f"{found.least}元至{most}" in text, kind
