"""基层警务集约化 · After a merger old incidents still belong to the unit of their day, and every open one has somebody who can go on with it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.casework.conftest import actor_of
from tests.casework.handling.conftest import by, unit_of
from tests.institutions.rows.live import AT, office, opened, take, why
from tests.institutions.rows.planting import Act, Breach, Story, again, answered, mismatches, signed, without
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.models import Case, Organisation, Visibility
from tianping.casework.people.organisations import organisation_merge
from tianping.institutions.police.stations.indicators import Consolidation

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
BUREAU = ("COMMAND_CENTRE", "POLICE_COMMITTEE")
LAST = date(2021, 6, 30)
PROPOSED = {"kind": "MERGE", "level": "STATION", "unit": "甲所", "successor": "乙所", "incidents": 320, "population": 9000, "distance": 4200}
ARGUED = {"worst_before": 14, "worst_after": 16, "tolerated": 20, "saved": 4, "to_front": 4}


def reached(case: int) -> frozenset[int]:
    """Who may work on a case: the institutions that handle it."""
    rows = Visibility.objects.filter(case_id=case, key__capacity="handle")
    return frozenset(rows.values_list("key__organisation_id", flat=True))


def test_after_a_merger_old_incidents_keep_their_unit_and_no_open_task_is_lost(database: object) -> None:
    bureau = office("bureau-05", *BUREAU)
    old, new = (actor_of(unit_of(name), "DISPATCHER") for name in ("甲所", "乙所"))
    incidents = [opened(old, "incident", "Incident.take", "DISPATCHER", {"category": "HELP"}, day=n / 100) for n in range(4)]
    for case in incidents[:2]:
        take(old, case, "redirect", "DISPATCHER", {"objects": False}, day=1)
    plan = opened(bureau, "station_plan", "propose", "COMMAND_CENTRE", PROPOSED, day=2)
    take(bureau, plan, "argue", "COMMAND_CENTRE", ARGUED, day=3)
    take(bureau, plan, "approve", "POLICE_COMMITTEE", {"effective_on": "2021-07-01"}, day=4)
    going = [c for c in incidents if Case.objects.get(pk=c).lifecycle < 2]
    take(bureau, plan, "take_effect", "COMMAND_CENTRE", {"open_tasks": len(going), "files_before": len(incidents)}, day=29.5)
    organisation_merge(by("system"), organisation=old.organisation, into=new.organisation, last=LAST)
    unit = Organisation.objects.get(pk=old.organisation)
    assert (unit.valid_to, unit.successor_id) == (LAST, new.organisation)
    assert {Case.objects.get(pk=c).organisation_id for c in incidents} == {old.organisation}
    heirs = actor_of(Organisation.objects.get(pk=new.organisation), "DISPATCHER")
    assert all(new.organisation in reached(c) for c in going)
    for case in going:
        step_take(case_id=case, step="redirect", actor=heirs, at=AT + timedelta(days=31), facts={"objects": False}, role="Roles.DISPATCHER")
    assert [c for c in incidents if Case.objects.get(pk=c).lifecycle < 2] == []
    files = sum(1 for c in incidents if new.organisation in reached(c))
    take(bureau, plan, "join", "COMMAND_CENTRE", {"taken_over": len(going), "files": files}, day=32)
    assert Case.objects.get(pk=plan).stage == "joined"
    assert plan in {int(c) for c in Figures().cases(Consolidation.units)["case_id"].to_pylist()}


def test_a_lost_task_keeps_the_plan_open(database: object) -> None:
    bureau = office("bureau-05b", *BUREAU)
    plan = opened(bureau, "station_plan", "propose", "COMMAND_CENTRE", PROPOSED)
    take(bureau, plan, "argue", "COMMAND_CENTRE", {**ARGUED, "worst_after": 40, "to_front": 3}, day=1)
    with pytest.raises(Refusal) as refused:
        take(bureau, plan, "approve", "POLICE_COMMITTEE", {"effective_on": "2021-07-01"}, day=2)
    assert why(refused) == ["StationPlan.too_far", "StationPlan.staff_vanish"]
    plan = opened(bureau, "station_plan", "propose", "COMMAND_CENTRE", PROPOSED)
    take(bureau, plan, "argue", "COMMAND_CENTRE", ARGUED, day=1)
    take(bureau, plan, "approve", "POLICE_COMMITTEE", {"effective_on": "2021-07-01"}, day=2)
    take(bureau, plan, "take_effect", "COMMAND_CENTRE", {"open_tasks": 3, "files_before": 10}, day=30)
    with pytest.raises(Refusal) as refused:
        take(bureau, plan, "join", "COMMAND_CENTRE", {"taken_over": 2, "files": 9}, day=31)
    assert why(refused) == ["StationPlan.tasks_lost", "StationPlan.files_lost"]
    take(bureau, plan, "join", "COMMAND_CENTRE", {"taken_over": 3, "files": 10}, day=32)


OFFICE, COMMITTEE = "治安科 COMMAND_CENTRE", "局党委 POLICE_COMMITTEE"
PLAN: Story = (
    Act(0, "StationPlan.propose", OFFICE, facts=PROPOSED),
    Act(10, "StationPlan.argue", OFFICE, facts=ARGUED),
    Act(20, "StationPlan.approve", COMMITTEE, facts={"effective_on": date(2022, 12, 1)}),
    Act(30, "StationPlan.take_effect", OFFICE, facts={"open_tasks": 3, "files_before": 10}),
    Act(40, "StationPlan.join", OFFICE, facts={"taken_over": 3, "files": 10}),
)
BREACHES = [
    Breach("into itself", PLAN, answered("StationPlan.propose", successor="甲所"), ("StationPlan.into_itself",)),
    Breach("too far", PLAN, answered("StationPlan.argue", worst_after=21), ("StationPlan.too_far",)),
    Breach("posts vanish", PLAN, answered("StationPlan.argue", to_front=3), ("StationPlan.staff_vanish",)),
    Breach("a task lost", PLAN, answered("StationPlan.join", taken_over=2), ("StationPlan.tasks_lost",)),
    Breach("a file lost", PLAN, answered("StationPlan.join", files=9), ("StationPlan.files_lost",)),
    Breach("approved by the office", PLAN, signed("StationPlan.approve", OFFICE), ("StationPlan.approve.by",)),
    Breach("not proposed by the office", PLAN, signed("StationPlan.propose", COMMITTEE), ("StationPlan.propose.by",)),
    Breach(
        "never in effect",
        PLAN,
        without("StationPlan.take_effect"),
        ("StationPlan.files_lost", "StationPlan.join.missing", "StationPlan.join.order", "StationPlan.tasks_lost"),
    ),
    Breach("approved twice", PLAN, again("StationPlan.approve", 25), ("StationPlan.approve.order",)),
    Breach("joined twice", PLAN, again("StationPlan.join", 50), ("StationPlan.join.closed",)),
]


def test_ten_planted_breaches_are_found_and_no_other() -> None:
    assert len(BREACHES) == 10
    assert mismatches("station_plan", [PLAN], BREACHES, start=date(2022, 1, 4)) == []
