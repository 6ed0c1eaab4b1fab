"""联勤指标 · Tasks, how many needed more than one power, how many parts came back as nobody's."""

from __future__ import annotations

from tianping.institutions.police.joint_teams.procedures.joint_task.procedure import JointTask, Member
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, Indicators, Number, Share, reached

P = JointTask
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
BY = (ORGANISATION, MONTH)
SECURITY, TRAFFIC, URBAN = P.security_found.is_(True), P.traffic_found.is_(True), P.urban_found.is_(True)
RETURNED = P.to_security.any(P.to_security.refused) | P.to_traffic.any(P.to_traffic.refused) | P.to_urban.any(P.to_urban.refused)


class JointTeams(Indicators):
    """联勤联动 · Tasks of the joint team."""

    title = T("三勤合一", "The joint team")

    tasks = Number(T("任务数", "Tasks"), P, among=ALL, by=BY, source=REPORT)
    several_powers = Share(
        T("一事多权占比", "More than one power used"), P, of=(SECURITY & TRAFFIC) | (SECURITY & URBAN) | (TRAFFIC & URBAN), among=P.divide.done,
        by=BY, source=REPORT,
    )  # fmt: skip
    misrouted = Share(T("分流退回率", "Sent back by an owner"), P, of=RETURNED, among=P.divide.done, by=BY, source=REPORT)


class JointRoster(Indicators):
    """三方力量 · Who went out: station, traffic police, urban management."""

    title = T("联勤联动队员", "Members of the joint team")

    stations = Number(
        T("派出所民警人次", "From stations"),
        Member,
        procedure=P,
        among=reached(Member.station),
        by=(ORGANISATION,),
        source=REPORT,
        status="secondary",
    )
    traffic = Number(
        T("交通警察人次", "From the traffic police"), Member, procedure=P, among=reached(Member.traffic), by=(ORGANISATION,), source=REPORT,
        status="secondary",
    )  # fmt: skip
    urban = Number(
        T("城管人员人次", "From urban management"), Member, procedure=P, among=reached(Member.urban), by=(ORGANISATION,), source=REPORT,
        status="secondary",
    )  # fmt: skip
