"""员额指标 · How many are in the quota, batch by batch; who leads, who left, who was promoted."""

from __future__ import annotations

from tianping.institutions.establishment.quota.procedures.quota_ceiling.procedure import Branch, QuotaCeiling
from tianping.institutions.establishment.quota.procedures.quota_post.procedure import QuotaPost
from tianping.institutions.establishment.quota.procedures.selection_round.procedure import Candidate, SelectionRound
from tianping.law.text import T
from tianping.procedure.measures import ALL, ORGANISATION, YEAR, Indicators, Number, Per, Share, Total, standing

P = QuotaPost
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
BRANCH = Per(T("系列", "Branch"), fact=P.branch)
BATCH = Per(T("批次", "Batch"), fact=P.batch)
GROUND = Per(T("退出事由", "Ground"), fact=P.ground)
HELD = standing(P.in_post | P.suspended | P.leaving)
BY = (ORGANISATION, BRANCH, BATCH)


class Quota(Indicators):
    """员额 · Places and people."""

    title = T("员额", "The quota")

    judges = Number(T("员额法官入额人数", "Judges who entered"), P, among=P.branch.is_(Branch.JUDGE), by=BY, source=REPORT, status="secondary")
    prosecutors = Number(
        T("员额检察官入额人数", "Prosecutors who entered"), P, among=P.branch.is_(Branch.PROSECUTOR), by=BY, source=REPORT, status="secondary"
    )
    held = Number(T("在额人数", "Places held"), P, among=HELD, by=BY, source=REPORT)
    leaders = Share(T("领导干部占比", "Share of leaders"), P, of=P.leader.is_(True), among=HELD, by=BY, source=REPORT)
    promoted = Number(T("晋升等级并备案人数", "Promoted and reported"), P, among=P.report_promotion.done, by=BY, source=REPORT, status="secondary")
    exits = Number(T("退出员额人数", "Left the quota"), P, among=P.leave.done, by=(*BY, GROUND, YEAR), source=REPORT)
    vacancies = Number(T("缺额", "Vacancies"), P, among=standing(P.vacant), by=BY, source=REPORT)


class QuotaCeilings(Indicators):
    """核定 · Approved numbers."""

    title = T("员额核定", "Approved numbers")

    approved = Total(
        T("有效核定数", "Approved numbers in force"), QuotaCeiling, of=QuotaCeiling.approved, among=standing(QuotaCeiling.standing),
        by=(ORGANISATION,), source=REPORT,
    )  # fmt: skip


class Selections(Indicators):
    """遴选 · Candidates of the rounds."""

    title = T("员额遴选", "Selection")

    appointed = Share(
        T("候选人入额率", "Candidates appointed"), Candidate, procedure=SelectionRound, of=Candidate.appoint.done, among=ALL, source=REPORT
    )
