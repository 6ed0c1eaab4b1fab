"""警务合一试点 · A pilot of joined units: tried in an area, compared over two periods at the same headcount, then extended or ended.

The comparison is refused if the headcount differs: an improvement without growth is the claim that is tested.
"""

from __future__ import annotations

from datetime import date
from enum import Enum

from tianping.law.statutes import LOCAL_STATION
from tianping.procedure import NEW, PLAIN, Fact, Ground, Many, Procedure, Stage, Step, T, Track
from tianping.procedure.contracts.roles import Roles

NOT_SET = T("未查得试点期限", "no text was found that sets a time")


class Mode(Enum):
    """合一方式 · The four ways of the report."""

    BROAD_BRANCH = "大警种"
    BROAD_AREA = "大警区"
    TRAFFIC_PATROL = "交巡警合一"
    STATION_TRAFFIC = "所队合一"


class Duty(Track):
    """职能 · One duty that the joined unit takes on: the rows of its competence matrix."""

    title = T("职能", "Duty")
    counting = PLAIN

    name = Fact(str, T("职能名称", "Name of the duty"))
    competent = Fact(int, T("能够承担的民警数", "Officers who can do it"))

    held = Stage(T("承担中", "Held"), no_limit=NOT_SET)
    given_back = Stage(T("已交回", "Given back"), end=True)

    take_on = Step(NEW >> held, T("承担职能", "Take it on"), by=Roles.COMMAND_CENTRE, asks=(name, competent), cites=LOCAL_STATION["试点"])
    retrain = Step(
        held,
        T("更新能够承担的人数", "Enter how many can do it now"),
        by=Roles.COMMAND_CENTRE,
        asks=(competent,),
        cites=LOCAL_STATION["试点"],
    )
    give_back = Step(held >> given_back, T("交回职能", "Give it back"), by=Roles.COMMAND_CENTRE, cites=LOCAL_STATION["试点"])


class UnitPilot(Procedure):
    """警务合一试点 · One pilot in one area."""

    title = T("大警种、大警区、合一试点", "Pilot of joined units")
    code = "unit_pilot"
    valid_from = date(2018, 1, 1)
    counting = PLAIN
    corrects = Roles.POLICE_COMMITTEE

    mode = Fact(Mode, T("合一方式", "Which way of joining?"))
    area = Fact(str, T("试点地区", "Area"))
    officers_before = Fact(int, T("前一期间警力", "Officers in the period before"))
    officers_after = Fact(int, T("试点期间警力", "Officers in the period of the pilot"))
    output_before = Fact(int, T("前一期间办理数", "Matters handled before"))
    output_after = Fact(int, T("试点期间办理数", "Matters handled in the pilot"))
    days_before = Fact(int, T("前一期间天数", "Days of the period before"))
    days_after = Fact(int, T("试点期间天数", "Days of the period of the pilot"))

    duties = Many(Duty)

    piloting = Stage(T("试点", "Being tried"), no_limit=NOT_SET)
    evaluated = Stage(T("评估", "Evaluated"), no_limit=NOT_SET)
    extended = Stage(T("推广", "Extended"), end=True)
    ended = Stage(T("终止", "Ended"), end=True)

    no_duties = Ground(~duties.any(Duty.held), T("没有登记合并的职能", "No joined duty was entered"), LOCAL_STATION["试点"])
    headcount_differs = Ground(
        (officers_before < officers_after) | (officers_after < officers_before),
        T("两个期间警力不同，不能比较", "The headcount differs: the periods cannot be compared"),
        LOCAL_STATION["评估"],
    )
    periods_differ = Ground(
        (days_before < days_after) | (days_after < days_before),
        T("两个期间长短不同，不能比较", "The periods are not of one length"),
        LOCAL_STATION["评估"],
    )
    no_better = Ground(output_after <= output_before, T("没有改善，不推广", "No better than before: it is not extended"), LOCAL_STATION["推广"])

    start = Step(NEW >> piloting, T("开展试点", "Begin the pilot"), by=Roles.POLICE_COMMITTEE, asks=(mode, area), cites=LOCAL_STATION["试点"])
    evaluate = Step(
        piloting >> evaluated,
        T("同等警力前后对比评估", "Compare before and after at the same headcount"),
        by=Roles.COMMAND_CENTRE,
        asks=(officers_before, officers_after, output_before, output_after, days_before, days_after),
        unless=(headcount_differs, periods_differ, no_duties),
        cites=LOCAL_STATION["评估"],
    )
    extend = Step(evaluated >> extended, T("推广试点", "Extend the pilot"), by=Roles.POLICE_COMMITTEE, unless=no_better, cites=LOCAL_STATION["推广"])
    end = Step((piloting | evaluated) >> ended, T("终止试点", "End the pilot"), by=Roles.POLICE_COMMITTEE, cites=LOCAL_STATION["推广"])
