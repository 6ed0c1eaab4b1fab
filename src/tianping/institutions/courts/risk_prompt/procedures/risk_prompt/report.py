"""风险报告 · What a prompt says: six kinds of risk, each with its article, made from answers alone. It has no outcome, no odds and no score."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

from tianping.law.calendar import Calendar
from tianping.law.citations import Citation
from tianping.law.derivation import Derivation
from tianping.law.fees import property_case
from tianping.law.periods import CIVIL, Period
from tianping.law.reckoning import reckon
from tianping.law.statutes import CC, CI22, CPL23, FEE, on
from tianping.law.text import T

THREE_YEARS = Period(months=36)


class Kind(Enum):
    """风险种类 · The six kinds of the report."""

    LIMITATION = "诉讼时效"
    EVIDENCE = "举证"
    SERVICE = "送达"
    COST = "费用"
    EXECUTION = "执行"
    TIME = "时间"


class Elements(NamedTuple):
    """要素 · The answers. ``asked_on``: the day of the question, whose law is cited."""

    cause: str
    asked_on: date
    runs_from: date | None
    other_period: bool
    amount: Decimal
    has_evidence: bool
    address_known: bool
    property_known: bool
    clear: bool


class Risk(NamedTuple):
    """一项风险 · What to know, under which article; ``derivation`` where something was reckoned."""

    kind: Kind
    words: T
    cites: Citation
    derivation: Derivation | None = None


class Report(NamedTuple):
    """报告 · The risks in a fixed order, the last day of limitation (None: not reckoned), and a mark that equal answers share."""

    risks: tuple[Risk, ...]
    limitation_ends: date | None
    mark: str


def report(elements: Elements, calendar: Calendar) -> Report:
    """The report of some answers; equal answers give an equal report. Raises DateOutsideCalendar."""
    first, ends = _limitation(elements, calendar)
    risks = (first, _evidence(elements), _service(elements), _cost(elements), _execution(elements), _time(elements))
    return Report(risks, ends, "|".join(str(answer) for answer in elements))


def _limitation(e: Elements, calendar: Calendar) -> tuple[Risk, date | None]:
    if e.other_period or e.runs_from is None:
        words = T("法律对诉讼时效另有规定或者起算日不明，请另行查明", "the law sets another period, or the first day is not known: find out")
        return Risk(Kind.LIMITATION, words, CC[188]), None
    due = reckon(e.runs_from, THREE_YEARS, CIVIL, calendar, cites=CC[188])
    passed = T("末日为 {d}，已过；义务人可以抗辩，法院不主动适用", "the last day was {d}; the debtor may plead it, the court does not raise it")
    ahead = T("末日为 {d}；起诉、请求履行等使其中断", "the last day is {d}; a suit or a demand interrupts it")
    words = (passed if due.day < e.asked_on else ahead).fill(d=due.day)
    return Risk(Kind.LIMITATION, words, CC[188, 192, 193, 195], due.derivation), due.day


def _evidence(e: Elements) -> Risk:
    has = T("在举证期限内提交，逾期可能不被采纳", "hand it in within the evidence period: late evidence may not be admitted")
    lacks = T("对自己的主张有责任提供证据；不能自行收集的可以申请法院调查", "who claims must prove; what cannot be had may be asked of the court")
    return Risk(Kind.EVIDENCE, has if e.has_evidence else lacks, on(CPL23[67, 68], e.asked_on))


def _service(e: Elements) -> Risk:
    if e.address_known:
        words = T("地址明确，可以直接或者电子送达", "the address is known: service in person or by electronic means")
        return Risk(Kind.SERVICE, words, on(CPL23[122], e.asked_on))
    words = T(
        "须有明确的被告；下落不明的公告送达三十日，且不适用简易程序",
        "a definite defendant is needed; a missing one is served by announcement, thirty days, and not in the simple procedure",
    )
    return Risk(Kind.SERVICE, words, on(CPL23[95, 122], e.asked_on) + on(CI22[140, 257], e.asked_on))


def _cost(e: Elements) -> Risk:
    fee = property_case(e.amount)
    words = T("受理费 {f} 元，七日内预交；由败诉方负担", "the court fee is {f} yuan, paid in seven days; the loser bears it").fill(f=fee.value)
    return Risk(Kind.COST, words, FEE[13, 20, 22, 29], fee.derivation)


def _execution(e: Elements) -> Risk:
    known = T("履行期满二年内申请执行；可以申请保全", "ask for enforcement within two years; preservation may be asked for")
    unknown = T(
        "没有财产线索：查不到可供执行的财产时可能终结本次执行，发现后可以再申请",
        "no assets known: where none are found enforcement may be ended for the time, and asked for again later",
    )
    cites = on(CPL23[103, 250], e.asked_on) if e.property_known else on(CPL23[250], e.asked_on) + on(CI22[517], e.asked_on)
    return Risk(Kind.EXECUTION, known if e.property_known else unknown, cites)


def _time(e: Elements) -> Risk:
    light = T("简易程序三个月，可延长一个月；小额二个月，可延长一个月", "simple: three months and one more; small claims: two and one more")
    ordinary = T("普通程序六个月，可再延长；鉴定、公告期间不计", "ordinary: six months and more; appraisals and announcements do not count")
    if e.clear and e.address_known:
        return Risk(Kind.TIME, light, on(CPL23[160, 164, 168], e.asked_on))
    return Risk(Kind.TIME, ordinary, on(CPL23[152], e.asked_on) + on(CI22[243], e.asked_on))
