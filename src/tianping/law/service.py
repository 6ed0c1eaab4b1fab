"""送达 · The day on which a document counts as served, channel by channel, and the right that starts to run from it.

Each channel is a function of the facts that its article asks for, and gives a :class:`Served` with its derivation. The law of the day decides:
an announcement of 2021 takes 60 days, one of 2022 takes 30; until 2021 judgments, rulings and mediation statements were not served electronically.
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
from tianping.law.reckoning import Due
from tianping.law.rules import due
from tianping.law.statutes import CI20, CI22, CPL23, OLR, POLICY, SIM, on
from tianping.law.text import T

Document = Literal["judgment", "ruling", "mediation_statement", "other"]
Consent = Literal["express", "agreed_before", "gave_address", "accepted_before"]

ELECTRONIC_JUDGMENTS: Final = date(2022, 1, 1)
"""From this day judgments, rulings and mediation statements may be served electronically (民诉法 2021 年修正 90)."""

CONSENTS: Final[dict[Consent, T]] = {
    "express": T("受送达人明确同意", "expressly agreed"),
    "agreed_before": T("诉讼前已约定或承诺", "agreed or undertook before the suit"),
    "gave_address": T("在诉辩文书中主动提供电子地址", "gave an electronic address in a pleading"),
    "accepted_before": T("接受已完成的电子送达且未表示不同意", "accepted a completed electronic service without objection"),
}


class NotByThisChannel(TianpingError):
    """不得以此方式送达 · A document or a procedure for which the channel is not open."""

    code = "LAW-331"
    what = T("{document}不适用{channel}。", "{document} may not be served by {channel}.")
    todo = T("依据：{article_zh}。请改用其他送达方式。", "Article: {article_en}. Use another channel.")


class NoConsent(TianpingError):
    """未同意电子送达 · Electronic service to a person who has not agreed."""

    code = "LAW-332"
    what = T("受送达人未同意电子送达，向其发送不产生送达效力。", "The addressee has not agreed to electronic service: sending has no effect.")
    todo = T("先确认同意（在线诉讼规则第29条），或改用其他送达方式。", "Confirm consent first (OLR art. 29), or use another channel.")


class NothingServed(TianpingError):
    """没有有效送达 · No date that could be the day of service."""

    code = "LAW-333"
    what = T("没有可认定的送达日期：{why}。", "No day of service can be found: {why}.")
    todo = T("请补充证据，或改用其他送达方式。", "Bring proof, or use another channel.")


@dataclass(frozen=True, slots=True)
class Served:
    """送达日 · The day on which the document counts as served, by which channel, whether the addressee may rebut it, and why."""

    day: date
    channel: T
    derivation: Derivation
    rebuttable: bool = False


def in_person(signed: date) -> Served:
    """直接送达 · Handed over: the day signed for by the addressee, an adult of the household, an agent or a named recipient (民诉法 87, 88)."""
    words = T("签收日为送达日", "the day it is signed for")
    return _served(signed, T("直接送达", "personal service"), words, CPL23[88])


def refused_at_court(came: date) -> Served:
    """到院拒签 · The party came to the court to fetch it and refused to sign: that day (民诉法解释 131)."""
    return _served(
        came,
        T("直接送达（到院拒签）", "personal service, refused at court"),
        T("拒签视为送达", "refusal counts as service"),
        _interpretation(131, came),
    )


def left(on_day: date, *, document: Document = "other") -> Served:
    """留置送达 · Left at the home after refusal, with witnesses or a recording: that day (民诉法 89). Not for a mediation statement (解释 133)."""
    channel = T("留置送达", "left service")
    if document == "mediation_statement":
        _refuse(T("调解书", "A mediation statement"), channel, _interpretation(133, on_day))
    return _served(on_day, channel, T("留置当日视为送达", "the day it is left"), CPL23[89])


def postal(received: date) -> Served:
    """邮寄送达 · By post: the day of receipt on the return slip (民诉法 91)."""
    return _served(received, T("邮寄送达", "service by post"), T("回执注明的收件日", "the day of receipt on the return slip"), CPL23[91])


def entrusted(signed: date) -> Served:
    """委托送达 · Served by another court: the day signed for on the proof of service (民诉法解释 134)."""
    return _served(
        signed,
        T("委托送达", "service through another court"),
        T("送达回证签收日", "the day signed on the proof of service"),
        _interpretation(134, signed),
    )


def through_unit(signed: date, *, military: bool) -> Served:
    """转交送达 · Through the unit of a soldier or the prison of an inmate: the day the person signs (民诉法 92 to 94)."""
    cites = CPL23[92] if military else CPL23[93]
    return _served(signed, T("转交送达", "service through a unit"), T("本人签收日", "the day the person signs"), cites + CPL23[94])


def electronic(sent: date, *, consent: Consent | None, arrival_proved: date | None = None, document: Document = "other") -> Served:
    """电子送达 · To an address given or confirmed: the day the court's system shows success, unless another day of arrival is proved.

    民诉法 90, 民诉法解释 135, 在线诉讼规则 29, 31. Raises NoConsent, NotByThisChannel (judgments before 2022).
    """
    channel = T("电子送达", "electronic service")
    if consent is None:
        raise NoConsent()
    if document != "other" and sent < ELECTRONIC_JUDGMENTS:
        _refuse(T("判决书、裁定书、调解书", "A judgment, ruling or mediation statement"), channel, on(CPL23[90], sent))
    told = Derivation().then(CONSENTS[consent], OLR[29] if OLR.in_force(sent) else _interpretation(136, sent))
    told = told.then(T("法院系统显示发送成功", "the court's system shows success"), _interpretation(135, sent), sent)
    if arrival_proved is None or arrival_proved == sent:
        return Served(sent, channel, told.then(T("送达日", "served on"), on(CPL23[90], sent), sent), rebuttable=True)
    told = told.then(
        T("受送达人证明到达日期不同，以其为准", "the addressee proves another day of arrival, which holds"),
        _interpretation(135, sent),
        arrival_proved,
    )
    return Served(arrival_proved, channel, told)


def electronic_elsewhere(*, replied: date | None = None, acted: date | None = None, read: date | None = None) -> Served:
    """向其他电子地址送达 · To an address that is the person's but was not given: on reply or conduct; presumed, rebuttably, when shown as read.

    在线诉讼规则 31. Raises NothingServed.
    """
    channel = T("电子送达（未确认地址）", "electronic service, unconfirmed address")
    effective = [d for d in (replied, acted) if d is not None]
    if effective and (read is None or min(effective) <= read):
        words = T("已回复收悉或作出相应诉讼行为", "replied, or acted in the suit upon it")
        return _served(min(effective), channel, words, OLR[31])
    if read is None:
        raise NothingServed(why=T("没有回复、诉讼行为或已阅知的反馈", "no reply, no conduct and no sign that it was read"))
    words = T("系统反馈已阅知，推定送达（可举反证）", "shown as read: presumed, rebuttable")
    return replace(_served(read, channel, words, OLR[31]), rebuttable=True)


def earliest(served: Sequence[Served]) -> Served:
    """多种电子方式 · Several electronic channels for one document: the earliest effective one counts (在线诉讼规则 31). Raises NothingServed."""
    if not served:
        raise NothingServed(why=T("没有任何一次有效的电子送达", "no effective electronic service"))
    first = min(served, key=lambda s: s.day)
    told = first.derivation.then(T("多种电子方式的，以最先完成的为准", "several channels: the earliest counts"), OLR[31], first.day)
    return replace(first, derivation=told)


def announced(posted: Sequence[date], *, abroad: bool = False, simple: bool = False) -> Served:
    """公告送达 · Deemed served when the announcement has run: 30 days, 60 before 2022; abroad 60 days, 3 months before 2024.

    ``posted``: the days it was posted or published; the last one counts (民诉法解释 138). The day of expiry does not roll (POLICY). Not open in a
    simple-procedure case (解释 140). Raises NothingServed, NotByThisChannel.
    """
    channel = T("公告送达", "service by announcement")
    if simple:
        _refuse(T("适用简易程序的案件", "A case in simple procedure"), channel, _interpretation(140, max(posted, default=CI22.valid_from)))
    if not posted:
        raise NothingServed(why=T("未张贴或刊登公告", "no announcement was posted or published"))
    last = max(posted)
    told = Derivation().then(T("最后张贴或刊登日", "last posted or published"), _interpretation(138, last), last)
    found = due("announcement_abroad" if abroad else "announcement", last)
    told = (told + found.derivation).then(
        T("期满视为送达，期满日不顺延", "deemed served on expiry, which does not roll"), POLICY["公告期满"], found.day
    )
    return Served(found.day, channel, told)


def collected(period_ends: date, *, fetched: date | None = None) -> Served:
    """领取裁判文书 · Judgment to be fetched in a set period: the day it is fetched, else the day the period ends (简易程序规定 28)."""
    channel = T("领取", "collection at court")
    if fetched is not None and fetched <= period_ends:
        return _served(fetched, channel, T("期内领取之日", "fetched within the period"), SIM[28])
    return _served(period_ends, channel, T("未领取，领取期间届满之日", "not fetched: the day the period ends"), SIM[28])


def appeal(served: Served, *, document: Literal["judgment", "ruling"] = "judgment", abroad: bool = False, calendar: Calendar | None = None) -> Due:
    """上诉期 · The last day to appeal after that service, with both derivations: judgment 15 days, ruling 10, abroad 30 (民诉法 171, 286)."""
    code = "appeal_abroad" if abroad else f"appeal_{document}"
    found = due(code, served.day, calendar=calendar)
    return replace(found, derivation=served.derivation + found.derivation)


def _served(day: date, channel: T, words: T, cites: Citation) -> Served:
    return Served(day, channel, Derivation().then(words, on(cites, day), day))


def _interpretation(article: int, day: date) -> Citation:
    """The article of the interpretation as numbered on the day; the articles on service kept their numbers in 2022."""
    return CI20[article] if CI20.in_force(day) else on(CI22[article], day)


def _refuse(document: T, channel: T, cites: Citation) -> None:
    raise NotByThisChannel(document=document, channel=channel, article_zh=cites.text("zh"), article_en=cites.text("en"))
