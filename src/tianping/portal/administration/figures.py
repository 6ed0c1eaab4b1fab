"""参数与日历页面 · Every figure with its days, source and status; the published years; a new notice tried out on the open limits."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tianping.casework.selectors.moving import moving
from tianping.law.calendar import with_notice
from tianping.law.calendar_days import DayKind, published_days
from tianping.law.calendar_notice import BadNotice, read_notice, table_of
from tianping.law.citations import LABELS
from tianping.law.parameters import parameters as known
from tianping.law.text import T
from tianping.portal.administration.forms import Typed
from tianping.portal.administration.rooms import by_of, for_administrators, room
from tianping.portal.api.problems import status_of

LONGEST: Final = 2000
STATUSES: Final = {**LABELS, "verified": T("已核实", "verified")}


@for_administrators("system")
@require_safe
def parameters(request: HttpRequest) -> HttpResponse:
    """The figures that calculations take from the tables; they change with the tables only."""
    return room(request, "parameters", {"rows": [p for rows in known().values() for p in rows], "statuses": STATUSES})


@for_administrators("system")
@require_http_methods(["GET", "HEAD", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """The published years, and what a notice would move. A pure trial: nothing is written."""
    years = published_days()
    following = max(years) + 1
    rows = [(year, *_counted(list(years[year].values()))) for year in sorted(years, reverse=True)]
    data: dict[str, Any] = {"years": rows, "following": following, "preview": None}
    if request.method != "POST":
        return room(request, "calendar", data | {"typed": {"year": following}})
    form = Typed(request)
    year, text = form.year("year"), form.text("notice", LONGEST)
    if "year" not in form.errors and not min(years) <= year <= following:
        form.errors["year"] = T(f"须是{min(years)}至{following}年", f"a year from {min(years)} to {following}")
    typed = {"typed": form.as_typed, "errors": form.errors}
    if form.errors:
        return room(request, "calendar", data | typed, status=422)
    try:
        days = read_notice(year, text)
    except BadNotice as error:
        return room(request, "calendar", data | typed | {"error": error}, status=status_of(error))
    preview = moving(by_of(request), year, with_notice(year, days))
    return room(
        request, "calendar", data | typed | {"preview": preview, "year": year, "table": table_of(year, days), "count": _counted(list(days.values()))}
    )


def _counted(kinds: list[DayKind]) -> tuple[int, int]:
    """Days off, and weekend days worked."""
    worked = sum(kind.working for kind in kinds)
    return len(kinds) - worked, worked
