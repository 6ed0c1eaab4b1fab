"""道路交通事故损害赔偿 · Road-traffic damages: the losses head by head, and who pays them in which order, with every line's article."""

from __future__ import annotations

from tianping.law.damages.assess import Assessment, Item, assess
from tianping.law.damages.dependants import living_cost, supported_years
from tianping.law.damages.heads import Amount, Figure, death, disability, dual_standard, funeral, lost_income, nursing, paid_years, regime
from tianping.law.damages.model import HEADS, Accident, Case, Commercial, Dependant, Group, LostIncome, Nursing, Residence, Road, Vehicle, Victim
from tianping.law.damages.published import Published
from tianping.law.damages.reader import parse_case, read_case
from tianping.law.damages.settlement import PAYER_TITLES, Payer, Payment, Settlement, settle
from tianping.law.damages.standards import Preferring, Standards

__all__ = [
    "HEADS",
    "Accident",
    "Amount",
    "Assessment",
    "Case",
    "Commercial",
    "Dependant",
    "Figure",
    "Group",
    "Item",
    "LostIncome",
    "Nursing",
    "PAYER_TITLES",
    "Payer",
    "Payment",
    "Preferring",
    "Published",
    "Residence",
    "Road",
    "Settlement",
    "Standards",
    "Vehicle",
    "Victim",
    "assess",
    "death",
    "disability",
    "dual_standard",
    "funeral",
    "living_cost",
    "lost_income",
    "nursing",
    "paid_years",
    "parse_case",
    "read_case",
    "regime",
    "settle",
    "supported_years",
]
