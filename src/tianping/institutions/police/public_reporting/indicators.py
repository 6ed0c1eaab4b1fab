"""向人民汇报指标 · Events, opinions, answers; tips of supervisors."""

from __future__ import annotations

from tianping.institutions.police.public_reporting.procedures.conduct_supervisor.procedure import ConductSupervisor, Tip
from tianping.institutions.police.public_reporting.procedures.report_to_people.procedure import Opinion, ReportToPeople
from tianping.law.text import T
from tianping.procedure.measures import ALL, ORGANISATION, YEAR, Indicators, Number, Per, Share, reached

P = ReportToPeople
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
LEVEL = Per(T("层级", "Level"), fact=P.level)


class Reporting(Indicators):
    """汇报活动 · Events."""

    title = T("向人民汇报", "Reporting to the people")

    events = Number(T("活动数", "Events"), P, among=P.hold.done, by=(ORGANISATION, LEVEL, YEAR), source=REPORT)


class ReportedOpinions(Indicators):
    """代表意见 · Opinions."""

    title = T("代表委员的意见", "Opinions of deputies")

    opinions = Number(T("意见数", "Opinions"), Opinion, procedure=P, among=ALL, by=(ORGANISATION,), source=REPORT)
    answered = Share(T("答复率", "Share answered"), Opinion, procedure=P, of=reached(Opinion.answered), among=ALL, by=(ORGANISATION,), source=REPORT)
    content = Share(
        T("满意率", "Share content"),
        Opinion,
        procedure=P,
        of=Opinion.satisfied.is_(True),
        among=Opinion.satisfied.known(),
        by=(ORGANISATION,),
        source=REPORT,
    )


class ConductTips(Indicators):
    """监督员线索 · Tips."""

    title = T("监督员的线索", "Tips of supervisors")

    tips = Number(T("线索数", "Tips"), Tip, procedure=ConductSupervisor, among=ALL, by=(ORGANISATION,), source=REPORT)
    handled = Share(
        T("反馈率", "Share answered"),
        Tip,
        procedure=ConductSupervisor,
        of=reached(Tip.fed_back),
        among=ALL,
        by=(ORGANISATION,),
        source=REPORT,
    )
