"""试指标 · Indicators of the online mediation, as a room would write them."""

from __future__ import annotations

from decimal import Decimal

from tianping.institutions.mediation.online_platform.procedures.online_mediation.procedure import Ending, OnlineMediation, Preliminary
from tianping.procedure import T
from tianping.procedure.measures import (
    ALL,
    CASE,
    MONTH,
    ORGANISATION,
    SOURCE,
    Conserve,
    Days,
    Indicators,
    Number,
    Per,
    Ratio,
    Share,
    ended,
    judged,
    late,
    reached,
    standing,
)  # fmt: skip

P = OnlineMediation
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
OUT = P.settle | P.break_off
REACHED = Per(T("是否推送", "Pushed?"), lanes=((T("推送", "pushed"), P.push.done), (T("其他", "other"), ALL)))
REACHED.name = "lane"
EVERY = (ORGANISATION, SOURCE, MONTH, REACHED)


class Mediation(Indicators):
    """What the tests measure."""

    title = T("调解", "Mediation")
    pushed = Number(T("推送", "Pushed"), P, among=ALL, by=EVERY, source=REPORT)
    open = Number(T("在办", "Open"), P, among=~ended(P), by=EVERY, source=REPORT)
    settled = Share(T("成功率", "Share settled"), P, of=reached(P.settled), among=ended(P), by=EVERY, source=REPORT, target=Decimal("0.4"))
    mean = Days(T("平均天数", "Mean days"), P, since=P.push, until=OUT, among=ALL, by=EVERY, source=REPORT)
    median = Days(T("天数中位", "Median days"), P, since=P.push, until=OUT, among=ALL, statistic="median", by=EVERY, source=REPORT)
    p90 = Days(T("天数九分位", "Ninth decile"), P, since=P.push, until=OUT, among=ALL, statistic="p90", by=EVERY, source=REPORT)
    hours = Days(T("小时", "Hours"), P, since=P.push, until=OUT, among=reached(P.settled), hours=True, by=EVERY, source=REPORT)
    far = Share(T("分歧较大", "Too far apart"), P, of=P.ending.is_(Ending.TOO_FAR_APART), among=P.ending.known(), by=EVERY, source=REPORT)
    twice = Number(T("多次延长", "Prolonged often"), P, among=P.prolong.times > 1, by=EVERY, source=REPORT)
    waiting = Number(T("鉴定中", "Appraising"), P, among=P.appraisals.any(Preliminary.asked | Preliminary.pending), by=EVERY, source=REPORT)
    done = Number(T("鉴定均已结束", "All appraised"), P, among=P.appraisals.every(Preliminary.given | Preliminary.dropped), by=EVERY, source=REPORT)
    prolonged = Ratio(T("每次推送延长几次", "Prolonged per push"), P, of=P.prolong.times, per=P.push.times, among=ALL, by=EVERY, source=REPORT)
    each_month = Ratio(
        T("每院每月成功件数", "Settled a court and month"), P, of=reached(P.settled), per=(ORGANISATION, MONTH), among=ALL, by=EVERY, source=REPORT
    )
    told = Ratio(
        T("每种原因延长几次", "Prolonged per ending"), P, of=P.prolong.times, per=(Per(T("原因", "Ending"), fact=P.ending),), among=ALL, by=EVERY,
        source=REPORT,
    )  # fmt: skip
    there = Number(T("已推送待同意", "Waiting"), P, among=standing(P.pushed | P.accepted), by=EVERY, source=REPORT)
    kept = Conserve(T("推送＝办结＋在办", "pushed = closed + open"), P, whole=ALL, parts=(ended(P), ~ended(P)))
    unkept = Conserve(T("不守恒", "does not hold"), P, whole=ALL, parts=(reached(P.settled), ended(P)))


class OnTime(Indicators):
    """Those that read clocks."""

    title = T("期限", "In time")
    accepted = Share(T("按期接受率", "Accepted in time"), P, of=~late(P.to_accept), among=judged(P.to_accept), by=EVERY, source=REPORT)


class Appraisals(Indicators):
    """Those that count runs."""

    title = T("诉前鉴定", "Appraisals")
    asked = Number(T("申请", "Asked for"), Preliminary, procedure=P, among=ALL, source=REPORT)
    each = Ratio(T("每案几次", "Times a case"), Preliminary, procedure=P, of=ALL, per=(CASE,), among=ALL, source=REPORT)
    given = Share(T("出具率", "Opinions given"), Preliminary, procedure=P, of=reached(Preliminary.given), among=ALL, source=REPORT)
