"""多元解纷漏斗 · Pushed, closed, settled, confirmed: counted over the referrals of a period, by court and platform, sealed cases left out.

A referral belongs to the period in which it was sent; what became of it since counts there too, so that each stage is a part of the one before.
The rows (``casework_pushed``) are kept from the ledger by the database itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection

from tianping.casework.moments import instant, local
from tianping.law.text import T
from tianping.procedure.contracts.matters import MediationRequest

SETTLED: Final = MediationRequest.settled.name
OPEN_CASES: Final = "not exists (select from casework_case x where x.id = p.case_id and x.level > 0)"
"""Sealed cases stand in no figure."""
_WITHIN: Final = """(%(first)s::timestamptz is null or p.sent >= %(first)s) and (%(last)s::timestamptz is null or p.sent < %(last)s)
  and (%(court)s = '' or o.code = %(court)s) and (%(source)s = '' or p.source = %(source)s)"""
_COUNT: Final = f"""
select o.code, o.zh, o.en, o.division, p.source, coalesce(s.zh, p.source), coalesce(s.en, p.source),
  count(*), count(p.closed), count(*) filter (where p.outcome = '{SETTLED}'), count(p.confirmed),
  coalesce(sum((p.closed at time zone 'Asia/Shanghai')::date - (p.sent at time zone 'Asia/Shanghai')::date), 0)::bigint
from casework_pushed p join casework_organisation o on o.id = p.organisation_id left join casework_source s on s.code = p.source
where {OPEN_CASES} and {_WITHIN}
group by o.code, o.zh, o.en, o.division, p.source, s.zh, s.en order by o.code, p.source"""  # noqa: S608 — constants only
_ENDED: Final = f"""select p.outcome, count(*) from casework_pushed p join casework_organisation o on o.id = p.organisation_id
where {OPEN_CASES} and {_WITHIN} and p.closed is not null group by 1 order by 2 desc, 1"""  # noqa: S608
_MONTHS: Final = f"""
with p as materialized (select p.* from casework_pushed p join casework_organisation o on o.id = p.organisation_id where {OPEN_CASES} and {_WITHIN})
select to_char(m.at at time zone 'Asia/Shanghai', 'YYYY-MM'), count(*) filter (where m.what = 0), count(*) filter (where m.what = 1),
  count(*) filter (where m.what = 1 and m.outcome = '{SETTLED}'), count(*) filter (where m.what = 2)
from (select sent as at, 0 as what, outcome from p union all select closed, 1, outcome from p where closed is not null
  union all select confirmed, 2, outcome from p where confirmed is not null) m group by 1 order by 1"""  # noqa: S608
_EXTENT: Final = "select min(sent), max(sent) from casework_pushed"


@dataclass(frozen=True, slots=True)
class Counted:
    """漏斗 · One row of the funnel. closed ⊆ pushed, settled ⊆ closed, confirmed ⊆ settled."""

    pushed: int = 0
    closed: int = 0
    settled: int = 0
    confirmed: int = 0

    def __add__(self, other: Counted) -> Counted:
        mine, theirs = ((c.pushed, c.closed, c.settled, c.confirmed) for c in (self, other))
        return Counted(*(a + b for a, b in zip(mine, theirs, strict=True)))

    @property
    def open(self) -> int:
        """What was pushed and has not come back."""
        return self.pushed - self.closed

    @property
    def unsettled(self) -> int:
        """What came back without a settlement."""
        return self.closed - self.settled

    @property
    def unconfirmed(self) -> int:
        """What was settled and no court has confirmed."""
        return self.settled - self.confirmed


@dataclass(frozen=True, slots=True)
class Row:
    """一院一平台 · The counts of one court and one platform; ``days``: how many days those closed took together."""

    court: str
    court_name: T
    division: str
    source: str
    source_name: T
    counted: Counted
    days: int


@dataclass(frozen=True, slots=True)
class Scope:
    """范围 · Which referrals are meant: sent from a day to another (both included), of a court, of a platform; "" and None mean all."""

    first: date | None = None
    last: date | None = None
    court: str = ""
    source: str = ""

    @property
    def asked(self) -> dict[str, Any]:
        """As the statements ask it."""
        return {"first": _midnight(self.first), "last": _midnight(self.last + timedelta(days=1) if self.last else None)} | {
            "court": self.court, "source": self.source,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Month:
    """一月 · What happened in a month (``2021-08``) to the referrals of a scope: sent, closed, settled, confirmed in it."""

    month: str
    counted: Counted


ALL: Final = Scope()


def funnel(scope: Scope = ALL) -> list[Row]:
    """The funnel by court and platform."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, scope.asked)
        return [Row(c, T(c_zh, c_en), d, s, T(s_zh, s_en), Counted(*n), days) for c, c_zh, c_en, d, s, s_zh, s_en, *n, days in cursor.fetchall()]


def total(rows: list[Row]) -> Counted:
    """The sum of all rows."""
    return sum((row.counted for row in rows), Counted())


def endings(scope: Scope = ALL) -> list[tuple[str, int]]:
    """How those closed ended, most frequent first: outcome → number."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDED, scope.asked)
        return [(str(outcome), int(n)) for outcome, n in cursor.fetchall()]


def months(scope: Scope = ALL) -> list[Month]:
    """What happened month by month; a month without anything is left out."""
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, scope.asked)
        return [Month(month, Counted(*counts)) for month, *counts in cursor.fetchall()]


def extent() -> tuple[date, date] | None:
    """The days of the first and of the last referral that there is."""
    with connection.cursor() as cursor:
        cursor.execute(_EXTENT)
        first, last = cursor.fetchone()
    return None if first is None else (local(first).date(), local(last).date())


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else instant(datetime(day.year, day.month, day.day))  # noqa: DTZ001 — a local date
