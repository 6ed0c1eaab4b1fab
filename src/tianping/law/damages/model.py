"""案情 · A road-traffic damages case as it is told: the accident, the vehicles with their cover, the victims with their losses.

Amounts are yuan (Decimal), shares are parts of 1, ages are full years on the day of disability or death.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from tianping.law.citations import Citation
from tianping.law.statutes import CC, CTPL, RTA
from tianping.law.text import T


class Group(StrEnum):
    """分项限额 · The three limits of compulsory insurance (交强险条例 23)."""

    MEDICAL = "medical"
    DISABILITY = "disability"
    PROPERTY = "property"


GROUP_TITLES: Final = {
    Group.MEDICAL: T("医疗费用", "medical group"),
    Group.DISABILITY: T("死亡伤残", "death and disability group"),
    Group.PROPERTY: T("财产损失", "property group"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """赔偿项目 · One head of loss: the limit it falls under and the article that grants it."""

    code: str
    title: T
    group: Group
    cites: Citation


_INJURY: Final = CC[1179]
_HEADS: Final = (
    Head("medical", T("医疗费", "medical cost"), Group.MEDICAL, _INJURY),
    Head("follow_up", T("后续治疗费", "follow-up treatment"), Group.MEDICAL, _INJURY),
    Head("meals", T("住院伙食补助费", "hospital meals"), Group.MEDICAL, _INJURY),
    Head("nutrition", T("营养费", "nutrition"), Group.MEDICAL, _INJURY),
    Head("lost_income", T("误工费", "lost income"), Group.DISABILITY, _INJURY),
    Head("nursing", T("护理费", "nursing"), Group.DISABILITY, _INJURY),
    Head("transport", T("交通费", "transport"), Group.DISABILITY, _INJURY),
    Head("lodging", T("住宿费", "lodging"), Group.DISABILITY, _INJURY),
    Head("rehabilitation", T("康复费", "rehabilitation"), Group.DISABILITY, _INJURY),
    Head("aids", T("残疾辅助器具费", "disability aids"), Group.DISABILITY, _INJURY),
    Head("disability", T("残疾赔偿金", "disability compensation"), Group.DISABILITY, _INJURY),
    Head("funeral", T("丧葬费", "funeral cost"), Group.DISABILITY, _INJURY),
    Head("death", T("死亡赔偿金", "death compensation"), Group.DISABILITY, _INJURY),
    Head("dependants", T("被扶养人生活费（计入残疾或死亡赔偿金）", "dependants' living cost (part of the above)"), Group.DISABILITY, _INJURY),
    Head("mental", T("精神损害抚慰金", "mental damages"), Group.DISABILITY, CC[1183]),
    Head("repair", T("车辆维修费", "vehicle repair"), Group.PROPERTY, RTA[12]),
    Head("load", T("车载物品损失", "loss of the load"), Group.PROPERTY, RTA[12]),
    Head("rescue", T("车辆施救费", "vehicle rescue"), Group.PROPERTY, RTA[12]),
    Head("replacement", T("车辆重置费", "vehicle replacement"), Group.PROPERTY, RTA[12]),
    Head("lost_operation", T("停运损失", "lost operation"), Group.PROPERTY, RTA[12]),
    Head("substitute", T("替代交通工具费", "substitute transport"), Group.PROPERTY, RTA[12]),
    Head("belongings", T("随身财物损失", "belongings"), Group.PROPERTY, RTA[11]),
)
HEADS: Final = {h.code: h for h in _HEADS}
RECEIPTS: Final = tuple(h for h in HEADS if h not in {"lost_income", "nursing", "disability", "funeral", "death", "dependants", "mental"})
"""The heads that a receipt proves; the others are calculated or assessed."""

GROUPING: Final = CTPL[23]
"""The ordinance delegates which head falls under which limit to the insurers' clauses; the grouping here was seen on secondary pages only."""


class Road(StrEnum):
    """交通方式 · How a victim took part in the traffic."""

    PEDESTRIAN = "pedestrian"
    NON_MOTOR = "non_motor"
    DRIVER = "driver"
    PASSENGER = "passenger"


class Residence(StrEnum):
    """居住类别 · The class that the dual standard asks for (torts before 2022-05-01)."""

    URBAN = "urban"
    RURAL = "rural"


@dataclass(frozen=True, slots=True)
class Accident:
    """事故 · The day of the tort, the day the first-instance debate closed, the court's region, and whether mental damages are asked for first.

    ``income``, ``consumption``, ``staff_wage``: last year's figures, where the case states them itself (a region or year without published ones).
    """

    on: date
    debate_closed: date
    region: str
    mental_first: bool = False
    income: Decimal | None = None
    consumption: Decimal | None = None
    staff_wage: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Commercial:
    """商业三者险 · The limit of the contract, and whether it covers mental damages."""

    limit: Decimal
    covers_mental: bool


@dataclass(frozen=True, slots=True)
class Vehicle:
    """机动车一方 · One motor vehicle: its share of liability, whether it is blameless, and its cover.

    ``recourse``: the driver was unlicensed or drunk, the car stolen or the accident intended; compulsory cover then pays injury only and may
    recover it (交强险条例 22; 道路交通事故解释 15).
    """

    name: str
    share: Decimal
    blameless: bool = False
    insured: bool = True
    recourse: bool = False
    commercial: Commercial | None = None


@dataclass(frozen=True, slots=True)
class LostIncome:
    """误工 · Yearly income (three years' average if there is no fixed one), from the injury to the day before the disability was set."""

    yearly: Decimal
    since: date
    until: date


@dataclass(frozen=True, slots=True)
class Nursing:
    """护理 · The daily rate of a carer, the days, and how many carers."""

    daily: Decimal
    days: int
    carers: int = 1


@dataclass(frozen=True, slots=True)
class Dependant:
    """被扶养人 · A minor, or an adult who can neither work nor live on other means; how many people share the duty to support."""

    name: str
    age: int
    supporters: int


@dataclass(frozen=True, slots=True)
class Victim:
    """受害人 · One victim, the losses proved by receipts, and what the other heads are calculated from.

    ``coefficient``: the part of earning capacity lost, of each of which the case gives one at most: ``grade`` (1 to 10) or ``coefficient``.
    ``vehicle``: the vehicle a driver or passenger was in. ``intended``: the victim ran into the vehicle on purpose.
    """

    name: str
    road: Road
    age: int
    receipts: tuple[tuple[str, Decimal], ...] = ()
    vehicle: str | None = None
    intended: bool = False
    residence: Residence | None = None
    home_region: str | None = None
    grade: int | None = None
    coefficient: Decimal | None = None
    died: bool = False
    lost_income: LostIncome | None = None
    nursing: Nursing | None = None
    mental: Decimal = Decimal(0)
    dependants: tuple[Dependant, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """道路交通事故损害赔偿案件 · The whole case."""

    title: T
    accident: Accident
    vehicles: tuple[Vehicle, ...]
    victims: tuple[Victim, ...]
