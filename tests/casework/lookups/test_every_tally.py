"""每一项查比 · Every count of every procedure, over the worked cases of all: what the writer counts is what a plain reading of the ledger gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction

from tests.casework.conftest import actor_of
from tianping.casework.engine.decide import Attempt
from tianping.casework.engine.facts import plain
from tianping.casework.engine.importing import ImportedCase, ImportedStep, steps_import
from tianping.casework.engine.lookups import Counted, counted, looked_up
from tianping.casework.engine.read import snapshot
from tianping.casework.engine.registered import folders
from tianping.casework.engine.snapshot import Snapshot
from tianping.casework.ledger.canonical import NO_HASH
from tianping.casework.models import Organisation, Watched
from tianping.procedure.events import Event, effective
from tianping.procedure.examples import event_of, read_examples
from tianping.procedure.fold import fold_to
from tianping.procedure.grammar import Procedure
from tianping.procedure.tables import Tables, compiled

LATER = datetime(2030, 1, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
COUNTING = [v for f in folders().values() for v in f.versions if counted(compiled(v))]
COUNTS = [(v, c) for v in COUNTING for step in counted(compiled(v)).values() for c in step]


def worked(version: type[Procedure]) -> Iterator[list[Event]]:
    """The acts of the worked cases of a version."""
    tables = compiled(version)
    for file in sorted((folders()[version.code].path / "examples").glob("*.yaml")):
        for example in read_examples(file):
            if version.valid_from <= example.version <= (version.valid_to or example.version):
                yield [event_of(example.where, tables, n, row) for n, row in enumerate(example.data["events"], 1)]


@dataclass(frozen=True, slots=True)
class Unit:
    """What may be counted: one run of one case, where it stands and what is known of it."""

    case: int
    organisation: int
    procedure: str
    track: str
    entity: str
    stage: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Town:
    """Two institutions with the worked cases that are lawful, each left at every stage on its way; and every run of them as the ledger gives it."""

    offices: tuple[Organisation, Organisation]
    units: tuple[Unit, ...]


@pytest.fixture(scope="module")
def town(database: object) -> Town:
    one, two = (Organisation.objects.create(code=f"tally-{n}", kind="office", zh="处", en="Office", court_code=f"晋079{n}") for n in (1, 2))
    for office in (one, two):
        Organisation.objects.filter(pk=office.pk).update(path=f"/{office.pk}/")
    watched = {c.procedure for _, c in COUNTS}
    cases = [
        ImportedCase(f"{v.code}-{v.valid_from}-{n}-{k}-{o.pk}", v.code, o.pk, v.code, _steps(compiled(v), log[:k]), actor_of(o).keys)
        for f in folders().values()
        for v in f.versions
        if v.code in watched
        for n, log in enumerate(worked(v))
        for k in range(1, len(log) + 1)
        for o in (one, two)[: 1 + k % 2]
    ]
    done = steps_import(cases=cases, recorder="import", at=LATER, recorded="happened", bad="aside")
    by_key = {case.key: case for case in cases}
    return Town((one, two), tuple(u for key, number in done.cases.items() for u in _units(by_key[key], number)))


def _steps(tables: Tables, log: list[Event]) -> list[ImportedStep]:
    return [ImportedStep(tables.steps[e.step].step.code, e.happened, e.signers, e.entity, e.facts) for e in effective(log)]


def _units(case: ImportedCase, number: int) -> Iterator[Unit]:
    now = snapshot(number, actor_of(Organisation.objects.get(pk=case.organisation)))
    state = fold_to(now.tables, effective(now.events), len(effective(now.events)))
    for (track, entity), stage in state.stage.items():
        row = now.tables.tracks[track]
        facts = state.run_facts.get((track, entity), {}) if row.many else state.case_facts
        told = {name: plain(value) for name, value in facts.items()}
        yield Unit(number, case.organisation, case.procedure, row.name, entity, row.stages[stage].name, told)


def by_hand(town: Town, c: Counted, office: int, known: dict[str, Any]) -> int:
    """The count as a clerk would make it, case by case."""
    if any(known.get(own) is None for own, _ in c.same):
        return 0
    found = [
        u for u in town.units
        if (u.procedure, u.track) == (c.procedure, c.track) and u.stage in c.stages and (c.within == "city" or u.organisation == office)
        and all(u.facts.get(theirs) == plain(known[own]) for own, theirs in c.same)
    ]  # fmt: skip
    return sum(int(u.facts.get(c.sums) or 0) for u in found) if c.sums else len(found)


@pytest.mark.parametrize(("version", "count"), COUNTS, ids=lambda v: v.fact if isinstance(v, Counted) else v.code)
def test_what_is_counted_is_there_on_both_sides(version: type[Procedure], count: Counted) -> None:
    own, theirs = compiled(version).facts, [compiled(v).facts for v in folders()[count.procedure].versions]
    for mine, other in count.same:
        assert any(other in facts and facts[other][0].kind is own[mine][0].kind for facts in theirs), (mine, other)
    assert not count.sums or any(facts[count.sums][0].kind is int for facts in theirs if count.sums in facts)
    assert own[count.fact][0].kind is int


@pytest.mark.parametrize("version", COUNTING, ids=lambda v: f"{v.code}-{v.valid_from}")
def test_the_writer_counts_what_a_plain_reading_gives(town: Town, version: type[Procedure]) -> None:
    tables, tried = compiled(version), 0
    for log in worked(version):
        for act in log:
            for c in counted(tables).get(act.step, ()):
                before = fold_to(tables, log, log.index(act))
                known = {**before.case_facts, **before.run_facts.get((act.track, act.entity), {}), **act.facts}
                for office in town.offices:
                    now = Snapshot(0, tables, office.pk, len(log), NO_HASH, log[: log.index(act)])
                    attempt = Attempt(
                        act.step, act.happened, act.happened, act.signers, act.entity, {n: v for n, v in act.facts.items() if n != c.fact}
                    )
                    with transaction.atomic():
                        assert looked_up(now, attempt)[c.fact] == by_hand(town, c, office.pk, known), (c, known)
                    tried += 1
    assert tried


def test_something_was_counted(town: Town) -> None:
    """Without units in the town the tests above would compare nothing with nothing."""
    assert Watched.objects.count() > 50
    met = {
        (v.code, c.fact)
        for v, c in COUNTS
        for u in town.units
        if u.procedure == c.procedure and by_hand(town, c, u.organisation, {own: u.facts.get(theirs) for own, theirs in c.same})
    }
    assert len(met) > len({(v.code, c.fact) for v, c in COUNTS}) * 0.8, met
