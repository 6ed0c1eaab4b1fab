"""几条路 · Mediation, confirmation, a suit, a payment order: what each takes and costs for these answers, reckoned by the law and told with articles.

The one that fits is named first, with the reasons; the others stand beside it, open and equal. Who decides is said. Nothing is said of the outcome.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from tianping.casework.parameters.held import held
from tianping.institutions.courts.risk_prompt.procedures.risk_prompt.report import Elements, Kind, Risk, report
from tianping.law import fees
from tianping.law.calendar import Calendar
from tianping.law.citations import Citation
from tianping.law.derivation import Derivation
from tianping.law.eligibility import Eligible, Track, Wage, eligible
from tianping.law.jurisdiction import DISPUTES, Dispute
from tianping.law.mediation_clocks import confirmation_application, mediation
from tianping.law.rules import due
from tianping.law.statutes import CPL23, FEE, JC11, OMR, PML
from tianping.law.text import T

REGION = "CN-SX"
RULES = {Track.SMALL: "small_claims", Track.SMALL_BY_AGREEMENT: "small_claims", Track.SIMPLE: "trial_simple", Track.ORDINARY: "trial_ordinary"}
NAMES = {
    Track.SMALL: T("起诉，走小额诉讼程序", "Sue in small claims"),
    Track.SMALL_BY_AGREEMENT: T("起诉，双方约定走小额诉讼程序", "Sue in small claims by agreement"),
    Track.SIMPLE: T("起诉，走简易程序", "Sue in the simple procedure"),
    Track.ORDINARY: T("起诉，走普通程序", "Sue in the ordinary procedure"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """所答 · The answers; None: not sure, or not asked."""

    kind: Dispute | None
    money: bool | None
    amount: Decimal | None
    since: date | None
    evidence: bool | None
    clear: bool | None
    reachable: bool | None
    property: bool | None
    willing: bool | None


@dataclass(frozen=True, slots=True)
class Way:
    """一条路 · Its name, how long it takes, what it costs, who decides, the reckonings, and where to go on. ``fits``: it is suggested; ``mediators``:
    it leads to one of those in the register.
    """

    name: T
    time: T
    until: date | None
    provisional: bool
    cost: T
    who: T
    told: T
    cites: Citation
    href: str
    slips: tuple[tuple[T, Derivation], ...] = ()
    fits: bool = False
    why: Derivation | None = None
    mediators: bool = False


def ways(told: Told, day: date, cal: Calendar) -> tuple[Way, ...]:
    """The ways, the suggested one first. Raises the errors of the law."""
    suit = _suit(told, day, cal)
    settled = told.willing is True and told.reachable is not False
    found = [_mediation(day, cal, fits=settled), suit if not settled else _apart(suit)]
    if told.money is True and told.amount is not None and told.clear is True and told.reachable is True:
        found.append(_payment_order(told.amount))
    return tuple(sorted(found, key=lambda w: not w.fits))


def _mediation(day: date, cal: Calendar, *, fits: bool) -> Way:
    period, confirm = mediation(day, calendar=cal), confirmation_application(day, calendar=cal)
    why = Derivation().then(T("您愿意先调解，对方能联系上", "You are willing, and the other side can be reached"), CPL23[125] + OMR[4])
    return Way(
        T("先调解", "Mediate first"),
        T("从调解员接受起三十日内，双方同意可以延长", "Thirty days from the mediator's acceptance, longer if both agree"),
        period.day,
        period.provisional,
        T("不收费", "Free of charge"),
        T("双方都同意才开始；调解员主持", "Both must agree; a mediator leads"),
        T(
            "谈成了签协议，三十日内可以一起向法院申请司法确认，确认后和判决一样可以强制执行，也不收费。谈不成，仍然可以起诉。",
            "Settled, you sign; within thirty days both may ask the court to confirm it, free of charge, and it can be enforced like a judgment. "
            "Not settled, you may still sue.",
        ),
        PML[4] + OMR[24] + CPL23[205] + JC11[11],
        "/begin/online_mediation/apply",
        (
            (T("调解期限，假设今天接受", "The period, if it were accepted today"), period.derivation),
            (T("申请司法确认，假设今天签协议", "Confirmation, if it were signed today"), confirm.derivation),
        ),
        fits,
        why if fits else None,
        mediators=True,
    )


def _suit(told: Told, day: date, cal: Calendar) -> Way:
    found = _eligible(told, day)
    track = found.track
    ends = due(RULES[track], day, calendar=cal)
    slips: list[tuple[T, Derivation]] = []
    cost = T("离婚、人格权等按件收，各地标准不同", "By the case, after the local figure") if told.amount is None else T("", "")
    if told.amount is not None:
        fee = fees.property_case(told.amount)
        if track is not Track.ORDINARY:
            fee = fees.halved(fee, [fees.Halving.SIMPLE])
        cost = T(
            f"受理费{fee.value:,.2f}元，七日内预交，由败诉方负担", f"Court fee CNY {fee.value:,.2f}, paid ahead within seven days, borne by who loses"
        )
        slips.append((T("案件受理费", "Court fee"), fee.derivation))
    slips.append((T("审理期限，假设今天立案", "Time of the trial, if it were filed today"), ends.derivation))
    small = track in (Track.SMALL, Track.SMALL_BY_AGREEMENT)
    final = T("一审终审，不能上诉。", "One instance: no appeal.") if small else T("不服可以上诉。", "You may appeal.")
    return Way(
        NAMES[track],
        T("立案后", "After filing"),
        ends.day,
        ends.provisional,
        cost,
        T("适用哪种程序由法院分流员、法官决定", "The court's triage officer and judge decide"),
        final,
        CPL23[160, 165] + FEE[13, 20, 29],
        "/filing/",
        tuple(slips),
        fits=True,
        why=found.derivation.then(T("所以", "Therefore"), None, NAMES[track]),
    )


def _apart(way: Way) -> Way:
    return replace(way, fits=False)


def _payment_order(amount: Decimal) -> Way:
    fee = fees.payment_order(amount)
    return Way(
        T("申请支付令", "Ask for a payment order"),
        T("法院五日内通知是否受理；债务人收到后十五日内可以异议", "Accepted or not in five days; the debtor has fifteen to object"),
        None,
        False,
        T(f"申请费{fee.value:,.2f}元", f"Fee CNY {fee.value:,.2f}"),
        T("由法院审查", "The court examines it"),
        T(
            "只用于金钱、有价证券，而且双方没有别的债务纠纷、支付令能送到对方。对方异议就失效，转入诉讼。",
            "For money or securities, where nothing else is owed and the debtor can be served. An objection ends it, and a suit follows.",
        ),
        CPL23[225, 227],
        "/calculators/fees?kind=payment_order",
        ((T("申请费", "Fee"), fee.derivation),),
    )


def _eligible(told: Told, day: date) -> Eligible:
    """Where something is not known the slower way is reckoned with, and the reason says so."""
    return eligible(told.amount or Decimal(0), day, _wage(), money_claim=told.money is True and told.amount is not None, clear=told.clear is True)


def _wage() -> Wage:
    """The last published figure that we hold."""
    table = held()
    names = sorted(n for n, rows in table.items() if n.startswith("employed_average_wage_") and any(p.region == REGION for p in rows))
    row = next(p for p in table[names[-1]] if p.region == REGION)
    return Wage(row.value, T(f"{row.title.zh}（{row.source.zh}）", f"{row.title.en} ({row.source.en})"))


def risks(told: Told, day: date, cal: Calendar) -> tuple[Risk, ...]:
    """What to watch, by the rules of the risk prompt; what is not known counts as the less favourable. The cost stands with each way."""
    elements = Elements(
        cause=(DISPUTES[told.kind] if told.kind else T("纠纷", "")).zh,
        asked_on=day,
        runs_from=told.since,
        other_period=False,
        amount=told.amount or Decimal(0),
        has_evidence=told.evidence is True,
        address_known=told.reachable is True,
        property_known=told.property is True,
        clear=told.clear is True,
    )
    found = report(elements, cal).risks
    return tuple(r for r in found if r.kind is not Kind.COST)
