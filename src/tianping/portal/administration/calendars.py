"""放假安排页面 · The published years; a notice typed or uploaded, tried out on every open limit, looked at, then loaded for good."""

from __future__ import annotations

from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tianping.casework.calendars import reading
from tianping.casework.calendars.services import Notice, begun_here, notice_load, trial_begin, years_open
from tianping.casework.engine.days import days_of, mark_in_use
from tianping.casework.waking import wake
from tianping.law.calendar_notice import read_notice, table_of
from tianping.law.text import T
from tianping.portal.administration.forms import Typed, answered
from tianping.portal.administration.rooms import CALENDAR, by_of, for_administrators, room
from tianping.portal.house.asked import whole

LONGEST: Final = 8000
SIZE: Final = 50
RECENT: Final = 10
LATEST: Final = 4
"""So many years are shown; the others are folded."""
JOB: Final = "calendar"
WHERE: Final = CALENDAR.href


@for_administrators("system")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """The published years, and the form of a notice; sent, it is tried out and nothing of a case is written."""
    by, (first, following) = by_of(request), years_open(mark_in_use())
    data: dict[str, Any] = {
        "years": reading.years(by),
        "first": first,
        "following": following,
        "recent": reading.recent(by, size=RECENT),
        "renewals": reading.renewals(by, size=RECENT),
        "shown": LATEST,
    }
    if request.method != "POST":
        return room(request, "calendar", data | {"typed": {"year": following}})
    form = Typed(request)
    year, source, issued, text = form.year("year"), form.line("source", 300), form.must_day("issued"), form.text_or_file("notice", LONGEST)
    if "year" not in form.errors and not first <= year <= following:
        form.errors["year"] = T(f"须是{first}至{following}年", f"a year from {first} to {following}")

    def act() -> str:
        row = trial_begin(by, Notice(year, read_notice(year, text), source, issued))
        if not begun_here(row.pk, at=by.at):
            wake(JOB)
        return f"{WHERE}/trials/{row.pk}"

    return answered(request, form, act, "calendar", data)


@for_administrators("system")
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, number: int) -> HttpResponse:
    """What a notice moves, case by case; of one that was tried out, the button that loads it."""
    by = by_of(request)
    data = _shown(request, number)
    if request.method != "POST":
        return room(request, "trial", data)
    if request.POST.get("act") != "load":
        raise Http404

    def act() -> str:
        row = notice_load(by, trial=number)
        if not begun_here(row.pk, at=by.at):
            wake(JOB)
        return f"{WHERE}/trials/{row.pk}?done=loaded"

    return answered(request, Typed(request), act, "trial", data)


@for_administrators("system")
@require_safe
def year(request: HttpRequest, number: int) -> HttpResponse:
    """A year's notices as they were loaded, the one that holds first, each with its days."""
    found = reading.notices(by_of(request), number)
    if not found:
        raise Http404
    rows = [(row, name, _lines(row.year, row.days), reading.counted(_days(row.year, row.days).values())) for row, name in found]
    return room(request, "calendar_year", {"year": number, "rows": rows})


@for_administrators("system")
@require_safe
def renewal(request: HttpRequest, number: int) -> HttpResponse:
    """What was reckoned anew after an upgrade, case by case."""
    by = by_of(request)
    row = reading.renewal_of(by, number)
    rows, following = reading.renewed(by, number, after=whole(request.GET.get("after", ""), 0) or 0, size=SIZE)
    return room(request, "renewal", {"run": row, "rows": rows, "next": f"{WHERE}/renewals/{number}?after={following}" if following else ""})


def _shown(request: HttpRequest, number: int) -> dict[str, Any]:
    by = by_of(request)
    row = reading.reckoning_of(by, number)
    after = whole(request.GET.get("after", ""), 0) or 0
    rows, following = reading.moved(by, number, after=after, size=SIZE)
    return {
        "run": row, "rows": rows, "groups": [] if after else reading.groups(by, number), "first": not after,
        "next": f"{WHERE}/trials/{number}?after={following}" if following else "",
        "table": _lines(row.year, row.days), "count": reading.counted(_days(row.year, row.days).values()),
    }  # fmt: skip


def _days(year: int, table: Any) -> Any:
    return days_of({year: table})[year]


def _lines(year: int, table: Any) -> str:
    return table_of(year, _days(year, table))
