"""重算期限 · The clocks of cases reckoned anew from their ledgers, under the calendar that holds now. No event is written: a clock is no act.

A case is locked while its clocks are written, so that a step that is taken meanwhile waits and reads what is written here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

from django.db import connection

from tianping.casework.engine.days import by_mark
from tianping.casework.engine.decide import Plan, planned
from tianping.casework.engine.read import KIN, snapshots_for_reckoning
from tianping.casework.engine.rows import clock_json, text
from tianping.casework.engine.snapshot import ClockKey, ClockRow, Snapshot
from tianping.casework.engine.values import gone_rows
from tianping.casework.moments import written_day
from tianping.law.calendar import Calendar

_WITH: Final = (
    KIN
    + """
select id from kin where id <> all(%(cases)s::bigint[]) and exists (select from casework_case c where c.id = kin.id and c.joined)"""
)
_LOCK: Final = "select id from casework_case where id = any(%(cases)s::bigint[]) order by id for update"
_CLOCKS: Final = """with u as (select * from jsonb_to_recordset(%(clocks)s::jsonb) as u("case" bigint, code text, entity text, since_seq int,
  since timestamptz, due timestamptz, timed bool, fixed bool, provisional bool, status text, ended int, met_on timestamptz, awaited bool))
insert into casework_clock (case_id, code, entity, since_seq, since, due, timed, fixed, provisional, status, ended, met_on, awaited)
select * from u on conflict (case_id, code, entity, since_seq) do update set since = excluded.since, due = excluded.due, fixed = excluded.fixed,
  provisional = excluded.provisional, status = excluded.status, ended = excluded.ended, met_on = excluded.met_on"""
_GONE: Final = """delete from casework_clock k using jsonb_to_recordset(%(gone)s::jsonb) as u("case" bigint, code text, entity text, since_seq int)
where k.case_id = u."case" and k.code = u.code and k.entity = u.entity and k.since_seq = u.since_seq"""
_CASES: Final = """with u as (select * from jsonb_to_recordset(%(cases)s::jsonb) as u("case" bigint, due timestamptz)),
c as (update casework_case c set due = u.due from u where c.id = u."case")
update casework_visibility v set due = u.due from u where v.case_id = u."case" """

Changed = tuple[Snapshot, list[tuple[ClockRow, ClockRow]]]
"""A case, and its clocks that another calendar changes: before and after."""
Pair = tuple[ClockRow | None, ClockRow | None]
"""A clock before and after; of a new one there is none before, of one that is gone none after."""


def under(now: Snapshot, calendar: Calendar) -> list[tuple[ClockRow, ClockRow]]:
    """The clocks of a case that a calendar changes, before and after; nothing is written."""
    return _pairs(now.clocks, planned(now, [], [], calendar).changed) if now.events else []


def anew(now: Snapshot) -> list[Pair] | None:
    """The clocks of a case that differ from what is reckoned now, before and after; nothing is written. None: nothing at all differs."""
    plan = planned(now, [], [], by_mark(now.mark)) if now.events else None
    return pairs_of(now, plan) if plan is not None and _differs(now, plan) else None


def pairs_of(now: Snapshot, plan: Plan) -> list[Pair]:
    """The clocks that a plan changes, makes and takes away: before and after."""
    return [*((now.clocks.get(row.key), row) for row in plan.changed), *((now.clocks[key], None) for key in plan.gone)]


def reckoned_again(cases: Iterable[int], seen: Callable[[Snapshot, Plan], None] | None = None) -> list[Changed]:
    """Reckon the clocks of cases anew and write what changed. Inside a transaction: the cases are locked until it ends.

    ``seen`` is told of each case with its plan.
    """
    wanted = list(cases)
    with connection.cursor() as cursor:
        cursor.execute(_WITH, {"cases": wanted})
        cursor.execute(_LOCK, {"cases": wanted + [case for (case,) in cursor.fetchall()]})
    clocks, gone, moved, out = list[dict[str, Any]](), list[dict[str, Any]](), list[dict[str, Any]](), list[Changed]()
    for case, now in snapshots_for_reckoning(wanted).items():
        if not now.events:
            continue
        plan = planned(now, [], [], by_mark(now.mark))
        clocks += [{"case": case, **clock_json(row)} for row in plan.changed]
        gone += [{"case": case, **row} for row in gone_rows(plan)]
        if _differs(now, plan):  # the row is a new version: who remembers the case reads it again
            moved.append({"case": case, "due": None if plan.due is None else written_day(plan.due)})
        out.append((now, _pairs(now.clocks, plan.changed)))
        if seen is not None:
            seen(now, plan)
    with connection.cursor() as cursor:
        if clocks:
            cursor.execute(_CLOCKS, {"clocks": text(clocks)})
        if gone:
            cursor.execute(_GONE, {"gone": text(gone)})
        if moved:
            cursor.execute(_CASES, {"cases": text(moved)})
    return out


def _differs(now: Snapshot, plan: Plan) -> bool:
    return bool(plan.changed or plan.gone) or plan.due != now.shown[0]


def _pairs(kept: dict[ClockKey, ClockRow], changed: Sequence[ClockRow]) -> list[tuple[ClockRow, ClockRow]]:
    return [(kept[row.key], row) for row in changed if row.key in kept]
