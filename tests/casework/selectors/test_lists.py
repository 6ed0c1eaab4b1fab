"""案件列表 · Pages put together are exactly what may be seen, in order, whatever the keys, seals, recusals and days of the cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.casework.access.people import MONDAY, filed, institution, somebody
from tests.conftest import size
from tianping.casework.access.errors import BadMark
from tianping.casework.access.keys import keys_for
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.registered import version_on
from tianping.casework.models import AccessKey, Case, Person, Recusal, SearchRow, Visibility
from tianping.casework.selectors.lists import Order, case_list

COUNT = size(300, 4000)
STAGES = ("received", "filed", "referred")


@pytest.fixture(scope="module")
def crowd(database: object) -> list[Case]:
    """Cases of three institutions with every kind of seal, day and lifecycle; several have the keys of two."""
    random = Random(7)
    places = [institution() for _ in range(3)]
    keys = {p.pk: AccessKey.objects.get(organisation=p, capacity="handle").pk for p in places}
    definition, _ = version_on("pre_filing", MONDAY.date())
    start = datetime(2026, 1, 1, tzinfo=UTC)
    cases = []
    for n in range(COUNT):
        due = None if random.random() < 0.2 else start + timedelta(days=random.randrange(20))
        place = random.choice(places)
        level, lifecycle = random.choice((0, 0, 0, 1, 2)), random.choice((0, 0, 1, 2))
        fixed: dict[str, Any] = {
            "level": level,
            "lifecycle": lifecycle,
            "due": due,
            "definition_id": definition,
            "seq": 0,
            "head": b"",
            "opened": start,
        }
        cases.append(Case(organisation=place, stage=random.choice(STAGES), title=f"案件{n}", updated=start, **fixed))
    cases = Case.objects.bulk_create(cases)
    rows = []
    for case in cases:
        opens = {keys[case.organisation_id]} | ({random.choice(list(keys.values()))} if random.random() < 0.3 else set())
        rows += [Visibility(case=case, key_id=k, level=case.level, lifecycle=case.lifecycle, due=case.due) for k in opens]
    Visibility.objects.bulk_create(rows)
    SearchRow.objects.bulk_create([SearchRow(case=c, title=c.title, masked=c.title, tsv="") for c in cases])
    return cases


def pages(actor: Actor, order: Order, length: int, **filters: Any) -> Iterator[int]:
    after: str | None = None
    while after != "":
        page = case_list(actor, at=MONDAY, order=order, after=after, size=length, **filters)
        assert len(page.rows) <= length
        yield from (row.id for row in page.rows)
        after = page.after


@settings(max_examples=size(20, 300))
@given(st.data())
def test_pages_put_together_are_exactly_what_may_be_seen(crowd: list[Case], data: st.DataObject) -> None:
    everywhere = _keys(crowd)
    held = tuple(data.draw(st.lists(st.sampled_from(everywhere), unique=True, max_size=3)))
    clearance = data.draw(st.integers(0, 2))
    person = Person.objects.create(name="某人")
    hidden = data.draw(st.lists(st.sampled_from([c.pk for c in crowd]), unique=True, max_size=30))
    Recusal.objects.bulk_create([Recusal(person=person, case_id=c, ground="亲属", since=MONDAY) for c in hidden])
    actor = Actor("a", 0, frozenset({"Roles.JUDGE"}), held, person=person.pk, clearance=clearance)
    opened = set(Visibility.objects.filter(key_id__in=held).values_list("case_id", flat=True))
    may = [c for c in crowd if c.pk in opened and c.level <= clearance and c.pk not in hidden]
    length = data.draw(st.sampled_from([7, 50, 200]))
    assert list(pages(actor, "opened", length)) == sorted((c.pk for c in may), reverse=True)
    active = [c for c in may if c.lifecycle == 0]
    never = datetime(9999, 1, 1, tzinfo=UTC)
    assert list(pages(actor, "due", length)) == [c.pk for c in sorted(active, key=lambda c: (c.due or never, c.pk))]
    stage = data.draw(st.sampled_from(STAGES))
    assert list(pages(actor, "opened", length, stage=stage, lifecycle=2)) == sorted(
        (c.pk for c in may if c.stage == stage and c.lifecycle == 2), reverse=True
    )


def _keys(crowd: list[Case]) -> list[int]:
    return sorted({v.key_id for v in Visibility.objects.filter(case_id__in=[c.pk for c in crowd])})


def test_a_filter_looks_at_so_many_cases_and_says_where_to_go_on(crowd: list[Case]) -> None:
    actor = Actor("a", 0, frozenset({"Roles.JUDGE"}), tuple(_keys(crowd)), clearance=2)
    assert list(pages(actor, "due", 20, procedure="no_such")) == []
    own = next(iter(crowd)).organisation_id
    wanted = [c.pk for c in crowd if c.organisation_id == own]
    assert sorted(pages(actor, "opened", 20, organisation=own, procedure="pre_filing")) == sorted(wanted)


@pytest.mark.parametrize("mark", ["x", "1~2026", "1~2026-01-01", "-1", "１", "9" * 30, "1' or 1=1"])
def test_a_strange_mark_is_refused(mark: str, database: object) -> None:
    actor = Actor("a", 0, frozenset(), (1,))
    for order in ("opened", "due"):
        with pytest.raises(BadMark):
            case_list(actor, at=MONDAY, order=order, after=mark)


def test_the_list_shows_a_superior_no_name(database: object) -> None:
    city = institution()
    court = institution(city)
    case = filed(somebody(court, "FILING_JUDGE")).case_id
    assert [r.title for r in case_list(somebody(court, "CLERK"), at=MONDAY).rows] == ["张三丰诉李四买卖合同纠纷"]
    above = case_list(somebody(city, "PRESIDENT"), at=MONDAY).rows
    assert [(r.id, r.title, r.capacities) for r in above] == [(case, "张某某诉李某买卖合同纠纷", frozenset({"supervise"}))]
    assert not case_list(somebody(city, "CLERK"), at=MONDAY).rows
    assert len(keys_for(court.pk)) == 2
