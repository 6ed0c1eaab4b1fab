"""待办清单 · What is due when is what the list by last day says; the census agrees with it; stretches are exactly the groups."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.access.people import MONDAY, filed, institution, somebody
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.registered import version_on
from tianping.casework.models import AccessKey, Case, SearchRow, Visibility
from tianping.casework.selectors.agenda import due_between
from tianping.casework.selectors.lists import ENTRIES, case_list
from tianping.casework.selectors.named import names_of, posts_in
from tianping.casework.selectors.proposals import proposed
from tianping.casework.selectors.recent import written_since
from tianping.casework.selectors.worklist import GROUPS, bounds, cases_of, census, numbered, work_of
from tianping.law.calendar import calendar

DAYS = bounds(MONDAY, calendar())


def local(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A local instant of March 2026 in UTC."""
    return datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=day - 1, hours=hour - 8, minutes=minute)


@pytest.mark.parametrize(
    ("due", "group"),
    [
        (local(1), "overdue"), (local(2), "today"), (local(2, 9, 59), "overdue"), (local(2, 10, 1), "today"), (local(3), "soon"), (local(5), "soon"),
        (local(5, 23), "soon"), (local(6), "later"), (None, "none"),
    ],
)  # fmt: skip
def test_a_last_day_belongs_to_one_group(due: datetime | None, group: str) -> None:
    assert DAYS.group(due) == group


def test_three_working_days_step_over_a_weekend() -> None:
    assert bounds(datetime(2026, 3, 5, 1, tzinfo=UTC), calendar()).soon == local(11)


@pytest.fixture(scope="module")
def crowd(database: object) -> tuple[Actor, list[Case]]:
    """Cases of one court, due before, on and after the day, some at an hour, some never."""
    random, court = Random(3), institution()
    actor = somebody(court, "FILING_JUDGE")
    key = AccessKey.objects.get(organisation=court, capacity="handle")
    definition, _ = version_on("pre_filing", MONDAY.date())
    dues = [None, *(local(1 + random.randrange(12), random.choice((0, 0, 0, 9, 12))) for _ in range(180))]
    fixed: dict[str, Any] = {"definition_id": definition, "seq": 0, "head": b"", "opened": MONDAY, "updated": MONDAY, "organisation": court}
    made = [Case(title=f"案{n}", due=d, stage=random.choice(("received", "referred")), **fixed) for n, d in enumerate(dues)]
    cases = Case.objects.bulk_create(made)
    Visibility.objects.bulk_create([Visibility(case=c, key=key, level=0, lifecycle=0, due=c.due) for c in cases])
    SearchRow.objects.bulk_create([SearchRow(case=c, title=c.title, masked=c.title, tsv="") for c in cases])
    return actor, cases


def read(actor: Actor, **filters: Any) -> list[int]:
    """All pages put together."""
    out: list[int] = []
    after: str | None = None
    while after != "":
        page = case_list(actor, at=MONDAY, order="due", after=after, size=7, **filters)
        out += [r.id for r in page.rows]
        after = page.after
    return out


@pytest.mark.parametrize("group", GROUPS)
def test_the_stretch_of_a_group_is_the_group(crowd: tuple[Actor, list[Case]], group: Any) -> None:
    actor, cases = crowd
    wanted = {c.pk for c in cases if DAYS.group(c.due) == group}
    assert wanted
    assert set(read(actor, **DAYS.stretch(group))) == wanted


def test_the_census_counts_what_the_list_holds(crowd: tuple[Actor, list[Case]]) -> None:
    actor, cases = crowd
    found = census(actor, DAYS)
    assert found.whole
    assert {g: found.count(group=g) for g in GROUPS} == Counter(DAYS.group(c.due) for c in cases)
    assert found.count(stage="received", group="soon") == sum(c.stage == "received" and DAYS.group(c.due) == "soon" for c in cases)
    assert found.count(procedure="no_such") == 0
    assert found.count(holder=1) == 0
    assert found.exact("later")


def test_a_census_of_many_keys_looks_at_no_more(crowd: tuple[Actor, list[Case]]) -> None:
    actor, cases = crowd
    many = Actor(actor.account, actor.organisation, actor.roles, (*actor.keys, *range(10**6, 10**6 + 40)), person=actor.person)
    found = census(many, DAYS)
    window = ENTRIES // len(many.keys)
    assert sum(t.cases for t in found.tallies) == window < len(cases)
    assert not found.whole
    nearest = sorted((c for c in cases if c.due), key=lambda c: (c.due, c.pk))[:window]
    assert found.count(group="overdue") == sum(DAYS.group(c.due) == "overdue" for c in nearest)
    assert not found.exact("none")


def test_a_page_as_work_is_one_statement_and_shows_no_whole_name(database: object) -> None:
    court = institution()
    judge = somebody(court, "FILING_JUDGE")
    ids = [filed(judge).case_id for _ in range(3)]
    page = case_list(judge, at=MONDAY, order="due").rows
    with CaptureQueriesContext(connection) as asked:
        found = work_of(page)
    assert len(asked) == 1
    assert [w.row.id for w in found] == ids
    assert {w.parties for w in found} == {(("Roles.APPLICANT", "张某某"), ("Roles.OPPONENT", "李某"))}
    assert [w.clock.code for w in found if w.clock] == ["PreFiling.to_decide"] * 3


def test_cases_by_number_are_shown_to_whom_they_may_be_shown(database: object) -> None:
    judge, stranger = somebody(institution(), "FILING_JUDGE"), somebody(institution(), "FILING_JUDGE")
    case = filed(judge).case_id
    Case.objects.filter(pk=case).update(number="（2026）试01民诉前调9号")
    assert numbered("（2026）试01民诉前调9号") == [case]
    assert [r.id for r in cases_of(judge, [case])] == [case]
    assert not cases_of(stranger, [case])


def test_the_calendar_holds_every_last_day_of_its_span(crowd: tuple[Actor, list[Case]]) -> None:
    actor, cases = crowd
    found = due_between(actor, date(2026, 3, 2), date(2026, 3, 6))
    wanted = [c.pk for c in sorted((c for c in cases if c.due), key=lambda c: (c.due, c.pk)) if local(2) <= (c.due or local(1)) < local(7)]
    assert [d.case for d in found] == wanted
    assert not due_between(somebody(institution(), "FILING_JUDGE"), date(2026, 3, 2), date(2026, 3, 6))


def test_names_places_and_what_was_written(database: object) -> None:
    court = institution()
    judge = somebody(court, "FILING_JUDGE")
    filed(judge)
    named = names_of(organisations=[court.pk], posts=[judge.post, None], accounts=[judge.account, "party:1"])
    assert named.organisations[court.pk].zh == court.zh
    assert set(named.accounts) == {judge.account}
    assert [number for number, _ in posts_in(court.pk, MONDAY.date())] == [judge.post]
    other = institution()
    assert court.pk in {p.organisation for p in proposed(["Roles.FILING_JUDGE"], matter="MediationRequest", own=other.pk, day=MONDAY.date())}
    assert court.pk not in {p.organisation for p in proposed(["Roles.FILING_JUDGE"], matter="MediationRequest", own=court.pk, day=MONDAY.date())}
    assert (judge.account, 1) in {(e.recorder, e.seq) for e in written_since(MONDAY)}
    assert not written_since(MONDAY + timedelta(days=3650))
