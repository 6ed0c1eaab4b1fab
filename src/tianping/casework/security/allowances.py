"""余量 · How fast somebody may ask: a leaky bucket for each account and address (GCRA), spent in one statement, shared by every process."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection

from tianping.casework.models import Allowance
from tianping.casework.security.errors import TooMuch


@dataclass(frozen=True, slots=True)
class Rate:
    """速率 · So many in a minute (or in ``per``), all of which may come at once; 0: as many as anybody likes."""

    minute: int
    per: timedelta = timedelta(minutes=1)

    @property
    def each(self) -> timedelta:
        """The time that one request costs."""
        return self.per / self.minute


_SPEND: Final = """
insert into casework_allowance as a (key, whole) values (%(key)s, %(at)s::timestamptz + %(each)s::interval)
on conflict (key) do update set whole = greatest(a.whole, excluded.whole - %(each)s::interval) + %(each)s::interval
where greatest(a.whole, excluded.whole - %(each)s::interval) - (excluded.whole - %(each)s::interval) <= %(per)s::interval - %(each)s::interval
returning whole
"""


def spend(key: str, rate: Rate, *, at: datetime) -> None:
    """Spend one of an allowance. Raises TooMuch, with the seconds to wait; then nothing is spent."""
    if not rate.minute:
        return
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, {"key": key, "at": at, "each": _seconds(rate.each), "per": _seconds(rate.per)})
        if cursor.fetchone() is not None:
            return
    whole = Allowance.objects.filter(key=key).values_list("whole", flat=True).first() or at
    raise TooMuch(seconds=max(1, math.ceil((whole - at - rate.per + rate.each).total_seconds())))


def _seconds(length: timedelta) -> str:
    return f"{length.total_seconds():.6f} seconds"


def swept(*, at: datetime) -> int:
    """Forget the allowances that are whole again; how many."""
    return Allowance.objects.filter(whole__lt=at).delete()[0]
