"""多元解纷漏斗 · Pushed, closed, settled, confirmed: counted over the referrals of a period, by court and platform, sealed cases left out.

A referral belongs to the period in which it was sent; what became of it since counts there too, so that each stage is a part of the one before.
The rows (``casework_pushed``) are kept from the ledger by the database itself.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import connection

from tianping.casework.models import Source
from tianping.casework.moments import instant, local
from tianping.law.text import T
from tianping.procedure.contracts.matters import MediationRequest

SETTLED: Final = MediationRequest.settled.name
OPEN_CASES: Final = "not exists (select from casework_case x where x.id = p.case_id and x.level > 0)"
"""Sealed cases stand in no figure."""
_DAY: Final = "date_bin('1 day', {}, '1999-12-31 16:00:00Z'::timestamptz)"
"""The day of Shanghai in which an instant lies, by arithmetic: it has kept eight hours ahead since 1991, and no referral is older."""
_TALLY: Final = f"""
with m as materialized (select %(months)s::timestamptz[] as starts)
select o.code, o.zh, o.en, o.division, g.source, coalesce(u.zh, g.source), coalesce(u.en, g.source), g.outcome,
  g.sent, g.closed, g.confirmed, g.n, coalesce(extract(epoch from g.taken) / 86400, 0)::bigint
from (select p.organisation_id, p.source, p.outcome, width_bucket(p.sent, (select starts from m)) as sent,
    width_bucket(p.closed, (select starts from m)) as closed, width_bucket(p.confirmed, (select starts from m)) as confirmed,
    count(*) as n, sum({_DAY.format("p.closed")} - {_DAY.format("p.sent")}) as taken
  from casework_pushed p where {OPEN_CASES} {{within}} group by 1, 2, 3, 4, 5, 6) g
join casework_organisation o on o.id = g.organisation_id left join casework_source u on u.code = g.source order by o.code, g.source"""  # noqa: S608 — constants only
LATER: Final = 20 * 12
"""So many months after the last referral whatever became of one has happened."""
_NAMES: Final = """select o.code, o.zh, o.en from casework_organisation o
where exists (select from casework_pushed p where p.organisation_id = o.id) order by o.code"""
_EXTENT: Final = "select min(sent), max(sent) from casework_pushed"


@dataclass(frozen=True, slots=True)
class Counted:
    """漏斗 · One row of the funnel. closed ⊆ pushed, settled ⊆ closed, confirmed ⊆ settled."""

    pushed: int = 0
    closed: int = 0
    settled: int = 0
    confirmed: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(self.pushed + other.pushed, self.closed + other.closed, self.settled + other.settled, self.confirmed + other.confirmed)

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


@dataclass(frozen=True, slots=True)
class Cell:
    """一格 · Referrals that are alike: of one court and platform, with one outcome, sent, closed and confirmed in the same months."""

    court: str
    court_name: T
    division: str
    source: str
    source_name: T
    outcome: str
    sent: date
    closed: date | None
    confirmed: date | None
    number: int
    days: int

    @property
    def counted(self) -> Counted:
        """What it adds to the funnel."""
        n = self.number
        return Counted(n, n if self.closed else 0, n if self.outcome == SETTLED else 0, n if self.confirmed else 0)


@dataclass(frozen=True, slots=True)
class Tally:
    """汇总 · The referrals of a scope, read once: the funnel by court and platform, how the closed ended, and what happened month by month."""

    cells: tuple[Cell, ...]

    @property
    def rows(self) -> list[Row]:
        """By court and platform."""
        found: dict[tuple[str, str], list[Cell]] = defaultdict(list)
        for cell in self.cells:
            found[cell.court, cell.source].append(cell)
        return [
            Row(c, own[0].court_name, own[0].division, s, own[0].source_name, sum((x.counted for x in own), Counted()), sum(x.days for x in own))
            for (c, s), own in found.items()
        ]

    @property
    def endings(self) -> list[tuple[str, int]]:
        """How those closed ended, most frequent first: outcome → number."""
        found: dict[str, int] = defaultdict(int)
        for cell in self.cells:
            if cell.closed:
                found[cell.outcome] += cell.number
        return sorted(found.items(), key=lambda e: (-e[1], e[0]))

    @property
    def months(self) -> list[Month]:
        """What happened month by month; a month without anything is left out."""
        found: dict[date, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
        for cell in self.cells:
            n = cell.number
            found[cell.sent][0] += n
            if cell.closed:
                there = found[cell.closed]
                there[1] += n
                there[2] += n if cell.outcome == SETTLED else 0
            if cell.confirmed:
                found[cell.confirmed][3] += n
        return [Month(month.isoformat()[:7], Counted(*found[month])) for month in sorted(found)]


def tally(scope: Scope = ALL) -> Tally:
    """The referrals of a scope."""
    known = extent()
    if known is None:
        return Tally(())
    first, last = known
    months = [date(n // 12, n % 12 + 1, 1) for n in range(first.year * 12 + first.month - 1, last.year * 12 + last.month + LATER)]
    said: dict[int | None, date | None] = {None: None, **dict(enumerate(months, 1))}
    with connection.cursor() as cursor:
        cursor.execute(_TALLY.format(within=within(scope)), scope.asked | {"months": [_midnight(m) for m in months]})
        rows = cursor.fetchall()
    return Tally(
        tuple(
            Cell(code, T(zh, en), d, source, T(s_zh, s_en), outcome, months[sent - 1], said[closed], said[confirmed], n, days)
            for code, zh, en, d, source, s_zh, s_en, outcome, sent, closed, confirmed, n, days in rows
        )
    )


def within(scope: Scope) -> str:
    """The tests of a scope on a row ``p``: only what is asked stands in the statement, so that each has a plan of its own."""
    tests = {
        "and p.sent >= %(first)s": scope.first,
        "and p.sent < %(last)s": scope.last,
        "and p.organisation_id = (select id from casework_organisation where code = %(court)s)": scope.court,
        "and p.source = %(source)s": scope.source,
    }
    return " ".join(test for test, given in tests.items() if given)


def funnel(scope: Scope = ALL) -> list[Row]:
    """The funnel by court and platform."""
    return tally(scope).rows


def total(rows: list[Row]) -> Counted:
    """The sum of all rows."""
    return sum((row.counted for row in rows), Counted())


def courts() -> dict[str, T]:
    """Every court that has sent something: code → name."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMES)
        return {code: T(zh, en) for code, zh, en in cursor.fetchall()}


def sources() -> dict[str, T]:
    """Every platform that is known: code → name."""
    return {s.code: T(s.zh, s.en) for s in Source.objects.order_by("code")}


def extent() -> tuple[date, date] | None:
    """The days of the first and of the last referral that there is."""
    with connection.cursor() as cursor:
        cursor.execute(_EXTENT)
        first, last = cursor.fetchone()
    return None if first is None else (local(first).date(), local(last).date())


def _midnight(day: date | None) -> datetime | None:
    return None if day is None else instant(datetime(day.year, day.month, day.day))  # noqa: DTZ001 — a local date
