"""地域管辖 · Before which basic court a civil suit may be brought: the places that the articles name, for the kinds of dispute that people bring.

A written agreement on the court (民事诉讼法 35), status suits against people abroad (23) and what goes to an intermediate court at first (19) are
asked of a person: nothing is said of them here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Final

from tianping.law.citations import Citation
from tianping.law.derivation import Derivation, Line
from tianping.law.statutes import CPL23, on
from tianping.law.text import T


class Dispute(Enum):
    """纠纷种类 · What the suit is about, as far as the court depends on it."""

    CONTRACT = "合同、借款、买卖、租赁"
    INSURANCE = "保险合同"
    TORT = "人身或者财产受到侵害"
    ACCIDENT = "交通事故赔偿"
    REAL_ESTATE = "房屋、土地等不动产"
    INHERITANCE = "继承遗产"
    OTHER = "婚姻家庭和其他"


class Place(Enum):
    """地点 · The places that a suit may depend on."""

    DEFENDANT = "被告住所地（不一致的为经常居住地）"
    PERFORMANCE = "合同履行地"
    INSURED = "保险标的物所在地"
    TORT = "侵权行为地"
    ACCIDENT = "事故发生地或者车辆最先到达地"
    PROPERTY = "不动产所在地"
    DECEASED = "被继承人死亡时住所地"
    ESTATE = "主要遗产所在地"


DISPUTES: Final = {
    Dispute.CONTRACT: T("合同、借款、买卖、租赁", "Contract, loan, sale, lease"),
    Dispute.INSURANCE: T("保险合同", "Insurance contract"),
    Dispute.TORT: T("人身或者财产受到侵害", "Harm to a person or to property"),
    Dispute.ACCIDENT: T("交通事故赔偿", "Traffic accident"),
    Dispute.REAL_ESTATE: T("房屋、土地等不动产", "House, land"),
    Dispute.INHERITANCE: T("继承遗产", "Inheritance"),
    Dispute.OTHER: T("婚姻家庭和其他", "Family and everything else"),
}
PLACES: Final = {
    Place.DEFENDANT: T("被告住所地；与经常居住地不一致的，为经常居住地", "where the defendant lives (habitually, if elsewhere), or has its seat"),
    Place.PERFORMANCE: T("合同履行地", "where the contract is performed"),
    Place.INSURED: T("保险标的物所在地", "where the insured thing is"),
    Place.TORT: T("侵权行为地", "where the harm was done"),
    Place.ACCIDENT: T("事故发生地，或者车辆最先到达地", "where the accident was, or the vehicle first arrived"),
    Place.PROPERTY: T("不动产所在地", "where the house or land is"),
    Place.DECEASED: T("被继承人死亡时住所地", "where the deceased lived at death"),
    Place.ESTATE: T("主要遗产所在地", "where most of the estate is"),
}
_RULES: Final[dict[Dispute, tuple[tuple[Place, ...], Citation]]] = {
    Dispute.CONTRACT: ((Place.DEFENDANT, Place.PERFORMANCE), CPL23[24]),
    Dispute.INSURANCE: ((Place.DEFENDANT, Place.INSURED), CPL23[25]),
    Dispute.TORT: ((Place.TORT, Place.DEFENDANT), CPL23[29]),
    Dispute.ACCIDENT: ((Place.ACCIDENT, Place.DEFENDANT), CPL23[30]),
    Dispute.REAL_ESTATE: ((Place.PROPERTY,), CPL23[34]),
    Dispute.INHERITANCE: ((Place.DECEASED, Place.ESTATE), CPL23[34]),
    Dispute.OTHER: ((Place.DEFENDANT,), CPL23[22]),
}


@dataclass(frozen=True, slots=True)
class Competent:
    """管辖结论 · The divisions (six digits) whose basic courts are competent, in the order of the article; empty where no place is known."""

    divisions: tuple[str, ...]
    exclusive: bool
    cites: Citation
    derivation: Derivation


def places(dispute: Dispute) -> tuple[Place, ...]:
    """Which places must be known."""
    return _RULES[dispute][0]


def article(dispute: Dispute, day: date) -> Citation:
    """The article that says so, on a day."""
    return on(_RULES[dispute][1], day)


def competent(dispute: Dispute, where: Mapping[Place, str], day: date) -> Competent:
    """Where a suit of a kind may be brought on a day; ``where``: the division of each place that is known."""
    wanted, exclusive = places(dispute), dispute in (Dispute.REAL_ESTATE, Dispute.INHERITANCE)
    cites = article(dispute, day)
    lines = [Line(PLACES[p], cites, T(where[p], where[p]) if where.get(p) else T("未填", "not given")) for p in wanted]
    found = tuple(dict.fromkeys(where[p] for p in wanted if where.get(p)))
    if exclusive:
        lines.append(Line(T("专属管辖：别的法院不能受理", "exclusive: no other court may take it"), cites))
    elif len(found) > 1:
        lines.append(Line(T("都有管辖权，由原告选一个", "each is competent: the plaintiff chooses one"), on(CPL23[36], day)))
    lines.append(Line(T("第一审一般由基层人民法院管辖", "first instance: as a rule the basic court"), on(CPL23[18], day)))
    return Competent(found, exclusive, cites, Derivation(tuple(lines)))
