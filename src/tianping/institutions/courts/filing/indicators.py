"""诉调对接指标 · The funnel of the docked platforms: pushed, closed, settled, open. They are runs of the court's own referral."""

from __future__ import annotations

from decimal import Decimal

from tianping.institutions.courts.filing.procedures.pre_filing.procedure import PreFiling
from tianping.law.text import T
from tianping.procedure.contracts.matters import MediationRequest
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, SOURCE, Conserve, Indicators, Number, Share, standing

REFERRAL = PreFiling.mediation
RUN = REFERRAL.track
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
BY = (ORGANISATION, SOURCE, MONTH)
CLOSED = standing(REFERRAL.answered | REFERRAL.refused)
SETTLED = REFERRAL.outcome.is_(MediationRequest.settled.name)


class Docking(Indicators):
    """诉调对接 · Referrals from the court to the bodies behind the platforms."""

    title = T("多元解纷漏斗", "Funnel of the docked platforms")

    pushed = Number(T("推送", "Pushed"), RUN, procedure=PreFiling, among=ALL, by=BY, source=REPORT, status="secondary")
    closed = Number(T("结案", "Closed"), RUN, procedure=PreFiling, among=CLOSED, by=BY, source=REPORT, status="secondary")
    settled = Number(T("调解成功", "Settled"), RUN, procedure=PreFiling, among=CLOSED & SETTLED, by=BY, source=REPORT, status="secondary")
    open = Number(T("在办", "Open"), RUN, procedure=PreFiling, among=~CLOSED, by=BY, source=REPORT)
    share_closed = Share(T("结案率", "Share closed"), RUN, procedure=PreFiling, of=CLOSED, among=ALL, by=BY, source=REPORT)
    share_settled = Share(
        T("成功率", "Share settled"), RUN, procedure=PreFiling, of=SETTLED, among=CLOSED, by=BY, target=Decimal("0.5"),
        source=T("河南 2020 新闻发布会所列目标，样例", "the target of a press conference in Henan, 2020: a sample"),
    )  # fmt: skip
    kept = Conserve(T("推送＝结案＋在办", "pushed = closed + open"), RUN, procedure=PreFiling, whole=ALL, parts=(CLOSED, ~CLOSED))
