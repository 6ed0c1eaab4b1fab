"""在线调解指标 · Accepted in time, days, how the sides met, how it ended; a mediator's load by institution."""

from __future__ import annotations

from tianping.institutions.mediation.online_platform.procedures.online_mediation.procedure import Manner, OnlineMediation
from tianping.law.text import T
from tianping.procedure.measures import (
    ALL,
    MONTH,
    ORGANISATION,
    SOURCE,
    Conserve,
    Days,
    Indicators,
    Number,
    Share,
    ended,
    entry,
    judged,
    late,
    reached,
    standing,
)

P = OnlineMediation
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
RULES = T("《人民法院在线调解规则》12、16、24", "Online Mediation Rules 12, 16, 24")
BY = (ORGANISATION, SOURCE, MONTH)
TAKEN_ON = P.asking | P.accepted
ACCEPTED = reached(TAKEN_ON)


class OnlineMediations(Indicators):
    """在线调解 · Disputes at the bodies behind the platform."""

    title = T("在线调解", "Online mediation")

    received = Number(T("收到", "Received"), P, among=ALL, by=BY, source=REPORT)
    accepted = Share(T("接受率", "Accepted by a mediator"), P, of=ACCEPTED, among=ALL, by=BY, source=RULES)
    accepted_in_time = Share(T("按期接受率", "Accepted in time"), P, of=~late(P.to_accept), among=judged(P.to_accept), by=BY, source=RULES)
    settled = Share(T("调解成功率", "Settled"), P, of=reached(P.settled), among=ended(P), by=BY, source=REPORT)
    days = Days(
        T("接受到结案天数", "Days from the acceptance to the end"), P, since=entry(TAKEN_ON), until=entry(P.settled | P.failed | P.withdrawn),
        among=ended(P) & ACCEPTED, by=BY, source=RULES,
    )  # fmt: skip
    by_video = Share(
        T("音视频调解占比", "By audio and video"), P, of=P.manner.is_(Manner.VIDEO), among=P.begin.done & P.manner.known(), by=BY, source=RULES
    )  # fmt: skip
    load = Number(T("调解组织在办", "Open at each body"), P, among=ACCEPTED & ~ended(P), by=(ORGANISATION,), source=REPORT)
    kept = Conserve(
        T("结案＝成功＋不成＋撤回＋退回", "ended = settled + failed + withdrawn + returned"), P, whole=ended(P),
        parts=(standing(P.settled), standing(P.failed), standing(P.withdrawn), standing(P.returned)),
    )  # fmt: skip
