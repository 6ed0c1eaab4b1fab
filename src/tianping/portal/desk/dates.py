"""期限日历 · A month of last days: of each case the clock that runs out first. Days of rest are told apart by the calendar of working days."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.engine.days import in_use
from tianping.casework.engine.registered import folders
from tianping.casework.moments import instant, local
from tianping.casework.selectors.agenda import MOST, Due, due_between
from tianping.law.periods import day_number
from tianping.law.text import T
from tianping.portal.desk.rooms import desk_page
from tianping.portal.house.asked import asked
from tianping.portal.house.doors import for_staff
from tianping.procedure.tables import compiled

SHOWN: Final = 4
"""So many dates stand in the square of a day; the rest stand in the list below."""
YEARS: Final = (1990, 2190)


@dataclass(frozen=True, slots=True)
class Item:
    """一件到期 · A case on its day, and which limit ends."""

    due: Due
    limit: T


@dataclass(frozen=True, slots=True)
class Day:
    """一日 · A day of the month with what is due. ``rest``: no working day; ``provisional``: of a year whose holidays are not published."""

    day: date
    inside: bool
    today: bool
    rest: bool
    provisional: bool
    items: tuple[Item, ...]


def weeks(first: date, today: date, found: list[Due]) -> list[list[Day]]:
    """The month in weeks from Monday, with the days before and after that fill them."""
    placed: dict[date, list[Item]] = defaultdict(list)
    for one in found:
        placed[one.due.date()].append(Item(one, _limit(one)))
    last = first.replace(day=monthrange(first.year, first.month)[1])
    begin, end = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    known = in_use()
    days = []
    for n in range((end - begin).days + 1):
        day = begin + timedelta(days=n)
        number = day_number(day)
        rest = known.add_working(number - 1, 1) != number
        days.append(Day(day, first <= day <= last, day == today, rest, known.provisional(number), tuple(placed.get(day, ()))))
    return [days[n : n + 7] for n in range(0, len(days), 7)]


def _limit(one: Due) -> T:
    """What the limit is called, in any version of the procedure that has it."""
    if one.limit is not None and one.procedure in folders():
        for version in reversed(folders()[one.procedure].versions):
            row = next((r for r in compiled(version).limits if r.code == one.limit), None)
            if row is not None:
                return row.limit.words
    return T("期限", "Limit")


@for_staff
@require_safe
def dates(request: HttpRequest) -> HttpResponse:
    """The month that was asked for, or this one."""
    who = asked(request)
    today = local(instant(who.at)).date()
    first = _month(request.GET.get("month", ""), today)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    found = due_between(who.actor, first, last)
    shown = weeks(first, today, found)
    listed = [day for week in shown for day in week if day.inside and day.items]
    data = {
        "first": first, "weeks": shown, "listed": listed, "shown": SHOWN, "more": len(found) == MOST, "count": len(found),
        "before": f"/desk/calendar?month={_text(first - timedelta(days=1))}", "after": f"/desk/calendar?month={_text(last + timedelta(days=1))}",
    }  # fmt: skip
    return desk_page(request, who, "calendar", data)


def _month(given: str, today: date) -> date:
    try:
        found = date.fromisoformat(f"{given[:7]}-01")
    except ValueError:
        return today.replace(day=1)
    return found if YEARS[0] <= found.year <= YEARS[1] else today.replace(day=1)


def _text(day: date) -> str:
    return day.isoformat()[:7]
