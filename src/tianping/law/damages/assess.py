"""损失核定 · Every head of loss of one victim as an amount with its derivation, and the totals by group of limits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tianping.law.damages.dependants import living_cost
from tianping.law.damages.heads import Amount, death, disability, funeral, lost_income, nursing, regime
from tianping.law.damages.model import GROUP_TITLES, HEADS, Case, Group, Head, Victim
from tianping.law.damages.standards import Standards
from tianping.law.derivation import Derivation
from tianping.law.text import T


@dataclass(frozen=True, slots=True)
class Item:
    """赔偿项目 · One head of loss and its amount."""

    head: Head
    amount: Amount


@dataclass(frozen=True, slots=True)
class Assessment:
    """损失核定 · The losses of one victim."""

    victim: Victim
    items: tuple[Item, ...]

    def total(self, group: Group | None = None) -> Decimal:
        """The sum of a group, or of all."""
        return sum((i.amount.value for i in self.items if group in {None, i.head.group}), Decimal(0))

    @property
    def mental(self) -> Decimal:
        """The mental damages among them."""
        return sum((i.amount.value for i in self.items if i.head.code == "mental"), Decimal(0))

    @property
    def derivation(self) -> Derivation:
        """Every item with its lines, then the totals."""
        told = Derivation()
        for item in self.items:
            told += item.amount.derivation
        for group in Group:
            if self.total(group):
                told = told.then(T("{group}小计", "{group}, subtotal").fill(group=GROUP_TITLES[group]), None, self.total(group))
        return told.then(T("损失合计", "losses, total"), None, self.total())


def assess(case: Case, victim: Victim, standards: Standards) -> Assessment:
    """The losses of a victim: receipts as proved, the other heads calculated. Raises ResidenceNeeded and the errors of the parameters."""
    items = [Item(HEADS[code], _stated(HEADS[code], value)) for code, value in victim.receipts]
    law = regime(case.accident.on)
    if victim.lost_income is not None:
        items.append(Item(HEADS["lost_income"], lost_income(victim.lost_income, law=law)))
    if victim.nursing is not None:
        items.append(Item(HEADS["nursing"], nursing(victim.nursing, law=law)))
    items += _lasting(case, victim, standards)
    if victim.mental:
        items.append(Item(HEADS["mental"], _stated(HEADS["mental"], victim.mental)))
    return Assessment(victim, tuple(items))


def _lasting(case: Case, victim: Victim, standards: Standards) -> list[Item]:
    accident, law = case.accident, regime(case.accident.on)
    items: list[Item] = []
    if victim.died:
        items.append(Item(HEADS["funeral"], funeral(standards.staff_wage(accident), law=law)))
        items.append(Item(HEADS["death"], death(standards.income(accident, victim), victim.age, law=law)))
    part, told = _coefficient(case, victim, standards)
    if part is not None and not victim.died:
        found = disability(standards.income(accident, victim), victim.age, part, law=law)
        items.append(Item(HEADS["disability"], Amount(found.value, told + found.derivation)))
    if victim.dependants and part is not None:
        cost = living_cost(standards.consumption(accident, victim), victim.dependants, coefficient=part, law=law)
        items.append(Item(HEADS["dependants"], cost))
    return items


def _coefficient(case: Case, victim: Victim, standards: Standards) -> tuple[Decimal | None, Derivation]:
    """The part of capacity lost: all of it after a death, the stated coefficient, or that of the grade; None if nothing lasting."""
    if victim.died:
        return Decimal(1), Derivation()
    if victim.grade is None:
        return victim.coefficient, Derivation()
    found = standards.coefficient(victim.grade, on=case.accident.debate_closed)
    return found.value, Derivation().then(found.source, found.cites, T(str(found.value), str(found.value)))


def _stated(head: Head, value: Decimal) -> Amount:
    return Amount(value, Derivation().then(head.title, head.cites, value))
