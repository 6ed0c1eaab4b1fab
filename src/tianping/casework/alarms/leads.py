"""提前量 · How long before its end a limit is told of at an institution: its own rules, else those of the body above it, else the default of all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import connection


@dataclass(frozen=True, slots=True)
class Leads:
    """提前量 · l1 (told to the handler) and l2 (told to the head of unit), apart for limits of days and of hours. None: that level is not told of."""

    first: timedelta | None = timedelta(days=3)
    second: timedelta | None = timedelta(0)
    first_timed: timedelta | None = timedelta(hours=1)
    second_timed: timedelta | None = timedelta(minutes=30)


_RULES: Final = """
select distinct on (o.id, r.timed, r.level) o.id, r.timed, r.level, r.shift, r.off
from casework_organisation o cross join casework_alarmrule r left join casework_organisation a on a.id = r.organisation_id
where o.id = any(%s) and r.kind = 'warning' and r.level in (1, 2)
  and (r.organisation_id is null or r.organisation_id = o.id or (a.path <> '' and starts_with(o.path, a.path)))
order by o.id, r.timed, r.level, r.organisation_id is null, r.organisation_id = o.id desc, length(a.path) desc"""
"""The rule that stands for each institution, as the scan of alarms chooses it."""


def leads_of(organisations: Iterable[int]) -> dict[int, Leads]:
    """The lead times of institutions, in one query."""
    wanted = sorted(set(organisations))
    found: dict[int, dict[str, timedelta | None]] = {number: dict.fromkeys(("first", "second", "first_timed", "second_timed")) for number in wanted}
    with connection.cursor() as cursor:
        cursor.execute(_RULES, [wanted])
        for number, timed, level, shift, off in cursor.fetchall():
            name = ("first" if level == 1 else "second") + ("_timed" if timed else "")
            found[number][name] = None if off else shift
    return {number: Leads(**values) for number, values in found.items()}
