"""调解期限 · The clocks of mediation and of judicial confirmation: 30, 15 and 7 days, the parties' own extensions, and what is asked of the court.

Mediation after filing may be prolonged by the parties, and the prolonged part does not count in the trial limit (特邀调解规定 27, 在线调解规则 24):
:func:`trial_pause` gives that part as a pause for the trial clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Literal

from tianping.law.calendar import Calendar
from tianping.law.citations import Citation
from tianping.law.derivation import Derivation
from tianping.law.errors import TianpingError
from tianping.law.periods import Period
from tianping.law.reckoning import Due, PauseSpan
from tianping.law.rules import due
from tianping.law.statutes import MED16, OMR, PML
from tianping.law.text import T

Referral = Literal["delegated", "ordinary", "simple"]
"""委派（立案前）, 委托（普通程序）, 委托（简易程序）."""

CODES: Final[dict[Referral, str]] = {
    "delegated": "mediation_delegated",
    "ordinary": "mediation_entrusted_ordinary",
    "simple": "mediation_entrusted_simple",
}

ONLINE: Final = date(2022, 1, 1)
"""From this day the rules on online mediation hold."""


class NoAppraisalPause(TianpingError):
    """鉴定期间不在此扣除 · An appraisal that does not stop this clock."""

    code = "LAW-341"
    what = T(
        "只有 2022 年起立案前的在线调解才扣除鉴定评估期限。",
        "Only online mediation before filing, from 2022 on, leaves out the time of an appraisal.",
    )
    todo = T("请去掉鉴定期间，或由双方同意延长调解期限。", "Leave the appraisal out, or let the parties agree to a longer mediation.")


class NotYetSigned(TianpingError):
    """协议尚未生效 · An agreement that nobody has signed."""

    code = "LAW-342"
    what = T("调解协议尚无签名日期，不能确定生效日。", "The agreement carries no day of signature: its effect cannot be dated.")
    todo = T("请填写各方当事人签名的日期。", "Give the day on which each party signed.")


@dataclass(frozen=True, slots=True)
class Effect:
    """协议生效 · The day an agreement takes effect, and why."""

    day: date
    derivation: Derivation


@dataclass(frozen=True, slots=True)
class Confirmation:
    """司法确认 · The clocks of an application: the legal limit of the decision, and the older, shorter target that still stands in text."""

    decision: Due
    acceptance_target: Due
    decision_target: Due


def mediation(
    accepted: date,
    *,
    referral: Referral = "delegated",
    agreed: Period | None = None,
    appraisals: Sequence[PauseSpan] = (),
    calendar: Calendar | None = None,
) -> Due:
    """调解期限 · The last day of a mediation that the mediator accepted on a day.

    Before filing 30 days; after filing 15 (ordinary) or 7 (simple). ``agreed``: the longer time that all parties agreed to. ``appraisals``: those
    before filing, which do not count (在线调解规则 26). Raises NoAppraisalPause, RuleNotInForce.
    """
    if appraisals and (referral != "delegated" or accepted < ONLINE):
        raise NoAppraisalPause()
    pauses = [p if p.cites is not None else replace(p, cites=OMR[26]) for p in appraisals]
    more = [(agreed, _extension_article(accepted))] if agreed is not None else []
    return due(CODES[referral], accepted, pauses=pauses, more=more, calendar=calendar)


def trial_pause(accepted: date, ended: date | None, *, referral: Referral, calendar: Calendar | None = None) -> PauseSpan | None:
    """不计入审限的调解期间 · The part of a mediation after filing that lies beyond its normal length; None if there is none.

    Mediation within its normal length counts in the trial limit; before filing no trial limit runs.
    """
    if referral == "delegated":
        return None
    normal = mediation(accepted, referral=referral, calendar=calendar).day
    if ended is not None and ended <= normal:
        return None
    return PauseSpan(normal, ended, T("延长的调解期间", "the extended part of mediation"), _extension_article(accepted))


def agreement_effective(signed: Sequence[date], *, mediator_signed: date | None = None, oral: bool = False, online: bool = False) -> Effect:
    """协议生效日 · Online: all parties' electronic signatures (在线调解规则 19). People's mediation: all sign, the mediator signs and it is sealed
    (人民调解法 29); oral: the day it is agreed (30).

    ``signed``: the day of each party (oral: of the agreement). Raises NotYetSigned.
    """
    days = [*signed, *([mediator_signed] if mediator_signed is not None and not online else [])]
    if not signed or (mediator_signed is None and not oral and not online):
        raise NotYetSigned()
    if oral:
        words, cites = T("口头协议自达成之日生效", "an oral agreement takes effect when it is made"), PML[30]
    elif online:
        words, cites = T("各方均完成电子签章之日生效", "effective when every party has signed electronically"), OMR[19]
    else:
        words, cites = T("各方签名、调解员签名并盖章之日生效", "effective when all have signed, the mediator too, and it is sealed"), PML[29]
    return Effect(max(days), Derivation().then(words, cites, max(days)))


def confirmation_application(effective: date, *, calendar: Calendar | None = None) -> Due:
    """申请司法确认 · Both parties apply within 30 days of the agreement's effect (民诉法 205, 人民调解法 33)."""
    found = due("confirmation_application", effective, calendar=calendar)
    return replace(found, derivation=found.derivation.then(T("人民调解协议同为三十日", "the same for people's mediation"), PML[33], found.day))


def confirmation(received: date, accepted: date, *, extended: bool = False, calendar: Calendar | None = None) -> Confirmation:
    """司法确认的办理期限 · Decision in 30 days (+30) of the special procedure; target: accept in 3 days, decide in 15 (+10) (司法确认规定 4, 5).

    The older rule is not repealed in text; using it as a target beside the statute's outer limit is our choice.
    """
    n = int(extended)
    return Confirmation(
        decision=due("confirmation_decision", accepted, extended=n, calendar=calendar),
        acceptance_target=due("confirmation_acceptance_target", received, calendar=calendar),
        decision_target=due("confirmation_decision_target", accepted, extended=n, calendar=calendar),
    )


def _extension_article(day: date) -> Citation:
    return MED16[27] + OMR[24] if day >= ONLINE else MED16[27]
