"""赔偿标准 · What the calculation asks of its figures, and figures that the case itself states, which go before the published ones."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from tianping.law.citations import Citation
from tianping.law.damages.heads import Figure, regime
from tianping.law.damages.model import Accident, Group, Victim
from tianping.law.text import T


class Standards(Protocol):
    """赔偿标准 · What the calculation asks for; the published parameters answer, or a test."""

    def income(self, accident: Accident, victim: Victim) -> Figure:
        """Disposable (or rural net) income per head, a year."""

    def consumption(self, accident: Accident, victim: Victim) -> Figure:
        """Consumption per head, a year."""

    def staff_wage(self, accident: Accident) -> Figure:
        """Average wage of staff, a year."""

    def limit(self, group: Group, *, blameless: bool, on: date) -> Figure:
        """The compulsory limit of a group."""

    def coefficient(self, grade: int, *, on: date) -> Figure:
        """The part of capacity that a grade of disability stands for."""


@dataclass(frozen=True, slots=True)
class Preferring:
    """案内所写标准优先 · The figures that the case states, where it states them; the others from ``otherwise``."""

    otherwise: Standards

    def income(self, accident: Accident, victim: Victim) -> Figure:
        """The stated income, else the other."""
        return _stated(accident.income, accident, 12) or self.otherwise.income(accident, victim)

    def consumption(self, accident: Accident, victim: Victim) -> Figure:
        """The stated consumption, else the other."""
        return _stated(accident.consumption, accident, 17) or self.otherwise.consumption(accident, victim)

    def staff_wage(self, accident: Accident) -> Figure:
        """The stated wage, else the other."""
        return _stated(accident.staff_wage, accident, 14) or self.otherwise.staff_wage(accident)

    def limit(self, group: Group, *, blameless: bool, on: date) -> Figure:
        """The compulsory limits are national: never stated by a case."""
        return self.otherwise.limit(group, blameless=blameless, on=on)

    def coefficient(self, grade: int, *, on: date) -> Figure:
        """A case states a coefficient for its victim instead of a grade."""
        return self.otherwise.coefficient(grade, on=on)


def _stated(value: Decimal | None, accident: Accident, article: int) -> Figure | None:
    if value is None:
        return None
    cites: Citation = regime(accident.on)[article, 22]
    return Figure(value, T("案件文件所写的上一年度标准", "last year's figure as the case file states it"), cites)
