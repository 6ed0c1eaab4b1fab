"""立案与对接指标 · Filed online: how many, in time, in order; and across courts: how many, how fast the competent court replied."""

from __future__ import annotations

from decimal import Decimal

from tianping.institutions.courts.filing.procedures.cross_filing.procedure import CrossFiling
from tianping.institutions.courts.filing.procedures.cross_review.procedure import CrossReview
from tianping.institutions.courts.filing.procedures.e_filing.procedure import EFiling
from tianping.institutions.courts.filing.procedures.pre_filing.procedure import PreFiling
from tianping.law.text import T
from tianping.procedure.contracts.matters import MediationRequest
from tianping.procedure.measures import (
    ALL,
    MONTH,
    ORGANISATION,
    QUARTER,
    SOURCE,
    Conserve,
    Days,
    Indicators,
    Number,
    Per,
    Share,
    judged,
    late,
    reached,
    standing,
)

E, C, R = EFiling, CrossFiling, CrossReview
REFERRAL = PreFiling.mediation
RUN = REFERRAL.track
CLOSED = standing(REFERRAL.answered | REFERRAL.refused)
SETTLED = REFERRAL.outcome.is_(MediationRequest.settled.name)
BULLETIN = T("法院诉服质效公开通报", "A court's published bulletin")
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
REASON = Per(T("不予受理的理由", "Ground of the refusal"), fact=E.reason)
BY = (ORGANISATION, SOURCE, MONTH)
DOCKED = (*BY, QUARTER)
REVIEWED = reached(E.passed) | reached(E.out) | reached(E.correcting) | reached(E.ruled)


class OnlineFiling(Indicators):
    """网上立案 · What was handed in through the Internet."""

    title = T("网上立案", "Filing online")

    submitted = Number(T("网上申请立案", "Handed in online"), E, among=E.submit.done, by=BY, source=BULLETIN)
    passed = Number(T("网上审核通过", "Passed online"), E, among=reached(E.passed), by=BY, source=BULLETIN)
    mediated = Number(T("互联网申请调解", "Sent to mediation online"), E, among=reached(E.out), by=BY, source=BULLETIN)
    refused = Number(T("裁定不予受理", "Refused by a ruling"), E, among=reached(E.ruled), by=(*BY, REASON), source=BULLETIN)
    on_time = Share(
        T("按期审核率", "Reviewed in time"), E, of=~late(E.to_decide), among=judged(E.to_decide), by=BY, target=Decimal("0.9"), source=BULLETIN
    )
    in_order = Share(
        T("合格率（推断：通过或者转调解÷已审核）", "In order (inferred: passed or sent to mediation, of the reviewed)"),
        E,
        of=reached(E.passed) | reached(E.out),
        among=REVIEWED,
        by=BY,
        source=BULLETIN,
        status="policy",
    )
    unpaid = Share(T("未缴费按撤诉处理率", "Unpaid and dropped"), E, of=reached(E.unpaid), among=reached(E.passed), by=BY, source=REPORT)
    days_to_pass = Days(T("审核天数", "Days to pass"), E, since=E.submit, until=E.pass_ | E.pass_first, among=reached(E.passed), by=BY, source=REPORT)


class CrossFilings(Indicators):
    """跨域立案 · Passed on to another court, and what came back."""

    title = T("跨域立案", "Cross-court filing")

    taken_in = Number(T("协作收件", "Taken in for another court"), C, among=ALL, by=BY, source=REPORT)
    filed = Share(T("立案率", "Share filed"), C, of=C.note_filed.done, among=C.push.done, by=BY, source=REPORT)
    reply = Days(
        T("管辖法院回复小时数", "Hours until the competent court replied"),
        C,
        since=C.request.send,
        until=C.request.receive | C.request.refuse,
        hours=True,
        statistic="median",
        among=C.push.done,
        by=BY,
        source=REPORT,
    )
    replied_on_time = Share(T("按时回复率", "Replied in time"), C, of=~late(C.to_reply), among=judged(C.to_reply), by=BY, source=REPORT)


class CrossReviews(Indicators):
    """跨域审核 · What the competent court decided."""

    title = T("跨域立案审核", "Decided for helper courts")

    on_time = Share(T("按期审核率", "Decided in time"), R, of=~late(R.to_decide), among=judged(R.to_decide), by=(ORGANISATION, MONTH), source=REPORT)


class Docking(Indicators):
    """诉调对接 · Referrals from the court to the bodies behind the platforms."""

    title = T("多元解纷漏斗", "Funnel of the docked platforms")

    pushed = Number(T("推送", "Pushed"), RUN, procedure=PreFiling, among=ALL, by=DOCKED, source=REPORT, status="secondary")
    closed = Number(T("结案", "Closed"), RUN, procedure=PreFiling, among=CLOSED, by=DOCKED, source=REPORT, status="secondary")
    settled = Number(T("调解成功", "Settled"), RUN, procedure=PreFiling, among=CLOSED & SETTLED, by=DOCKED, source=REPORT, status="secondary")
    open = Number(T("在办", "Open"), RUN, procedure=PreFiling, among=~CLOSED, by=DOCKED, source=REPORT)
    share_closed = Share(T("结案率", "Share closed"), RUN, procedure=PreFiling, of=CLOSED, among=ALL, by=DOCKED, source=REPORT)
    share_settled = Share(
        T("成功率", "Share settled"), RUN, procedure=PreFiling, of=SETTLED, among=CLOSED, by=DOCKED, target=Decimal("0.5"),
        source=T("河南 2020 新闻发布会所列目标，样例", "the target of a press conference in Henan, 2020: a sample"),
    )  # fmt: skip
    kept = Conserve(T("推送＝结案＋在办", "pushed = closed + open"), RUN, procedure=PreFiling, whole=ALL, parts=(CLOSED, ~CLOSED))
