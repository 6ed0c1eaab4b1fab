"""信访积案指标 · How old, how many cleared, how many came again, who leads."""

from __future__ import annotations

from tianping.institutions.procuratorate.petitions.procedures.petition_item.procedure import PetitionItem
from tianping.law.text import T
from tianping.procedure.measures import MONTH, ORGANISATION, Conserve, Days, Indicators, Number, Per, Share, Total, ended, late, reached, standing

P = PetitionItem
REPORT = T("晋中日报 2022-07-19：涉检信访积案大起底专项行动", "Jinzhong Daily, 2022-07-19")
RULES = T("信访工作条例第34条", "Regulation on Petition Work 34")
CHANNEL, LEADER = Per(T("来源渠道", "Channel"), fact=P.channel), Per(T("包案领导", "Leader"), fact=P.leader)
BY = (ORGANISATION, CHANNEL, LEADER, MONTH)
ENTERED = P.register.done


class Backlog(Indicators):
    """积案 · Items of the ledger."""

    title = T("涉检信访积案", "Old petitions")

    items = Number(T("积案数", "Items"), P, among=ENTERED, by=BY, source=REPORT)
    led = Share(T("包案率", "Share with a leader in charge"), P, of=P.lead.done, among=ENTERED, by=BY, source=REPORT)
    cleared = Share(T("化解率", "Share cleared"), P, of=reached(P.resolved | P.final | P.channelled | P.unasked), among=ENTERED, by=BY, source=REPORT)
    channelled = Number(T("导入程序数", "Sent to their procedure"), P, among=reached(P.channelled), by=BY, source=REPORT)
    repeated = Share(T("重复信访率", "Share that came again"), P, of=P.come_again.done, among=ENTERED, by=BY, source=REPORT)
    years = Total(T("积案持续年数合计", "Years that they lasted, in sum"), P, of=P.years, among=ENTERED, by=BY, source=REPORT)
    days = Days(
        T("登记至化解平均天数", "Mean days to settle"),
        P,
        since=P.register,
        until=P.settle | P.issue | P.channel_on,
        among=ENTERED,
        by=BY,
        source=REPORT,
    )
    overdue = Number(T("六十日超期数", "Not dealt with in sixty days"), P, among=late(P.to_finish), by=BY, source=RULES)
    merged = Number(T("并入同一事项数", "Merged into an open item"), P, among=reached(P.merged), by=BY, source=REPORT)
    none_lost = Conserve(
        T("积案守恒", "No item is lost"),
        P,
        whole=ENTERED,
        parts=(
            ended(P) & ENTERED,
            standing(P.registered | P.led | P.resolving | P.issued | P.reviewing | P.reviewed | P.rechecking),
            standing(P.resolved | P.final | P.channelled | P.unasked),
        ),
    )
