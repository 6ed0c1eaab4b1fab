"""速裁指标 · How many cases the teams try, and how long they take."""

from __future__ import annotations

from decimal import Decimal

from tianping.institutions.courts.fast_track.procedures.fast_track_case.procedure import FastTrackCase, Route
from tianping.institutions.courts.fast_track.procedures.fast_track_team.procedure import FastTrackTeam, Member
from tianping.law.text import T
from tianping.procedure.measures import (
    ALL,
    CASE,
    MONTH,
    ORGANISATION,
    YEAR,
    Conserve,
    Days,
    Indicators,
    Number,
    Per,
    Ratio,
    Share,
    ended,
    late,
    reached,
    standing,
)

C = FastTrackCase
TEAM_CAUSE = Per(T("审理的案由", "Kind of cases"), fact=FastTrackTeam.cause)
SERVING = standing(Member.judging | Member.assisting | Member.clerking)
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
TEAM = Per(T("团队", "Team"), fact=C.team)
JUDGE = Per(T("承办法官", "Judge"), fact=C.judge)
CAUSE = Per(T("案由", "Kind of case"), fact=C.cause)
BY = (ORGANISATION, TEAM, CAUSE, YEAR, MONTH)
DECIDED = C.pronounce | C.pronounce_later | C.settle


class FastTrack(Indicators):
    """速裁 · Cases and days."""

    title = T("速裁", "Fast track")

    cases = Number(T("速裁收案", "Cases assigned"), C, among=ALL, by=BY, source=REPORT)
    mean_days = Days(
        T("平均审理天数", "Mean days"), C, since=C.assign, until=DECIDED, among=ALL, by=BY, source=REPORT, target=Decimal(26), status="secondary"
    )
    closed = Number(T("速裁结案", "Cases closed"), C, among=reached(C.pronounced | C.settled), by=(*BY, JUDGE), source=REPORT)
    small = Share(T("小额诉讼适用率", "Share of small claims"), C, of=C.route.is_(Route.SMALL), among=ALL, by=BY, source=REPORT)
    in_court = Share(T("当庭宣判率", "Share decided in court"), C, of=C.pronounce.done, among=reached(C.pronounced), by=BY, source=REPORT)
    converted = Share(T("转出率", "Share turned ordinary"), C, of=reached(C.converted), among=ALL, by=BY, source=REPORT)
    in_time = Share(T("审限内结案率", "Share in time"), C, of=~late(C.to_decide), among=reached(C.pronounced | C.settled), by=BY, source=REPORT)
    kept = Conserve(T("收案＝已结＋未结", "assigned = ended + open"), C, whole=ALL, parts=(ended(C), ~ended(C)))


class FastTrackTeams(Indicators):
    """速裁团队 · The teams."""

    title = T("速裁团队", "Fast-track teams")

    formed = Number(T("组建的团队", "Teams formed"), FastTrackTeam, among=ALL, by=(ORGANISATION, YEAR, TEAM_CAUSE), source=REPORT, status="secondary")
    active = Number(T("运行中的团队", "Active teams"), FastTrackTeam, among=standing(FastTrackTeam.active), by=(ORGANISATION,), source=REPORT)


class FastTrackMembers(Indicators):
    """团队成员 · How many of each post a team has: 1+2+2."""

    title = T("速裁团队成员", "Members of fast-track teams")

    judges = Ratio(
        T("每队法官", "Judges a team"), Member, procedure=FastTrackTeam, of=standing(Member.judging), per=(CASE,), among=SERVING,
        by=(ORGANISATION, YEAR), source=REPORT, status="secondary",
    )  # fmt: skip
    assistants = Ratio(
        T("每队法官助理", "Assistants a team"), Member, procedure=FastTrackTeam, of=standing(Member.assisting), per=(CASE,), among=SERVING,
        by=(ORGANISATION, YEAR), source=REPORT, status="secondary",
    )  # fmt: skip
    clerks = Ratio(
        T("每队书记员", "Clerks a team"), Member, procedure=FastTrackTeam, of=standing(Member.clerking), per=(CASE,), among=SERVING,
        by=(ORGANISATION, YEAR), source=REPORT, status="secondary",
    )  # fmt: skip
