"""联勤指标 · Tasks, how many needed more than one power, how many parts came back as nobody's."""

from __future__ import annotations

from tianping.institutions.police.joint_teams.procedures.joint_task.procedure import JointTask
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, Indicators, Number, Share

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
