"""赔付顺序 · Compulsory insurers first, then commercial ones, then the tortfeasors; what is left is the victim's own (民法典 1213; 道交法 76).

Every yuan of loss is paid by exactly one payer: the payments and the victims' own parts add up to the losses, to the cent.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Final

from tianping.law.damages.assess import Assessment, assess
from tianping.law.damages.compulsory import share_out
from tianping.law.damages.errors import BlamelessShareTooHigh, SharesExceedWhole
from tianping.law.damages.model import GROUP_TITLES, GROUPING, Case, Group, Road, Vehicle, Victim
from tianping.law.damages.standards import Preferring, Standards
from tianping.law.derivation import Derivation
from tianping.law.money import in_cents, yuan
from tianping.law.statutes import CC, CTPL, RTA, RTSL
from tianping.law.text import T

BLAMELESS_MOST: Final = Decimal("0.1")
"""道路交通安全法 76(1)(2): a blameless motor vehicle bears at most ten per cent."""


class Payer(StrEnum):
    """赔偿义务人 · Who pays."""

    COMPULSORY = "compulsory"
    UNINSURED = "uninsured"
    COMMERCIAL = "commercial"
    TORTFEASOR = "tortfeasor"


PAYER_TITLES: Final = {
    Payer.COMPULSORY: T("交强险", "compulsory insurer"),
    Payer.UNINSURED: T("未投保的投保义务人", "who should have taken compulsory cover"),
    Payer.COMMERCIAL: T("商业三者险", "commercial insurer"),
    Payer.TORTFEASOR: T("侵权人", "tortfeasor"),
}


@dataclass(frozen=True, slots=True)
class Payment:
    """赔付 · What one payer, on behalf of one vehicle, pays one victim; ``group`` for compulsory payments."""

    victim: str
    vehicle: str
    payer: Payer
    amount: Decimal
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Settlement:
    """赔偿结果 · The losses, the payments, what each victim bears, and the derivation of all of it."""

    assessments: tuple[Assessment, ...]
    payments: tuple[Payment, ...]
    own: dict[str, Decimal]
    mental_by_compulsory: dict[str, Decimal]
    derivation: Derivation

    def paid(self, *, victim: str | None = None, vehicle: str | None = None, payer: Payer | None = None, group: Group | None = None) -> Decimal:
        """The sum of the payments that match."""
        wanted = {"victim": victim, "vehicle": vehicle, "payer": payer, "group": group}
        match = [p for p in self.payments if all(x is None or getattr(p, k) == x for k, x in wanted.items())]
        return sum((p.amount for p in match), Decimal(0))


@dataclass(frozen=True, slots=True)
class Rest:
    """不足部分 · What compulsory cover left of one victim's loss: mental damages and the other heads."""

    mental: Decimal
    other: Decimal


def settle(case: Case, standards: Standards) -> Settlement:
    """赔偿计算 · The whole calculation, on the standards given or on what the case itself states.

    Raises SharesExceedWhole, BlamelessShareTooHigh, ResidenceNeeded, and the errors of the standards.
    """
    _check_shares(case)
    figures = Preferring(standards)
    assessed = tuple(assess(case, v, figures) for v in case.victims)
    told = Derivation()
    for a in assessed:
        told = told.then(T("受害人：{name}", "victim: {name}").fill(name=a.victim.name)) + a.derivation
    first, told = _compulsory(case, assessed, figures, told)
    mental = {a.victim.name: _mental_paid(case, a, first) for a in assessed}
    told = _tell_mental(case, assessed, mental, told)
    rest = {a.victim.name: _rest(a, first, mental[a.victim.name]) for a in assessed}
    later, own, told = _liability(case, rest, told)
    return Settlement(assessed, (*first, *later), own, mental, told)


def liable_share(vehicle: Vehicle, victim: Victim) -> Decimal:
    """责任比例 · The part of the remainder that a vehicle's side owes a victim."""
    in_motor = victim.road in {Road.DRIVER, Road.PASSENGER}
    drives_it = victim.road is Road.DRIVER and victim.vehicle == vehicle.name
    if victim.intended or drives_it or (vehicle.blameless and in_motor):
        return Decimal(0)
    return vehicle.share


def _check_shares(case: Case) -> None:
    for vehicle in case.vehicles:
        if vehicle.blameless and vehicle.share > BLAMELESS_MOST:
            raise BlamelessShareTooHigh(vehicle=vehicle.name, most=BLAMELESS_MOST, share=vehicle.share)
    for victim in case.victims:
        total = sum((liable_share(v, victim) for v in case.vehicles), Decimal(0))
        if total > 1:
            raise SharesExceedWhole(victim=victim.name, total=total)


def _is_third_party(vehicle: Vehicle, victim: Victim) -> bool:
    """Compulsory and third-party cover protect those outside the vehicle, and not who ran into it on purpose (交强险条例 21)."""
    return victim.vehicle != vehicle.name and not victim.intended


def _compulsory(case: Case, assessed: tuple[Assessment, ...], figures: Standards, told: Derivation) -> tuple[list[Payment], Derivation]:
    payments: list[Payment] = []
    insured = {v.name: v.insured for v in case.vehicles}
    for group in Group:
        losses = {a.victim.name: a.total(group) for a in assessed}
        if not any(losses.values()):
            continue
        paying = [v for v in case.vehicles if not (group is Group.PROPERTY and v.recourse)]
        limits = {}
        for v in paying:
            found = figures.limit(group, blameless=v.blameless, on=case.accident.on)
            limits[v.name] = found.value
            words = T("{source}：{vehicle}，{group}", "{source}: {vehicle}, {group}")
            told = told.then(words.fill(source=found.source, vehicle=v.name, group=GROUP_TITLES[group]), found.cites, found.value)
        covered = [(w.name, v.name) for w in case.victims for v in paying if _is_third_party(v, w)]
        for (victim, vehicle), amount in share_out(losses, limits, covered).items():
            if amount:
                payer = Payer.COMPULSORY if insured[vehicle] else Payer.UNINSURED
                payments.append(Payment(victim, vehicle, payer, amount, group))
                told = _tell_compulsory(case, payments[-1], told)
    return payments, told


def _tell_compulsory(case: Case, payment: Payment, told: Derivation) -> Derivation:
    vehicle = next(v for v in case.vehicles if v.name == payment.vehicle)
    assert payment.group is not None
    values = {"vehicle": payment.vehicle, "victim": payment.victim, "group": GROUP_TITLES[payment.group]}
    cites = CC[1213] + GROUPING
    if len(case.vehicles) > 1:
        cites += RTA[18]
    if len(case.victims) > 1:
        cites += RTA[19]
    if payment.payer is Payer.UNINSURED:
        words = T(
            "{vehicle}未投保交强险：投保义务人在限额内赔偿{victim}（{group}）",
            "{vehicle} uninsured: who should have insured it pays {victim} ({group})",
        )
        return told.then(words.fill(**values), RTA[16], payment.amount)
    told = told.then(
        T("{vehicle}交强险赔偿{victim}（{group}）", "compulsory insurer of {vehicle} pays {victim} ({group})").fill(**values), cites, payment.amount
    )
    if vehicle.recourse:
        told = told.then(T("保险公司可向侵权人追偿", "the insurer may recover it from the tortfeasor"), CTPL[22] + RTA[15])
    return told


def _mental_paid(case: Case, assessment: Assessment, payments: list[Payment]) -> Decimal:
    """How much of the compulsory payment is mental damages: first, if asked so; else in proportion (our choice)."""
    here = [p.amount for p in payments if p.victim == assessment.victim.name and p.group is Group.DISABILITY]
    paid, loss = sum(here, Decimal(0)), assessment.total(Group.DISABILITY)
    if not assessment.mental:
        return Decimal(0)
    if case.accident.mental_first:
        return min(assessment.mental, paid)
    return yuan(Fraction(paid) * Fraction(assessment.mental) / Fraction(loss))


def _tell_mental(case: Case, assessed: tuple[Assessment, ...], mental: dict[str, Decimal], told: Derivation) -> Derivation:
    for a in assessed:
        if a.mental:
            first = T("请求精神损害优先：{victim}的交强险赔款中精神损害", "mental damages asked for first: of the compulsory payment to {victim}")
            even = T("未请求优先，按比例计（本系统的计算选择）：{victim}", "not asked for first, in proportion (our own choice): {victim}")
            words = first if case.accident.mental_first else even
            told = told.then(words.fill(victim=a.victim.name), RTA[13], mental[a.victim.name])
    return told


def _rest(assessment: Assessment, payments: list[Payment], mental: Decimal) -> Rest:
    paid = sum((p.amount for p in payments if p.victim == assessment.victim.name), Decimal(0))
    return Rest(assessment.mental - mental, assessment.total() - assessment.mental - (paid - mental))


def _liability(case: Case, rest: dict[str, Rest], told: Derivation) -> tuple[list[Payment], dict[str, Decimal], Derivation]:
    """The remainder by shares of liability; each vehicle's part goes to its commercial insurer, and what that does not pay to the tortfeasor."""
    owed: dict[tuple[str, str], Rest] = {}
    own: dict[str, Decimal] = {}
    for victim in case.victims:
        left = rest[victim.name]
        shares = [Fraction(liable_share(v, victim)) for v in case.vehicles]
        shares.append(1 - sum(shares, Fraction(0)))
        mental = in_cents([Fraction(left.mental) * s for s in shares])
        other = in_cents([Fraction(left.other) * s for s in shares])
        own[victim.name] = mental[-1] + other[-1]
        told = told.then(
            T("交强险不足部分：{name}", "not covered by compulsory insurance: {name}").fill(name=victim.name), CC[1213], left.mental + left.other
        )
        for vehicle, m, o in zip(case.vehicles, mental[:-1], other[:-1], strict=True):
            owed[victim.name, vehicle.name] = Rest(m, o)
            if m or o:
                share = liable_share(vehicle, victim)
                words = T("{vehicle}一方承担（比例 {share}）", "borne by the side of {vehicle} (share {share})").fill(
                    vehicle=vehicle.name, share=share
                )
                told = told.then(words, RTSL[76], m + o)
        if own[victim.name]:
            told = told.then(T("{name}自负", "borne by {name}").fill(name=victim.name), RTSL[76], own[victim.name])
    payments: list[Payment] = []
    for vehicle in case.vehicles:
        found, told = _one_side(case, vehicle, {w.name: owed[w.name, vehicle.name] for w in case.victims}, told)
        payments += found
    return payments, own, told


def _one_side(case: Case, vehicle: Vehicle, owed: dict[str, Rest], told: Derivation) -> tuple[list[Payment], Derivation]:
    """One vehicle's side: the commercial insurer within its limit and terms, in proportion if several victims exceed it; then the tortfeasor."""
    cover = vehicle.commercial
    claims = {}
    for victim in case.victims:
        due = owed[victim.name]
        insured = cover is not None and _is_third_party(vehicle, victim)
        claims[victim.name] = due.other + (due.mental if cover is not None and cover.covers_mental else 0) if insured else Decimal(0)
    limits = {vehicle.name: cover.limit} if cover is not None else {}
    given = share_out(claims, limits, [(name, vehicle.name) for name in claims]) if limits else {}
    payments = []
    for victim in case.victims:
        commercial = given.get((victim.name, vehicle.name), Decimal(0))
        rest = owed[victim.name].mental + owed[victim.name].other - commercial
        for payer, amount in ((Payer.COMMERCIAL, commercial), (Payer.TORTFEASOR, rest)):
            if amount:
                payments.append(Payment(victim.name, vehicle.name, payer, amount))
                words = T("{payer}（{vehicle}）赔偿{victim}", "{payer} of {vehicle} pays {victim}")
                filled = words.fill(payer=PAYER_TITLES[payer], vehicle=vehicle.name, victim=victim.name)
                told = told.then(filled, CC[1213] + RTA[13], amount)
    return payments, told
