"""核对 · Rows and files held against each other: every content is there and is what it was; what belongs to no row is swept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from tianping.casework.documents.errors import Damaged
from tianping.casework.documents.store import digest_of, files, parts, place
from tianping.casework.models import Content
from tianping.law.text import T

BATCH: Final = 500
GRACE: Final = timedelta(days=1)
"""A file younger than this may belong to a row that is not committed yet."""
SWEEPING: Final = 1_407_002
"""The lock between those who file (shared) and the sweeper (alone): a file that is filed again is never swept."""


def filing() -> None:
    """Inside a transaction: nothing is swept until it ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock_shared(%s)", [SWEEPING])


def sweeping() -> None:
    """Inside a transaction: nothing is filed until it ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [SWEEPING])


def damaged(*, bytes_too: bool = True) -> Iterator[Damaged]:
    """Every content whose file is missing or has other bytes (without ``bytes_too``: another length) than were filed."""
    last = ""
    while rows := list(Content.objects.filter(sha256__gt=last).order_by("sha256")[:BATCH]):
        for row in rows:
            path = place(row.sha256)
            if not path.is_file():
                yield Damaged(sha256=row.sha256, reason=T("缺失", "is missing"))
            elif path.stat().st_size != row.size or (bytes_too and digest_of(path) != row.sha256):
                yield Damaged(sha256=row.sha256, reason=T("与归卷时不符", "is not what was filed"))
        last = rows[-1].sha256


def swept(*, at: datetime) -> int:
    """Remove files that belong to no row and are older than a day, and what was never finished. Gives how many."""
    old = (at - GRACE).timestamp()
    count = 0
    for part in parts():
        if part.stat().st_mtime < old:
            part.unlink(missing_ok=True)
            count += 1
    aged = (path for path in files() if path.stat().st_mtime < old)
    while batch := list(islice(aged, BATCH)):
        count += _swept(batch, old)
    return count


@transaction.atomic
def _swept(batch: list[Path], old: float) -> int:
    sweeping()
    kept = set(Content.objects.filter(sha256__in=[p.name for p in batch]).values_list("sha256", flat=True))
    gone = [p for p in batch if p.name not in kept and p.stat().st_mtime < old]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)
