"""分流建议 · The rules that suggest a lane, with reasons and articles. Nobody is scored; the first rule that holds decides."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final, NamedTuple

from tianping.institutions.courts.triage.procedures.triage.procedure import Lane
from tianping.law.derivation import Derivation
from tianping.law.eligibility import Bar, Track, Wage, eligible
from tianping.law.statutes import CI20, CI22, CPL23, on
from tianping.law.text import T

LANES: Final = {
    Track.SMALL: Lane.SMALL,
    Track.SMALL_BY_AGREEMENT: Lane.SMALL,
    Track.SIMPLE: Lane.SIMPLE,
    Track.ORDINARY: Lane.ORDINARY,
}


class Answers(NamedTuple):
    """要素 · What is known of a case at the counter. ``wage``: the province's last published average wage, a dated parameter with its source."""

    amount: Decimal
    filed: date
    wage: Wage
    money_claim: bool = True
    clear: bool = True
    agreed_small: bool = False
    agreed_simple: bool = False
    bars: tuple[Bar, ...] = ()
    needs_notice: bool = False
    suitable: bool = False
    consents: bool = False
    undisputed: bool = False
    other_debt: bool = True
    reachable: bool = False


class Suggestion(NamedTuple):
    """建议 · A lane and why."""

    lane: Lane
    reasons: Derivation


def suggest(answers: Answers) -> Suggestion:
    """The lane that the rules give; the same answers give the same one. A person accepts it, or says why not."""
    if answers.suitable and answers.consents:
        words = T("适宜调解，当事人同意：诉前调解", "suitable and agreed to: mediation before filing")
        return Suggestion(Lane.MEDIATION, Derivation().then(words, on(CPL23[125], answers.filed)))
    if answers.undisputed and answers.money_claim and not answers.other_debt and answers.reachable:
        words = T("没有争议的金钱给付，支付令能够送达：督促程序", "undisputed money, and the order can be served: payment order")
        return Suggestion(Lane.PAYMENT, Derivation().then(words, on(CPL23[136] + CPL23[225], answers.filed)))
    if answers.needs_notice:
        words = T("须公告送达：不适用简易程序", "to be served by announcement: no simple procedure")
        return Suggestion(Lane.ORDINARY, Derivation().then(words, (CI22 if answers.filed >= CI22.valid_from else CI20)[140]))
    found = eligible(
        answers.amount,
        answers.filed,
        answers.wage,
        money_claim=answers.money_claim,
        clear=answers.clear,
        agreed_small=answers.agreed_small,
        agreed_simple=answers.agreed_simple,
        bars=answers.bars,
    )
    return Suggestion(LANES[found.track], found.derivation)
