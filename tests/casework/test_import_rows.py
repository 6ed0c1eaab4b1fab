"""成行 · What the array engine says of imported cases is, row for row and byte for byte, what the guard of a live case says of each alone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import numpy as np
import pyarrow as pa
import pytest
from django.db import connection

from tests.casework.conftest import actor_of
from tests.casework.test_importing import ALONE, LATER, LAWFUL, receiving
from tests.conftest import size
from tianping.casework.engine.appointed import appointment_rows
from tianping.casework.engine.brought import ImportedCase, ImportedStep
from tianping.casework.engine.copying import csv
from tianping.casework.engine.decide import Plan, planned, reasons_of
from tianping.casework.engine.facts import plain, typed_facts
from tianping.casework.engine.importing import steps_import
from tianping.casework.engine.lookups import watch_rows
from tianping.casework.engine.registered import folders, version_on
from tianping.casework.engine.rows import Origin, clock_json, event_rows, facts_json, grant_rows, run_rows, span_rows
from tianping.casework.engine.snapshot import Snapshot
from tianping.casework.errors import BadAnswer, NoSuchEntity, NoSuchStep, OutOfTime, Refusal
from tianping.casework.ledger.canonical import DIGESTS, NO_HASH
from tianping.casework.models import Case, Definition, Organisation
from tianping.casework.moments import instant, instants, local
from tianping.engines.generate import Faults, Generator
from tianping.law.calendar import calendar
from tianping.law.errors import TianpingError
from tianping.procedure.events import Event, effective
from tianping.procedure.reckoning import ZERO
from tianping.procedure.roles import Signer
from tianping.procedure.rules import REFUSED
from tianping.procedure.supervision import supervise_case
from tianping.procedure.tables import Tables, compiled

TABLES = ("run", "clock", "pausespan", "grant")
FAULTY = Faults(illegal=0.03, unsigned=0.01, unanswered=0.03, voided=0, late_entry=0, merged=0)


@pytest.fixture(scope="module")
def office(database: object) -> Organisation:
    return Organisation.objects.create(code=f"o-{uuid4().hex[:8]}", kind="court", zh="测试法院", en="A court", court_code="晋0798")


def brought(code: str, office: Organisation, faults: Faults, count: int, *, backdated: bool) -> Iterator[ImportedCase]:
    """Random cases; those not faulty end before the first step that would be refused, of the others some steps are told after later ones."""
    folder = folders()[code]
    keys = actor_of(office).keys
    for seed, version in enumerate(folder.versions):
        tables = compiled(version)
        made = Generator(tables, seed + 11, start=version.valid_from, faults=faults).cases(count, length=10).values()
        for n, whole in enumerate(made):
            log = [e for e in whole if e.happened < local(LATER)]
            if len(log) > 3 and backdated and n % 3 == 0:
                log[2], log[1] = log[1], log[2]
            if log and not backdated:
                judged = supervise_case(tables, log, log[-1].happened, calendar())
                log = log[: min((f.seq for f in judged.findings if f.rule.kind in REFUSED), default=len(log))]
            steps = [ImportedStep(tables.steps[e.step].step.code, e.happened, e.signers, e.entity, e.facts) for e in log]
            if log and folder.on(log[0].day) is version:
                yield ImportedCase(f"{code}-{seed}-{n}", code, office.pk, f"{code} {n}，“引号” \\ 逗号", steps, keys)


def scalar(case: ImportedCase, recorded: str) -> tuple[Tables, Plan | TianpingError]:
    """What the guard says of one case."""
    _, tables = version_on(case.procedure, case.steps[0].happened.date())
    written, events = local(LATER), []
    for seq, step in enumerate(case.steps, 1):
        number = tables.by_step[step.step]
        then = step.happened if recorded == "happened" else written
        facts = typed_facts(tables, step.facts, number)
        events.append(Event(seq, number, tables.steps[number].track, step.entity, step.happened, then, None, step.signers, facts))
    log = effective(events)
    judged = supervise_case(tables, log, max(e.recorded or written for e in events), calendar())
    if reasons := reasons_of(tables, log, judged):
        return tables, Refusal(tables.procedure.title, reasons)
    return tables, planned(Snapshot(0, tables, case.organisation, 0, NO_HASH), events, [], calendar(), judged)


def stored(name: str, case_id: int) -> list[dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(f"select to_jsonb(t) - 'case_id' from casework_{name} t where case_id = %s", [case_id])
        return [json.loads(row) if isinstance(row, str) else row for (row,) in cursor.fetchall()]


def alike(rows: list[dict[str, Any]]) -> list[str]:
    """Rows in one form: instants as such, whatever their zone is written as."""
    return sorted(json.dumps({k: _same(v) for k, v in row.items()}, sort_keys=True, ensure_ascii=False) for row in rows)


def _same(value: object) -> object:
    if isinstance(value, str) and len(value) > 18 and value[4] == "-" and "T" in value:
        return datetime.fromisoformat(value).timestamp()
    return value


@pytest.mark.parametrize("recorded", ["now", "happened"])
@pytest.mark.parametrize("code", sorted(folders()))
def test_rows_are_those_of_the_guard(code: str, recorded: Any, office: Organisation) -> None:
    cases = [*brought(code, office, LAWFUL, size(15, 300), backdated=False), *brought(code, office, FAULTY, size(25, 400), backdated=True)]
    cases = [replace(case, key=f"{n}") for n, case in enumerate(cases)]
    done = steps_import(cases=cases, recorder="import", at=LATER, recorded=recorded, bad="aside")
    refused = dict(done.refused)
    assert refused
    assert done.cases or code not in ALONE
    for case in cases:
        tables, wanted = scalar(case, recorded)
        if isinstance(wanted, TianpingError):
            assert str(refused[case.key]) == str(wanted)
            assert case.key not in done.cases
            continue
        _holds(tables, case, wanted, done.cases[case.key], office)


def _holds(tables: Tables, case: ImportedCase, plan: Plan, case_id: int, office: Organisation) -> None:
    log = effective(plan.events)
    spans, grants = span_rows(tables, log), grant_rows(tables, plan, log)
    wanted = run_rows(tables, plan, every=True), [clock_json(c) for c in plan.changed], spans, grants
    for name, rows in zip(TABLES, wanted, strict=True):
        assert alike(stored(name, case_id)) == alike(rows), (name, case)
    events = sorted(stored("event", case_id), key=lambda e: int(e["seq"]))
    salts = iter([e["payload"]["salt"] for e in events])
    assert len({e["payload"]["salt"] for e in events}) == len(events)
    origin = Origin(case_id, office.pk, "import", DIGESTS["sha256"])
    chain, head = event_rows(tables, plan.events, NO_HASH, origin, salt=lambda: next(salts))
    for e in chain:
        e |= {"recorder": "import", "organisation": office.pk, "payload_hash": "\\x" + e["payload_hash"], "hash": "\\x" + e["hash"]}
    assert alike([{name: e[name] for name in chain[0]} for e in events]) == alike(json.loads(json.dumps(chain)))
    row = Case.objects.get(pk=case_id)
    due = None if plan.due is None else instant(plan.due)
    facts = json.loads(facts_json(plan.state.case_facts))
    assert (row.stage, row.lifecycle, row.due, row.facts, bytes(row.head)) == (plan.stage, plan.lifecycle, due, facts, head)
    ends = [instant(plan.events[n].recorded or LATER) for n in (0, -1)]
    counted = [r | {"procedure": case.procedure, "organisation_id": office.pk} for r in watch_rows(tables, plan, every=True)]
    assert alike(stored("watched", case_id)) == alike(counted)
    assert alike(stored("appointment", case_id)) == alike(appointment_rows(tables, plan, every=True))
    assert (row.seq, row.title, [row.opened, row.updated]) == (len(events), case.title, ends)
    shown = (0, plan.lifecycle, None if due is None else due.timestamp())
    assert {v["key_id"]: (v["level"], v["lifecycle"], _same(v["due"])) for v in stored("visibility", case_id)} == dict.fromkeys(case.keys, shown)


def test_the_first_bad_case_tells_why_and_a_version_outlives_the_import_that_failed(office: Organisation) -> None:
    start = datetime(2023, 6, 5, 9)  # noqa: DTZ001 — local time
    good = receiving("good", start, office)
    step, sent = good.steps[0], good.steps[2]
    for steps, error in (
        ([replace(step, step="PreFiling.dance")], NoSuchStep),
        ([replace(step, entity="x")], NoSuchEntity),
        ([step, good.steps[1], replace(sent, entity="")], NoSuchEntity),
        ([replace(step, happened=local(LATER) + timedelta(days=1))], OutOfTime),
        ([replace(step, facts={"suit": "NONE"})], BadAnswer),
        ([replace(step, facts={"suit": ["ORDINARY"]})], BadAnswer),
        ([replace(step, signers=(Signer("甲", "STRANGER"),))], Refusal),
    ):
        bad = replace(good, key="bad", steps=steps)
        with pytest.raises(error):
            steps_import(cases=[good, bad, replace(bad, key="worse", steps=[replace(step, step="?")])], recorder="import", at=LATER)
        done = steps_import(cases=[good, bad], recorder="import", at=LATER, bad="aside")
        assert ([k for k, _ in done.refused], list(done.cases), done.steps) == (["bad"], ["good"], 3)
    assert Definition.objects.filter(code="pre_filing").exists()


def test_amounts_keep_their_digits_and_those_too_wide_for_the_engines_are_refused(office: Organisation) -> None:
    found = ((code, f) for code, folder in folders().items() for f, _ in compiled(folder.current).facts.values() if f.kind is Decimal)
    code, fact = next(found)
    tables = compiled(folders()[code].current)
    row = next(s for s in tables.steps if fact in s.step.asks)
    day = datetime(2029, 1, 8, 9)  # noqa: DTZ001 — local time
    for amount in (Decimal(10) ** 13, Decimal("0.0000001")):
        step = ImportedStep(row.step.code, day, (), "x" if tables.tracks[row.track].many else "", {fact.name: amount})
        case = ImportedCase("a", code, office.pk, "t", [step], actor_of(office).keys)
        done = steps_import(cases=[case], recorder="import", at=LATER, bad="aside")
        assert [type(error) for _, error in done.refused] == [BadAnswer]
    assert plain(Decimal("1.10")) == "1.10"


def test_an_empty_chunk_does_not_spoil_what_was_written_before_it() -> None:
    some = pa.table({"a": pa.array([29]), "b": pa.array(["字"])})
    assert b"".join(csv(pa.concat_tables([some, some.slice(0, 0), some]))) == '29,"字"\n29,"字"\n'.encode()


def test_instants_are_those_of_the_zone_in_summer_time_too() -> None:
    days = [datetime(year, month, 15, 0, 30) for year in (1940, 1941, 1986, 1989, 1991, 1992, 2024) for month in range(1, 13)]  # noqa: DTZ001
    micro = np.array([(d - ZERO) // d.resolution for d in days])
    assert instants(micro).tolist() == [round(instant(d).timestamp() * 1_000_000) for d in days]
    assert date(1986, 7, 15) in {d.date() for d in days}
