"""警情指标 · What became of incidents, and who was first on the scene."""

from __future__ import annotations

from tianping.institutions.police.incidents.procedures.incident.procedure import Incident
from tianping.institutions.police.incidents.procedures.incident.tracks import Kind, Unit
from tianping.law.text import T
from tianping.procedure.measures import MONTH, ORGANISATION, Days, Indicators, Number, Per, Share

P = Incident
REPORT = T("晋中日报 2022-07-19", "Jinzhong Daily, 2022-07-19")
CATEGORY = Per(T("警情类别", "Class of incident"), fact=P.category)
BY = (ORGANISATION, CATEGORY, MONTH)
PATROL = Unit.kind.is_(Kind.PATROL)
SENT = Unit.send | Unit.send_out
TAKEN = P.accept_case.done | P.accept_crime.done


class IncidentResults(Indicators):
    """警情处置结果 · Incidents that somebody must look at."""

    title = T("警情处置结果", "What became of incidents")

    not_taken = Number(T("未受案警情", "Cases that were not taken"), P, among=P.is_case.is_(True) & ~TAKEN, by=BY, source=REPORT)
    no_result = Number(
        T("无处置结果警情", "Incidents without a result"), P, among=P.engage.done & ~(P.feed_back.done | P.merge.done), by=BY, source=REPORT
    )


class PatrolFirst(Indicators):
    """巡特警首接处警 · Each unit's own times: who was first, how long patrols and stations took, what was handed over."""

    title = T("巡特警首接处警", "Patrol first")

    first_on_scene = Share(
        T("巡特警首先到场比例", "Share of scenes that a patrol reached first"),
        Unit,
        procedure=P,
        of=PATROL,
        among=Unit.first.is_(True),
        by=(ORGANISATION,),
        source=REPORT,
    )
    patrol_arrival = Days(
        T("巡组到场小时数", "Hours until a patrol arrived"),
        Unit,
        procedure=P,
        since=SENT,
        until=Unit.arrive,
        hours=True,
        among=PATROL,
        by=(ORGANISATION,),
        source=REPORT,
    )
    station_arrival = Days(
        T("派出所到场小时数", "Hours until a station arrived"),
        Unit,
        procedure=P,
        since=SENT,
        until=Unit.arrive,
        hours=True,
        among=Unit.kind.is_(Kind.STATION),
        by=(ORGANISATION,),
        source=REPORT,
    )
    hand_over = Days(
        T("先期处置至移交小时数", "Hours to the hand-over"),
        Unit,
        procedure=P,
        since=Unit.arrive,
        until=Unit.relieve,
        hours=True,
        among=PATROL,
        by=(ORGANISATION,),
        source=REPORT,
    )
    closed_by_patrol = Share(
        T("巡组自结比例", "Share that the patrol finished itself"),
        Unit,
        procedure=P,
        of=Unit.report.done,
        among=PATROL & Unit.arrive.done,
        by=(ORGANISATION,),
        source=REPORT,
    )
