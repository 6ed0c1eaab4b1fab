"""同一时钟 · The supervise engine on the ledger finds the clocks that the live engine keeps: on the demo city, and after further steps."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pytest

from tests.casework.conftest import actor_of
from tests.conftest import ROOT, size
from tianping.casework.bridge.log import LedgerLog, last_recorded, ledger_logs
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.importing import Imported, ImportedCase, ImportedStep, steps_import
from tianping.casework.engine.registered import folders
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.errors import NotMerged, Refusal
from tianping.casework.models import Case, Clock, Event, Grant, Organisation, PauseSpan
from tianping.casework.moments import local
from tianping.engines.generate import Faults, Generator
from tianping.engines.supervise.run import supervise
from tianping.law.calendar import calendar
from tianping.procedure.events import effective
from tianping.procedure.rules import REFUSED
from tianping.procedure.supervision import supervise_case
from tianping.procedure.tables import compiled

SHANGHAI = ZoneInfo("Asia/Shanghai")
CITY = ROOT / "cities" / "jinzhong"
AT = datetime(2021, 12, 31, 18, tzinfo=SHANGHAI)
LATER = datetime(2030, 1, 1, tzinfo=SHANGHAI)
LAWFUL = Faults(illegal=0, unsigned=0, unanswered=0, voided=0, late_entry=0, merged=0)
Key = tuple[str, str, str, int]


@pytest.fixture(scope="module")
def city(half_year: Imported) -> Imported:
    return half_year


def supervised(logs: list[LedgerLog], cases: list[int], moment: datetime) -> dict[Key, tuple[Any, ...]]:
    """The clocks that the engine finds in the ledger of some cases."""
    out = {}
    wanted = pa.array([str(c) for c in cases])
    for log in logs:
        table = log.table.filter(pa.compute.is_in(log.table["case_id"].cast(pa.string()), wanted))
        if len(table):
            for row in supervise(log.folder, table, as_of=moment).clocks.to_pylist():
                out[row["case_id"], row["clock"], row["entity"], row["since_seq"]] = (
                    row["since"], row["due"], row["met_on"], row["status"], row["provisional"],
                )  # fmt: skip
    return out


def live(cases: list[int]) -> dict[Key, tuple[Any, ...]]:
    """The clocks that the case engine keeps for them, every column that both have."""
    return {
        (str(c.case_id), c.code, c.entity, c.since_seq): (
            local(c.since), local(c.due), None if c.met_on is None else local(c.met_on), c.status, c.provisional,
        )
        for c in Clock.objects.filter(case_id__in=cases)
    }  # fmt: skip


def last_written(case: int) -> datetime:
    """The instant as of which the live clocks of a case were reckoned: that of its last entry."""
    return local(max(Event.objects.filter(case_id=case).values_list("recorded", flat=True)))


def test_the_clocks_of_the_demo_city_are_those_that_its_ledger_gives(city: Imported) -> None:
    """Each case as of its own last entry; those that were last written on one day together."""
    cases = list(city.cases.values())
    logs = list(ledger_logs())
    assert sum(len(log.table) for log in logs) == Event.objects.count()
    moments: dict[datetime, list[int]] = {}
    for case in cases[:: size(23, 1)]:
        moments.setdefault(last_written(case), []).append(case)
    found: dict[Key, tuple[Any, ...]] = {}
    for moment, together in moments.items():
        found |= supervised(logs, together, moment)
    kept = live([case for together in moments.values() for case in together])
    assert found == kept
    assert len(kept) > len(moments)


def test_as_of_one_moment_only_what_time_alone_changes_differs(city: Imported) -> None:
    """The whole city at once: what has ended is equal to the last column, and of what runs only the status may have moved on, and met_on with it."""
    cases = list(city.cases.values())
    moment = local(AT)
    found, kept = supervised(list(ledger_logs()), cases, moment), live(cases)
    assert found.keys() >= kept.keys()
    running = {(str(c.case_id), c.code, c.entity, c.since_seq) for c in Clock.objects.filter(case_id__in=cases, ended__isnull=True)}
    assert {k: v for k, v in found.items() if k in kept and k not in running} == {k: v for k, v in kept.items() if k not in running}
    for key in running:
        (since, due, _, status, provisional), before = found[key], kept[key]
        assert (since, due, provisional) == (before[0], before[1], before[4])
        assert status == before[3] or (before[3] == "running" and due <= moment)


@pytest.fixture(scope="module")
def office(database: object) -> Organisation:
    return Organisation.objects.create(code="bridge-court", kind="court", zh="测试法院", en="A court", court_code="晋0798")


@pytest.mark.parametrize("code", sorted(folders()))
def test_every_procedure_with_its_pauses_and_extensions(code: str, office: Organisation) -> None:
    """Random lawful cases of each procedure, imported; the two sides as of one moment long after the last act."""
    ids = _imported(code, office, 11, size(60, 2000))
    assert supervised(list(ledger_logs(code)), ids, local(LATER)) == live(ids)


def _imported(code: str, office: Organisation, seed: int, count: int, *, length: int = 12) -> list[int]:
    """Random lawful cases of a procedure, as far as the law lets each go on."""
    actor = actor_of(office)
    tables = compiled(folders()[code].current)
    first = max(folders()[code].current.valid_from, date(2024, 1, 1))
    cases = []
    for name, log in Generator(tables, seed, start=first, faults=LAWFUL).cases(count, length=length).items():
        judged = supervise_case(tables, effective(log), log[-1].happened, calendar())
        bad = min((f.seq for f in judged.findings if f.rule.kind in REFUSED), default=len(log))
        steps = [ImportedStep(tables.steps[e.step].step.code, e.happened, e.signers, e.entity, e.facts) for e in log[:bad]]
        if steps:
            cases.append(ImportedCase(name, code, office.pk, name, steps, actor.keys))
    return list(steps_import(cases=cases, recorder="import", at=LATER).cases.values())


MERGING = sorted(code for code, folder in folders().items() if any(s.step.into for s in compiled(folder.current).steps))


@pytest.mark.parametrize("code", MERGING)
def test_where_cases_were_merged(code: str, office: Organisation) -> None:
    """Random lawful cases, then as many merged into others as the law lets: the parts of a merged case count where it went, under its number."""
    tables = compiled(folders()[code].current)
    imported = _imported(code, office, 12, size(40, 1500), length=4)
    merge = next(s for s in tables.steps if s.step.into)
    chief = replace(actor_of(office), roles=frozenset(r.code for signed in merge.step.by.sets() for r in signed))
    into = 0
    for case, goal in pairwise(imported):
        try:
            step_take(case_id=case, step=merge.step.code, actor=chief, at=LATER, into=goal)
        except (Refusal, NotMerged):
            continue
        into += 1
    found, kept = supervised(list(ledger_logs(code)), imported, local(LATER)), live(imported)
    assert into or code == "petition_item", "of a petition only what an earlier one of the same person says can be merged"
    assert found == {(case, code, entity, abs(number)): clock for (case, code, entity, number), clock in kept.items()}
    if code == "criminal_case":
        assert any("/" in entity for _, _, entity, _ in found)


def test_the_random_cases_did_pause_and_were_extended(office: Organisation) -> None:
    """What the test before has tried: without spans and grants it would have proven little."""
    cases = Case.objects.filter(organisation=office).values("id")
    assert PauseSpan.objects.filter(case_id__in=cases).exists()
    assert Grant.objects.filter(case_id__in=cases).exists()


def test_after_live_steps_late_entries_and_corrections(office: Organisation) -> None:
    judge = actor_of(office, "FILING_JUDGE", "CLERK")
    monday = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
    new = NewCase("张三诉李四买卖合同纠纷", office.pk, keys=judge.keys)
    facts = {"suit": "ORDINARY", "qualifies": True}
    ids = [
        case_open(
            procedure="pre_filing", step="PreFiling.receive", actor=judge, at=monday, new=new, facts=facts, role="Roles.FILING_JUDGE"
        ).case_id
        for _ in range(3)
    ]  # fmt: skip
    for case in ids[1:]:
        step_take(case_id=case, step="refer", actor=judge, at=monday + timedelta(days=1), facts={"suitable": True, "consents": True})
    exchange = Actor("exchange", office.pk, frozenset({"EXCHANGE"}), judge.keys)
    late = monday + timedelta(days=4)
    step_take(case_id=ids[1], step="mediation.receive", actor=exchange, at=late, happened=monday + timedelta(days=2), entity="mediation-1")
    step_take(case_id=ids[0], step="file", actor=judge, at=late, facts={"qualifies": True}, role="Roles.FILING_JUDGE")
    step_take(case_id=ids[0], step="", voids=2, actor=judge, at=late + timedelta(hours=1))
    log = list(ledger_logs("pre_filing"))
    for case in ids:
        assert supervised(log, [case], last_written(case)) == live([case])
    written = last_recorded()
    assert written is not None
    assert written >= local(late)


def test_without_the_extra_the_rows_are_the_same(city: Imported) -> None:
    for one, other in zip(ledger_logs("pre_filing"), ledger_logs("pre_filing", plain=True), strict=True):
        assert one.table.to_pylist() == other.table.to_pylist()
        assert one.table.schema == other.table.schema
