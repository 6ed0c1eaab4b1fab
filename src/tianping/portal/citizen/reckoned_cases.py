"""交通事故赔偿计算 · One person hurt by one vehicle: the losses head by head, who pays, in which order.

More than that is for the command line (``tianping law damages``) or a clerk.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

from tianping.casework.parameters.held import held_parameter
from tianping.law.damages import (
    HEADS,
    PAYER_TITLES,
    Accident,
    Case,
    Commercial,
    Dependant,
    LostIncome,
    Nursing,
    Published,
    Road,
    Vehicle,
    Victim,
    settle,
)
from tianping.law.damages.model import RECEIPTS
from tianping.law.derivation import Derivation, Value
from tianping.law.text import T
from tianping.portal.citizen.questions import Question

REGION: Final = "CN-SX"
VICTIM: Final = T("受害人", "the person hurt")
YES: Final = (("yes", T("是", "Yes")), ("no", T("否", "No")))
ROADS: Final = (
    ("pedestrian", T("行人", "On foot")),
    ("non_motor", T("骑自行车、电动自行车", "On a bicycle or electric bicycle")),
    ("passenger", T("乘车人", "A passenger")),
)
SHARES: Final = (
    ("100", T("机动车一方全部责任", "The vehicle: all of it")),
    ("70", T("机动车一方主要责任（按70%试算）", "Most of it (reckoned at 70%)")),
    ("50", T("同等责任（按50%试算）", "Equal (50%)")),
    ("30", T("机动车一方次要责任（按30%试算）", "A smaller part (30%)")),
    ("10", T("机动车一方没有责任（不超过10%）", "None (10% at the most)")),
)
NOTES: Final = (
    T(
        "推算单里：A是机动车，B是受伤的人，C是B乘坐的车，D是被扶养人。",
        "In the slip A is the vehicle, B the person hurt, C the car B sat in, D the dependant.",
    ),
    T("责任比例由法院按案情定；这里的70%、50%、30%是常见做法，不是条文。", "The court sets the share: 70, 50 and 30% are practice, no article."),
    T("这是按您填的内容试算，不是对判决的预测。", "Reckoned from what you entered; no prediction of a judgment."),
)
STATED: Final = T("本系统没有该年度数据时，请填统计部门公布的数", "Where we hold no figure of that year: as published by the statistics bureau")
Found = tuple[tuple[tuple[T, Value], ...], Derivation, tuple[T, ...], bool]


def questions(given: dict[str, str], day: date) -> tuple[Question, ...]:
    """The questions, all on one page: each but the first few may be left open."""
    del given, day
    receipts = tuple(Question(code, "money", HEADS[code].title, optional=True) for code in RECEIPTS)
    return (
        Question("on", "date", T("事故日期", "Day of the accident")),
        Question("closed", "date", T("一审辩论终结日（还没起诉的不填，按今天）", "Day the debate closed (open: today)"), optional=True),
        Question("road", "choice", T("受伤的人当时", "The person hurt was"), None, ROADS, value="pedestrian"),
        Question("age", "whole", T("受伤的人的年龄", "Age of the person hurt")),
        Question(
            "share", "choice", T("责任怎么分", "Who was responsible?"), T("看道路交通事故认定书", "See the accident certificate"), SHARES, value="100"
        ),
        Question("insured", "choice", T("机动车有没有交强险", "Has the vehicle compulsory cover?"), None, YES, value="yes"),
        Question("commercial", "money", T("商业三者险保额", "Limit of the commercial cover"), optional=True),
        *receipts,
        Question("yearly", "money", T("误工：年收入", "Lost income: yearly income"), optional=True),
        Question("since", "date", T("误工从", "Off work from"), optional=True),
        Question("until", "date", T("误工到（定残的，到定残前一日）", "Off work until (the day before the disability was set)"), optional=True),
        Question("daily", "money", T("护理：每日费用", "Nursing: cost a day"), optional=True),
        Question("days", "whole", T("护理天数", "Nursing: days"), optional=True),
        Question(
            "grade",
            "select",
            T("伤残等级", "Grade of disability"),
            None,
            tuple((str(n), T(f"{n}级", f"Grade {n}")) for n in range(1, 11)),
            optional=True,
        ),
        Question("died", "choice", T("人是否去世", "Did the person die?"), None, YES, value="no"),
        Question("mental", "money", T("精神损害抚慰金", "Mental damages"), optional=True),
        Question("dependant", "whole", T("被扶养人年龄", "Age of a dependant"), optional=True),
        Question("supporters", "whole", T("几个人共同扶养", "Supported by how many?"), optional=True),
        Question("income", "money", T("上一年度人均可支配收入", "Disposable income per head, last year"), STATED, optional=True),
        Question("consumption", "money", T("上一年度人均消费支出", "Consumption per head, last year"), STATED, optional=True),
        Question("staff_wage", "money", T("上一年度职工年平均工资", "Average staff wage, last year"), STATED, optional=True),
    )


def reckoned(answers: dict[str, Any], day: date) -> Found:
    """Who pays what. Raises the errors of the damages and of the parameters."""
    closed: date = answers.get("closed") or max(day, answers["on"])
    accident = Accident(
        answers["on"],
        closed,
        REGION,
        mental_first=True,
        income=answers.get("income"),
        consumption=answers.get("consumption"),
        staff_wage=answers.get("staff_wage"),
    )
    cover = None if answers.get("commercial") is None else Commercial(answers["commercial"], covers_mental=False)
    share = Decimal(answers["share"]) / 100
    vehicle = Vehicle("A", share, blameless=answers["share"] == "10", insured=answers["insured"] == "yes", commercial=cover)
    found = settle(Case(VICTIM, accident, (_vehicle(vehicle, answers)), (_victim(answers),)), Published(held_parameter()))
    lines: list[tuple[T, Value]] = [(T("赔偿合计", "Paid in all"), found.paid())]
    for payer in dict.fromkeys(p.payer for p in found.payments):
        lines.append((PAYER_TITLES[payer], found.paid(payer=payer)))
    lines.append((T("自己负担", "Borne by oneself"), sum(found.own.values(), Decimal(0))))
    return tuple(lines), found.derivation, NOTES, False


def _vehicle(vehicle: Vehicle, answers: dict[str, Any]) -> tuple[Vehicle, ...]:
    """The vehicle; and for a passenger the one that he sat in, which owes nothing here."""
    own = Vehicle("C", Decimal(0), insured=False)
    return (vehicle, own) if answers["road"] == "passenger" else (vehicle,)


def _victim(a: dict[str, Any]) -> Victim:
    lost = LostIncome(a["yearly"], a["since"], a["until"]) if all(a.get(n) is not None for n in ("yearly", "since", "until")) else None
    nursing = Nursing(a["daily"], a["days"]) if a.get("daily") is not None and a.get("days") is not None else None
    died, grade = a["died"] == "yes", int(a["grade"]) if a.get("grade") else None
    supported = a.get("dependant") is not None and a.get("supporters") and (died or grade is not None)
    return Victim(
        "B",
        Road(a["road"]),
        min(a["age"], 130),
        receipts=tuple((code, a[code]) for code in RECEIPTS if a.get(code)),
        vehicle="C" if a["road"] == "passenger" else None,
        grade=None if died else grade,
        died=died,
        lost_income=lost,
        nursing=nursing,
        mental=a.get("mental") or Decimal(0),
        dependants=(Dependant("D", min(a["dependant"], 130), max(a["supporters"], 1)),) if supported else (),
    )
