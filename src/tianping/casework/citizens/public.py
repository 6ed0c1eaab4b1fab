"""公开信息 · What anybody may read without signing in: the catalogue of services and the events at which the police report to the people.

Only procedures, stages and answers that are named here; never a sealed case, never a party.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from tianping.casework.engine.facts import from_ledger
from tianping.casework.engine.registered import tables_of
from tianping.casework.moments import local
from tianping.law.text import T

MOST: Final = 200
PUBLIC: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "service_item": (("published",), ("item_class", "item", "materials", "promised", "statutory", "fee", "basis")),
    "report_to_people": (("planned", "held", "published"), ("level", "invited", "came")),
}
"""Procedure → the stages in which its cases are public, and the answers that are."""
_ROWS: Final = """select c.id, c.definition_id, c.stage, c.facts, c.updated, o.id, o.zh, o.en
from casework_case c join casework_definition d on d.id = c.definition_id join casework_organisation o on o.id = c.organisation_id
where d.code = %(procedure)s and c.stage = any(%(stages)s) and c.level = 0 and c.id < %(before)s
order by c.id desc limit %(most)s"""
_OPINIONS: Final = """select r.case_id, count(*), count(*) filter (where r.stage in ('answered', 'rated')) from casework_run r
where r.case_id = any(%s::bigint[]) and r.track = 'opinions' group by r.case_id"""


@dataclass(frozen=True, slots=True)
class PublicRow:
    """公开的一项 · One case as anybody reads it."""

    case_id: int
    stage: T
    organisation: int
    institution: T
    facts: Mapping[str, object]
    updated: datetime


def public_rows(procedure: str, *, before: int | None = None) -> list[PublicRow]:
    """The public cases of a procedure, the newest first; none of a procedure that is not public."""
    stages, names = PUBLIC.get(procedure, ((), ()))
    values: dict[str, Any] = {"procedure": procedure, "stages": list(stages), "before": before or 1 << 62, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, values)
        found = cursor.fetchall()
    return [_row(row, names) for row in found]


def opinions_of(cases: list[int]) -> dict[int, tuple[int, int]]:
    """Of some events: how many opinions were given, and how many of them were answered."""
    with connection.cursor() as cursor:
        cursor.execute(_OPINIONS, [cases])
        return {case: (given, answered) for case, given, answered in cursor.fetchall()}


def _row(row: tuple[Any, ...], names: tuple[str, ...]) -> PublicRow:
    case, definition, stage, facts, updated, organisation, zh, en = row
    tables = tables_of(definition)
    read = from_ledger(tables, facts if isinstance(facts, dict) else json.loads(facts))
    title = next(s.title for s in tables.tracks[0].stages if s.name == stage)
    return PublicRow(case, title, organisation, T(zh, en), {n: read[n] for n in names if n in read}, local(updated))
