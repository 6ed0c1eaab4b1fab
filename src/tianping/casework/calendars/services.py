"""装入放假通知 · A notice is tried out first; then it holds for every process at once, and the limits are reckoned anew, case after case.

A trial and a load go the same way: so many cases at a time, each time in one transaction with the progress, so that a worker that dies has done
whole blocks and another goes on after the last. What was written while the first sweep ran is looked through once more, a minute later.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from django.db import connection, transaction
from django.db.models import Q

from tianping.casework.calendars.errors import AlreadyLoaded, CalendarMoved, NoSuchTrial, NotTriedOut, YearOutOfTurn
from tianping.casework.engine.again import Changed, reckoned_again, under
from tianping.casework.engine.days import KEPT, days_of, loaded, mark_in_use, mark_of, published
from tianping.casework.engine.read import snapshots_for_reckoning
from tianping.casework.engine.rows import text
from tianping.casework.models import CalendarNotice, MovedClock, Reckoning
from tianping.casework.moments import instant
from tianping.casework.security.administration import By
from tianping.casework.security.audit import Kind
from tianping.law.calendar import Calendar, with_notices
from tianping.law.calendar_days import DayKind, row_of

AT_ONCE: Final = 100
"""So many cases are reckoned in one transaction."""
SWEPT_AFTER: Final = timedelta(minutes=1)
"""So long after a notice was loaded no step is under way any more that was decided before."""
KEPT_FOR: Final = timedelta(days=30)
_TURN: Final = 1_407_003
"""The lock of the calendar: two notices at once would not know of each other."""
_TOUCHED: Final = """from casework_clock k where k.due >= %(first)s and k.since < %(end)s and k.case_id > %(after)s
and (%(loaded)s or k.ended is null)"""
_COUNT: Final = f"select count(distinct k.case_id) {_TOUCHED}"
_NEXT: Final = f"select distinct k.case_id {_TOUCHED} order by k.case_id limit %(most)s"
_LATER: Final = """select c.id from casework_case c where c.updated >= %(since)s and c.id > %(after)s order by c.id limit %(most)s"""


@dataclass(frozen=True, slots=True)
class Notice:
    """通知 · A notice as it was handed in: its year, its days, the paper that it stands in, and the day of that paper."""

    year: int
    days: dict[date, DayKind]
    source: str
    issued: date


def years_open(mark: str) -> tuple[int, int]:
    """The years of which a notice may be loaded: those published, and the one that follows."""
    known = published(mark)
    return min(known), max(known) + 1


@transaction.atomic
def trial_begin(by: By, notice: Notice) -> Reckoning:
    """试排 · Begin to reckon the open limits as they would be. Nothing of a case is written. Raises NotThisAdministrator, YearOutOfTurn."""
    by.must_be("system")
    mark = mark_in_use()
    first, last = years_open(mark)
    if not first <= notice.year <= last:
        raise YearOutOfTurn(year=notice.year, first=first, last=last)
    row = Reckoning(year=notice.year, days=row_of(notice.days), source=notice.source, issued=notice.issued, base=mark)
    return _begun(by, row)


@transaction.atomic
def notice_load(by: By, *, trial: int) -> Reckoning:
    """启用 · Load a notice that was tried out: it holds from now on, and the limits are reckoned anew.

    Raises NotThisAdministrator, NoSuchTrial, NotTriedOut, CalendarMoved, AlreadyLoaded.
    """
    by.must_be("system")
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [_TURN])
    tried = Reckoning.objects.filter(pk=trial, notice__isnull=True).first()
    if tried is None:
        raise NoSuchTrial(number=trial)
    if tried.ended is None:
        raise NotTriedOut(total=tried.total, done=tried.done)
    mark = mark_in_use()
    if mark != tried.base:
        raise CalendarMoved
    if published(mark).get(tried.year) == days_of({tried.year: tried.days})[tried.year]:
        raise AlreadyLoaded(year=tried.year)
    before = CalendarNotice.objects.filter(year=tried.year).order_by("-pk").first()
    notice = CalendarNotice.objects.create(
        year=tried.year, days=tried.days, source=tried.source, issued=tried.issued, loaded=instant(by.at), account=by.account.pk, replaces=before,
        mark=mark_of({**loaded(mark), tried.year: tried.days}),
    )  # fmt: skip
    by.noted(Kind.CALENDAR_LOADED, notice.pk, year=tried.year, issued=tried.issued.isoformat(), replaces=None if before is None else before.pk)
    return _begun(by, Reckoning(notice=notice, year=tried.year, days=tried.days, source=tried.source, issued=tried.issued, base=mark))


def _begun(by: By, row: Reckoning) -> Reckoning:
    row.account, row.begun = by.account.pk, instant(by.at)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, _asked(row, 0))
        row.total = int(cursor.fetchone()[0])
    row.save()
    return row


# ---- so many cases at a time -----------------------------------------------------------------------------------------------------------


def carried_on(*, at: datetime, number: int | None = None) -> int | None:
    """接着做 · Reckon the next cases of what is under way (or of one of it). Its number, or None where nothing is left to do or others do it."""
    with transaction.atomic():
        rows = Reckoning.objects.select_for_update(skip_locked=True, of=("self",)).order_by("pk")
        due = Q(ended__isnull=True) | Q(notice__isnull=False, swept__isnull=True, begun__lte=instant(at) - SWEPT_AFTER)
        row = rows.filter(due, **({} if number is None else {"pk": number})).first()
        if row is None:
            return None
        swept = row.ended is not None
        cases = _next(row, swept=swept)
        _done(row, list(_moved(row, cases)), swept=swept)
        if len(cases) < AT_ONCE:
            row.after = 0
            row.ended, row.swept = row.ended or instant(at), instant(at) if swept else None
        else:
            row.after = cases[-1]
        row.save()
        return row.pk


def begun_here(number: int, *, at: datetime, blocks: int = 4) -> bool:
    """Do the first cases of a reckoning at once: most notices are done with them. Whether it is done."""
    for _ in range(blocks):
        if carried_on(at=at, number=number) is None:
            break
    return Reckoning.objects.filter(pk=number, ended__isnull=False).exists()


def trials_swept(*, at: datetime) -> int:
    """Forget trials that are older than a month. How many rows went."""
    return Reckoning.objects.filter(notice__isnull=True, begun__lt=instant(at) - KEPT_FOR).delete()[0]


def _asked(row: Reckoning, after: int) -> dict[str, Any]:
    first, end = (instant(datetime(year, 1, 1)) for year in (row.year, row.year + 1))  # noqa: DTZ001 — local days
    return {"first": first, "end": end, "after": after, "loaded": row.notice_id is not None, "most": AT_ONCE}


def _next(row: Reckoning, *, swept: bool) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_LATER if swept else _NEXT, _asked(row, row.after) | {"since": row.begun})
        return [case for (case,) in cursor.fetchall()]


def _moved(row: Reckoning, cases: list[int]) -> Iterable[Changed]:
    """The cases with what changes of their clocks: written, or (a trial) only told."""
    if row.notice_id is not None:
        return reckoned_again(cases)
    calendar = _tried(row.base, row.year, text(row.days))
    return [(now, under(now, calendar)) for now in snapshots_for_reckoning(cases).values()]


@lru_cache(KEPT)
def _tried(base: str, year: int, days: str) -> Calendar:
    """The calendar as it would read with the notice of a trial."""
    return with_notices(days_of({**loaded(base), year: json.loads(days)}))


def _done(row: Reckoning, found: list[Changed], *, swept: bool) -> None:
    clocks = list(_rows(row, found))
    MovedClock.objects.bulk_create(clocks)
    if not swept:
        row.done += len(found)
        first = datetime(row.year, 1, 1)  # noqa: DTZ001 — a local day
        row.reckoned += sum(1 for now, _ in found for clock in now.clocks.values() if clock.ended is None and clock.due >= first)
    row.moved += sum(c.was != c.now for c in clocks)
    row.settled += sum(c.was_provisional and not c.now_provisional for c in clocks)


def _rows(row: Reckoning, found: list[Changed]) -> Iterator[MovedClock]:
    """Open clocks whose last day is another, or that are no longer (or again) provisional."""
    for now, pairs in found:
        for was, then in pairs:
            if then.ended is None and (was.due, was.provisional) != (then.due, then.provisional):
                yield MovedClock(
                    reckoning=row, case_id=now.case_id, organisation=now.organisation, procedure=now.tables.procedure.code, code=was.code,
                    timed=was.timed,
                    was=instant(was.due), now=instant(then.due), was_provisional=was.provisional, now_provisional=then.provisional,
                )  # fmt: skip
