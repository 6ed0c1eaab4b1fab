"""期满 · What the law lets happen by itself when a time has run out: a ruling becomes final, a mediation ends. The system takes those steps.

The last day belongs to whoever may still act: a limit of days has run out with the day after it. The guard decides as for everybody; what it refuses
stays as it is and is looked at again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import connection

from tianping.casework.alarms.limits import pinned
from tianping.casework.alarms.scan import EVER
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import Refusal
from tianping.casework.exchange.machine import system_at
from tianping.casework.models import Case
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.tables import StepRow, Tables
from tianping.procedure.time import Limit

SPACE: Final = UUID("0b6f3f55-6a0e-5d0b-8f6e-2d0a1c1a7e42")
"""The name space of the keys of these steps: a constant of this software."""
PAGE: Final = 200

_OVER: Final = """
with l as materialized (
  select * from jsonb_to_recordset(%(lapses)s::jsonb) as l(definition smallint, "limit" text, step text, track text, many boolean, stages text[])
)
select k.due, k.case_id, k.code, k.entity, k.since_seq, l.step, r.entity from casework_clock k
join casework_case c on c.id = k.case_id
join l on l.definition = c.definition_id and l."limit" = k.code
join lateral (select '' as entity, c.stage where l.track = ''
  union all select r.entity, r.stage from casework_run r where l.track <> '' and r.case_id = k.case_id and r.track = l.track) r
  on r.stage = any(l.stages) and (not l.many or r.entity = k.entity)
where k.ended is null and k.fixed and c.lifecycle in (0, 2) and k.due <= %(at)s - case when k.timed then interval '0' else interval '1 day' end
  and k.due <= %(at)s and k.since >= %(since)s::timestamptz and (k.due, k.case_id, k.code, k.entity, k.since_seq, l.step, r.entity)
    > (%(a0)s, %(a1)s, %(a2)s, %(a3)s, %(a4)s, %(a5)s, %(a6)s)
order by k.due, k.case_id, k.code, k.entity, k.since_seq, l.step, r.entity limit %(most)s"""
Place = tuple[datetime, int, str, str, int, str, str]


@dataclass(frozen=True, slots=True)
class Lapse:
    """期满环节 · A step of the system that follows when a limit has run out: on which track, from which stages."""

    definition: int
    limit: str
    step: str
    track: str
    many: bool
    stages: tuple[str, ...]


def lapses() -> list[Lapse]:
    """Every such step of the definitions that cases are pinned to."""
    return [lapse for number, tables in pinned() for row in tables.steps for lapse in _lapse(number, tables, row)]


def lapses_take(*, at: datetime, since: datetime | None = None) -> int:
    """期满办理 · Take the steps of every limit that has run out by an instant. How many were taken; once each, however often it is asked.

    ``since``: limits that began before are left alone.
    """
    rows = json.dumps([asdict(lapse) for lapse in lapses()])
    taken = 0
    for due, case, code, entity, seq, step, run in _over(rows, at, since):
        key = uuid5(SPACE, f"{case}/{code}/{entity}/{seq}/{due.isoformat()}/{step}/{run}")
        try:
            row = Case.objects.get(pk=case)
            taken += not step_take(case_id=case, step=step, actor=system_at(row), at=at, entity=run, role=Roles.SYSTEM.code, key=key).replayed
        except Refusal:  # something else stands against it: then it is not yet, or no longer, time
            continue
    return taken


def _over(rows: str, at: datetime, since: datetime | None) -> Iterator[Place]:
    """The clocks that have run out with the step that follows, page by page in the order in which they did."""
    after: Place = (datetime.min.replace(tzinfo=at.tzinfo), 0, "", "", 0, "", "")
    while True:
        values: dict[str, Any] = {"lapses": rows, "at": at, "since": since or EVER, "most": PAGE} | {f"a{n}": value for n, value in enumerate(after)}
        with connection.cursor() as cursor:
            cursor.execute(_OVER, values)
            page = cursor.fetchall()
        yield from page
        if len(page) < PAGE:
            return
        after = page[-1]


def _lapse(number: int, tables: Tables, row: StepRow) -> Iterator[Lapse]:
    if not isinstance(row.step.on, Limit) or [r.code for r in row.step.by.sets()[0]] != [Roles.SYSTEM.code]:
        return
    track = tables.tracks[row.track]
    limit = next(r for r in tables.limits if r.limit is row.step.on)
    stages = tuple(s.name for i, s in enumerate(track.stages) if row.mask >> i & 1)
    yield Lapse(number, limit.code, row.step.code, track.name, tables.tracks[limit.track].many and limit.track == row.track, stages)
