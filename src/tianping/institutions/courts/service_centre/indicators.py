"""诉讼服务中心指标 · Waiting, satisfaction, and how far each rule is complied with."""

from __future__ import annotations

from tianping.institutions.courts.service_centre.procedures.service_rule.procedure import Named, ServiceRule
from tianping.institutions.courts.service_centre.procedures.service_visit.procedure import MaterialNotice, Rating, ServiceVisit
from tianping.institutions.courts.service_centre.procedures.zone_pass.procedure import ZonePass
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, YEAR, Days, Indicators, Number, Per, Share, ended, reached, standing

V = ServiceVisit
Z = ZonePass
R = ServiceRule
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
BY = (ORGANISATION, Per(T("办理事项", "Matter"), fact=V.matter_kind), YEAR, MONTH)
RULE = Per(T("规程", "Rule"), fact=R.name)


class ServiceVisits(Indicators):
    """窗口办理 · Visits to the counter."""

    title = T("窗口办理", "Visits")

    visits = Number(T("办理件数", "Visits"), V, among=ALL, by=BY, source=REPORT)
    waiting = Days(T("平均等候（小时）", "Mean wait in hours"), V, since=V.draw, until=V.call, among=ALL, hours=True, by=BY, source=REPORT)
    satisfied = Share(
        T("满意率", "Share satisfied"),
        V,
        of=V.rating.one_of(Rating.VERY_GOOD, Rating.GOOD, Rating.FAIR),
        among=reached(V.rated),
        by=BY,
        source=REPORT,
    )


class ServiceNotices(Indicators):
    """一次性告知 · Notices of missing materials."""

    title = T("一次性告知", "Told once")

    told = Number(T("告知次数", "Notices"), MaterialNotice, procedure=V, among=ALL, by=(ORGANISATION,), source=REPORT)
    twice = Number(T("重复告知", "Told twice"), MaterialNotice, procedure=V, among=MaterialNotice.before > 0, by=(ORGANISATION,), source=REPORT)


class ServiceRules(Indicators):
    """工作规程 · The eighteen rules."""

    title = T("工作规程", "Working rules")

    in_force = Number(T("有效规程", "Rules in force"), R, among=~ended(R), by=(ORGANISATION,), source=REPORT, status="secondary")
    named = Number(
        T("报道点名的规程", "Rules that the report names"), R, among=~ended(R) & ~R.named.is_(Named.UNKNOWN), by=(ORGANISATION,), source=REPORT,
        status="secondary",
    )  # fmt: skip
    complied = Share(T("检查合规率", "Share complied with"), R, of=R.complied.is_(True), among=R.inspect.done, by=(ORGANISATION, RULE), source=REPORT)
    improving = Number(T("改进中", "Being improved"), R, among=standing(R.improving), by=(ORGANISATION, RULE), source=REPORT)


class ZonePasses(Indicators):
    """三分离 · Passes, by the zone that they opened last."""

    title = T("诉讼服务、开庭审判、法官办公三分离", "Services, hearings and offices apart")

    passes = Number(
        T("通行证", "Passes"), Z, among=Z.open_door.done, by=(ORGANISATION, Per(T("区域", "Zone"), fact=Z.zone)), source=REPORT, status="secondary"
    )
