"""用历 · By which calendar limits are reckoned: the law's own, and over it the notices that the city has loaded. Every process asks the database.

Each statement that reads a case reads the mark of the calendar with it: a digest of the notices that hold. So a notice holds from the next step on,
in every process, without a message to any; and no step takes a round trip more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from tianping.casework.ledger.canonical import canonical
from tianping.law.calendar import Calendar, calendar, with_notices
from tianping.law.calendar_days import DayKind, published_days, year_of

NO_NOTICE: Final = ""
"""The mark of the law's own calendar."""
MARK: Final = "coalesce((select n.mark from casework_calendarnotice n order by n.id desc limit 1), '')"
"""The mark of the calendar that holds, within another statement."""
_MARK: Final = f"select {MARK}"
_LOADED: Final = """select distinct on (n.year) n.year, n.days from casework_calendarnotice n
where n.id <= (select max(m.id) from casework_calendarnotice m where m.mark = %(mark)s) order by n.year, n.id desc"""
KEPT: Final = 8
"""So many calendars are kept: the one that holds, and those that were tried out."""

LATELY: Final = timedelta(seconds=10)
_seen: Final[dict[str, tuple[datetime, str]]] = {}
"""By the database's name: when the mark was looked up, and what it was."""


def in_use() -> Calendar:
    """The calendar that holds, for what reads no case. One look-up."""
    return by_mark(mark_in_use())


def lately(at: datetime) -> Calendar:
    """The calendar that held a few seconds ago at most: for what a list is grouped by, which reckons no limit. Rarely a look-up."""
    name = str(connection.settings_dict["NAME"])
    seen = _seen.get(name)
    if seen is None or abs(at - seen[0]) > LATELY:
        seen = _seen[name] = (at, mark_in_use())
    return by_mark(seen[1])


def mark_in_use() -> str:
    """The mark of the calendar that holds."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK)
        return str(cursor.fetchone()[0])


@lru_cache(KEPT)
def by_mark(mark: str) -> Calendar:
    """The calendar of a mark. A mark is a digest of what it stands for, so that no other database can mean something else by it."""
    return calendar() if mark == NO_NOTICE else with_notices(days_of(loaded(mark)))


def loaded(mark: str) -> dict[int, Any]:
    """Year → the table of its notice, of those that hold under a mark."""
    if mark == NO_NOTICE:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_LOADED, {"mark": mark})
        return {year: json.loads(row) if isinstance(row, str) else row for year, row in cursor.fetchall()}


def days_of(tables: Mapping[int, Any]) -> dict[int, dict[date, DayKind]]:
    """The days of some tables."""
    return {year: year_of(year, row) for year, row in tables.items()}


def mark_of(tables: Mapping[int, Any]) -> str:
    """The mark that stands for these notices together."""
    return hashlib.sha256(canonical({str(year): row for year, row in sorted(tables.items())})).hexdigest()


def published(mark: str) -> dict[int, dict[date, DayKind]]:
    """Year → days, of every year that a notice fixed: in the law's own table, or loaded over it."""
    return {**published_days(), **days_of(loaded(mark))}
