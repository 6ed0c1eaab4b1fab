"""期限的提醒要求 · What the definitions say of reminding: lead times of their own, and limits that nobody can keep or miss."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tianping.casework.engine.registered import folders
from tianping.casework.models import Definition
from tianping.law.periods import Period
from tianping.law.text import T
from tianping.procedure.tables import LimitRow, Tables, compiled

MONTH = 30
"""Days to a month of a lead time. A lead time is advice; the limit itself is reckoned by the law's own months."""


@dataclass(frozen=True, slots=True)
class Special:
    """特别要求 · A limit of a definition (its number in the database) with ``leads`` of its own, or one that is ``silent``: it only runs out."""

    definition: int
    code: str
    leads: tuple[timedelta, ...]
    silent: bool


def specials() -> list[Special]:
    """Every such limit of the definitions that cases are pinned to."""
    return [
        Special(number, row.code, tuple(sorted(map(lead, row.limit.warn), reverse=True)), silent=not row.until)
        for number, row in _limits()
        if row.limit.warn or not row.until
    ]


def titles() -> dict[tuple[int, str], T]:
    """(definition's number, limit's code) → the limit's title."""
    return {(number, row.code): row.limit.words for number, row in _limits()}


def lead(period: Period) -> timedelta:
    """A lead time as a length."""
    return timedelta(days=period.days + period.working + MONTH * period.months, seconds=period.seconds)


def pinned() -> list[tuple[int, Tables]]:
    """(number in the database, definition) of every version that cases are pinned to and that is installed."""
    versions = {(code, v.valid_from): v for code, folder in folders().items() for v in folder.versions}
    return [(d.pk, compiled(versions[d.code, d.version])) for d in Definition.objects.order_by("pk") if (d.code, d.version) in versions]


def _limits() -> list[tuple[int, LimitRow]]:
    return [(number, row) for number, tables in pinned() for row in tables.limits]
