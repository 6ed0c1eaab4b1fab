"""我的事 · All cases of a citizen in a handful of queries: where each stands, the next last day, and what waits for him.

What waits is read from the definition: a step of a role that he has, in the stage where the case stands, that ends a clock which runs. Whether it may
be taken is asked when its page is opened.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tianping.casework.citizens.acting import capacity_code, own
from tianping.casework.engine.registered import tables_of
from tianping.casework.models import Case, Citizen, Clock, Organisation, Party
from tianping.casework.moments import local
from tianping.casework.selectors.lists import CaseRow, case_list
from tianping.law.text import T
from tianping.procedure.tables import StepRow, Tables

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """等您办 · A step that ends a clock: its code, its words, and until when."""

    step: str
    title: T
    due: datetime
    timed: bool
    provisional: bool


@dataclass(frozen=True, slots=True)
class Matter:
    """一件事 · A case of his as a list shows it. ``due``: the next last day of anybody, None where nothing runs."""

    case_id: int
    number: str | None
    title: str
    procedure: T
    stage: T
    over: bool
    draft: bool
    institution: T
    updated: datetime
    due: datetime | None
    waiting: tuple[Waiting, ...]


def matters_of(citizen: Citizen, *, at: datetime) -> list[Matter]:
    """His cases, the last opened one first; at most so many."""
    rows = case_list(own(citizen), at=at, size=MOST).rows
    ids = [r.id for r in rows]
    pinned = dict(Case.objects.filter(pk__in=ids).values_list("pk", "definition_id"))
    places = {o.pk: T(o.zh, o.en) for o in Organisation.objects.filter(pk__in={r.organisation for r in rows})}
    roles: dict[int, set[str]] = defaultdict(set)
    for case, capacity in Party.objects.filter(citizen=citizen, case_id__in=ids, left__isnull=True).values_list("case_id", "capacity"):
        roles[case].add(capacity_code(capacity))
    clocks: dict[int, list[Clock]] = defaultdict(list)
    for clock in Clock.objects.filter(case_id__in=ids, ended__isnull=True).order_by("due"):
        clocks[clock.case_id].append(clock)
    return [_matter(r, tables_of(pinned[r.id]), places[r.organisation], roles[r.id], clocks[r.id]) for r in rows]


def _matter(row: CaseRow, tables: Tables, place: T, roles: set[str], clocks: list[Clock]) -> Matter:
    stages = tables.tracks[0].stages
    number = next(n for n, s in enumerate(stages) if s.name == row.stage)
    due = next((local(c.due) for c in clocks if c.awaited and c.fixed), None)
    waiting = tuple(w for c in clocks for w in _waiting(tables, c, number, roles))
    over = stages[number].end
    return Matter(
        row.id, row.number, row.title, tables.procedure.title, stages[number].title, over, row.stage == "draft", place, local(row.updated),
        due, () if over else waiting,
    )  # fmt: skip


def _waiting(tables: Tables, clock: Clock, stage: int, roles: set[str]) -> list[Waiting]:
    limit = next((row for row in tables.limits if row.code == clock.code), None)
    if limit is None or limit.wait:
        return []
    return [
        Waiting(row.step.code, row.step.words, local(clock.due), clock.timed, clock.provisional)
        for n in limit.until
        if (row := tables.steps[n]).track == 0 and row.mask >> stage & 1 and alone_or_jointly(row, roles)
    ]


def alone_or_jointly(row: StepRow, roles: set[str] | frozenset[str]) -> bool:
    """Whether somebody of these roles signs the step, alone or beside others."""
    return any(role.code in roles for signed in row.step.by.sets() for role in signed)
