"""写入行 · A plan as the rows that the write statements take: chained events, runs, clocks, spans, grants, as JSON."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple
from uuid import UUID

from tianping.casework.engine.decide import Plan
from tianping.casework.engine.facts import plain
from tianping.casework.engine.snapshot import ClockRow, numbered
from tianping.casework.ledger.canonical import Digest, Header, chained, encoder, plain_bytes
from tianping.casework.moments import written, written_day
from tianping.procedure.events import VOID, Event
from tianping.procedure.fold import State
from tianping.procedure.referral import Referral
from tianping.procedure.tables import Tables
from tianping.procedure.triggers import Triggers

Salt = Callable[[], str]
_ENCODED: Final = encoder(sort_keys=False, allow_nan=True)


class Origin(NamedTuple):
    """出处 · What the rows of a plan have in common: the case, who wrote it down, and under which key of the caller."""

    case_id: int
    organisation: int
    recorder: str
    digest: Digest
    key: UUID | None = None
    request: bytes = b""


def new_salt() -> str:
    """Sixteen random bytes."""
    return os.urandom(16).hex()


def event_rows(
    tables: Tables, events: list[Event], head: bytes, origin: Origin, salt: Salt = new_salt, said: Mapping[str, object] | None = None
) -> tuple[list[dict[str, Any]], bytes]:
    """The events as rows, chained onto ``head``, and the new head. The key stands on the first. ``said`` stands in the place of answers."""
    rows = []
    procedure, version = tables.procedure.code, tables.procedure.valid_from.isoformat()
    for n, e in enumerate(events):
        payload = {**(said if said is not None else {"facts": {name: plain(v) for name, v in e.facts.items()}}), "salt": salt()}
        payload_hash = origin.digest(plain_bytes(payload))
        happened = written(e.happened)
        recorded = happened if e.recorded is None or e.recorded == e.happened else written(e.recorded)
        track = "" if e.step == VOID else tables.tracks[e.track].name
        step = "" if e.step == VOID else tables.steps[e.step].step.code
        into = None if e.into is None else int(e.into)
        signers = tuple([(s.actor, s.role) for s in e.signers])
        place = (origin.case_id, e.seq, procedure, version, track, e.entity, step, happened, recorded, e.voids, origin.organisation)
        head = chained(head, Header(*place, signers, origin.recorder, into).data(), payload_hash, origin.digest)
        rows.append(
            {
                "seq": e.seq,
                "track": track,
                "entity": e.entity,
                "step": step,
                "happened": happened,
                "recorded": recorded,
                "voids": e.voids,
                "signers": signers,
                "into": into,
                "key": str(origin.key) if origin.key is not None and n == 0 else None,
                "request": origin.request.hex() if origin.request and n == 0 else None,
                "payload": payload,
                "payload_hash": payload_hash.hex(),
                "hash": head.hex(),
            }
        )
    return rows, head


def event_values(row: Mapping[str, Any]) -> dict[str, Any]:
    """One event's row as values of a statement that writes no other: what the case's own row has too is left out."""
    return {
        "e_track": row["track"], "e_entity": row["entity"], "e_step": row["step"], "e_happened": row["happened"], "e_recorded": row["recorded"],
        "e_voids": row["voids"], "e_signers": _signed(row["signers"]), "e_into": row["into"], "e_key": row["key"],
        "e_request": row["request"] and f"\\x{row['request']}", "e_payload": text(row["payload"]), "e_payload_hash": f"\\x{row['payload_hash']}",
    }  # fmt: skip


def clock_json(row: ClockRow) -> dict[str, Any]:
    """A clock as a row."""
    return {
        "code": row.code, "entity": row.entity, "since_seq": row.since_seq, "timed": row.timed, "fixed": row.fixed, "provisional": row.provisional,
        "status": row.status, "ended": row.ended, "awaited": row.awaited, "since": written_day(row.since), "due": written_day(row.due),
        "met_on": None if row.met_on is None else written_day(row.met_on),
    }  # fmt: skip


CLOCK: Final = {
    "code": "text", "entity": "text", "since_seq": "int", "timed": "bool", "fixed": "bool", "provisional": "bool", "status": "text", "ended": "int",
    "awaited": "bool", "since": "timestamptz", "due": "timestamptz", "met_on": "timestamptz",
}  # fmt: skip
"""What a clock's row has, as ``clock_json`` says it, and of which type each is."""
FEW: Final = tuple(tuple(f"k{n}_{name}" for name in CLOCK) for n in range(2))
"""The places of so many clocks in a statement that holds them as plain values; of more, they are JSON."""


def clock_values(rows: list[ClockRow]) -> dict[str, Any]:
    """A few clocks as values of a statement."""
    told = [(places, clock_json(row)) for places, row in zip(FEW, rows, strict=False)]
    return {place: row[name] for places, row in told for place, name in zip(places, CLOCK, strict=True)}


def run_rows(tables: Tables, plan: Plan, *, every: bool) -> list[dict[str, Any]]:
    """Where the runs stand that the plan's events touched, or all of them. The case itself is none: it stands in its own row."""
    touched = {(e.track, e.entity) for e in plan.events}
    out = []
    for (track, entity), number in plan.state.stage.items():
        if track and (every or (track, entity) in touched):
            row = tables.tracks[track]
            facts = {k: plain(v) for k, v in plan.state.run_facts.get((track, entity), {}).items()}
            out.append({"track": row.name, "entity": entity, "stage": row.stages[number].name, "facts": facts})
    return out


@cache
def pausing(tables: Tables) -> frozenset[int]:
    """The steps that begin or end a pause."""
    return frozenset(step for pause in tables.pauses for step in (*pause.since, *pause.until))


@cache
def granting(tables: Tables) -> frozenset[int]:
    """The steps that extend a limit."""
    return frozenset(extension.grant for row in tables.limits for extension in row.extensions)


def span_rows(tables: Tables, log: list[Event]) -> list[dict[str, Any]]:
    """Every span of every pause of an effective log."""
    out = []
    for pause in tables.pauses:
        for at, event in enumerate(log):
            if event.step not in pause.since or event.ghost:
                continue
            ends = (
                numbered(e) for e in log[at + 1 :] if e.step in pause.until and e.track == event.track and e.entity == event.entity and not e.ghost
            )
            out.append({"code": pause.pause.code, "entity": event.entity, "since_seq": numbered(event), "until_seq": next(ends, None)})
    return out


def grant_rows(tables: Tables, plan: Plan, log: list[Event]) -> list[dict[str, Any]]:
    """Every extension that was granted to a clock."""
    extended = [clock for clock in plan.judged.clocks if clock.row.extensions]
    if not extended:
        return []
    out, triggers = [], Triggers(tables, log)
    for clock in extended:
        for extension in clock.row.extensions:
            for at in triggers.acts(extension.grant, clock.row, clock.entity, clock.at, clock.end):
                out.append({"code": clock.row.code, "entity": clock.entity, "since_seq": numbered(log[clock.at]), "granted_seq": numbered(log[at])})
    return out


@cache
def referring(tables: Tables) -> Mapping[int, Referral]:
    """The tracks on which a matter is sent to another institution, by number."""
    return {row.no: row.part for row in tables.tracks if isinstance(row.part, Referral)}


def open_referrals(tables: Tables, state: State) -> list[str]:
    """The referrals that are sent or taken and not yet answered."""
    out, parts = [], referring(tables)
    for (track, entity), stage in state.stage.items() if parts else ():
        if track in parts and tables.tracks[track].stages[stage] in (parts[track].out, parts[track].taken):
            out.append(entity)
    return out


def text(value: object) -> str:
    """JSON for a parameter."""
    return "[]" if value == [] else _ENCODED(value)


@lru_cache(4096)
def _signed(signers: tuple[tuple[str, str], ...]) -> str:
    """The same few people sign again and again."""
    return text(signers)


def facts_json(facts: Mapping[str, object]) -> str:
    """The case's own answers."""
    return "{}" if not facts else text({name: plain(v) for name, v in facts.items()})
