"""范围 · Which cases an export holds: those of a procedure and some days that the actor sees, in blocks by number.

A case that was only referred to an institution is not in its exports: it saw what was carried, not the case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import connection

from tianping.casework.access.probe import SEEN, probe_of
from tianping.casework.engine.actors import HANDLE, SUPERVISE, Actor

BLOCK: Final = 2_000
"""Cases to a block: what is held in memory at once."""
_FIRST: Final = "(select (e.happened at time zone 'Asia/Shanghai')::date from casework_event e where e.case_id = c.id and e.seq = 1)"
_CASES: Final = f"""select c.id, c.number, c.title, d.id, d.code, d.version, o.code, o.zh, o.en, c.stage, c.lifecycle,
  c.opened at time zone 'Asia/Shanghai', c.due at time zone 'Asia/Shanghai', c.source
from casework_case c join casework_definition d on d.id = c.definition_id join casework_organisation o on o.id = c.organisation_id {{seen}}
where c.id > %(after)s {{held}} and (%(procedure)s::text is null or d.code = %(procedure)s)
  and (%(since)s::date is null or {_FIRST} >= %(since)s) and (%(until)s::date is null or {_FIRST} <= %(until)s)
order by c.id limit %(block)s"""  # noqa: S608 — constants only
ALL: Final = _CASES.format(seen="", held="")
OWN: Final = _CASES.format(seen=SEEN, held="and s.held && %(capacities)s::varchar[]")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """案件行 · A case as it is exported, its title still whole."""

    id: int
    number: str | None
    title: str
    definition: int
    procedure: str
    version: date
    organisation: str
    organisation_zh: str
    organisation_en: str
    stage: str
    lifecycle: int
    opened: datetime
    due: datetime | None
    source: str


@dataclass(frozen=True, slots=True)
class Scope:
    """范围 · ``actor`` None: every case. ``since`` and ``until``: the days between which the first act happened."""

    actor: Actor | None
    procedure: str | None = None
    since: date | None = None
    until: date | None = None


def blocks(scope: Scope) -> Iterator[list[CaseRow]]:
    """The cases of a scope."""
    wanted: dict[str, Any] = {"procedure": scope.procedure, "since": scope.since, "until": scope.until, "block": BLOCK, "after": 0}
    if scope.actor is not None:
        wanted |= probe_of(scope.actor) | {"capacities": [HANDLE, SUPERVISE]}
    while True:
        with connection.cursor() as cursor:
            cursor.execute(ALL if scope.actor is None else OWN, wanted)
            rows = [CaseRow(*row) for row in cursor.fetchall()]
        if rows:
            yield rows
        if len(rows) < BLOCK:
            return
        wanted["after"] = rows[-1].id


def definitions(procedure: str | None) -> list[int]:
    """The definitions that have cases, of one procedure or of all: they give a table its columns."""
    with connection.cursor() as cursor:
        cursor.execute(
            """select d.id from casework_definition d where (%(code)s::text is null or d.code = %(code)s)
            and exists (select from casework_case c where c.definition_id = d.id) order by d.code, d.version""",
            {"code": procedure},
        )
        return [row[0] for row in cursor.fetchall()]
