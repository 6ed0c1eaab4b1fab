"""日历 · Hearings and other days on which people meet, and last days, by month, week or day. Days of rest are told apart by the working calendar."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.engine.days import in_use
from tianping.casework.engine.registered import folders
from tianping.casework.moments import instant, local
from tianping.casework.selectors.agenda import MOST, Due, Meeting, due_between, meetings_between
from tianping.law.periods import day_number
from tianping.law.text import T
from tianping.portal.desk.filters import MINE
from tianping.portal.desk.rooms import desk_page
from tianping.portal.house.asked import Asked, asked
from tianping.portal.house.doors import for_staff
from tianping.procedure.oclock import minutes
from tianping.procedure.tables import Tables, compiled

SHOWN: Final = 3
"""So many entries stand in the square of a day; the rest stand on the page of the day."""
YEARS: Final = (1990, 2190)
MONTH, WEEK, DAY = "month", "week", "day"
VIEWS: Final = {MONTH: T("月", "Month"), WEEK: T("周", "Week"), DAY: T("日", "Day")}
SAME_ROOM: Final = T("同一法庭，另一件{hour}", "same room, another at {hour}")
SAME_JUDGE: Final = T("同一承办人，另一件{hour}", "same holder, another at {hour}")
MEETINGS, DUES = "meetings", "dues"
ONLY: Final = {"": T("日程和期限", "Meetings and limits"), MEETINGS: T("只看日程", "Meetings only"), DUES: T("只看期限", "Limits only")}


@dataclass(frozen=True, slots=True)
class Item:
    """一项 · A case on its day: what happens (``meets``: people meet; else a limit ends), when and where if it is known, and what it clashes with."""

    case: int
    number: str | None
    title: str
    words: T
    entity: str
    meets: bool
    clock: str
    provisional: bool
    place: str = ""
    clashes: tuple[T, ...] = ()


@dataclass(frozen=True, slots=True)
class Square:
    """一日 · A day with what stands on it. ``rest``: no working day; ``provisional``: of a year whose holidays are not published."""

    day: date
    inside: bool
    today: bool
    rest: bool
    provisional: bool
    items: tuple[Item, ...]
    href: str

    @property
    def meets(self) -> int:
        """How many times people meet."""
        return sum(i.meets for i in self.items)

    @property
    def clashes(self) -> int:
        """How many of them want a courtroom or a judge that another wants."""
        return sum(bool(i.clashes) for i in self.items)


@dataclass(frozen=True, slots=True)
class Seen:
    """看哪一段 · What of the calendar is looked at: by month, week or day, around which day, of what, whose."""

    view: str
    day: date
    only: str = ""
    holder: str = ""

    def span(self) -> tuple[date, date]:
        """The first and the last day."""
        if self.view == MONTH:
            return self.day.replace(day=1), self.day.replace(day=monthrange(self.day.year, self.day.month)[1])
        monday = self.day - timedelta(days=self.day.weekday())
        return (monday, monday + timedelta(days=6)) if self.view == WEEK else (self.day, self.day)

    def squares(self) -> tuple[date, date]:
        """The same in whole weeks, for a month."""
        first, last = self.span()
        return (first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())) if self.view == MONTH else (first, last)

    def href(self, **changed: object) -> str:
        """The address with some of it changed."""
        asked = {"view": self.view, "day": self.day, "only": self.only, "holder": self.holder} | changed
        return "/desk/calendar/?" + urlencode({name: str(value) for name, value in asked.items() if value})


def seen_of(given: dict[str, str], today: date) -> Seen:
    """What an address asks for; what it asks badly is today's month."""
    view, only = given.get("view", MONTH), given.get("only", "")
    try:
        day = date.fromisoformat(given.get("day", "")[:10])
    except ValueError:
        day = today
    day = day if YEARS[0] <= day.year <= YEARS[1] else today
    return Seen(view if view in VIEWS else MONTH, day, only if only in ONLY else "", MINE if given.get("holder") == MINE else "")


def squares(seen: Seen, today: date, items: dict[date, list[Item]]) -> list[Square]:
    """Every day of the span, with what stands on it."""
    (first, last), (begin, end), known = seen.span(), seen.squares(), in_use()
    out = []
    for n in range((end - begin).days + 1):
        day = begin + timedelta(days=n)
        number = day_number(day)
        rest = known.add_working(number - 1, 1) != number
        inside, held = first <= day <= last, tuple(items.get(day, ()))
        out.append(Square(day, inside, day == today, rest, known.provisional(number), held, seen.href(view=DAY, day=day)))
    return out


def found(who: Asked, seen: Seen) -> tuple[dict[date, list[Item]], bool]:
    """What stands on the days of the span, meetings before limits; and whether there is more than is shown."""
    (begin, end), post = seen.squares(), (who.actor.post or 0) if seen.holder == MINE else None
    meetings = [] if seen.only == DUES else meetings_between(who.actor, begin, end, post)
    dues = [] if seen.only == MEETINGS else due_between(who.actor, begin, end, post)
    out: dict[date, list[Item]] = defaultdict(list)
    clashing = clashes(meetings)
    for meeting in meetings:
        out[meeting.day].append(_met(meeting, clashing.get(meeting, ())))
    for due in dues:
        out[due.due.date()].append(_ended(due))
    return out, MOST in (len(meetings), len(dues))


def clashes(meetings: Iterable[Meeting]) -> dict[Meeting, tuple[T, ...]]:
    """Meetings of one day that want the same room, or the same post's holder, nearer to each other than hearings may be."""
    wanted: dict[tuple[T, *tuple[object, ...]], list[Meeting]] = defaultdict(list)
    for one in meetings:
        if one.hour and one.place:
            wanted[SAME_ROOM, one.day, one.organisation, one.place].append(one)
        if one.hour and one.holder is not None:
            wanted[SAME_JUDGE, one.day, one.holder].append(one)
    out: dict[Meeting, list[T]] = defaultdict(list)
    for (words, *_), alike in wanted.items():
        for one, next_ in pairwise(sorted(alike, key=lambda m: m.hour)):
            if minutes(next_.hour) - minutes(one.hour) < settings.TIANPING_HEARING_MINUTES and one.case != next_.case:
                out[one].append(words.fill(hour=next_.hour))
                out[next_].append(words.fill(hour=one.hour))
    return {one: tuple(words) for one, words in out.items()}


def _met(one: Meeting, clashing: tuple[T, ...]) -> Item:
    words = next((t.facts[one.fact][0].title for t in _versions(one.procedure) if one.fact in t.facts), T("日程", "Meeting"))
    return Item(one.case, one.number, one.title, words, one.entity, True, one.hour, False, one.place, clashing)


def _ended(one: Due) -> Item:
    """What the limit is called, in any version of the procedure that has it."""
    rows = (row for t in _versions(one.procedure) for row in t.limits if one.limit is not None and row.code == one.limit)
    words = next((row.limit.words for row in rows), T("期限", "Limit"))
    clock = f"{one.due:%H:%M}" if one.due.hour or one.due.minute else ""
    return Item(one.case, one.number, one.title, words, "", False, clock, one.provisional)


def _versions(procedure: str) -> list[Tables]:
    return [compiled(v) for v in reversed(folders()[procedure].versions)] if procedure in folders() else []


@for_staff
@require_safe
def dates(request: HttpRequest) -> HttpResponse:
    """The calendar as it was asked for, or this month."""
    who = asked(request)
    today = local(instant(who.at)).date()
    seen = seen_of(request.GET.dict(), today)
    items, more = found(who, seen)
    shown, (first, last) = squares(seen, today, items), seen.span()
    inside = [s for s in shown if s.inside]
    data = {
        "seen": seen, "first": first, "last": last, "shown": SHOWN, "more": more, "most": MOST, "days": inside,
        "weeks": [shown[n : n + 7] for n in range(0, len(shown), 7)] if seen.view == MONTH else [],
        "meets": sum(s.meets for s in inside), "clashes": sum(s.clashes for s in inside), "dues": sum(len(s.items) - s.meets for s in inside),
        "views": [(words, seen.href(view=name), None, name == seen.view) for name, words in VIEWS.items()],
        "onlys": [(words, seen.href(only=name), None, name == seen.only) for name, words in ONLY.items()],
        "before": seen.href(day=first - timedelta(days=1)), "after": seen.href(day=last + timedelta(days=1)), "now": seen.href(day=today),
        "mine": seen.href(holder="" if seen.holder else MINE),
    }  # fmt: skip
    return desk_page(request, who, "calendar", data)
