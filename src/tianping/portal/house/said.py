"""随填随说 · While a field is filled: what day it is and how far off, by the calendar in use; an amount written out. The server says it."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.engine.days import lately
from tianping.casework.moments import instant, local
from tianping.law.calendar import FIRST, LAST, Calendar
from tianping.law.text import T
from tianping.portal.arrived import Arrived
from tianping.portal.house.amounts import amount_of, written_out
from tianping.portal.house.doors import for_everybody
from tianping.portal.house.page import page

PARTS: Final = ("year", "month", "day")
FAR: Final = 1000
"""So many days off, nobody counts."""
WORK, REST = T("工作日", "working day"), T("休息日", "day of rest")
PROVISIONAL: Final = T("这一年的放假安排还没公布，暂定", "provisional: the holidays of that year are not published yet")


def day_told(on: date, today: date, calendar: Calendar) -> tuple[T, ...]:
    """Whether people work on that day, or which holiday it is; how far off it is; whether a notice may still change it."""
    told: list[T] = []
    if FIRST <= on <= LAST:
        number = calendar.number(on)
        kind = calendar.kind(number)
        told.append(kind.title if kind is not None else WORK if calendar.is_working(on) else REST)
        if calendar.provisional(number) and on > today:
            told.append(PROVISIONAL)
    off = (on - today).days
    if off == 0:
        told.insert(0, T("今天", "today"))
    elif abs(off) < FAR:
        words = T("还有{n}天", "{n} days from now") if off > 0 else T("已过{n}天", "{n} days ago")
        told.append(words.fill(n=abs(off)))
    return tuple(told)


@for_everybody
@require_safe
def said_day(request: HttpRequest) -> HttpResponse:
    """The day of three boxes, whatever field they belong to; nothing while they are not a day yet."""
    given = {name: str(value).strip() for name, value in request.GET.items()}
    typed = {part: next((v for name, v in given.items() if name.endswith(f"-{part}")), "") for part in PARTS}
    at = cast(Arrived, request).at
    on = _day(typed)
    told = () if on is None else day_told(on, local(instant(at)).date(), lately(at))
    return _said(request, {"day": on, "told": told, "amount": None, "written": ""})


def _day(typed: dict[str, str]) -> date | None:
    if not all(value.isascii() and value.isdecimal() for value in typed.values()) or len(typed["year"]) != 4:
        return None
    try:
        return date(*(int(typed[part]) for part in PARTS))
    except ValueError:
        return None


@for_everybody
@require_safe
def said_amount(request: HttpRequest) -> HttpResponse:
    """The amount of the one field that is sent."""
    typed = next((str(v) for v in request.GET.values()), "").strip()[:40]
    amount = amount_of(typed)
    return _said(request, {"day": None, "told": (), "amount": amount, "written": "" if amount is None else written_out(amount)})


def _said(request: HttpRequest, data: dict[str, Any]) -> HttpResponse:
    answer = page(request, "house/said.html", data)
    answer.headers["Cache-Control"] = "no-store"
    return answer
