"""逐案说明 · Why each clock of one case of a log stands as it does, line by line; the scalar engine tells it from the case's own events."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tianping.engines.supervise.encoding import people
from tianping.engines.supervise.errors import NoSuchCase
from tianping.law.calendar import Calendar, calendar
from tianping.law.derivation import Derivation
from tianping.procedure.events import VOID, Event, end_of, merged
from tianping.procedure.explain import explain
from tianping.procedure.reckoning import Clock
from tianping.procedure.registry import Folder
from tianping.procedure.roles import Signer
from tianping.procedure.supervision import supervise_cases
from tianping.procedure.tables import Tables, compiled


def explained(folder: Folder, log: pa.Table, case: str, as_of: date | datetime, cal: Calendar | None = None) -> list[tuple[Clock, Derivation]]:
    """逐案说明 · Each clock of a case with its derivation, in the order in which they began. Raises NoSuchCase."""
    moment, days = end_of(as_of), calendar() if cal is None else cal
    rows = _related(log, case)
    if not rows.get(case):
        raise NoSuchCase(case=case)
    tables = compiled(folder.on(min(row["happened"] for row in rows[case]).date()))
    cases = {name: [e for e in _events(found, tables) if e.happened <= moment] for name, found in rows.items()}
    judged = supervise_cases(tables, cases, moment, days)[case]
    events = merged(cases, tables)[case]
    clocks = sorted(judged.clocks, key=lambda c: (str(c.since), c.row.code, c.entity))
    return [(clock, explain(tables, events, clock, moment, days)) for clock in clocks]


def _related(log: pa.Table, case: str) -> dict[str, list[dict[str, Any]]]:
    """The rows of a case and of every case that was merged with it, by case."""
    names, found = log["case_id"].cast(pa.string()), {case}
    while "into" in log.column_names:
        into = log["into"].cast(pa.string())
        some = pa.array(sorted(found))
        touched = log.filter(pc.and_(pc.is_valid(into), pc.or_kleene(pc.is_in(names, some), pc.is_in(into, some))))
        more = found | set(touched["case_id"].to_pylist()) | set(touched["into"].to_pylist())
        if more == found:
            break
        found = more
    rows: dict[str, list[dict[str, Any]]] = {}
    for row in log.filter(pc.is_in(names, pa.array(sorted(found)))).to_pylist():
        rows.setdefault(row["case_id"], []).append(row)
    return rows


def _events(rows: list[dict[str, Any]], tables: Tables) -> list[Event]:
    return [_event(row, tables) for row in sorted(rows, key=lambda r: int(r["seq"]))]


def _event(row: dict[str, Any], tables: Tables) -> Event:
    """One row as an event; answers stand as the log writes them."""
    number = tables.by_step.get(row["step"], VOID)
    track = tables.steps[number].track if number != VOID else 0
    signers = tuple(Signer(*pair) for pair in people(row.get("actor") or "", row.get("role") or ""))
    answers = {name: row[name] for name in tables.facts if row.get(name) is not None}
    entity = (row.get("entity") or "") if tables.tracks[track].many else ""
    return Event(row["seq"], number, track, entity, row["happened"], row.get("recorded"), row.get("voids"), signers, answers, row.get("into"))
