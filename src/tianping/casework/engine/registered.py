"""程序登记 · The definitions that cases are pinned to, by their number in the database; and the day's version for a new case."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

from tianping.casework.models import Definition
from tianping.procedure.registry import Folder, UnknownProcedure, discover
from tianping.procedure.tables import Tables, compiled

ROOTS: list[Path] = []
"""Further folders in which procedures are looked for, beside the package's own."""


_numbers: Final[dict[tuple[str, date], int]] = {}
"""Version of a procedure → its number in the database."""


@cache
def folders() -> dict[str, Folder]:
    """Every procedure, by code: the package's own, and those in the folders that the setting names."""
    return discover([*map(Path, settings.TIANPING_PROCEDURES), *ROOTS])


@cache
def tables_of(number: int) -> Tables:
    """The compiled definition of a number in the database."""
    row = Definition.objects.get(pk=number)
    version = next(v for v in folders()[row.code].versions if v.valid_from == row.version)
    return compiled(version)


def _number(code: str, version: date) -> int:
    known = _numbers.get((code, version))
    if known is None:
        known = Definition.objects.get_or_create(code=code, version=version)[0].pk
        if not connection.in_atomic_block:  # a row that may still be undone is asked for again
            _numbers[code, version] = known
    return known


def version_on(code: str, day: date) -> tuple[int, Tables]:
    """(number, definition) of the version of a procedure that may be opened on a day. Raises UnknownProcedure, NoVersionOn."""
    if code not in folders():
        raise UnknownProcedure(name=code, near="")
    version = folders()[code].on(day)
    return _number(code, version.valid_from), compiled(version)
