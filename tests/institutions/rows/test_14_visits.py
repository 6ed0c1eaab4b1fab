"""巡访 · Distinct dates are counted for each person; a leader with nine days is listed; planted breaches are found."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.institutions.rows.live import AT, SHANGHAI, office, opened, take, why
from tests.institutions.rows.planting import Act, Breach, Story, added, again, answered, later, mismatches, signed, without, worked
from tianping.casework.engine.actors import Actor
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.selectors.detail import clocks_explained
from tianping.institutions.procuratorate.visits.indicators import Circuit

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
YEAR = {"post": "CITY_CHIEF", "year": 2021, "year_begins": "2021-01-01", "year_ends": "2021-12-31"}


@pytest.fixture
def own(database: object) -> Actor:
    return office("procuratorate-14", "RECEPTION", "CHIEF_PROSECUTOR")


def on_a_visit(own: Actor, leader: str, number: int) -> int:
    """A leader's year, with a visit on the spot."""
    case = opened(own, "circuit_year", "CircuitYear.plan", "RECEPTION", {"leader": leader, "number": number, **YEAR})
    take(own, case, "Visit.plan", "RECEPTION", {"county": "甲县"}, entity="v1")
    take(own, case, "Visit.announce", "RECEPTION", entity="v1")
    take(own, case, "Visit.arrive", "CHIEF_PROSECUTOR", {"manner": "MOBILE"}, entity="v1")
    return case


def visited(own: Actor, case: int, who: int, n: int) -> None:
    """The n-th day of June."""
    take(own, case, "Day.enter", "RECEPTION", {"who": who, "visited_on": f"2021-06-{n:02d}"}, day=n - 1, entity=f"d{n}")


def test_distinct_dates_are_counted_for_each_person(own: Actor) -> None:
    one, two = (on_a_visit(own, leader, number) for leader, number in (("chief-14", 141), ("deputy-14", 142)))
    with pytest.raises(Refusal) as refused:
        opened(own, "circuit_year", "CircuitYear.plan", "RECEPTION", {"leader": "chief-14", "number": 141, **YEAR}, day=1)
    assert why(refused) == ["CircuitYear.planned_twice"]
    for n in (1, 2, 3):
        visited(own, one, 141, n)
    visited(own, two, 142, 1)
    with pytest.raises(Refusal) as refused:
        take(own, one, "Day.enter", "RECEPTION", {"who": 141, "visited_on": "2021-06-02"}, day=5, entity="again")
    assert why(refused) == ["Day.twice"]
    with pytest.raises(Refusal) as refused:
        take(own, one, "Day.enter", "RECEPTION", {"who": 142, "visited_on": "2021-06-04"}, day=5, entity="other")
    assert why(refused) == ["CircuitYear.not_his"]
    rows = Figures().of([Circuit.days], [Circuit.days.by[1]]).to_pylist()
    days = {row["fact_leader"]: row["days"] for row in rows}
    assert (days["chief-14"], days["deputy-14"]) == (3, 1)


def test_a_leader_with_nine_days_is_listed_on_the_last_of_december(own: Actor) -> None:
    nine, ten = on_a_visit(own, "nine-14", 149), on_a_visit(own, "ten-14", 1410)
    for n in range(1, 10):
        visited(own, nine, 149, n)
        visited(own, ten, 1410, n)
    visited(own, ten, 1410, 10)
    last = datetime(2021, 12, 31, 12, tzinfo=SHANGHAI)
    with pytest.raises(Refusal) as refused:
        take(own, nine, "certify", "RECEPTION", day=(last - AT).days)
    assert why(refused) == ["CircuitYear.too_few"]
    take(own, ten, "certify", "RECEPTION", day=(last - AT).days)
    listed = Figures().cases(Circuit.short)["case_id"].to_pylist()
    assert str(nine) in listed
    assert str(ten) not in listed
    found = {c.code: (c.due, c.status) for c in clocks_explained(own, nine, last + timedelta(days=1))}
    assert found["CircuitYear.ten_days"] == (date(2021, 12, 31), "missed")


TEN_DAYS, NINE_DAYS = worked("circuit_year", 0), worked("circuit_year", 1)
C = "CircuitYear."
BREACHES = [
    Breach("nine days certified", TEN_DAYS, lambda s: [a for a in s if a.entity != "d10"], (C + "too_few",)),
    Breach("a day twice", TEN_DAYS, answered("Day.enter", same_day=1), ("Day.twice",) * 10),
    Breach("ten days after the year", TEN_DAYS, later(C + "certify", 300), (C + "ten_days",)),
    Breach("a day of somebody else", TEN_DAYS, answered("Day.enter", who=102), (C + "not_his",) * 10),
    Breach("minutes by the leader alone", TEN_DAYS, signed("Meeting.minute", "钱检 CHIEF_PROSECUTOR"), ("Meeting.minute.by",)),
    Breach("no joint meeting", TEN_DAYS, lambda s: [a for a in s if not a.do.startswith("Meeting")], (C + "no_meeting",)),
    Breach("a visit not reported", TEN_DAYS, without("Visit.tell"), (C + "unreported",)),
    Breach("an item left open", TEN_DAYS, without("Item.settle"), (C + "open_items",)),
    Breach("a second plan", TEN_DAYS, answered(C + "plan", other_years=1), (C + "planned_twice",)),
    Breach("reported twice", TEN_DAYS, again(C + "report", 380), (C + "report.closed",)),
    Breach(
        "an item before any visit",
        TEN_DAYS,
        added(Act(10, "Item.take", "控申 RECEPTION", "i9", {"function": "CIVIL"})),
        (C + "nobody_there", C + "open_items"),
    ),
    Breach("a visit arrived at by a clerk", TEN_DAYS, signed("Visit.arrive", "控申 RECEPTION"), ("Visit.arrive.by",)),
]
PLANTED = [("circuit_year", [TEN_DAYS], BREACHES, date(2022, 3, 1))]


@pytest.mark.parametrize(("code", "stories", "breaches", "start"), PLANTED, ids=lambda v: v if isinstance(v, str) else "")
def test_planted_breaches_are_found_and_nothing_else(code: str, stories: list[Story], breaches: list[Breach], start: date) -> None:
    assert mismatches(code, stories, breaches, start=start) == []


def test_nine_days_are_found_at_the_end_of_the_year() -> None:
    nine = Breach("nine days", NINE_DAYS, list, (C + "ten_days",))
    assert mismatches("circuit_year", [], [nine], start=date(2022, 3, 1)) == []
