"""读案 · A case, its whole ledger and its clocks in one statement; nothing is locked. Of a case that was merged, one more: its kin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from tianping.casework.access.probe import SEEN, probe_of
from tianping.casework.engine.actors import REFER, Actor
from tianping.casework.engine.days import MARK
from tianping.casework.engine.facts import from_ledger
from tianping.casework.engine.hot import hot
from tianping.casework.engine.kept import keep
from tianping.casework.engine.registered import tables_of
from tianping.casework.engine.snapshot import ClockRow, Snapshot
from tianping.casework.errors import NoSuchCase
from tianping.casework.moments import read, read_day
from tianping.procedure.events import VOID, Event
from tianping.procedure.roles import Signer
from tianping.procedure.tables import Tables

_EVENT: Final = """json_build_array(e.seq, e.step, e.entity, e.happened, e.recorded, e.voids, e.signers, e.payload -> 'facts', e.into,
  e.payload is null)"""
_CLOCK: Final = """json_build_array(k.code, k.entity, k.since_seq, k.since, k.due, k.timed, k.fixed, k.provisional, k.status, k.ended, k.met_on,
  k.awaited)"""
READ: Final = f"""
select json_build_array(c.definition_id, c.organisation_id, c.seq, encode(c.head, 'hex'),
  (select json_agg(e.told) from (select {_EVENT} as told from casework_event e where e.case_id = c.id order by e.case_id, e.seq) e),
  (select json_agg({_CLOCK}) from casework_clock k where k.case_id = c.id), c.due, c.lifecycle, c.number, s.held,
  s.keys, c.xmin::text, {MARK}, c.joined)
from casework_case c {SEEN.replace("as held", "as held, array_agg(k.id) as keys")}
where c.id = %(case)s and s.held is not null
"""  # noqa: S608 — constants only


READ_MANY: Final = READ.replace("select json", "select c.id, json", 1).replace("c.id = %(case)s", "c.id = any(%(cases)s::bigint[])")

READ_ALL: Final = READ_MANY[: READ_MANY.index("cross join lateral")].replace("s.held", "array['installation']").replace("s.keys", "null") + (
    "where c.id = any(%(cases)s::bigint[])"
)

KIN: Final = """with recursive kin(id) as (select unnest(%(cases)s::bigint[]) union
  select o.id from kin join casework_case k on k.id = kin.id
    cross join lateral (select e."into" as id from casework_event e where e.case_id = k.id and e."into" is not null
      union all select e.case_id from casework_event e where e."into" = k.id) n
    join casework_case o on o.id = n.id and o.definition_id = k.definition_id)"""
"""The cases that some were merged with, by whatever way, and they themselves: those of one version, for supervision judges each version apart.

A merge that was voided is among them: whether it counts is for the ledger to say."""
READ_KIN: Final = KIN + READ_ALL.replace("c.id = any(%(cases)s::bigint[])", "c.id in (select id from kin)")


def snapshot(case_id: int, actor: Actor) -> Snapshot:
    """The case as it stands, if the actor may work on it: what was only referred to it is not its own. Raises NoSuchCase."""
    row = hot(READ, probe_of(actor) | {"case": case_id})
    found = None if row is None else _snapshot(case_id, row[0])
    if found is None:
        raise NoSuchCase(case=case_id)
    if found.joined:
        return replace(found, kin=families([case_id])[case_id])
    keep(found, actor)
    return found


def snapshots(cases: Iterable[int], actor: Actor) -> dict[int, Snapshot]:
    """Several cases in one statement, those that the actor may work on."""
    with connection.cursor() as cursor:
        cursor.execute(READ_MANY, probe_of(actor) | {"cases": list(cases)})
        rows = cursor.fetchall()
    return _with_kin({case: found for case, row in rows if (found := _snapshot(case, row)) is not None})


def snapshots_for_reckoning(cases: Iterable[int]) -> dict[int, Snapshot]:
    """Several cases whoever they belong to: for the installation itself, which reckons their clocks. Nobody is shown them."""
    with connection.cursor() as cursor:
        cursor.execute(READ_ALL, {"cases": list(cases)})
        rows = cursor.fetchall()
    return _with_kin({case: found for case, row in rows if (found := _snapshot(case, row)) is not None})


def _with_kin(found: dict[int, Snapshot]) -> dict[int, Snapshot]:
    if not (joined := [case for case, now in found.items() if now.joined]):
        return found
    return found | {case: replace(found[case], kin=kin) for case, kin in families(joined).items() if case in found}


def families(cases: Iterable[int], more: Iterable[tuple[int, int]] = ()) -> dict[int, Mapping[int, Snapshot]]:
    """Each of some cases and of their kin → its kin. In one statement, whoever they belong to. ``more``: pairs that are to be merged."""
    with connection.cursor() as cursor:
        cursor.execute(READ_KIN, {"cases": list(cases)})
        found = {case: now for case, row in cursor.fetchall() if (now := _snapshot(case, row)) is not None}
    groups = {case: {case} for case in found}
    merges = ((case, int(e.into)) for case, now in found.items() for e in now.events if e.into is not None)
    for one, other in (*merges, *more):
        if one in found and other in found and found[one].tables is found[other].tables:
            whole = groups[one] | groups[other]
            groups.update(dict.fromkeys(whole, whole))
    return {case: {k: found[k] for k in sorted(group - {case})} for case, group in groups.items()}


def _snapshot(case_id: int, row: Any) -> Snapshot | None:
    """A case from what was read of it, as text unless psycopg's own cursor has read it already; None where it was only referred."""
    found = json.loads(row) if isinstance(row, str) else row
    definition, organisation, seq, head, written, clocked, due, lifecycle, number, capacities, keys, version, mark, joined = found
    held = frozenset(capacities) - {REFER}
    if not held:
        return None
    tables = tables_of(definition)
    events = [_event(tables, e) for e in written or ()]
    clocks = {row[:3]: row for row in [clock_of(k) for k in clocked or ()]}
    erased = frozenset([e[0] for e in written or () if e[9]])
    shown = (None if due is None else read_day(due), lifecycle)
    told = (shown, number, erased, held, version, tuple(sorted(keys or ())), mark)
    return Snapshot(case_id, tables, organisation, seq, bytes.fromhex(head), events, clocks, *told, joined=joined)


def _event(tables: Tables, e: list[Any]) -> Event:
    seq, code, entity, at, then, voids, signed, answers, into, _ = e
    step = tables.by_step[code] if code else VOID
    track = tables.steps[step].track if code else 0
    signers = tuple([_signer(actor, role) for actor, role in signed])
    facts = from_ledger(tables, answers) if answers else {}
    happened = read(at)
    recorded = happened if then == at else read(then)
    return Event(seq, step, track, entity, happened, recorded, voids, signers, facts, None if into is None else str(into))


_signer = lru_cache(4096)(Signer)
"""The same few people sign again and again."""


def clock_of(k: list[Any]) -> ClockRow:
    """A clock as the statement reads it."""
    code, entity, seq, since, due, timed, fixed, provisional, status, ended, met_on, awaited = k
    met = None if met_on is None else read_day(met_on)
    return ClockRow(code, entity, seq, read_day(since), read_day(due), timed, fixed, provisional, status, ended, met, awaited)
