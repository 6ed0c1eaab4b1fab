"""放假安排查阅 · The published years with where each comes from, and what a reckoning found, a page at a time. For the system administrator.

Who sees no case: a limit that moves is told by its procedure, its institution and its days; a case by the number of its row, a sealed one not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Count

from tianping.casework.calendars.errors import NoSuchTrial
from tianping.casework.engine.days import mark_in_use, published
from tianping.casework.engine.registered import folders
from tianping.casework.models import Account, CalendarNotice, Case, MovedClock, Organisation, Reckoning, Renewal, RenewedClock
from tianping.casework.moments import local
from tianping.casework.security.administration import By
from tianping.law.calendar_days import DayKind
from tianping.law.text import T
from tianping.procedure.explain import STANDING
from tianping.procedure.tables import compiled

GROUPS: Final = 50
"""So many groups are listed: the counts of one limit in one institution between two days."""


@dataclass(frozen=True, slots=True)
class Year:
    """年份 · A published year: days off, weekend days worked, and the notice it was loaded with (None: it stands in the law's own table)."""

    year: int
    off: int
    worked: int
    notice: CalendarNotice | None
    by: str


@dataclass(frozen=True, slots=True)
class Moved:
    """移动的期限 · A limit that moves: of which case (None: sealed), from when to when, provisional before and after.

    After an upgrade also how it stood and stands, and one that is new (``was`` None) or gone (``now`` None).
    """

    case: int | None
    procedure: T
    limit: T
    organisation: T
    was: date | datetime | None
    now: date | datetime | None
    was_provisional: bool
    now_provisional: bool
    stood: T | None = None
    stands: T | None = None


@dataclass(frozen=True, slots=True)
class Grouped:
    """移动的一组 · Limits of one kind in one institution that move from a day to another, and how many."""

    procedure: T
    limit: T
    organisation: T
    was: date
    now: date
    count: int


def years(by: By) -> list[Year]:
    """Every published year, the latest first."""
    by.must_be("system")
    mark = mark_in_use()
    held = {n.year: n for n in CalendarNotice.objects.order_by("year", "-pk").distinct("year")}
    names = _names(held.values())
    return [
        Year(year, *counted(days.values()), held.get(year), names.get(held[year].account, "") if year in held else "")
        for year, days in sorted(published(mark).items(), reverse=True)
    ]


def counted(kinds: Iterable[DayKind]) -> tuple[int, int]:
    """Days off, and weekend days worked."""
    listed = list(kinds)
    worked = sum(kind.working for kind in listed)
    return len(listed) - worked, worked


def notices(by: By, year: int) -> list[tuple[CalendarNotice, str]]:
    """The notices of a year as they were loaded, the one that holds first, each with who loaded it."""
    by.must_be("system")
    rows = list(CalendarNotice.objects.filter(year=year).select_related("reckoning").order_by("-pk"))
    names = _names(rows)
    return [(row, names.get(row.account, "")) for row in rows]


def reckoning_of(by: By, number: int) -> Reckoning:
    """A trial or a load. Raises NoSuchTrial."""
    by.must_be("system")
    row = Reckoning.objects.select_related("notice").filter(pk=number).first()
    if row is None:
        raise NoSuchTrial(number=number)
    return row


def recent(by: By, *, size: int) -> list[Reckoning]:
    """The last trials and loads."""
    by.must_be("system")
    return list(Reckoning.objects.select_related("notice").order_by("-pk")[:size])


def moved(by: By, reckoning: int, *, after: int, size: int) -> tuple[list[Moved], int]:
    """A page of the limits that move, and after which row the next page begins (0: none)."""
    by.must_be("system")
    rows = list(MovedClock.objects.filter(reckoning=reckoning, pk__gt=after).order_by("pk")[: size + 1])
    return _told(rows[:size]), rows[size - 1].pk if len(rows) > size else 0


def renewals(by: By, *, size: int) -> list[Renewal]:
    """The last times that the limits were reckoned anew after an upgrade."""
    by.must_be("system")
    return list(Renewal.objects.order_by("-pk")[:size])


def renewal_of(by: By, number: int) -> Renewal:
    """One of them. Raises NoSuchTrial."""
    by.must_be("system")
    row = Renewal.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchTrial(number=number)
    return row


def renewed(by: By, renewal: int, *, after: int, size: int) -> tuple[list[Moved], int]:
    """A page of the limits that it wrote, and after which row the next page begins (0: none)."""
    by.must_be("system")
    rows = list(RenewedClock.objects.filter(renewal=renewal, pk__gt=after).order_by("pk")[: size + 1])
    return _told(rows[:size]), rows[size - 1].pk if len(rows) > size else 0


def groups(by: By, reckoning: int) -> list[Grouped]:
    """The limits that move, counted: the earliest first."""
    by.must_be("system")
    keys = ("was", "now", "procedure", "code", "organisation")
    rows = list(MovedClock.objects.filter(reckoning=reckoning).order_by(*keys).values_list(*keys).annotate(n=Count("pk"))[: GROUPS * 4])
    rows = sorted((row for row in rows if row[0] != row[1]), key=lambda row: (row[0], row[1], -row[5]))[:GROUPS]
    names = _organisations({row[4] for row in rows})
    return [Grouped(*named(p, code), names[where], local(was).date(), local(now).date(), n) for was, now, p, code, where, n in rows]


def named(procedure: str, code: str) -> tuple[T, T]:
    """What a procedure and a limit of it are called, in the latest version that has it."""
    folder = folders().get(procedure)
    if folder is None:
        return T(procedure, procedure), T(code, code)
    for version in reversed(folder.versions):
        row = next((r for r in compiled(version).limits if r.code == code), None)
        if row is not None:
            return folder.current.title, row.limit.words
    return folder.current.title, T(code, code)


def _told(rows: Sequence[MovedClock | RenewedClock]) -> list[Moved]:
    names = _organisations({row.organisation for row in rows})
    sealed = set(Case.objects.filter(pk__in={row.case_id for row in rows}, level__gt=0).values_list("pk", flat=True))
    out = []
    for row in rows:
        procedure, limit = named(row.procedure, row.code)
        was, now = (None if m is None else local(m) if row.timed else local(m).date() for m in (row.was, row.now))
        case = None if row.case_id in sealed else row.case_id
        stood = (STANDING.get(row.was_status), STANDING.get(row.now_status)) if isinstance(row, RenewedClock) else ()
        out.append(Moved(case, procedure, limit, names[row.organisation], was, now, row.was_provisional, row.now_provisional, *stood))
    return out


def _organisations(numbers: set[int]) -> dict[int, T]:
    found = {o.pk: T(o.zh, o.en) for o in Organisation.objects.filter(pk__in=numbers)}
    return {n: found.get(n, T(str(n), str(n))) for n in numbers}


def _names(rows: Iterable[CalendarNotice]) -> dict[int, str]:
    return dict(Account.objects.filter(pk__in={row.account for row in rows}).values_list("pk", "username"))
