"""一年巡访 · A chief prosecutor's year: planned, ten distinct days counted, what people brought put into its procedure, the year reported."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.journeys.telling import Side, Story, delivered, found, lapsed, side, stage
from tianping.casework.errors import Refusal

FIRST = date(2025, 3, 3)


@pytest.fixture(scope="module")
def sides(database: object) -> tuple[Side, Side]:
    city = side("visit.city", "procuratorate", "市检察院", "RECEPTION", "CHIEF_PROSECUTOR", "PROSECUTOR")
    return city, side("visit.county", "procuratorate", "县检察院", "RECEPTION")


def planned(own: Side, story: Story, number: int) -> int:
    facts: dict[str, Any] = {"leader": "钱某", "number": number, "post": "CITY_CHIEF", "year": 2025}
    case = story.opens(
        own, "circuit_year", "CircuitYear.plan", "RECEPTION", "2025-01-06 09:00", year_begins=date(2025, 1, 1), year_ends=date(2025, 12, 31), **facts
    )
    story.does(own, case, "Visit.plan", "RECEPTION", "2025-02-03 09:00", entity="v1", county="甲县")
    story.does(own, case, "Visit.announce", "RECEPTION", "2025-02-20 09:00", entity="v1")
    story.does(own, case, "Visit.arrive", "CHIEF_PROSECUTOR", f"{FIRST} 09:00", entity="v1", manner="FIXED")
    return case


def counted(own: Side, story: Story, case: int, number: int, days: int) -> None:
    for n in range(days):
        day = FIRST + timedelta(days=n)
        story.does(own, case, "Day.enter", "RECEPTION", f"{day} 18:00", entity=f"d{n}", who=number, visited_on=day)


def test_ten_distinct_days_and_what_was_brought(sides: tuple[Side, Side]) -> None:
    own, county = sides
    story = Story()
    case = planned(own, story, 101)
    counted(own, story, case, 101, 9)
    with pytest.raises(Refusal) as twice:
        story.does(own, case, "Day.enter", "RECEPTION", "2025-03-12 08:00", entity="again", who=101, visited_on=FIRST)
    assert [r.rule for r in twice.value.reasons] == ["Day.twice"]
    with pytest.raises(Refusal) as nine:
        story.does(own, case, "certify", "RECEPTION", "2025-03-12 09:00")
    assert [r.rule for r in nine.value.reasons] == ["CircuitYear.too_few"]
    story.does(own, case, "Day.enter", "RECEPTION", "2025-03-12 18:00", entity="d9", who=101, visited_on=date(2025, 3, 12))
    story.does(own, case, "Item.take", "CHIEF_PROSECUTOR", "2025-03-12 10:00", entity="i1", function="CRIMINAL")
    story.does(own, case, "Item.assign", "CHIEF_PROSECUTOR", "2025-03-12 11:00", entity="i1", owner="县检察院")
    letter = story.opens(
        county, "service_request", "ServiceRequest.receive", "RECEPTION", "2025-03-12 15:00", kind="CRIMINAL_APPEAL", channel="VISIT"
    )
    story.does(county, letter, "accept", "RECEPTION", "2025-03-14 09:00", ours=True)
    story.does(own, case, "Item.pass_on", "PROSECUTOR", "2025-03-14 10:00", entity="i1", case_number=str(letter))
    story.does(own, case, "Meeting.call", "CHIEF_PROSECUTOR", "2025-03-17 09:00", entity="m1")
    story.does(own, case, "Meeting.minute", "CHIEF_PROSECUTOR", "2025-03-18 09:00", "PETITION_OFFICE", entity="m1")
    story.does(own, case, "Visit.tell", "RECEPTION", "2025-03-20 09:00", entity="v1")
    story.does(own, case, "certify", "RECEPTION", "2025-03-21 09:00")
    story.does(own, case, "CircuitYear.report", "RECEPTION", "2026-01-12 09:00")
    assert stage(case) == "reported"
    assert found(story.cases, "2026-02-02 09:00") == {}


def test_nine_days_are_listed_at_the_end_of_the_year(sides: tuple[Side, Side]) -> None:
    own, _ = sides
    story = Story()
    case = planned(own, story, 102)
    counted(own, story, case, 102, 9)
    lapsed("2025-12-31 23:00")
    assert stage(case) == "running"
    lapsed("2026-01-01 08:00")
    delivered("2026-01-01 08:01")
    assert stage(case) == "short"
    assert found(story.cases, "2026-01-02 09:00") == {case: ["CircuitYear.ten_days"]}
