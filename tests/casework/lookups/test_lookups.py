"""查比的把关 · A slot is held once, a room is never overfull, a band is worn by one person: also when everybody asks at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from tests.casework.conftest import actor_of
from tianping.casework.engine import lookups, registered
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, Taken, case_open, step_take
from tianping.casework.errors import BadAnswer, Refusal
from tianping.casework.models import Event, Organisation, Watched

AT = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module", autouse=True)
def known() -> Iterator[None]:
    """The procedure is found in a folder of the tests."""
    registered.ROOTS.append(Path(__file__).parent)
    _forget()
    yield
    registered.ROOTS.pop()
    _forget()


def _forget() -> None:
    for found in (registered.folders, registered.tables_of, lookups.counted, lookups.watched):
        found.cache_clear()


@pytest.fixture
def clerk(court: Organisation) -> Actor:
    return actor_of(court, "CLERK")


@pytest.fixture
def neighbour(other_court: Organisation) -> Actor:
    return actor_of(other_court, "CLERK")


def book(actor: Actor, slot: str, people: int, **given: object) -> Taken:
    new = NewCase("预约", actor.organisation, keys=actor.keys)
    facts = {"slot": slot, "people": people}
    return case_open(procedure="booking", step="book", actor=actor, at=AT, new=new, facts=facts, **given)  # type: ignore[arg-type]


def release(actor: Actor, *taken: Taken) -> None:
    for case in taken:
        step_take(case_id=case.case_id, step="release", actor=actor, at=AT + timedelta(hours=1))


def why(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    return [r.rule for r in refused.value.reasons]


def test_a_slot_is_held_by_one_case_and_free_again_when_released(clerk: Actor, neighbour: Actor) -> None:
    first = book(clerk, "s1", 1)
    with pytest.raises(Refusal) as refused:
        book(neighbour, "s1", 1)
    assert why(refused) == ["Booking.taken"]
    release(clerk, first)
    again = book(neighbour, "s1", 1)
    noted = Event.objects.get(case_id=again.case_id, seq=1).payload
    assert noted is not None
    assert noted["facts"]["same_slot"] == 0
    release(neighbour, again)


def test_a_sum_is_taken_within_the_institution(clerk: Actor, neighbour: Actor) -> None:
    held = [book(clerk, "a", 6), book(clerk, "b", 4)]
    with pytest.raises(Refusal) as refused:
        book(clerk, "c", 1)
    assert why(refused) == ["Booking.full"]
    release(clerk, *held)
    release(neighbour, book(neighbour, "c", 10))


def test_units_of_a_part_are_counted_across_cases(clerk: Actor) -> None:
    one, two = book(clerk, "g1", 1), book(clerk, "g2", 1)
    enter = {"step": "Guest.enter", "actor": clerk, "at": AT, "facts": {"band": "007"}}
    step_take(case_id=one.case_id, entity="x", **enter)  # type: ignore[arg-type]
    for case, entity in ((two, "x"), (one, "y")):
        with pytest.raises(Refusal) as refused:
            step_take(case_id=case.case_id, entity=entity, **enter)  # type: ignore[arg-type]
        assert why(refused) == ["Guest.worn_already"]
    step_take(case_id=one.case_id, step="Guest.leave", actor=clerk, at=AT, entity="x")
    step_take(case_id=two.case_id, entity="x", **enter)  # type: ignore[arg-type]
    assert Watched.objects.get(case_id=two.case_id, track="guests").stage == "inside"
    release(clerk, one, two)


def test_nobody_answers_what_is_counted(clerk: Actor) -> None:
    new = NewCase("预约", clerk.organisation, keys=clerk.keys)
    with pytest.raises(BadAnswer):
        case_open(procedure="booking", step="book", actor=clerk, at=AT, new=new, facts={"slot": "z", "people": 1, "same_slot": 0})


def test_the_same_request_again_is_not_refused_because_of_itself(clerk: Actor) -> None:
    key = uuid4()
    first = book(clerk, "again", 1, key=key)
    assert book(clerk, "again", 1, key=key).case_id == first.case_id
    release(clerk, first)


def test_of_many_who_ask_at_once_one_gets_the_slot(clerk: Actor) -> None:
    def ask(_: int) -> Taken | None:
        try:
            return book(clerk, "rush", 1)
        except Refusal:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        got = [taken for taken in pool.map(ask, range(24)) if taken is not None]
    assert len(got) == 1
    release(clerk, *got)
