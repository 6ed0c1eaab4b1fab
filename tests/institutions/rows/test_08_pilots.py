"""警务合一试点 · Two periods are compared at the same headcount, or not at all."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import Act, Breach, Story, again, answered, mismatches, signed, without
from tianping.casework.engine.actors import Actor
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.institutions.police.stations.indicators import MODE, Pilots

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
SAME: dict[str, Any] = {
    "officers_before": 30, "officers_after": 30, "output_before": 900, "output_after": 1080, "days_before": 180, "days_after": 180,
}  # fmt: skip


def piloted(own: Actor, mode: str) -> int:
    """A pilot with a joined duty."""
    case = opened(own, "unit_pilot", "start", "POLICE_COMMITTEE", {"mode": mode, "area": "城区"})
    take(own, case, "Duty.take_on", "COMMAND_CENTRE", {"name": "街面巡逻", "competent": 30}, day=1, entity="d1")
    return case


@pytest.mark.parametrize(("after", "rule"), [({"officers_after": 31}, "headcount_differs"), ({"officers_before": 31}, "headcount_differs"),
                                             ({"days_after": 200}, "periods_differ")])  # fmt: skip
def test_the_comparison_is_refused_when_the_headcount_differs(database: object, after: dict[str, int], rule: str) -> None:
    own = office("pilot-08", "POLICE_COMMITTEE", "COMMAND_CENTRE")
    case = piloted(own, "TRAFFIC_PATROL")
    with pytest.raises(Refusal) as refused:
        take(own, case, "evaluate", "COMMAND_CENTRE", {**SAME, **after}, day=180)
    assert why(refused) == [f"UnitPilot.{rule}"]


def test_two_periods_are_compared_at_the_same_headcount(database: object) -> None:
    own = office("pilot-08b", "POLICE_COMMITTEE", "COMMAND_CENTRE")
    better, worse = piloted(own, "STATION_TRAFFIC"), piloted(own, "STATION_TRAFFIC")
    take(own, better, "evaluate", "COMMAND_CENTRE", SAME, day=180)
    take(own, worse, "evaluate", "COMMAND_CENTRE", {**SAME, "output_after": 900}, day=180)
    take(own, better, "extend", "POLICE_COMMITTEE", day=181)
    with pytest.raises(Refusal) as refused:
        take(own, worse, "extend", "POLICE_COMMITTEE", day=181)
    assert why(refused) == ["UnitPilot.no_better"]
    rows = Figures().of([Pilots.output_before, Pilots.output_after, Pilots.officers], [MODE]).to_pylist()
    ours = next(r for r in rows if r[MODE.column] == "STATION_TRAFFIC")
    assert (int(ours["output_before"]), int(ours["output_after"]), int(ours["officers"])) == (1800, 1980, 60)


OFFICE, COMMITTEE = "指挥中心 COMMAND_CENTRE", "局党委 POLICE_COMMITTEE"
PILOT: Story = (
    Act(0, "UnitPilot.start", COMMITTEE, facts={"mode": "BROAD_AREA", "area": "x"}),
    Act(1, "Duty.take_on", OFFICE, "d1", {"name": "y", "competent": 8}),
    Act(180, "UnitPilot.evaluate", OFFICE, facts=SAME),
    Act(200, "UnitPilot.extend", COMMITTEE),
)
BREACHES = [
    Breach("one more officer", PILOT, answered("UnitPilot.evaluate", officers_after=31), ("UnitPilot.headcount_differs",)),
    Breach("one officer less", PILOT, answered("UnitPilot.evaluate", officers_after=29), ("UnitPilot.headcount_differs",)),
    Breach("a longer period", PILOT, answered("UnitPilot.evaluate", days_after=181), ("UnitPilot.periods_differ",)),
    Breach("a shorter period", PILOT, answered("UnitPilot.evaluate", days_after=90), ("UnitPilot.periods_differ",)),
    Breach("no better", PILOT, answered("UnitPilot.evaluate", output_after=900), ("UnitPilot.no_better",)),
    Breach("no duty", PILOT, without("Duty.take_on"), ("UnitPilot.no_duties",)),
    Breach("begun by the office", PILOT, signed("UnitPilot.start", OFFICE), ("UnitPilot.start.by",)),
    Breach("extended by the office", PILOT, signed("UnitPilot.extend", OFFICE), ("UnitPilot.extend.by",)),
    Breach("evaluated twice", PILOT, again("UnitPilot.evaluate", 190), ("UnitPilot.evaluate.order",)),
    Breach("extended twice", PILOT, again("UnitPilot.extend", 210), ("UnitPilot.extend.closed",)),
]


def test_ten_planted_breaches_are_found_and_no_other() -> None:
    assert len(BREACHES) == 10
    assert mismatches("unit_pilot", [PILOT], BREACHES, start=date(2022, 1, 4)) == []
