"""羁押期限 · The clocks of a person who is held: detention, arrest, investigation, review for prosecution, trial; and questioning in hours.

A period of a person in custody ends on its last day and never rolls over a rest day (刑诉法 105). Months run from the last day of a month to the last
day of a month (刑诉法解释 202, applied to the day of the event: POLICY). Hours are counted strictly from arrival.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, Literal

from tianping.law.calendar import Calendar
from tianping.law.citations import Citation
from tianping.law.derivation import Derivation
from tianping.law.errors import TianpingError
from tianping.law.periods import Period
from tianping.law.reckoning import Due
from tianping.law.rules import DueAt, ExtensionDays, due, due_at, extension_days, rule
from tianping.law.statutes import POLICY, PPR, CrPL
from tianping.law.text import T

Track = Literal["ordinary", "summary", "fast_track"]
Beginning = Literal["arrest", "new_crime", "identity_known"]

BEGINNINGS: Final[dict[Beginning, tuple[T, Citation]]] = {
    "arrest": (T("自逮捕起算", "counted from the arrest"), CrPL[156]),
    "new_crime": (T("另有重要罪行，自发现之日重新计算", "another major crime: counted anew from its discovery"), CrPL[160]),
    "identity_known": (T("身份不明，自查清之日起算", "identity unknown: counted from the day it is known"), CrPL[160]),
}


class ExtraDaysOutOfRange(TianpingError):
    """延长日数超限 · More extra days than the article allows."""

    code = "LAW-321"
    what = T("依法只能延长 1 日至 {most} 日，不能延长 {asked} 日。", "The law allows 1 to {most} extra days, not {asked}.")
    todo = T(
        "请填写 0 至 {most}；流窜、多次、结伙作案的另按三十日计算。", "Give 0 to {most}; roaming, repeated and gang offences have 30 days in all."
    )


class ThirdSupplement(TianpingError):
    """补充侦查超过二次 · A third supplementary investigation."""

    code = "LAW-322"
    what = T("补充侦查以二次为限，不能有第 {n} 次。", "Supplementary investigation happens at most twice, not {n} times.")
    todo = T(
        "二次补充侦查后仍证据不足的，应当作出不起诉决定（刑诉法第175条）。",
        "If evidence is still short, the decision is not to prosecute (CrPL art. 175).",
    )


class ReturnedBeforeSent(TianpingError):
    """移送日期倒置 · A case that came back before it was sent."""

    code = "LAW-323"
    what = T("重新收到案件的日期 {again} 早于退回日期 {back} 或上一次收到日期。", "The case came back on {again}, before {back}.")
    todo = T("请按时间先后填写退回日和重新收到日。", "Give the days in the order in which they happened.")


@dataclass(frozen=True, slots=True)
class Detention:
    """刑事拘留 · The clocks of a detention: last day to ask for arrest, that day at its longest, and the last day of the decision then."""

    request: Due
    request_latest: Due
    decision_latest: Due


@dataclass(frozen=True, slots=True)
class Investigation:
    """侦查羁押 · When custody during investigation ends, and by when the next extension is asked for (None: no further one)."""

    ends: Due
    next_extension: ExtensionDays | None


@dataclass(frozen=True, slots=True)
class SentBack:
    """退回补充侦查 · The day a case was sent back, and the day it was received again (None: not yet)."""

    back: date
    again: date | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """审查起诉 · The last day of the decision (None while the case is away) and of each supplementary investigation."""

    ends: Due | None
    supplements: tuple[Due, ...]


@dataclass(frozen=True, slots=True)
class HourClock:
    """询问时限 · The instants a person's questioning may not pass: the first is the alarm, the last the hard stop."""

    steps: tuple[DueAt, ...]

    @property
    def alarm(self) -> datetime:
        """The end of the normal length."""
        return self.steps[0].at

    @property
    def stop(self) -> datetime:
        """The end of the longest length."""
        return self.steps[-1].at

    @property
    def derivation(self) -> Derivation:
        """How the last step was reached, with our reading of the start (the text would leave out the hour of arrival)."""
        return self.steps[-1].derivation.then(T("自到案时严格起算", "strictly from arrival"), POLICY["到案起算"])


def detention(detained: date, *, extra_days: int = 0, major: bool = False, calendar: Calendar | None = None) -> Detention:
    """拘留 · The clocks after a detention (刑诉法 91): 3 days, 1 to 4 more, or 30 for roaming, repeated and gang offences; the decision in 7.

    Raises ExtraDaysOutOfRange, RuleNotInForce.
    """
    if major and extra_days:
        raise ExtraDaysOutOfRange(most=0, asked=extra_days)
    if major:
        request = latest = due("detention_request_major", detained, calendar=calendar)
    else:
        request = _with_extra("detention_request", detained, extra_days, 4, CrPL[91], calendar)
        latest = due("detention_request", detained, extended=1, calendar=calendar)
    decision = due("arrest_decision", latest.day, calendar=calendar)
    return Detention(request, latest, replace(decision, derivation=latest.derivation + decision.derivation))


def detention_after_supervision(detained: date, *, extra_days: int = 0, calendar: Calendar | None = None) -> Due:
    """监察移送案件 · The decision after detention in a case from a supervision commission: 10 days, 1 to 4 more (刑诉法 170)."""
    return _with_extra("detention_supervision", detained, extra_days, 4, CrPL[170], calendar)


def detention_self_investigated(detained: date, *, extra_days: int = 0, calendar: Calendar | None = None) -> Due:
    """检察院直接受理案件 · The decision after detention in the prosecution's own case: 14 days, 1 to 3 more (刑诉法 167)."""
    return _with_extra("detention_self_investigated", detained, extra_days, 3, CrPL[167], calendar)


def investigation(since: date, *, extended: int = 0, beginning: Beginning = "arrest", calendar: Calendar | None = None) -> Investigation:
    """侦查羁押 · 2 months; +1, +2, +2 as each higher article allows (刑诉法 156, 158, 159); asked for 7 days before expiry (刑诉规则 309).

    ``since``: the arrest, the discovery of another major crime, or the day the identity is known. Raises NoMoreExtensions.
    """
    ends = due("investigation_custody", since, extended=extended, calendar=calendar)
    ends = replace(ends, derivation=Derivation().then(*BEGINNINGS[beginning]) + ends.derivation)
    left = extended < len(rule("investigation_custody").extensions)
    return Investigation(ends, extension_days("investigation_custody", since, ends.day, extended=extended) if left else None)


def review(
    received: date,
    *,
    sent_back: Sequence[SentBack] = (),
    fast_track: bool = False,
    extended: int = 0,
    in_custody: bool = True,
    calendar: Calendar | None = None,
) -> Review:
    """审查起诉 · 1 month +15 days, fast track 10 or 15 days (刑诉法 172); each return from supplementary investigation starts it anew (175).

    Raises ThirdSupplement, ReturnedBeforeSent, NoMoreExtensions.
    """
    if len(sent_back) > 2:
        raise ThirdSupplement(n=len(sent_back))
    supplements, start = [], received
    for n, trip in enumerate(sent_back):
        if trip.back < start or (trip.again is None and n + 1 < len(sent_back)):
            raise ReturnedBeforeSent(again=start, back=trip.back)
        if trip.again is not None and trip.again < trip.back:
            raise ReturnedBeforeSent(again=trip.again, back=trip.back)
        supplements.append(due("supplementary_investigation", trip.back, in_custody=in_custody, calendar=calendar))
        if trip.again is None:
            return Review(None, tuple(supplements))
        start = trip.again
    code = "review_fast_track" if fast_track else "review_for_prosecution"
    ends = due(code, start, extended=extended, in_custody=in_custody, calendar=calendar)
    if sent_back:
        told = Derivation().then(T("补充侦查后重新计算", "counted anew after supplementary investigation"), CrPL[175] + PPR[346], start)
        ends = replace(ends, derivation=told + ends.derivation)
    return Review(ends, tuple(supplements))


def trial(
    accepted: date,
    *,
    track: Track = "ordinary",
    extended: int = 0,
    long_sentence: bool = False,
    in_custody: bool = True,
    calendar: Calendar | None = None,
) -> Due:
    """一审审限 · Ordinary 2 months, 3 at the latest, +3 (刑诉法 208); summary 20 days or a month and a half (220); fast track 10 or 15 days (225).

    ``long_sentence``: more than three years expected (summary), more than one (fast track). Raises NoMoreExtensions.
    """
    if track == "summary":
        code = "criminal_summary_long" if long_sentence else "criminal_summary"
    else:
        code = "fast_track_trial" if track == "fast_track" else "criminal_trial"
    if track == "fast_track" and long_sentence:
        extended = 1
    return due(code, accepted, extended=extended, in_custody=in_custody, calendar=calendar)


def summons(arrived: datetime, *, criminal: bool) -> HourClock:
    """传唤 · Criminal: 12 hours, 24 if especially grave and custody needed (刑诉法 119); public security: 8 hours, 24 (治安管理处罚法 83)."""
    return hour_clock("summons_criminal" if criminal else "summons_public_security", arrived)


def continued_questioning(arrived: datetime) -> HourClock:
    """继续盘问 · 12, 24, 48 hours from being brought to the station (继续盘问规定 11)."""
    return hour_clock("continued_questioning", arrived)


def hour_clock(code: str, arrived: datetime) -> HourClock:
    """Every instant at which a rule of hours ends, from its normal length to its longest. Raises WrongStart, RuleNotInForce."""
    most = len(rule(code).on(arrived.date()).extensions)
    return HourClock(tuple(due_at(code, arrived, extended=n) for n in range(most + 1)))


def _with_extra(code: str, detained: date, extra: int, most: int, cites: Citation, calendar: Calendar | None) -> Due:
    if not 0 <= extra <= most:
        raise ExtraDaysOutOfRange(most=most, asked=extra)
    more = [(Period(days=extra), cites)] if extra else []
    return due(code, detained, more=more, calendar=calendar)
