"""读案 · A case, its whole ledger and its clocks in one statement; nothing is locked."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, Final

from django.db import connection

from tianping.casework.access.probe import SEEN, probe_of
from tianping.casework.engine.actors import REFER, Actor
from tianping.casework.engine.facts import from_ledger
from tianping.casework.engine.hot import hot
from tianping.casework.engine.registered import tables_of
from tianping.casework.engine.snapshot import ClockRow, Snapshot
from tianping.casework.errors import NoSuchCase
from tianping.casework.moments import local, read
from tianping.procedure.events import VOID, Event
from tianping.procedure.roles import Signer
from tianping.procedure.tables import Tables

_EVENT: Final = """json_build_array(e.seq, e.step, e.entity, e.happened, e.recorded, e.voids, e.signers, e.payload -> 'facts', e.into,
  e.payload is null)"""
_CLOCK: Final = """json_build_array(k.code, k.entity, k.since_seq, k.since, k.due, k.timed, k.fixed, k.provisional, k.status, k.ended, k.met_on,
  k.awaited)"""
READ: Final = f"""
select c.definition_id, c.organisation_id, c.seq, c.head,
  (select json_agg({_EVENT} order by e.seq) from casework_event e where e.case_id = c.id),
  (select json_agg({_CLOCK}) from casework_clock k where k.case_id = c.id), c.due, c.lifecycle, c.number,
  array_to_string(s.held, ',')
from casework_case c {SEEN}
where c.id = %(case)s and s.held is not null
"""  # noqa: S608 — constants only


def snapshot(case_id: int, actor: Actor) -> Snapshot:
    """The case as it stands, if the actor may work on it: what was only referred to it is not its own. Raises NoSuchCase."""
    row = hot(READ, probe_of(actor) | {"case": case_id})
    held = frozenset() if row is None else frozenset(row[9].split(",")) - {REFER}
    if row is None or not held:
        raise NoSuchCase(case=case_id)
    return _snapshot(case_id, row, held)


def _snapshot(case_id: int, row: tuple[Any, ...], held: frozenset[str]) -> Snapshot:
    tables = tables_of(row[0])
    written = _loaded(row[4])
    events = [_event(tables, e) for e in written]
    clocks = {(k[0], k[1], k[2]): clock_of(k) for k in _loaded(row[5])}
    erased = frozenset(e[0] for e in written if e[9])
    shown = (None if row[6] is None else local(row[6]), row[7])
    return Snapshot(case_id, tables, row[1], row[2], bytes(row[3]), events, clocks, shown, row[8], erased, held)


READ_MANY: Final = READ.replace("select c.definition_id", "select c.id, c.definition_id").replace(
    "c.id = %(case)s", "c.id = any(%(cases)s::bigint[])"
)


def snapshots(cases: Iterable[int], actor: Actor) -> dict[int, Snapshot]:
    """Several cases in one statement, those that the actor may work on."""
    with connection.cursor() as cursor:
        cursor.execute(READ_MANY, probe_of(actor) | {"cases": list(cases)})
        rows = cursor.fetchall()
    found = {row[0]: (row[1:], frozenset(row[10].split(",")) - {REFER}) for row in rows}
    return {case: _snapshot(case, row, held) for case, (row, held) in found.items() if held}


def _loaded(found: Any) -> list[list[Any]]:
    """An array of rows, which psycopg's own cursor has read already."""
    listed: list[list[Any]] = (json.loads(found) if isinstance(found, str) else found) or []
    return listed


def _event(tables: Tables, e: list[Any]) -> Event:
    step = VOID if not e[1] else tables.by_step[e[1]]
    track = 0 if step == VOID else tables.steps[step].track
    signers = tuple([Signer(actor, role) for actor, role in e[6]])
    facts = from_ledger(tables, e[7]) if e[7] else {}
    into = None if e[8] is None else str(e[8])
    happened = read(e[3])
    return Event(e[0], step, track, e[2], happened, happened if e[4] == e[3] else read(e[4]), e[5], signers, facts, into)


def clock_of(k: list[Any]) -> ClockRow:
    """A clock as the statement reads it."""
    met_on = None if k[10] is None else read(k[10])
    return ClockRow(k[0], k[1], k[2], read(k[3]), read(k[4]), k[5], k[6], k[7], k[8], k[9], met_on, k[11])
