"""一起盗窃 · From the call to the day the judgment stands: 110, patrol, station, centre, procuratorate, court; each with clocks of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from tests.journeys.telling import Side, Story, at, delivered, due, found, lapsed, on, outcome, side, stage
from tianping.casework.errors import NoSuchCase, Refusal
from tianping.casework.models import Case
from tianping.casework.selectors.detail import case_detail

PERSON: dict[str, Any] = {"vulnerable": False, "minor": False, "woman": False, "needs_interpreter": False}
ASKED: dict[str, Any] = {"grave_crime": False, "filmed": True, "adult_present": False, "interpreter_present": False}


@dataclass(frozen=True, slots=True)
class City:
    """The institutions of the story."""

    machine: Side
    command: Side
    station: Side
    bureau: Side
    centre: Side
    procuratorate: Side
    court: Side


@pytest.fixture(scope="module")
def city(database: object) -> City:
    bureau = side("crime.bureau", "police", "公安局", "CHIEF", "OFFICER", "LEGAL_REVIEW", "DEPARTMENT_HEAD")
    command = side("crime.110", "police", "指挥中心", "DISPATCHER", above=bureau)
    return City(
        command.other("system", "SYSTEM"),
        command,
        side("crime.station", "police_station", "派出所", "OFFICER", "UNIT", above=bureau),
        bureau,
        side("crime.centre", "handling_centre", "办案中心", "OFFICER", "CENTRE_MANAGER", "DEPARTMENT_HEAD", "CHIEF", above=bureau),
        side("crime.procuratorate", "procuratorate", "检察院", "PROSECUTOR", "RESIDENT_PROSECUTOR"),
        side("crime.court", "court_basic", "法院", "JUDGE", "CLERK", court_code="晋0793"),
    )


def called(city: City, story: Story) -> int:
    """The call, the patrol first on the scene, the station; taken as a crime, passed on, closed."""
    desk, station = city.command, city.station
    case = story.opens(desk, "incident", "Incident.take", "DISPATCHER", "2026-03-02 21:00", category="CRIMINAL", title="超市被盗")
    story.does(city.machine, case, "Call.ring", "SYSTEM", "2026-03-02 21:00", entity="c1")
    story.does(desk, case, "Call.answer", "DISPATCHER", "2026-03-02 21:00", entity="c1")
    story.does(desk, case, "Call.record", "DISPATCHER", "2026-03-02 21:02", entity="c1", intake="REPORT", reported_before=False)
    story.does(desk, case, "Unit.send", "DISPATCHER", "2026-03-02 21:02", entity="u1", kind="PATROL", unit="巡一", reason="距离最近", in_town=True)
    story.does(desk, case, "engage", "DISPATCHER", "2026-03-02 21:02")
    story.does(desk, case, "Unit.send", "DISPATCHER", "2026-03-02 21:03", entity="u2", kind="STATION", unit="所二", reason="辖区", in_town=True)
    for role in ("UNIT", "OFFICER"):
        story.joins(desk, case, station.other(role.lower()), role, "2026-03-02 21:03")
    story.does(station, case, "Unit.accept", "UNIT", "2026-03-02 21:03", entity="u1")
    story.does(station, case, "Unit.arrive", "UNIT", "2026-03-02 21:06", entity="u1", first=True)
    story.does(station, case, "Unit.arrive", "UNIT", "2026-03-02 21:07", entity="u2", first=False)
    story.does(station, case, "Unit.relieve", "UNIT", "2026-03-02 21:15", "UNIT", entity="u1")
    with pytest.raises(Refusal, match="PSC 171"):
        story.does(station, case, "crime.send", "OFFICER", "2026-03-02 21:20", entity="k1", to={"crime": city.bureau})
    story.does(station, case, "accept_crime", "OFFICER", "2026-03-02 21:40")
    story.does(station, case, "crime.send", "OFFICER", "2026-03-02 21:45", entity="k1", to={"crime": city.bureau})
    story.does(station, case, "Unit.report", "UNIT", "2026-03-02 22:05", entity="u2")
    story.does(station, case, "feed_back", "OFFICER", "2026-03-02 22:10", is_case=True)
    story.does(desk, case, "call_back", "DISPATCHER", "2026-03-03 09:00", satisfaction="SATISFIED")
    story.does(desk, case, "close", "DISPATCHER", "2026-03-03 09:05")
    return case


def opened(city: City, story: Story, incident: int) -> int:
    """The bureau decides to open a case and summons the suspect."""
    case = story.gets(city.bureau, incident, "crime", "CHIEF", "2026-03-02 23:00")
    story.does(city.bureau, case, "Suspect.name_one", "OFFICER", "2026-03-02 23:10", entity="s1")
    story.does(city.bureau, case, "Suspect.summon", "OFFICER", "2026-03-03 08:00", "OFFICER", entity="s1", grave=False)
    story.does(city.bureau, case, "centre.send", "OFFICER", "2026-03-03 08:05", entity="c1", to={"centre": city.centre})
    return case


def interviewed(city: City, story: Story, visit: int, n: int, begin: str, end: str) -> None:
    """One stay in an interview room with one interview."""
    story.does(city.centre, visit, "RoomStay.enter_interview", "OFFICER", begin, "OFFICER", entity=f"r{n}")
    story.does(city.centre, visit, "Interview.begin", "OFFICER", begin, "OFFICER", entity=f"i{n}", **ASKED)
    story.does(city.centre, visit, "Interview.sign", "OFFICER", end, "OFFICER", entity=f"i{n}")
    story.does(city.centre, visit, "RoomStay.leave", "OFFICER", end, entity=f"r{n}")


def held(city: City, story: Story, case: int) -> int:
    """Through the centre, step by step, and to the custody house."""
    centre, keeper = city.centre, city.centre.other("guan")
    visit = story.gets(centre, case, "centre", "OFFICER", "2026-03-03 08:10", "CENTRE_MANAGER", wristband="A1", **PERSON)
    story.does(centre, visit, "Measure.call_in", "OFFICER", "2026-03-03 08:10", "DEPARTMENT_HEAD", entity="m1")
    with pytest.raises(Refusal) as skipped:
        story.does(centre, visit, "RoomStay.enter_interview", "OFFICER", "2026-03-03 08:15", "OFFICER", entity="r0")
    assert "CentreVisit.not_ready" in [r.rule for r in skipped.value.reasons]
    with pytest.raises(Refusal):
        story.does(keeper, visit, "keep_belongings", "CENTRE_MANAGER", "2026-03-03 08:15")
    story.does(centre, visit, "search", "OFFICER", "2026-03-03 08:20", "OFFICER", searched_by_woman=False, hurt=False)
    story.does(keeper, visit, "keep_belongings", "CENTRE_MANAGER", "2026-03-03 08:30")
    story.does(centre, visit, "take_data", "OFFICER", "2026-03-03 08:40")
    interviewed(city, story, visit, 1, "2026-03-03 09:00", "2026-03-03 11:30")
    story.does(centre, visit, "feed", "CENTRE_MANAGER", "2026-03-03 12:00")
    assert due(visit, "Measure.summons") == at("2026-03-03 20:10"), "twelve hours"
    story.does(centre, visit, "Measure.finish_summons", "OFFICER", "2026-03-03 15:00", entity="m1")
    story.does(centre, visit, "Measure.detain", "OFFICER", "2026-03-03 15:00", "CHIEF", entity="m2")
    assert {due(visit, c) for c in ("Measure.custody_house", "Measure.family", "CentreVisit.first_interview")} == {at("2026-03-04 15:00")}
    interviewed(city, story, visit, 2, "2026-03-03 15:10", "2026-03-03 16:00")
    story.does(centre, visit, "Measure.tell_family", "OFFICER", "2026-03-03 16:00", entity="m2")
    story.does(centre, visit, "Measure.send_to_custody", "OFFICER", "2026-03-03 18:00", "OFFICER", entity="m2")
    story.does(centre, visit, "wind_up", "OFFICER", "2026-03-03 18:05")
    story.does(keeper, visit, "forward_belongings", "CENTRE_MANAGER", "2026-03-03 18:10", "OFFICER")
    story.does(centre, visit, "hand_over", "OFFICER", "2026-03-03 18:15", "OFFICER", destination="CUSTODY_HOUSE")
    return visit


def in_custody(city: City, story: Story, case: int) -> None:
    """The same hours as the clocks of the case count them."""
    for step, role, when, co in (
        ("detain", "CHIEF", "15:00", ()), ("question", "OFFICER", "15:10", ("OFFICER",)), ("tell_family", "OFFICER", "16:00", ()),
        ("admit", "OFFICER", "18:00", ("OFFICER",)),
    ):  # fmt: skip
        facts: dict[str, Any] = {"roaming": False, "identity_known": True} if step == "detain" else {}
        story.does(city.bureau, case, f"Suspect.{step}", role, f"2026-03-03 {when}", *co, entity="s1", **facts)


def intervened(city: City, story: Story) -> None:
    """The police ask the procuratorate early; its opinion is replied to."""
    police, resident = city.bureau, city.procuratorate
    ask = {"subject": "超市被盗案", "mechanism": "EARLY", "own_view": "只供内部研判"}
    asked = story.opens(police, "cooperation", "propose", "LEGAL_REVIEW", "2026-03-03 19:00", **ask)
    story.does(police, asked, "ask_early", "LEGAL_REVIEW", "2026-03-03 19:10", to={"early": resident}, weight="COMPLEX")
    work = story.gets(resident, asked, "early", "RESIDENT_PROSECUTOR", "2026-03-04 09:00")
    story.does(resident, work, "begin", "RESIDENT_PROSECUTOR", "2026-03-04 09:30")
    story.does(resident, work, "Opinion.give", "RESIDENT_PROSECUTOR", "2026-03-04 10:00", entity="o1")
    story.joins(resident, work, police.other("wang"), "OFFICER", "2026-03-04 10:10")
    story.does(police, work, "Opinion.reply", "OFFICER", "2026-03-04 15:00", entity="o1", adopted=True)
    story.does(resident, work, "feed_back", "RESIDENT_PROSECUTOR", "2026-03-04 16:00", result="补强监控录像")
    delivered("2026-03-04 16:01")
    story.does(police, asked, "note", "LEGAL_REVIEW", "2026-03-04 17:00")
    story.does(police, asked, "archive", "LEGAL_REVIEW", "2026-03-04 17:05")


def reviewed(city: City, story: Story, case: int) -> None:
    """Arrest requested and approved; the case transferred, found fit for the fast track, charged."""
    police, prosecutor = city.bureau, city.procuratorate
    with pytest.raises(NoSuchCase):
        case_detail(prosecutor.actor(), case, at("2026-03-05 09:00"))
    assert on(due(case, "Suspect.to_request")) == date(2026, 3, 6)
    story.does(police, case, "Suspect.request", "CHIEF", "2026-03-05 10:00", entity="s1")
    story.joins(police, case, prosecutor, "PROSECUTOR", "2026-03-05 10:05")
    assert on(due(case, "Suspect.to_decide")) == date(2026, 3, 12)
    story.does(prosecutor, case, "Suspect.approve", "PROSECUTOR", "2026-03-10 10:00", entity="s1")
    story.does(police, case, "Suspect.arrest", "OFFICER", "2026-03-10 15:00", "OFFICER", entity="s1")
    story.does(police, case, "Suspect.question", "OFFICER", "2026-03-10 15:30", "OFFICER", entity="s1")
    story.does(police, case, "Suspect.tell_family", "OFFICER", "2026-03-10 17:00", entity="s1")
    story.does(police, case, "transfer", "CHIEF", "2026-03-20 10:00")
    story.does(prosecutor, case, "assess", "PROSECUTOR", "2026-03-23 10:00", fast_review=True, review_over_one=False)
    assert on(due(case, "CriminalCase.review")) == date(2026, 3, 30)
    story.does(prosecutor, case, "charge", "PROSECUTOR", "2026-03-27 10:00")


def tried(city: City, story: Story, case: int) -> None:
    """The fast track: accepted, heard, judged in court; both sides let the judgment stand."""
    court = city.court
    story.joins(city.bureau, case, court, "JUDGE", "2026-03-27 10:05")
    story.joins(city.bureau, case, court.other("shu"), "CLERK", "2026-03-27 10:05")
    story.does(court, case, "accept", "JUDGE", "2026-04-01 09:00")
    story.does(court, case, "Form.as_fast", "JUDGE", "2026-04-01 09:10", fast_fit=True, over_one=False, over_three=False)
    assert on(due(case, "CriminalCase.trial")) == date(2026, 4, 11)
    story.does(court, case, "set_hearing", "JUDGE", "2026-04-01 09:20", hearing_on=date(2026, 4, 8))
    story.does(court, case, "serve_indictment", "CLERK", "2026-04-02 10:00")
    story.does(court, case, "notify", "CLERK", "2026-04-02 10:10")
    story.does(court, case, "hear", "JUDGE", "2026-04-08 09:30")
    with pytest.raises(Refusal) as later:
        story.does(court, case, "judge", "JUDGE", "2026-04-08 11:00", in_court=False)
    assert [r.rule for r in later.value.reasons] == ["CriminalCase.tried_fast"]
    story.does(court, case, "judge", "JUDGE", "2026-04-08 11:00", in_court=True)
    for party in ("v1", "v2"):
        story.does(court, case, "Verdict.serve", "CLERK", "2026-04-09 10:00", entity=party, of_ruling=False)
    assert on(due(case, "Verdict.to_appeal")) == date(2026, 4, 20), "ten days end on a Sunday"
    lapsed("2026-04-20 23:00")
    with pytest.raises(Refusal):
        story.does(court, case, "take_effect", "CLERK", "2026-04-20 23:10")
    lapsed("2026-04-21 08:00")
    story.does(court, case, "take_effect", "CLERK", "2026-04-21 09:00")


def test_from_the_call_to_the_day_the_judgment_stands(city: City) -> None:
    story = Story()
    incident = called(city, story)
    case = opened(city, story, incident)
    visit = held(city, story, case)
    in_custody(city, story, case)
    delivered("2026-03-03 18:20")
    assert (stage(visit), outcome(case, "centre")) == ("handed_over", "handed_over")
    intervened(city, story)
    reviewed(city, story, case)
    tried(city, story, case)
    delivered("2026-04-21 09:01")
    assert (stage(case), outcome(incident, "crime")) == ("final", "adjudged")
    assert found(story.cases, "2026-04-30 09:00") == {}
    assert len({Case.objects.get(pk=c).organisation_id for c in story.cases}) == 4, "four institutions held cases; the court sat in one of them"


def test_thirteen_hours_of_summons_and_an_arrest_asked_a_day_late_are_found(city: City) -> None:
    story = Story()
    case = story.opens(city.bureau, "criminal_case", "open_case", "CHIEF", "2026-03-02 08:00")
    story.does(city.bureau, case, "centre.send", "OFFICER", "2026-03-02 08:05", entity="c1", to={"centre": city.centre})
    visit = story.gets(city.centre, case, "centre", "OFFICER", "2026-03-02 08:10", "CENTRE_MANAGER", wristband="A2", **PERSON)
    story.does(city.centre, visit, "Measure.call_in", "OFFICER", "2026-03-02 08:10", "DEPARTMENT_HEAD", entity="m1")
    story.does(city.centre, visit, "Measure.finish_summons", "OFFICER", "2026-03-02 21:10", entity="m1")
    story.does(city.bureau, case, "Suspect.detain", "CHIEF", "2026-03-02 22:00", entity="s1", roaming=False, identity_known=True)
    story.does(city.bureau, case, "Suspect.admit", "OFFICER", "2026-03-02 23:00", "OFFICER", entity="s1")
    story.does(city.bureau, case, "Suspect.question", "OFFICER", "2026-03-03 09:00", "OFFICER", entity="s1")
    story.does(city.bureau, case, "Suspect.tell_family", "OFFICER", "2026-03-03 09:30", entity="s1")
    story.does(city.bureau, case, "Suspect.request", "CHIEF", "2026-03-06 10:00", entity="s1")
    assert found(story.cases, "2026-03-06 12:00") == {visit: ["Measure.summons"], case: ["Suspect.to_request"]}
