"""留存 · What a process remembers of a case is a guess: it saves the reading where it is true, and changes no answer where it is not."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from typing import Any

import pytest
from django.test import override_settings
from pytest_django.fixtures import Settings

from tests.casework.conftest import actor_of
from tests.casework.machines import LAWFUL, STRAY
from tests.casework.test_writers import MONDAY, opened
from tests.conftest import size
from tianping.casework.engine import kept as module
from tianping.casework.engine import writers
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.erasing import erase_payload
from tianping.casework.engine.kept import forget, keep, kept
from tianping.casework.engine.read import snapshot
from tianping.casework.engine.registered import version_on
from tianping.casework.engine.snapshot import Snapshot
from tianping.casework.engine.writers import NewCase, Taken, case_open, step_take
from tianping.casework.errors import Archived, NoSuchCase, Refusal, StaleCase
from tianping.casework.models import Case, Organisation, Person, Recusal, Visibility
from tianping.engines.generate import DAYS, Generator
from tianping.law.errors import TianpingError
from tianping.procedure.events import Event, effective
from tianping.procedure.fold import State, fold_to
from tianping.procedure.roles import Signer

WALKS = size(12, 400)


@pytest.fixture
def judge(court: Organisation) -> Actor:
    return actor_of(court, "FILING_JUDGE", "CLERK")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The cases that a step has read."""
    seen: list[int] = []

    def counted(case_id: int, actor: Actor) -> Snapshot:
        seen.append(case_id)
        return snapshot(case_id, actor)

    monkeypatch.setattr(writers, "snapshot", counted)
    return seen


def filed(judge: Actor, case: int, days: int = 1, **given: Any) -> Taken:
    at = MONDAY + timedelta(days=days)
    return step_take(case_id=case, step="file", actor=judge, at=at, facts={"qualifies": True}, role="Roles.FILING_JUDGE", **given)


@pytest.mark.parametrize("order", [1, -1])
def test_a_case_that_was_opened_or_seen_here_is_not_read_again(judge: Actor, reads: list[int], order: int) -> None:
    judge = replace(judge, keys=judge.keys[::order])
    case = opened(judge).case_id
    assert kept(case, judge) == snapshot(case, judge)
    assert filed(judge, case).seq == 2
    assert not reads
    forget(case)
    with pytest.raises(Refusal):
        filed(judge, case, 2)
    assert reads == [case]


def test_nothing_is_kept_where_the_setting_says_so(judge: Actor, reads: list[int], settings: Settings) -> None:
    settings.TIANPING_KEPT_CASES = 0
    case = opened(judge).case_id
    assert kept(case, judge) is None
    assert filed(judge, case).seq == 2
    assert reads == [case]


def test_no_more_are_kept_than_the_setting_says(judge: Actor, settings: Settings) -> None:
    settings.TIANPING_KEPT_CASES = 3
    module._shelf.clear()
    cases = [opened(judge).case_id for _ in range(5)]
    assert list(module._shelf) == cases[2:]


def test_what_is_refused_on_an_old_guess_is_judged_again(judge: Actor, reads: list[int]) -> None:
    case = opened(judge).case_id
    before = snapshot(case, judge)
    filed(judge, case)
    after = snapshot(case, judge)
    keep(replace(after, seq=9), judge)
    with pytest.raises(StaleCase):
        filed(judge, case, 2, expected_version=1)
    assert reads == [case]
    keep(before, judge)
    with pytest.raises(Refusal):
        filed(judge, case, 2)
    assert snapshot(case, judge) == after


def archived(case: int, judge: Actor) -> None:
    Case.objects.filter(pk=case).update(lifecycle=3)


def locked_out(case: int, judge: Actor) -> None:
    Visibility.objects.filter(case_id=case).delete()


def sealed(case: int, judge: Actor) -> None:
    Visibility.objects.filter(case_id=case).update(level=2)


def recused(case: int, judge: Actor) -> None:
    Recusal.objects.create(person_id=judge.person or 0, case_id=case, ground="亲属", since=MONDAY)


@pytest.mark.parametrize(("changed", "answer"), [(archived, Archived), (locked_out, NoSuchCase), (sealed, NoSuchCase), (recused, NoSuchCase)])
def test_what_others_change_meanwhile_is_heard(judge: Actor, changed: Callable[[int, Actor], None], answer: type[TianpingError]) -> None:
    person = Person.objects.create(name="李明")
    actor = replace(judge, person=person.pk)
    case = opened(actor).case_id
    guess = kept(case, actor)
    assert guess is not None
    changed(case, actor)
    keep(guess, actor)
    with pytest.raises(answer):
        filed(actor, case)
    assert Case.objects.get(pk=case).seq == 1


def test_a_key_more_is_another_guess(judge: Actor, reads: list[int]) -> None:
    one = replace(judge, keys=judge.keys[:1])
    case = opened(one).case_id
    filed(judge, case)
    assert reads == [case]


def test_an_erased_answer_is_not_remembered(judge: Actor, reads: list[int]) -> None:
    case = opened(judge).case_id
    guess = kept(case, judge)
    second = (Signer("wang.fang@court", "Roles.FILING_JUDGE"),)
    erase_payload(actor=judge, case_id=case, seq=1, ground="unlawful", at=MONDAY + timedelta(days=1), co_signers=second)
    assert kept(case, judge) is None
    assert guess is not None
    keep(guess, judge)
    filed(judge, case, 2)
    assert reads == [case]
    found = kept(case, judge)
    assert found is not None
    assert found.erased == {1}
    assert not found.events[0].facts


@pytest.mark.parametrize("procedure", ["pre_filing", "first_instance_civil", "criminal_case"])
def test_two_processes_that_remember_answer_as_one_that_reads(court: Organisation, procedure: str, settings: Settings) -> None:
    """Two shelves in turn stand for two processes; the same acts are taken in a twin case of which nothing is remembered."""
    keys = actor_of(court, "CLERK").keys
    _, tables = version_on(procedure, MONDAY.date())
    shelves = [OrderedDict[int, Any](), OrderedDict[int, Any]()]
    limit, tried, taken = settings.TIANPING_KEPT_CASES, 0, 0
    for seed in range(WALKS):
        maker, pair, now = Generator(tables, seed, start=MONDAY.date(), faults=STRAY if seed % 3 == 0 else LAWFUL), list[int](), MONDAY
        for turn in cycle((0, 0, 1, 1, 0, 1)):
            act = maker.act(_state(pair, keys, court, tables), now.replace(tzinfo=None))
            answers = []
            for twin in (False, True):
                module._shelf.clear()
                module._shelf.update({} if twin else shelves[turn])
                with override_settings(TIANPING_KEPT_CASES=0 if twin else limit):  # left each time: what is set by the fixture nests
                    answers.append(_answer(pair[twin] if pair else None, act, now, court.pk, keys, tables))
                if not twin:
                    shelves[turn] = OrderedDict(module._shelf)
            assert answers[0][1:] == answers[1][1:]
            if not pair and isinstance(answers[0][0], int):
                pair = [a[0] for a in answers]
            tried += 1
            taken += answers[0][0] is not None
            now += timedelta(days=maker.random.choice(DAYS), minutes=3)
            if tried % 14 == 0:
                break
        if pair:
            one, other = (snapshot(case, Actor("x", court.pk, frozenset(), keys)) for case in pair)
            assert replace(one, case_id=other.case_id, head=other.head, row=other.row, number=other.number) == other
            assert (one.number is None) == (other.number is None)
    assert tried == WALKS * 14
    assert taken > tried // 8


def _state(pair: list[int], keys: tuple[int, ...], court: Organisation, tables: Any) -> State:
    if not pair:
        return State(tables)
    log = effective(snapshot(pair[1], Actor("x", court.pk, frozenset(), keys)).events)
    return fold_to(tables, log, len(log))


def _answer(case: int | None, act: Event, now: Any, court: int, keys: tuple[int, ...], tables: Any) -> tuple[Any, ...]:
    """(case, step and stage) or (None, what was refused)."""
    facts = {name: value for name, value in act.facts.items() if tables.facts[name][0].known_by is None}
    actor = Actor(act.signers[0].actor if act.signers else "x", court, frozenset(s.role for s in act.signers[:1] if s.role), keys)
    given: dict[str, Any] = {"step": tables.steps[act.step].step.code, "facts": facts, "co_signers": act.signers[1:], "actor": actor, "at": now}
    try:
        if case is None:
            taken = case_open(procedure=tables.procedure.code, new=NewCase("案件", court, keys=keys), **given)
        else:
            taken = step_take(case_id=case, entity=act.entity, **given)
    except TianpingError as refused:
        own = rf"(?<![A-Za-z0-9第-])(?<![A-Z0-9] ){case}(?![0-9条])"  # the case's number, and no article of that number
        return None, refused.code, re.sub(own, "", str(refused))
    return taken.case_id, taken.seq, taken.stage
