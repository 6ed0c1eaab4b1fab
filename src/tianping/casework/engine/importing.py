"""批量写入 · ``steps_import``: whole cases with their steps, written set by set. Every step is guarded and every clock reckoned, as if taken live.

A case with a step that the procedure would have refused is refused whole, with its reasons; the others are written or none is, as the caller chose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final, Literal

from django.db import connection, transaction

from tianping.casework.access.referred import opened
from tianping.casework.engine.decide import Plan, planned, reasons_of
from tianping.casework.engine.facts import plain, typed_facts
from tianping.casework.engine.numbers import allocated, kind_of
from tianping.casework.engine.registered import version_on
from tianping.casework.engine.rows import Origin, clock_json, event_rows, facts_json, grant_rows, run_rows, span_rows, text
from tianping.casework.engine.snapshot import Snapshot
from tianping.casework.engine.titles import masked_title, vector
from tianping.casework.engine.writers import digest
from tianping.casework.errors import NoSuchStep, Refusal
from tianping.casework.ledger.canonical import NO_HASH
from tianping.casework.moments import instant, local
from tianping.law.calendar import calendar
from tianping.law.errors import TianpingError
from tianping.procedure.events import Event, effective
from tianping.procedure.referral import Referral
from tianping.procedure.roles import Signer
from tianping.procedure.supervision import supervise_case

BLOCK: Final = 2_000
"""Cases to a block: what is held in memory at once."""


@dataclass(frozen=True, slots=True)
class ImportedStep:
    """导入的环节 · One act. ``happened`` is local time."""

    step: str
    happened: datetime
    signers: tuple[Signer, ...]
    entity: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportedParty:
    """导入的当事人 · One party of an imported case."""

    name: str
    capacity: str
    kind: str = "person"
    identity: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ImportedReferral:
    """导入的移送 · A referral of an imported case: to which institution, and the key of the case that it became there."""

    entity: str
    receiver: int
    received: str = ""


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """导入的案件 · A case as it is brought. ``key`` names it within the import; ``organisation`` is an id, ``keys`` open it."""

    key: str
    procedure: str
    organisation: int
    title: str
    steps: Sequence[ImportedStep]
    keys: tuple[int, ...]
    source: str = ""
    parties: tuple[ImportedParty, ...] = ()
    referrals: tuple[ImportedReferral, ...] = ()


@dataclass(frozen=True, slots=True)
class Imported:
    """导入结果 · The new case of each key, how many events were written, and why other cases were not."""

    cases: dict[str, int]
    steps: int
    refused: list[tuple[str, TianpingError]]


@dataclass(slots=True)
class _Ready:
    """A case that may be written."""

    case: ImportedCase
    definition: int
    now: Snapshot
    plan: Plan
    number: str | None = None


def steps_import(
    *,
    cases: Sequence[ImportedCase],
    recorder: str,
    at: datetime,
    recorded: Literal["now", "happened"] = "now",
    bad: Literal["stop", "aside"] = "stop",
    progress: Callable[[float], None] | None = None,
) -> Imported:
    """Write cases with their steps. ``recorded``: as written down now, or (a replay) as it happened. ``bad``: one bad case stops all, or is set
    aside.

    Raises the first case's Refusal (or other error) with ``bad="stop"``; then nothing was written.
    """
    out = Imported({}, 0, [])
    steps = 0
    with transaction.atomic():
        for first in range(0, len(cases), BLOCK):
            ready = []
            for case in cases[first : first + BLOCK]:
                try:
                    ready.append(_ready(case, at, recorded))
                except TianpingError as error:
                    if bad == "stop":
                        raise
                    out.refused.append((case.key, error))
            _numbered(ready)
            out.cases.update(_written(ready, recorder, at))
            steps += sum(len(r.plan.events) for r in ready)
            if progress is not None:
                progress(min(1.0, (first + BLOCK) / len(cases)))
        _referrals(cases, out.cases)
    return replace(out, steps=steps)


def _ready(case: ImportedCase, at: datetime, recorded: str) -> _Ready:
    """Judge a case whole: what would have been refused step by step is found here. Raises Refusal."""
    definition, tables = version_on(case.procedure, case.steps[0].happened.date())
    written = local(instant(at))
    events = []
    for seq, step in enumerate(case.steps, 1):
        if step.step not in tables.by_step:
            raise NoSuchStep(procedure=tables.procedure.title, step=step.step)
        number = tables.by_step[step.step]
        facts = typed_facts(tables, step.facts, number)
        then = step.happened if recorded == "happened" else written
        events.append(Event(seq, number, tables.steps[number].track, step.entity, step.happened, then, None, step.signers, facts))
    log = effective(events)
    judged = supervise_case(tables, log, max(e.recorded or written for e in events), calendar())
    reasons = reasons_of(tables, log, judged)
    if reasons:
        raise Refusal(tables.procedure.title, reasons)
    now = Snapshot(0, tables, case.organisation, 0, NO_HASH)
    return _Ready(case, definition, now, planned(now, events, [], calendar(), judged))


def _numbered(ready: list[_Ready]) -> None:
    """Case numbers in the order in which the cases earned them, a block of them at a time for each institution, year and kind."""
    groups: dict[tuple[int, str, int], list[_Ready]] = defaultdict(list)
    for row in ready:
        if (found := kind_of(row.now.tables, row.plan.events)) is not None:
            groups[row.case.organisation, *found].append(row)
    for (organisation, kind, year), rows in groups.items():
        rows.sort(key=lambda r: r.plan.events[-1].happened)
        for row, number in zip(rows, allocated(organisation, kind, year, len(rows)), strict=True):
            row.number = number


# ---- writing -------------------------------------------------------------------------------------------------------------------------

_COLUMNS: Final = {
    "case": "id organisation_id definition_id stage lifecycle level flags seq head number title facts due source opened updated",
    "event": "case_id seq track entity step happened recorded voids organisation signers recorder into payload payload_hash hash",
    "run": "case_id track entity stage facts",
    "clock": "case_id code entity since_seq since due timed fixed provisional status ended met_on awaited",
    "pausespan": "case_id code entity since_seq until_seq",
    "grant": "case_id code entity since_seq granted_seq",
    "visibility": "key_id case_id level lifecycle due",
    "searchrow": "case_id title masked tsv",
    "party": "case_id capacity kind name identity phone minor",
}


def _written(ready: list[_Ready], recorder: str, at: datetime) -> dict[str, int]:
    if not ready:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("select nextval('casework_case_id_seq') from generate_series(1, %s)", [len(ready)])
        ids = [row[0] for row in cursor.fetchall()]
    rows: dict[str, list[tuple[Any, ...]]] = {name: [] for name in _COLUMNS}
    for case_id, one in zip(ids, ready, strict=True):
        _rows(case_id, one, recorder, at, rows)
    raw = connection.connection.cursor()
    for name, columns in _COLUMNS.items():
        listed = ", ".join(f'"{c}"' for c in columns.split())
        with raw.copy(f"copy casework_{name} ({listed}) from stdin") as copy:
            for row in rows[name]:
                copy.write_row(row)
    return {one.case.key: case_id for case_id, one in zip(ids, ready, strict=True)}


def _rows(case_id: int, one: _Ready, recorder: str, at: datetime, out: dict[str, list[tuple[Any, ...]]]) -> None:
    case, plan, tables = one.case, one.plan, one.now.tables
    origin = Origin(case_id, case.organisation, recorder, digest())
    events, head = event_rows(tables, plan.events, NO_HASH, origin)
    due = None if plan.due is None else instant(plan.due)
    opened, updated = (instant(plan.events[i].recorded or at) for i in (0, -1))
    facts = facts_json(plan.state.case_facts)
    place: tuple[Any, ...] = (case_id, case.organisation, one.definition, plan.stage, plan.lifecycle, 0, [])
    out["case"].append((*place, len(events), head, one.number, case.title, facts, due, case.source, opened, updated))
    for e in events:
        said = (text(e["signers"]), recorder, e["into"], text(e["payload"]), bytes.fromhex(e["payload_hash"]), bytes.fromhex(e["hash"]))
        done = (e["seq"], e["track"], e["entity"], e["step"], e["happened"], e["recorded"], e["voids"], case.organisation)
        out["event"].append((case_id, *done, *said))
    out["run"] += [(case_id, r["track"], r["entity"], r["stage"], text(r["facts"])) for r in run_rows(tables, plan, every=True)]
    out["clock"] += [(case_id, *(clock_json(c)[n] for n in _COLUMNS["clock"].split()[1:])) for c in plan.changed]
    log = effective(plan.events)
    out["pausespan"] += [(case_id, *s.values()) for s in span_rows(tables, log)]
    out["grant"] += [(case_id, *g.values()) for g in grant_rows(tables, plan, log)]
    out["visibility"] += [(key, case_id, 0, plan.lifecycle, due) for key in case.keys]
    masked = masked_title(case.title, ((p.kind, p.name) for p in case.parties))
    out["searchrow"].append((case_id, case.title, masked, vector(case.title, masked, case.keys)))
    out["party"] += [(case_id, p.capacity, p.kind, p.name, p.identity, p.phone, False) for p in case.parties]


_REFERRAL: Final = "case_id entity part matter sender_id receiver_id received_id state outcome sent ended"


def _referrals(cases: Iterable[ImportedCase], ids: Mapping[str, int]) -> None:
    """Rows of the referrals that imported cases sent, each with the case that it became."""
    listed = ", ".join(_REFERRAL.split())
    raw = connection.connection.cursor()
    with raw.copy(f"copy casework_referral ({listed}) from stdin") as copy:
        for case in cases:
            if case.key in ids:
                for row in _sent(case, ids):
                    copy.write_row(row)
    opened(ids.values())


def _sent(case: ImportedCase, ids: Mapping[str, int]) -> Iterator[tuple[Any, ...]]:
    for referral in case.referrals:
        own = [s for s in case.steps if s.entity == referral.entity]
        part = own[0].step.split(".")[0]
        acts = {s.step.split(".")[1]: s for s in own if s.step.startswith(f"{part}.")}
        ended = acts.get("answer") or acts.get("refuse")
        state = "answered" if "answer" in acts else "refused" if "refuse" in acts else "taken" if "receive" in acts else "sent"
        outcome = str(plain(ended.facts.get(f"{part}_outcome", ""))) if ended is not None else ""
        _, tables = version_on(case.procedure, case.steps[0].happened.date())
        sender = next(t.part for t in tables.tracks if t.name == part)
        assert isinstance(sender, Referral)
        times = (instant(acts["send"].happened), None if ended is None else instant(ended.happened))
        sides = (case.organisation, referral.receiver, ids.get(referral.received))
        yield ids[case.key], referral.entity, part, sender.matter.__name__, *sides, state, outcome, *times
