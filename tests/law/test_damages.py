"""损害赔偿 · Road-traffic damages: heads, order of payment, and conservation to the cent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tianping.law.damages import (
    Accident,
    Case,
    Commercial,
    Dependant,
    Figure,
    Group,
    LostIncome,
    Nursing,
    Payer,
    Residence,
    Road,
    Vehicle,
    Victim,
    death,
    disability,
    dual_standard,
    funeral,
    living_cost,
    lost_income,
    nursing,
    paid_years,
    settle,
    supported_years,
)
from tianping.law.damages.compulsory import share_out
from tianping.law.damages.errors import (
    BlamelessShareTooHigh,
    NotAnAmount,
    ResidenceNeeded,
    SharesExceedWhole,
)
from tianping.law.money import in_cents, yuan
from tianping.law.text import T

calm = settings(deadline=None)
ZERO = Decimal(0)


def figure(value: str) -> Figure:
    return Figure(Decimal(value), T("样例数据", "a test figure"))


INCOME, CONSUMPTION, WAGE = figure("39532"), figure("21923"), figure("84938")
LIMITS = {Group.MEDICAL: "18000", Group.DISABILITY: "180000", Group.PROPERTY: "2000"}
BLAMELESS = {Group.MEDICAL: "1800", Group.DISABILITY: "18000", Group.PROPERTY: "100"}


@dataclass(frozen=True)
class Given:
    """The figures of the worked examples, without the parameter tables."""

    def income(self, accident: Accident, victim: Victim) -> Figure:
        if dual_standard(accident.on) and victim.residence is None:
            raise ResidenceNeeded(day=accident.on, victim=victim.name)
        return figure("14500") if victim.residence is Residence.RURAL else INCOME

    def consumption(self, accident: Accident, victim: Victim) -> Figure:
        return CONSUMPTION

    def staff_wage(self, accident: Accident) -> Figure:
        return WAGE

    def limit(self, group: Group, *, blameless: bool, on: date) -> Figure:
        return figure((BLAMELESS if blameless else LIMITS)[group])

    def coefficient(self, grade: int, *, on: date) -> Figure:
        return figure(str(Decimal(11 - grade) / 10))


def crash(vehicles: tuple[Vehicle, ...], victims: tuple[Victim, ...], *, mental_first: bool = False, on: date = date(2022, 8, 10)) -> Case:
    return Case(T("案", "case"), Accident(on, date(2023, 5, 10), "CN-SX", mental_first), vehicles, victims)


def walker(name: str = "A", **receipts: str) -> Victim:
    return Victim(name, Road.PEDESTRIAN, 40, receipts=tuple((k, Decimal(v)) for k, v in receipts.items()))


LORRY = Vehicle("lorry", Decimal("0.8"))

# ---- heads


@pytest.mark.parametrize(("age", "years"), [(0, 20), (59, 20), (60, 20), (61, 19), (74, 6), (75, 5), (99, 5)])
def test_paid_years(age: int, years: int) -> None:
    assert paid_years(age) == years


@pytest.mark.parametrize(("age", "years"), [(0, 18), (17, 1), (18, 20), (60, 20), (66, 14), (80, 5)])
def test_supported_years(age: int, years: int) -> None:
    assert supported_years(age) == years


def test_ages_below_zero_and_coefficients_outside_the_whole_are_refused() -> None:
    with pytest.raises(NotAnAmount):
        paid_years(-1)
    for bad in ("0", "-0.1", "1.01"):
        with pytest.raises(NotAnAmount):
            disability(INCOME, 30, Decimal(bad))


def test_heads_cite_the_interpretation_that_governs_the_tort() -> None:
    found = disability(INCOME, 35, Decimal("0.1"))
    assert found.value == Decimal("79064.00")
    assert str(found.derivation.lines[-1].cites) == "PI22 12"
    assert funeral(WAGE).value == Decimal("42469.00")
    assert death(INCOME, 61).value == Decimal("751108.00")


def test_lost_income_runs_to_the_day_before_the_disability_was_set() -> None:
    told = LostIncome(Decimal(48000), date(2022, 8, 10), date(2022, 12, 10))
    found = lost_income(told)
    assert found.value == Decimal("16043.84")
    assert 122 in {line.value for line in found.derivation.lines}
    with pytest.raises(NotAnAmount):
        lost_income(replace(told, until=date(2022, 8, 9)))


def test_nursing_is_at_most_twenty_years() -> None:
    assert nursing(Nursing(Decimal("160.5"), 60, 2)).value == Decimal("19260.00")
    with pytest.raises(NotAnAmount):
        nursing(Nursing(Decimal(160), 20 * 366 + 1))


def test_the_yearly_cap_on_dependants() -> None:
    three = [Dependant("child", 6, 2), Dependant("child", 10, 2), Dependant("mother", 66, 3)]
    assert living_cost(CONSUMPTION, three).value == Decimal("263076.00")
    assert "capped" in living_cost(CONSUMPTION, three).derivation.text("en")
    apart = sum((living_cost(CONSUMPTION, [d]).value for d in three), ZERO)
    assert apart == Decimal("321537.33"), "uncapped"
    assert living_cost(CONSUMPTION, []).value == ZERO
    with pytest.raises(NotAnAmount):
        living_cost(CONSUMPTION, [Dependant("child", 6, 0)])


DEPENDANTS = st.lists(st.builds(Dependant, st.just("d"), st.integers(0, 95), st.integers(1, 4)), max_size=5)


@calm
@given(DEPENDANTS, st.builds(Dependant, st.just("e"), st.integers(0, 95), st.integers(1, 4)))
def test_dependants_never_cost_more_than_a_years_consumption_a_year(some: list[Dependant], more: Dependant) -> None:
    before, after = living_cost(CONSUMPTION, some).value, living_cost(CONSUMPTION, [*some, more]).value
    years = max(supported_years(d.age) for d in [*some, more])
    assert before <= after <= CONSUMPTION.value * years


# ---- money


@calm
@given(st.lists(st.fractions(0, 10**7), max_size=8))
def test_parts_in_cents_add_up(parts: list[Fraction]) -> None:
    found = in_cents(parts)
    assert sum(found, ZERO) == yuan(sum(parts, Fraction(0)))
    assert all(x >= 0 for x in found)


# ---- compulsory cover


AMOUNTS = st.decimals(0, 400000, places=2)


@calm
@given(st.lists(AMOUNTS, min_size=1, max_size=4), st.lists(st.sampled_from(["180000", "18000", "2000", "0.01"]), min_size=1, max_size=3), st.data())
def test_sharing_out_exceeds_no_loss_and_no_limit_and_wastes_nothing(amounts: list[Decimal], limits: list[str], data: st.DataObject) -> None:
    losses = {f"v{n}": x for n, x in enumerate(amounts)}
    room = {f"k{n}": Decimal(x) for n, x in enumerate(limits)}
    pairs = [(v, k) for v in losses for k in room]
    covered = data.draw(st.lists(st.sampled_from(pairs), unique=True))
    paid = share_out(losses, room, covered)
    for v, loss in losses.items():
        assert sum((x for (w, _), x in paid.items() if w == v), ZERO) <= loss
    for k, limit in room.items():
        assert sum((x for (_, at), x in paid.items() if at == k), ZERO) <= limit
    if set(covered) == set(pairs):
        assert abs(sum(paid.values(), ZERO) - min(sum(losses.values(), ZERO), sum(room.values(), ZERO))) <= Decimal("0.01")
    for v, k in covered:
        full = sum((x for (w, _), x in paid.items() if w == v), ZERO)
        used = sum((x for (_, at), x in paid.items() if at == k), ZERO)
        assert losses[v] - full <= Decimal("0.02") or room[k] - used <= Decimal("0.02"), "an unpaid loss while its insurer still has room"


def test_sharing_by_losses_and_by_limits() -> None:
    one = {"lorry": Decimal(180000)}
    both = share_out({"A": Decimal(300000), "B": Decimal(100000)}, one, [("A", "lorry"), ("B", "lorry")])
    assert list(both.values()) == [Decimal(135000), Decimal(45000)]
    two = {"guilty": Decimal(180000), "blameless": Decimal(18000)}
    cells = [("A", "guilty"), ("A", "blameless")]
    assert share_out({"A": Decimal(99000)}, two, cells) == {("A", "blameless"): Decimal(9000), ("A", "guilty"): Decimal(90000)}
    assert share_out({"A": Decimal(200000)}, two, cells) == {("A", "blameless"): Decimal(18000), ("A", "guilty"): Decimal(180000)}


# ---- the order of payment


def test_the_main_fault_against_a_pedestrian() -> None:
    found = settle(crash((LORRY,), (walker(medical="45000", aids="250000", belongings="3000"),)), Given())
    assert found.paid(payer=Payer.COMPULSORY) == 200000
    assert found.paid(payer=Payer.TORTFEASOR) == Decimal(78400)
    assert found.own == {"A": Decimal(19600)}


def test_a_blameless_vehicle_bears_a_tenth_at_most() -> None:
    victim = walker(medical="30000", aids="50000", belongings="500")
    blameless = Vehicle("car", Decimal("0.1"), blameless=True)
    found = settle(crash((blameless,), (victim,)), Given())
    assert (found.paid(payer=Payer.COMPULSORY), found.paid()) == (Decimal(19900), Decimal(25960))
    with pytest.raises(BlamelessShareTooHigh) as caught:
        settle(crash((replace(blameless, share=Decimal("0.2")),), (victim,)), Given())
    assert "RTSL art. 76" in caught.value.text("en")


def test_a_blameless_vehicle_owes_another_drivers_remainder_nothing() -> None:
    driver = Victim("A", Road.DRIVER, 40, receipts=(("medical", Decimal(5000)),), vehicle="lorry")
    found = settle(crash((LORRY, Vehicle("car", Decimal("0.1"), blameless=True)), (driver,)), Given())
    assert found.paid() == Decimal(1800)
    assert found.own["A"] == Decimal(3200)


def test_mental_damages_first_leaves_the_commercial_insurer_what_it_covers() -> None:
    vehicle = Vehicle("lorry", Decimal(1), commercial=Commercial(Decimal(1000000), covers_mental=False))
    victim = replace(walker(aids="400000"), mental=Decimal(50000))
    first = settle(crash((vehicle,), (victim,), mental_first=True), Given())
    assert first.mental_by_compulsory == {"A": Decimal(50000)}
    assert (first.paid(payer=Payer.COMMERCIAL), first.paid(payer=Payer.TORTFEASOR)) == (Decimal(270000), ZERO)
    even = settle(crash((vehicle,), (victim,)), Given())
    assert even.mental_by_compulsory == {"A": Decimal(20000)}
    assert (even.paid(payer=Payer.COMMERCIAL), even.paid(payer=Payer.TORTFEASOR)) == (Decimal(240000), Decimal(30000))


def test_the_commercial_limit_is_shared_and_the_tortfeasor_pays_the_rest() -> None:
    vehicle = Vehicle("lorry", Decimal(1), commercial=Commercial(Decimal(100000), covers_mental=True))
    found = settle(crash((vehicle,), (walker("A", aids="390000"), walker("B", aids="90000"))), Given())
    assert found.paid(payer=Payer.COMPULSORY) == Decimal(180000)
    assert found.paid(payer=Payer.COMMERCIAL) == Decimal(100000)
    assert found.paid(payer=Payer.TORTFEASOR) == Decimal(200000)
    assert found.paid(payer=Payer.COMMERCIAL, victim="A") > found.paid(payer=Payer.COMMERCIAL, victim="B") > 0


def test_those_in_the_vehicle_are_not_its_third_parties() -> None:
    car = Vehicle("car", Decimal("0.3"), commercial=Commercial(Decimal(500000), covers_mental=True))
    lorry = Vehicle("lorry", Decimal("0.7"))
    rider = Victim("R", Road.PASSENGER, 30, receipts=(("medical", Decimal(118000)),), vehicle="car")
    driver = Victim("D", Road.DRIVER, 30, receipts=(("medical", Decimal(118000)),), vehicle="car")
    found = settle(crash((car, lorry), (rider, driver)), Given())
    assert found.paid(vehicle="car", payer=Payer.COMPULSORY) == found.paid(vehicle="car", payer=Payer.COMMERCIAL) == 0
    assert found.paid(vehicle="car", payer=Payer.TORTFEASOR, victim="R") == Decimal("32700")
    assert found.paid(vehicle="car", victim="D") == 0 and found.own["D"] == Decimal("32700")
    assert found.own["R"] == 0


def test_a_victim_who_meant_it_gets_nothing() -> None:
    found = settle(crash((LORRY,), (replace(walker(medical="5000"), intended=True),)), Given())
    assert found.payments == () and found.own == {"A": Decimal(5000)}


def test_a_drunk_driver_s_insurer_pays_injury_only_and_may_recover_it() -> None:
    drunk = replace(LORRY, recourse=True)
    found = settle(crash((drunk,), (walker(medical="5000", belongings="900"),)), Given())
    assert found.paid(payer=Payer.COMPULSORY) == Decimal(5000)
    assert found.paid(payer=Payer.TORTFEASOR) == Decimal(720)
    assert "recover" in found.derivation.text("en")


def test_who_should_have_insured_the_vehicle_pays_in_the_insurers_place() -> None:
    found = settle(crash((replace(LORRY, insured=False),), (walker(medical="5000"),)), Given())
    assert found.paid(payer=Payer.UNINSURED) == Decimal(5000)
    assert "RTA 16" in {str(line.cites) for line in found.derivation.lines}


def test_shares_above_the_whole_are_refused() -> None:
    with pytest.raises(SharesExceedWhole):
        settle(crash((LORRY, Vehicle("car", Decimal("0.3"))), (walker(medical="1"),)), Given())


def test_the_regime_turns_on_the_day_of_the_tort() -> None:
    assert dual_standard(date(2022, 4, 30)) and not dual_standard(date(2022, 5, 1))
    hurt = replace(walker(), grade=10)
    with pytest.raises(ResidenceNeeded):
        settle(crash((LORRY,), (hurt,), on=date(2022, 4, 30)), Given())
    rural = settle(crash((LORRY,), (replace(hurt, residence=Residence.RURAL),), on=date(2022, 4, 30)), Given())
    assert rural.assessments[0].total() == Decimal("29000.00")
    assert "PI20 12" in {str(line.cites) for line in rural.derivation.lines}
    assert settle(crash((LORRY,), (replace(hurt, residence=Residence.RURAL),)), Given()).assessments[0].total() == Decimal("29000.00")
    assert "PI22 12" in {str(line.cites) for line in settle(crash((LORRY,), (hurt,)), Given()).derivation.lines}


VICTIMS = st.builds(
    lambda n, road, amounts, mental, meant: Victim(
        n,
        road,
        40,
        receipts=tuple(zip(("medical", "aids", "repair"), amounts, strict=True)),
        vehicle="k0" if road in {Road.DRIVER, Road.PASSENGER} else None,
        intended=meant,
        mental=mental,
    ),
    st.just(""),
    st.sampled_from(Road),
    st.tuples(AMOUNTS, AMOUNTS, AMOUNTS),
    st.decimals(0, 100000, places=2),
    st.booleans(),
)
VEHICLES = st.builds(
    lambda share, blameless, insured, recourse, limit, mental: Vehicle(
        "", share / 10 if blameless else share, blameless, insured, recourse, None if limit is None else Commercial(limit, mental)
    ),
    st.decimals(0, Decimal("0.33"), places=2),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.none() | AMOUNTS,
    st.booleans(),
)


@calm
@given(st.lists(VICTIMS, min_size=1, max_size=3), st.lists(VEHICLES, min_size=1, max_size=3), st.booleans())
def test_every_yuan_of_loss_is_borne_exactly_once(victims: list[Victim], vehicles: list[Vehicle], first: bool) -> None:
    case = crash(
        tuple(replace(v, name=f"k{n}") for n, v in enumerate(vehicles)),
        tuple(replace(v, name=f"v{n}") for n, v in enumerate(victims)),
        mental_first=first,
    )
    found = settle(case, Given())
    for a in found.assessments:
        assert found.paid(victim=a.victim.name) + found.own[a.victim.name] == a.total()
        assert found.own[a.victim.name] >= 0
    assert all(p.amount > 0 for p in found.payments)
    for v in case.vehicles:
        for group in Group:
            assert found.paid(vehicle=v.name, group=group) <= Decimal((BLAMELESS if v.blameless else LIMITS)[group])
        assert found.paid(vehicle=v.name, payer=Payer.COMMERCIAL) <= (v.commercial.limit if v.commercial else 0)


@calm
@given(AMOUNTS, AMOUNTS)
def test_a_greater_loss_is_never_paid_less(a: Decimal, b: Decimal) -> None:
    low, high = sorted((a, b))
    paid = [settle(crash((LORRY,), (walker(medical=str(x), aids="1000"),)), Given()).paid() for x in (low, high)]
    assert paid[0] <= paid[1]


def test_figures_that_the_case_states_go_first() -> None:
    hurt = replace(walker(), grade=10)
    case = crash((LORRY,), (hurt,))
    stated = replace(case, accident=replace(case.accident, income=Decimal(50000)))
    assert settle(stated, Given()).assessments[0].total() == Decimal(100000)
    assert "as the case file states it" in settle(stated, Given()).derivation.text("en")
