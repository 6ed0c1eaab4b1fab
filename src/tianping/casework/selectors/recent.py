"""新近办理 · Which cases were written to since an instant: what a live page asks again and again. Read along the index of recording times."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection

MOST: Final = 1_000
_RECENT: Final = """select e.case_id, e.seq, e.recorded, e.recorder from casework_event e
where e.recorded >= %s order by e.recorded, e.case_id, e.seq limit %s"""


@dataclass(frozen=True, slots=True)
class Written:
    """新记录 · An event that was written, by whom; nothing of what it says."""

    case: int
    seq: int
    recorded: datetime
    recorder: str


def written_since(since: datetime) -> list[Written]:
    """The events recorded at or after an instant, oldest first. Whoever shows them asks first which cases the reader may see."""
    with connection.cursor() as cursor:
        cursor.execute(_RECENT, [since, MOST])
        return [Written(*read) for read in cursor.fetchall()]
