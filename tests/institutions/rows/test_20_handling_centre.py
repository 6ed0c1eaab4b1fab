"""办案中心 · No interview without a search, one wristband one person, and ten planted faults."""

from __future__ import annotations

from datetime import date

import pytest

from tests.conftest import size
from tests.institutions.rows.live import AT, office, opened, take, why
from tests.institutions.rows.planting import answered, fault, later, planted, signed, without
from tianping.casework.engine.actors import Actor
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.institutions.police.handling_centres.indicators import CentreMeasures, Centres, HandlingCentre

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
ROLES = ("OFFICER", "CENTRE_MANAGER", "SYSTEM", "DEPARTMENT_HEAD")
DAY = float((date(2026, 3, 2) - AT.date()).days)
"""The version from 2026 is in force."""
PERSON = {"vulnerable": False, "minor": False, "woman": False, "needs_interpreter": False}
FREE = {"grave_crime": False, "filmed": True, "adult_present": False, "interpreter_present": False}
HOUR = 1 / 24


def entered(own: Actor, band: str, day: float = DAY) -> int:
    return opened(own, "centre_visit", "register", "OFFICER", {**PERSON, "wristband": band}, day=day, co="CENTRE_MANAGER")


def left(own: Actor, case: int) -> None:
    """Through the whole visit, and out again."""
    take(own, case, "Measure.surrender", "OFFICER", {"detention_possible": False}, day=DAY, entity="m")
    take(own, case, "search", "OFFICER", {"searched_by_woman": False, "hurt": False}, day=DAY + HOUR, co="OFFICER")
    other = Actor("guan@" + own.account, own.organisation, own.roles, own.keys)
    take(other, case, "keep_belongings", "CENTRE_MANAGER", day=DAY + 2 * HOUR)
    take(own, case, "take_data", "OFFICER", day=DAY + 2 * HOUR)
    take(own, case, "RoomStay.enter_waiting", "OFFICER", day=DAY + 3 * HOUR, entity="r")
    take(own, case, "RoomStay.leave", "OFFICER", day=DAY + 4 * HOUR, entity="r")
    take(own, case, "Measure.finish_inquiry", "OFFICER", day=DAY + 5 * HOUR, entity="m")
    take(own, case, "wind_up", "OFFICER", day=DAY + 5 * HOUR)
    take(other, case, "return_belongings", "CENTRE_MANAGER", day=DAY + 5 * HOUR)
    take(own, case, "release", "OFFICER", day=DAY + 6 * HOUR, co="CENTRE_MANAGER")


def test_no_interview_without_a_search(database: object) -> None:
    own = office("centre-a", *ROLES)
    case = entered(own, "A1")
    take(own, case, "Measure.surrender", "OFFICER", {"detention_possible": False}, day=DAY, entity="m")
    take(own, case, "RoomStay.enter_other", "OFFICER", {"room": "MEDICAL"}, day=DAY, entity="r0")
    take(own, case, "RoomStay.leave", "OFFICER", day=DAY, entity="r0")
    with pytest.raises(Refusal) as refused:
        take(own, case, "RoomStay.enter_interview", "OFFICER", day=DAY, entity="r1", co="OFFICER")
    assert "CentreVisit.not_ready" in why(refused)
    with pytest.raises(Refusal) as refused:
        take(own, case, "Interview.begin", "OFFICER", FREE, day=DAY, entity="q", co="OFFICER")
    assert {"CentreVisit.not_ready", "CentreVisit.in_interview_room"} <= set(why(refused))


ZONES = ("registration", "search", "belongings", "data", "waiting", "interview", "medical", "identification", "hand_over")


def test_a_centre_that_lacks_an_area_is_not_used(database: object) -> None:
    own = office("centre-register", "COMMAND_CENTRE", "CENTRE_MANAGER", "CHIEF")
    case = opened(own, "registered_centre", "enter", "COMMAND_CENTRE", {"centre": "样例"}, day=DAY)
    for zone in ZONES[:-1]:
        take(own, case, f"Area.furnish_{zone}", "CENTRE_MANAGER", day=DAY, entity=zone)
    with pytest.raises(Refusal) as refused:
        take(own, case, "accept", "CHIEF", {"accepted_on": "2026-03-03"}, day=DAY + 1)
    assert why(refused) == ["RegisteredCentre.not_one_stop"]
    take(own, case, "Area.furnish_hand_over", "CENTRE_MANAGER", day=DAY + 1, entity="hand_over")
    take(own, case, "accept", "CHIEF", {"accepted_on": "2026-03-03"}, day=DAY + 2)
    take(own, case, "open_", "CENTRE_MANAGER", day=DAY + 3)
    with pytest.raises(Refusal) as refused:
        take(own, case, "Area.give_up", "CENTRE_MANAGER", day=DAY + 4, entity="search")
    assert "RegisteredCentre.used" in why(refused)
    with pytest.raises(Refusal) as refused:
        opened(own, "registered_centre", "enter", "COMMAND_CENTRE", {"centre": "样例"}, day=DAY + 4)
    assert why(refused) == ["RegisteredCentre.on_file"]
    assert Figures().row(Centres.in_use, {"organisation": "centre-register"})["in_use"] == 1
    take(own, case, "close", "CHIEF", day=DAY + 5)
    assert not Figures().row(Centres.in_use, {"organisation": "centre-register"})["in_use"]


def test_one_wristband_one_person(database: object) -> None:
    own, elsewhere = office("centre-b", *ROLES), office("centre-c", *ROLES)
    first = entered(own, "B1")
    for other in (own, elsewhere):
        with pytest.raises(Refusal) as refused:
            entered(other, "B1")
        assert why(refused) == ["CentreVisit.worn_already"]
    second = entered(elsewhere, "B2")
    with pytest.raises(Refusal) as refused:
        take(elsewhere, second, "change_wristband", "CENTRE_MANAGER", {"wristband": "B1"}, day=DAY)
    assert why(refused) == ["CentreVisit.worn_already"]
    take(elsewhere, second, "change_wristband", "CENTRE_MANAGER", {"wristband": "B3"}, day=DAY)
    left(own, first)
    entered(elsewhere, "B1", DAY + 1)
    figures = Figures()
    assert 0 < figures.value(HandlingCentre.searched) < 1
    assert str(first) in figures.cases(HandlingCentre.searched)["case_id"].to_pylist()
    assert figures.value(CentreMeasures.room_use) >= 1


FILE, CODE = "01_administrative.yaml", "centre_visit"
FAULTS = [
    fault(CODE, FILE, 1, later("Measure.finish_inquiry", hours=1), "Measure.inquiry"),
    fault(CODE, FILE, 1, answered("CentreVisit.register", woman=True), "CentreVisit.wrong_searcher"),
    fault(CODE, FILE, 1, answered("CentreVisit.register", worn=1), "CentreVisit.worn_already"),
    fault(CODE, FILE, 1, answered("CentreVisit.register", minor=True), "CentreVisit.minor_alone"),
    fault(CODE, FILE, 1, answered("CentreVisit.search", hurt=True), "CentreVisit.unexamined"),
    fault(CODE, FILE, 1, answered("Interview.begin", grave_crime=True, filmed=False), "Interview.not_filmed"),
    fault(CODE, FILE, 1, signed("Interview.begin", "周警 OFFICER"), "Interview.begin.by"),
    fault(CODE, FILE, 1, signed("CentreVisit.keep_belongings", "周警 CENTRE_MANAGER"), "CentreVisit.keep_belongings.not_by"),
    fault(CODE, FILE, 1, without("CentreVisit.return_belongings"), "CentreVisit.belongings_kept"),
    fault(CODE, FILE, 1, without("Alarm.attend"), "CentreVisit.alarm_open"),
]


def test_ten_planted_faults_are_found_and_none_elsewhere() -> None:
    seen, wanted = planted(FAULTS, count=size(60, 600))
    assert seen == wanted
