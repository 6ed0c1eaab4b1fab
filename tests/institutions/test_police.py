"""公安机关 · What the worked cases of visits, incidents and property cannot say: no step is skipped, clocks move as told, the ledger is right."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tianping.engines.generate import Generator
from tianping.law.calendar import calendar
from tianping.procedure.check import check_folder
from tianping.procedure.check.words import tracks
from tianping.procedure.events import Event
from tianping.procedure.grammar import Procedure
from tianping.procedure.reckoning import Clock
from tianping.procedure.registry import Folder, find
from tianping.procedure.roles import Signer
from tianping.procedure.supervision import refusals, supervise_case, supervise_cases
from tianping.procedure.tables import STAYS, Tables, compiled

CODES = ["centre_visit", "incident", "case_property"]
NINE = datetime.fromisoformat("2026-03-02 09:00")


def event(tables: Tables, seq: int, code: str, at: datetime, entity: str = "", by: str = "", into: str | None = None, **facts: object) -> Event:
    number = tables.by_step[code]
    signers = tuple(Signer(*one.rsplit(" ", 1)) for one in by.split(", ") if one)
    return Event(seq, number, tables.steps[number].track, entity, at, signers=signers, facts=facts, into=into)


def clocks_of(tables: Tables, events: list[Event], code: str, as_of: datetime) -> list[Clock]:
    return [c for c in supervise_case(tables, events, as_of, calendar()).clocks if c.row.code == code]


def refused(tables: Tables, events: list[Event], tried: Event) -> set[str]:
    return {f.rule.code for f in refusals(tables, events, tried, calendar())}


# ---- all three ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", CODES)
def test_every_version_and_its_cases_satisfy_the_checker(code: str) -> None:
    assert [str(refusal) for refusal in check_folder(find(code))] == []


def cited(folder: Folder) -> set[tuple[str, str, str]]:
    """(statute, article, how far the text was checked) of everything that the versions cite, extensions included."""
    parts = [part for version in folder.versions for track in tracks(version) for part in track.members.values()]
    parts += [extension for part in parts for extension in getattr(part, "extend", ())]
    refs = [ref for part in parts if hasattr(part, "cites") for ref in part.cites.refs]
    return {(ref.statute.key, article, ref.statute.status) for ref in refs for article in ref.articles}


@pytest.mark.parametrize("code", CODES)
def test_law_md_has_each_cited_article_and_no_other(code: str) -> None:
    folder = find(code)
    headings = re.findall(r"^## (\S+ \S+) · .+ · .+$", (folder.path / "law.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert len(headings) == len(set(headings))
    assert set(headings) == {f"{key} {article}" for key, article, _ in cited(folder)}


@pytest.mark.parametrize("code", CODES)
def test_only_the_administrative_hours_from_2026_rest_on_an_unread_text(code: str) -> None:
    unread = {key for key, _, status in cited(find(code)) if status == "unverified"}
    assert unread == ({"PSA25"} if code == "centre_visit" else set())


def test_times_of_local_norms_are_targets_and_statutory_ones_are_not() -> None:
    limits = [row for code in CODES for row in compiled(find(code).current).limits]
    local = {row.code for row in limits if row.limit.cites.statuses == {"local"}}
    assert local == {row.code for row in limits if row.limit.target} == {"Unit.arrival", "Item.loan_time", "Item.hand_in_norm"}


# ---- the visit ------------------------------------------------------------------------------------------------------------


def test_the_law_is_chosen_by_the_day_of_arrival_and_both_laws_give_eight_hours() -> None:
    folder = find("centre_visit")
    older, newer = folder.on(date(2025, 12, 31)), folder.on(date(2026, 1, 1))
    assert older is not newer
    for version in (older, newer):
        tables = compiled(version)
        log = [event(tables, 0, "Measure.surrender", NINE, "m", detention_possible=False)]
        assert [c.due for c in clocks_of(tables, log, "Measure.inquiry", NINE)] == [NINE + timedelta(hours=8)]
    assert [_statutes(older), _statutes(newer)] == [{"PSA", "PAP"}, {"PSA25", "PAP"}]


def _statutes(version: type[Procedure]) -> set[str]:
    """What the hours of the administrative inquiry rest on."""
    return {ref.statute.key for row in compiled(version).limits if row.code == "Measure.inquiry" for ref in row.limit.cites.refs}


ADMISSION = ["register", "search", "keep_belongings", "take_data", "step_out"]


@pytest.mark.parametrize("done", range(len(ADMISSION) - 1))
def test_no_step_of_admission_is_skipped(done: int) -> None:
    tables = compiled(find("centre_visit").current)
    log = [event(tables, i, f"CentreVisit.{name}", NINE + timedelta(minutes=i)) for i, name in enumerate(ADMISSION[:done])]
    later = NINE + timedelta(hours=1)
    for name in ADMISSION[done + 1 :]:
        codes = refused(tables, log, event(tables, 9, f"CentreVisit.{name}", later))
        assert {f"CentreVisit.{name}.order", f"CentreVisit.{name}.missing"} <= codes
    assert f"CentreVisit.{ADMISSION[done]}.order" not in refused(tables, log, event(tables, 9, f"CentreVisit.{ADMISSION[done]}", later))


@settings(max_examples=60, deadline=None)
@given(
    starts=st.lists(st.integers(min_value=1, max_value=400), max_size=3, unique=True),
    lasting=st.integers(min_value=1, max_value=300),
    complex_=st.booleans(),
)
def test_restraint_while_drunk_moves_the_end_of_the_inquiry_by_its_own_length(starts: list[int], lasting: int, complex_: bool) -> None:
    """By hand: eight or twenty-four hours, and each restraint begun while they still ran adds its length."""
    tables = compiled(find("centre_visit").current)
    log = [event(tables, 0, "Measure.inquire_orally", NINE, "m", detention_possible=complex_)]
    due, at = NINE + timedelta(hours=24 if complex_ else 8), NINE
    for start in sorted(starts):
        at = max(at, NINE) + timedelta(minutes=start)
        end = at + timedelta(minutes=lasting)
        log += [event(tables, len(log), "Measure.restrain", at, "m"), event(tables, len(log) + 1, "Measure.sober_up", end, "m")]
        due += (end - at) if at <= due else timedelta()
        at = end
    assert [c.due for c in clocks_of(tables, log, "Measure.inquiry", at)] == [due]


@pytest.mark.parametrize(("minutes", "warned"), [(7 * 60 + 29, False), (7 * 60 + 30, True)])
def test_half_an_hour_before_the_end_is_the_time_to_warn(minutes: int, warned: bool) -> None:
    tables = compiled(find("centre_visit").current)
    now = NINE + timedelta(minutes=minutes)
    (clock,) = clocks_of(tables, [event(tables, 0, "Measure.surrender", NINE, "m", detention_possible=False)], "Measure.inquiry", now)
    (lead,) = clock.row.limit.warn
    assert isinstance(clock.due, datetime)
    assert clock.status == "running"
    assert (now >= clock.due - timedelta(seconds=lead.seconds)) is warned


@pytest.mark.parametrize(("vulnerable", "grants", "hours"), [(False, 0, 12), (False, 1, 24), (False, 2, 48), (True, 0, 4), (True, 2, 4)], ids=str)
def test_questioning_grows_step_by_step_and_never_for_the_vulnerable(vulnerable: bool, grants: int, hours: int) -> None:
    """A grant that should not have been given does not lengthen the four hours either."""
    tables = compiled(find("centre_visit").current)
    log = [
        event(tables, 0, "Measure.bring_in", NINE, "m", identity_hidden=True),
        event(tables, 1, "CentreVisit.register", NINE, vulnerable=vulnerable, minor=False, woman=False, needs_interpreter=False),
        event(tables, 2, "Measure.approve_questioning", NINE, "m"),
    ]
    for i, name in enumerate(["extend_to_day", "extend_to_two_days"][:grants]):
        log.append(event(tables, 3 + i, f"Measure.{name}", NINE + timedelta(hours=1 + i), "m"))
    (clock,) = clocks_of(tables, log, "CentreVisit.questioning", NINE + timedelta(hours=3))
    assert clock.due == NINE + timedelta(hours=hours)


def test_one_officer_signing_twice_is_one_officer() -> None:
    tables = compiled(find("centre_visit").current)
    begin = event(tables, 0, "Interview.begin", NINE, "q", by="周警 OFFICER, 周警 OFFICER", grave_crime=False, filmed=True)
    assert "Interview.begin.by" in refused(tables, [], begin)
    pair = event(tables, 0, "Interview.begin", NINE, "q", by="周警 OFFICER, 吴警 OFFICER", grave_crime=False, filmed=True)
    assert "Interview.begin.by" not in refused(tables, [], pair)


# ---- the incident ---------------------------------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None)
@given(took=st.lists(st.tuples(st.integers(min_value=0, max_value=15), st.booleans()), min_size=1, max_size=5))
def test_each_unit_has_a_clock_of_its_own(took: list[tuple[int, bool]]) -> None:
    tables = compiled(find("incident").current)
    log = [event(tables, i, "Unit.send", NINE + timedelta(minutes=i), f"u{i}", kind="PATROL", in_town=town) for i, (_, town) in enumerate(took)]
    arrivals = [event(tables, 50 + i, "Unit.arrive", NINE + timedelta(minutes=i + m), f"u{i}") for i, (m, _) in enumerate(took)]
    judged = supervise_case(tables, sorted(log + arrivals, key=lambda e: (e.happened, e.seq)), NINE + timedelta(days=1), calendar())
    late = {f.entity for f in judged.findings if f.rule.code == "Unit.arrival"}
    assert late == {f"u{i}" for i, (m, town) in enumerate(took) if m > (5 if town else 10)}


def test_no_arrival_is_measured_in_the_countryside() -> None:
    tables = compiled(find("incident").current)
    log = [event(tables, 0, "Unit.send_out", NINE, "u", kind="STATION")]
    assert not clocks_of(tables, log, "Unit.arrival", NINE + timedelta(days=1))


def test_the_units_of_a_merged_incident_are_judged_in_the_one_it_went_into() -> None:
    tables = compiled(find("incident").current)
    cases = {
        "A": [event(tables, 0, "Incident.take", NINE, category="CRIMINAL")],
        "B": [
            event(tables, 0, "Incident.take", NINE, category="CRIMINAL"),
            event(tables, 1, "Unit.send", NINE, "u", kind="PATROL", in_town=True),
            event(tables, 2, "Unit.arrive", NINE + timedelta(minutes=9), "u"),
            event(tables, 3, "Unit.report", NINE + timedelta(minutes=20), "u"),
            event(tables, 4, "Incident.merge", NINE + timedelta(minutes=30), into="A"),
        ],
    }
    judged = supervise_cases(tables, cases, NINE + timedelta(days=1), calendar())
    assert [(c.entity, c.status) for c in judged["A"].clocks if c.row.code == "Unit.arrival"] == [("B/u", "met_late")]
    assert [c for c in judged["B"].clocks if c.row.code == "Unit.arrival"] == []


# ---- property -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keeper", "bringer", "same"), [("冯管", "王警", False), ("周警", "王警", True), ("冯管", "周警", True), ("冯管", "吴警", True)]
)
def test_who_extracted_an_item_does_not_put_it_in_the_store(keeper: str, bringer: str, same: bool) -> None:
    tables = compiled(find("case_property").current)
    log = [
        event(tables, 0, "Item.extract", NINE, "i", by="周警 OFFICER, 吴警 OFFICER"),
        event(tables, 1, "Item.seize", NINE, "i", by="周警 OFFICER, 郑局 CHIEF", claimed=False),
    ]
    tried = event(tables, 2, "Item.hand_in", NINE + timedelta(hours=1), "i", by=f"{keeper} KEEPER, {bringer} OFFICER")
    assert refused(tables, log, tried) == ({"Item.hand_in.not_by"} if same else set())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_register_is_cleared_exactly_when_a_count_by_hand_finds_nothing_left(seed: int) -> None:
    """Random operations; the count follows each item and freeze through the targets of its steps, and knows nothing of rules."""
    tables = compiled(find("case_property").current)
    clear = tables.by_step["CaseProperty.clear"]
    seen = {True: 0, False: 0}
    for log in Generator(tables, seed, start=date(2023, 1, 2)).cases(40).values():
        acts = sorted((e for e in log if e.step >= 0 and e.voids is None and e.step != clear), key=lambda e: (e.happened, e.seq))
        standing: dict[tuple[int, str], bool] = {}
        for at, (one, after) in enumerate(pairwise([*acts, None]), 1):
            assert one is not None
            row = tables.steps[one.step]
            if one.entity and row.target != STAYS:
                standing[one.track, one.entity] = not tables.tracks[one.track].ends >> row.target & 1
            if after is None or at % 5 == 0:
                tried = Event(10_000, clear, 0, "", one.happened)
                left = {"CaseProperty.something_left", "CaseProperty.something_frozen"} & refused(tables, acts[:at], tried)
                assert bool(left) is any(standing.values())
                seen[bool(left)] += 1
    assert min(seen.values()) > 0


FREEZES = [("FUNDS", False, 6), ("FUNDS", True, 12), ("SECURITIES", False, 24), ("SECURITIES", True, 24), ("EQUITY", True, 6)]


@pytest.mark.parametrize(("asset", "major", "months"), FREEZES)
def test_a_renewal_begins_a_new_term_of_the_same_length(asset: str, major: bool, months: int) -> None:
    tables = compiled(find("case_property").current)
    start, renewed = datetime.fromisoformat("2023-03-14 10:00"), datetime.fromisoformat("2023-05-16 10:00")
    log = [
        event(tables, 0, "Freeze.freeze", start, "f", asset=asset, major=major),
        event(tables, 1, "Freeze.renew", renewed, "f"),
    ]
    first, second = clocks_of(tables, log, "Freeze.term", datetime.fromisoformat("2023-06-01"))
    assert first.status == "met"
    assert [_months(start, months), _months(renewed, months)] == [first.due, second.due]


def _months(start: datetime, months: int) -> date:
    """The corresponding day, moved by hand over the rest days among those used here."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    day = date(year, month + 1, start.day)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
