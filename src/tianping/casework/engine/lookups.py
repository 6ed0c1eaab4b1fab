"""查比 · What a step must know of other cases, counted when it is taken, under a lock on what is counted; and the rows that are counted over.

Only units that some definition counts are kept in ``casework_watched``. See ``procedure/lookups.py``.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from tianping.casework.engine.decide import Attempt, Plan
from tianping.casework.engine.facts import plain
from tianping.casework.engine.hot import hot
from tianping.casework.engine.registered import folders
from tianping.casework.engine.snapshot import Snapshot
from tianping.procedure.events import VOID
from tianping.procedure.fold import fold_to
from tianping.procedure.grammar import Procedure
from tianping.procedure.lookups import Tally
from tianping.procedure.tables import Tables, compiled

_LOCK: Final = "select pg_advisory_xact_lock(hashtextextended(%(what)s, 0))"
_COUNT: Final = """select case when %(sums)s = '' then count(*) else coalesce(sum((w.facts ->> %(sums)s)::bigint), 0) end::bigint
from casework_watched w
where w.procedure = %(procedure)s and w.track = %(track)s and w.stage = any(%(stages)s) and w.facts @> %(same)s::jsonb
  and (%(organisation)s::bigint is null or w.organisation_id = %(organisation)s)
  and not (w.case_id = %(case)s and w.entity = %(entity)s)"""


@dataclass(frozen=True, slots=True)
class Counted:
    """所查之数 · One counted fact: over which units, in which stages, told apart by which answers (own, theirs)."""

    fact: str
    procedure: str
    track: str
    stages: tuple[str, ...]
    same: tuple[tuple[str, str], ...]
    sums: str
    within: str


@cache
def counted(tables: Tables) -> Mapping[int, tuple[Counted, ...]]:
    """Step number → what must be counted before it is taken."""
    out: dict[int, list[Counted]] = defaultdict(list)
    for row in tables.steps:
        for fact in row.step.asks:
            if fact.known_by is not None:
                out[row.no].append(_counted(tables, fact.name, fact.known_by))
    return {step: tuple(found) for step, found in out.items()}


def _counted(tables: Tables, fact: str, tally: Tally) -> Counted:
    owner = tally.stages.stages[0].owner
    procedure = tally.procedure or (owner if owner is not None and issubclass(owner, Procedure) else tables.procedure)
    track = next(t for t in compiled(procedure).tracks if t.track is owner)
    stages = tuple(s.name for s in tally.stages.stages)
    same = tuple((own.name, theirs.name) for own, theirs in tally.same)
    return Counted(fact, procedure.code, track.name, stages, same, "" if tally.sums is None else tally.sums.name, tally.within)


@cache
def watched() -> Mapping[tuple[str, str], frozenset[str]]:
    """(procedure, track) that some definition counts → the answers it is told apart or summed by."""
    out: dict[tuple[str, str], set[str]] = defaultdict(set)
    for folder in folders().values():
        for version in folder.versions:
            for found in (c for step in counted(compiled(version)).values() for c in step):
                out[found.procedure, found.track] |= {theirs for _, theirs in found.same} | ({found.sums} - {""})
    return {unit: frozenset(names) for unit, names in out.items()}


@cache
def watching(tables: Tables) -> Mapping[int, frozenset[str]]:
    """The tracks of a definition whose runs are counted, by number."""
    found = ((row.no, watched().get((tables.procedure.code, row.name))) for row in tables.tracks)
    return {number: names for number, names in found if names is not None}


def counts(tables: Tables, step: str) -> bool:
    """Whether a step must know something of other cases: then it takes the locked path."""
    return bool(step) and tables.by_step.get(step) in counted(tables)


def looked_up(now: Snapshot, tried: Attempt) -> dict[str, object]:
    """The counted facts of an attempt. Inside a transaction: whoever counts the same waits until it ends."""
    wanted = counted(now.tables).get(tried.step, ()) if tried.step != VOID else ()
    return {found.fact: _count(now, tried, found) for found in wanted}


def _count(now: Snapshot, tried: Attempt, found: Counted) -> int:
    known = _answers(now, tried)
    if any(known.get(own) is None for own, _ in found.same):
        return 0
    same = json.dumps({theirs: plain(known[own]) for own, theirs in found.same}, ensure_ascii=False, sort_keys=True)
    place = now.organisation if found.within == "organisation" else None
    hot(_LOCK, {"what": f"{found.procedure} {found.track} {place} {same}"})
    case, entity = now.place(tried.entity)
    row = hot(
        _COUNT,
        {
            "procedure": found.procedure, "track": found.track, "stages": list(found.stages), "same": same, "sums": found.sums,
            "organisation": place, "case": case, "entity": entity,
        },
    )  # fmt: skip
    assert row is not None
    return int(row[0])


def _answers(now: Snapshot, tried: Attempt) -> dict[str, object]:
    """What is known of the unit with the attempt's own answers."""
    log = now.shown_log()
    state = fold_to(now.tables, log, len(log))
    track = now.tables.steps[tried.step].track
    return {**state.case_facts, **state.run_facts.get((track, tried.entity), {}), **tried.facts}


def watch_rows(tables: Tables, plan: Plan, *, every: bool) -> list[dict[str, Any]]:
    """The rows to be counted over, of the runs that a plan touched (or of all)."""
    if not watching(tables):
        return []
    touched = {(e.track, e.entity) for e in plan.events} | {(0, "")}
    out = []
    for (track, entity), number in plan.state.stage.items():
        row, names = tables.tracks[track], watching(tables).get(track)
        if names is None or not (every or (track, entity) in touched):
            continue
        answers = plan.state.run_facts.get((track, entity), {}) if row.many else plan.state.case_facts
        facts = {name: plain(answers[name]) for name in names if answers.get(name) is not None}
        out.append({"track": row.name, "entity": entity, "stage": row.stages[number].name, "facts": facts})
    return out
