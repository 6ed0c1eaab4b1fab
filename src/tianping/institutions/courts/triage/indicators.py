"""分流指标 · How many cases take which lane, change it, are sent against the suggestion; days and appeals."""

from __future__ import annotations

from tianping.institutions.courts.triage.procedures.triage.procedure import Triage
from tianping.law.text import T
from tianping.procedure.measures import MONTH, ORGANISATION, SOURCE, Days, Indicators, Number, Per, Share, reached

P = Triage
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
LANE = Per(
    T("程序", "Lane"),
    lanes=(
        (T("普通程序", "Ordinary"), reached(P.in_ordinary)),
        (T("简易程序", "Simple"), reached(P.in_simple)),
        (T("小额诉讼", "Small claims"), reached(P.in_small)),
        (T("督促程序", "Payment order"), reached(P.in_payment)),
        (T("诉前调解", "Mediation"), reached(P.in_mediation)),
    ),
)
TEAM = Per(T("团队", "Team"), fact=P.team)
BY = (ORGANISATION, SOURCE, LANE, TEAM, MONTH)
SENT = P.send_to_mediation.done | P.send_to_small.done | P.send_to_simple.done | P.send_to_ordinary.done | P.send_to_payment.done
TRIED = reached(P.in_small | P.in_simple | P.in_ordinary)
CHANGED = P.to_ordinary.done | P.to_simple.done | P.find_missing.done | P.agree_simple.done


class Lanes(Indicators):
    """繁简分流 · Lanes and changes, and the five streams of the report."""

    title = T("繁简分流", "Triage")

    sent = Number(T("分流案件", "Cases sent"), P, among=SENT, by=BY, source=REPORT)
    mediated = Share(T("诉前调解分流率", "Share sent to mediation"), P, of=P.send_to_mediation.done, among=SENT, by=BY, source=REPORT)
    light = Share(
        T("简易（含小额）适用率", "Share simple, small claims among them"),
        P,
        of=reached(P.in_small | P.in_simple),
        among=TRIED,
        by=BY,
        source=REPORT,
    )
    small = Share(T("小额诉讼适用率", "Share of small claims"), P, of=reached(P.in_small), among=TRIED, by=BY, source=REPORT)
    changed = Share(T("程序转换率", "Share whose lane was changed"), P, of=CHANGED, among=TRIED, by=BY, source=REPORT)
    overridden = Share(T("未采纳建议率", "Share sent against the suggestion"), P, of=P.override_ground.known(), among=SENT, by=BY, source=REPORT)
    appraised = Number(T("委托鉴定", "Appraisals"), P, among=P.entrust.done, by=BY, source=REPORT)
    teamed = Share(T("交速裁团队率", "Share given to a team"), P, of=P.assign_team.done, among=TRIED, by=BY, source=REPORT)
    days = Days(
        T("平均审理天数", "Days to close"),
        P,
        since=P.send_to_small | P.send_to_simple | P.send_to_ordinary,
        until=P.close,
        among=P.close.done,
        by=BY,
        source=REPORT,
    )
    templated = Share(T("文书格式化率", "Share of templated judgments"), P, of=P.templated.is_(True), among=P.close.done, by=BY, source=REPORT)
    appealed = Share(T("上诉率", "Share appealed"), P, of=P.appealed.is_(True), among=P.close.done, by=BY, source=REPORT)
