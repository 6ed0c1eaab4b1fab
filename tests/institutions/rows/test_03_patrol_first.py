"""巡特警首接处警 · A busy patrol is never sent, the reason stands in the log, and each unit has times of its own."""

from __future__ import annotations

import pytest

from tests.conftest import size
from tests.institutions.rows.live import office, opened, take, why
from tests.institutions.rows.planting import answered, fault, later, planted, signed, twice, without
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.models import Event
from tianping.institutions.police.incidents.indicators import PatrolFirst

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
ROLES = ("DISPATCHER", "UNIT")
MINUTE = 1 / 1440
PATROL = {"kind": "PATROL", "reason": "距离最近", "in_town": True}
STATION = {"kind": "STATION", "unit": "s", "reason": "辖区派出所", "in_town": True}


def test_a_busy_patrol_is_never_sent(database: object) -> None:
    own, other = office("dispatch-a", *ROLES), office("dispatch-b", *ROLES)
    first = opened(own, "incident", "Incident.take", "DISPATCHER", {"category": "HELP"})
    second = opened(other, "incident", "Incident.take", "DISPATCHER", {"category": "HELP"})
    take(own, first, "Unit.send", "DISPATCHER", {**PATROL, "unit": "patrol-1"}, entity="u1")
    for stage in ("sent", "going", "there"):
        with pytest.raises(Refusal) as refused:
            take(other, second, "Unit.send", "DISPATCHER", {**PATROL, "unit": "patrol-1"}, entity="u1")
        assert why(refused) == ["Unit.busy"], stage
        if stage == "sent":
            take(own, first, "Unit.accept", "UNIT", entity="u1")
        elif stage == "going":
            take(own, first, "Unit.arrive", "UNIT", {"first": True}, day=4 * MINUTE, entity="u1")
    with pytest.raises(Refusal) as refused:
        take(other, second, "Unit.send", "DISPATCHER", {"kind": "PATROL", "unit": "patrol-2", "in_town": True}, entity="u1")
    assert why(refused) == ["Unit.no_reason"]
    take(own, first, "Unit.report", "UNIT", day=9 * MINUTE, entity="u1")
    take(other, second, "Unit.send", "DISPATCHER", {**PATROL, "unit": "patrol-1"}, day=10 * MINUTE, entity="u1")


def test_the_times_of_the_patrol_stand_apart_from_those_of_the_station(database: object) -> None:
    own = office("dispatch-c", *ROLES)
    count = size(20, 100)
    for n in range(count):
        case = opened(own, "incident", "Incident.take", "DISPATCHER", {"category": "PUBLIC_SECURITY"})
        take(own, case, "Unit.send", "DISPATCHER", {**PATROL, "unit": f"apart-{n}"}, entity="u1")
        take(own, case, "Unit.send", "DISPATCHER", STATION, day=MINUTE, entity="u2")
        take(own, case, "Unit.accept", "UNIT", day=MINUTE, entity="u1")
        take(own, case, "Unit.arrive", "UNIT", {"first": True}, day=4 * MINUTE, entity="u1")
        with pytest.raises(Refusal) as refused:
            take(own, case, "Unit.arrive", "UNIT", {"first": True}, day=9 * MINUTE, entity="u2")
        assert why(refused) == ["Incident.not_first"]
        take(own, case, "Unit.arrive", "UNIT", {"first": False}, day=9 * MINUTE, entity="u2")
        take(own, case, "Unit.relieve", "UNIT", day=12 * MINUTE, entity="u1", co="UNIT")
    log = Event.objects.filter(organisation=own.organisation)
    assert log.filter(entity="u1", payload__facts__reason="距离最近").count() == count
    figures = Figures()
    where = {"organisation": "dispatch-c"}
    assert round(figures.row(PatrolFirst.patrol_arrival, where)["patrol_arrival"] * 60, 3) == 4
    assert round(figures.row(PatrolFirst.station_arrival, where)["station_arrival"] * 60, 3) == 8
    assert round(figures.row(PatrolFirst.hand_over, where)["hand_over"] * 60, 3) == 8
    assert figures.row(PatrolFirst.first_on_scene, where)["first_on_scene"] == 1


FILE, CODE = "cases.yaml", "incident"
FAULTS = [
    fault(CODE, FILE, 9, answered("Unit.send", kind="PATROL"), "Unit.busy"),
    fault(CODE, FILE, 9, answered("Unit.send", reason=None), "Unit.no_reason"),
    fault(CODE, FILE, 9, answered("Unit.arrive", first=False), "Incident.was_first"),
    fault(CODE, FILE, 9, later("Unit.arrive", minutes=5), "Unit.arrival"),
    fault(CODE, FILE, 9, signed("Unit.send", "所二 UNIT"), "Unit.send.by"),
    fault(CODE, FILE, 3, twice("Incident.accept_crime"), "Incident.accept_crime.count"),
    fault(CODE, FILE, 10, signed("Unit.arrive", "沈接 DISPATCHER"), "Unit.arrive.by"),
    fault(CODE, FILE, 10, without("Unit.arrive", 0), "Incident.was_first"),
    fault(CODE, FILE, 3, signed("Incident.close", "所二 UNIT"), "Incident.close.by"),
    fault(CODE, FILE, 3, without("Incident.accept_crime"), "Incident.case_not_taken"),
]


def test_ten_planted_faults_are_found_and_none_elsewhere() -> None:
    seen, wanted = planted(FAULTS, count=size(60, 600))
    assert seen == wanted
