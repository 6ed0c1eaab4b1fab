"""一封来信 · To 12309: a procedural reply in seven days, to a department of another procuratorate, its result in three months."""

from __future__ import annotations

from datetime import date

import pytest

from tests.journeys.telling import Side, Story, due, found, on, side, stage
from tianping.casework.errors import NoSuchCase, Refusal


@pytest.fixture(scope="module")
def sides(database: object) -> tuple[Side, Side]:
    city = side("letter.city", "procuratorate", "市检察院", "RECEPTION")
    return city, side("letter.county", "procuratorate", "县检察院", "PROSECUTOR")


def received(own: Side, story: Story) -> int:
    return story.opens(
        own, "service_request", "receive_letter", "RECEPTION", "2026-03-02 09:00", kind="CRIMINAL_APPEAL", channel="LETTER", title="申诉信"
    )


def test_from_the_letter_to_its_result(sides: tuple[Side, Side]) -> None:
    city, county = sides
    story = Story()
    case = received(city, story)
    assert {c: on(due(case, f"ServiceRequest.{c}")) for c in ("to_reply", "to_sort", "to_result")} == {
        "to_reply": date(2026, 3, 9), "to_sort": date(2026, 3, 9), "to_result": date(2026, 6, 2)
    }  # fmt: skip
    with pytest.raises(Refusal) as ours:
        story.does(city, case, "transfer", "RECEPTION", "2026-03-04 09:00", ours=False)
    assert {r.rule for r in ours.value.reasons} == {"ServiceRequest.must_be_told", "ServiceRequest.unanswered_letter"}
    story.does(city, case, "reply", "RECEPTION", "2026-03-05 09:00", query_code="12309-1")
    story.does(city, case, "accept", "RECEPTION", "2026-03-06 09:00", ours=True)
    story.does(city, case, "assign", "RECEPTION", "2026-03-09 09:00", department="县检察院第一检察部")
    with pytest.raises(NoSuchCase):
        story.does(county, case, "report", "PROSECUTOR", "2026-03-10 09:00")
    story.joins(city, case, county, "PROSECUTOR", "2026-03-09 09:10")
    story.does(county, case, "report", "PROSECUTOR", "2026-04-20 09:00")
    story.does(county, case, "finish", "PROSECUTOR", "2026-05-20 09:00", founded=True)
    story.does(city, case, "answer", "RECEPTION", "2026-05-25 09:00")
    assert stage(case) == "answered"
    assert found(story.cases, "2026-07-01 09:00") == {}


def test_a_letter_without_a_reply_on_the_eighth_day_and_without_a_result_after_three_months_is_found(sides: tuple[Side, Side]) -> None:
    city, _ = sides
    story = Story()
    case = received(city, story)
    story.does(city, case, "accept", "RECEPTION", "2026-03-09 09:00", ours=True)
    assert found(story.cases, "2026-03-09 23:59") == {}
    assert found(story.cases, "2026-03-10 00:01") == {case: ["ServiceRequest.to_reply"]}
    assert sorted(found(story.cases, "2026-06-03 00:01")[case]) == ["ServiceRequest.to_reply", "ServiceRequest.to_result"]
