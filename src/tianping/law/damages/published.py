"""公布的赔偿标准 · The published figures, each with how far it was checked.

"Last year" is the statistical year before the one in which the first-instance debate closed (解释 22), so a figure of 2022 is in force during 2023.
The look-up is handed in: ``Published(parameter)`` with the ``parameter`` of :mod:`tianping.law.parameters`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from tianping.law.citations import LABELS, Status
from tianping.law.damages.errors import ResidenceNeeded
from tianping.law.damages.heads import Figure, dual_standard, regime
from tianping.law.damages.model import Accident, Group, Residence, Victim
from tianping.law.statutes import CTPL
from tianping.law.text import T


class Value(Protocol):
    """参数值 · A parameter as it stood on a day."""

    @property
    def value(self) -> Decimal:
        """The number."""

    @property
    def status(self) -> Status:
        """How far it was checked."""


class Lookup(Protocol):
    """参数查询 · Finds a parameter by name, day and region, or raises an error that says what to do."""

    def __call__(self, name: str, *, on: date, region: str = "CN") -> Value:
        """The value in force on the day."""


@dataclass(frozen=True, slots=True)
class Published:
    """公布的标准 · The figures of the parameter tables."""

    lookup: Lookup

    def income(self, accident: Accident, victim: Victim) -> Figure:
        """The court's region, or the victim's home if that is higher (解释 18). Raises ResidenceNeeded."""
        words = T("农村居民人均纯收入", "net income per head, rural"), T("城镇居民人均可支配收入", "disposable income per head, urban")
        return self._per_head(("rural_net_income", "urban_disposable_income"), words, 12, accident, victim)

    def consumption(self, accident: Accident, victim: Victim) -> Figure:
        """As for income. Raises ResidenceNeeded."""
        words = T("农村居民人均年生活消费支出", "consumption per head, rural"), T("城镇居民人均消费支出", "consumption per head, urban")
        return self._per_head(("rural_consumption", "urban_consumption"), words, 17, accident, victim)

    def staff_wage(self, accident: Accident) -> Figure:
        """The court's region, last year (解释 14, 22)."""
        found = self.lookup("average_staff_wage", on=accident.debate_closed, region=accident.region)
        return Figure(
            found.value, _marked(T("职工年平均工资（上一年度）", "average yearly staff wage (last year)"), found), regime(accident.on)[14, 22]
        )

    def limit(self, group: Group, *, blameless: bool, on: date) -> Figure:
        """The limit in force on the day of the accident; the ordinance delegates the figure."""
        found = self.lookup(f"compulsory_{group}" + ("_blameless" if blameless else ""), on=on)
        words = T("交强险无责限额", "compulsory limit, blameless") if blameless else T("交强险限额", "compulsory limit")
        return Figure(found.value, _marked(words, found), CTPL[23])

    def coefficient(self, grade: int, *, on: date) -> Figure:
        """The practice table (one tenth a grade): the interpretation itself gives none."""
        found = self.lookup(f"disability_coefficient_{grade}", on=on)
        return Figure(found.value, _marked(T("{n}级伤残系数", "coefficient of grade {n}").fill(n=grade), found))

    def _per_head(self, names: tuple[str, str], words: tuple[T, T], article: int, accident: Accident, victim: Victim) -> Figure:
        dual = dual_standard(accident.on)
        if dual and victim.residence is None:
            raise ResidenceNeeded(day=accident.on, victim=victim.name)
        urban = not (dual and victim.residence is Residence.RURAL)
        law = regime(accident.on)
        here = self.lookup(names[urban], on=accident.debate_closed, region=accident.region)
        if victim.home_region is not None:
            home = self.lookup(names[urban], on=accident.debate_closed, region=victim.home_region)
            if home.value > here.value:
                told = T("{kind}（住所地上一年度，较高）", "{kind} (home region, last year, which is higher)").fill(kind=words[urban])
                return Figure(home.value, _marked(told, home), law[article, 18])
        told = T("{kind}（受诉法院所在地上一年度）", "{kind} (court's region, last year)").fill(kind=words[urban])
        return Figure(here.value, _marked(told, here), law[article, 22])


def _marked(words: T, found: Value) -> T:
    label = LABELS[found.status]
    return T(f"{words.zh}〔{label.zh}〕", f"{words.en} [{label.en}]") if label.en else words
