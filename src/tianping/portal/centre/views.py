"""监督中心首页 · What needs somebody now, over incidents, cases, persons and property; people inside; units in numbers."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.watch.elements import watch
from tianping.casework.watch.findings import findings, may_order
from tianping.law.text import T
from tianping.portal.centre.rooms import centre_page, seen
from tianping.portal.centre.shown import gathered, shown, units
from tianping.portal.house.asked import asked, whole
from tianping.portal.house.doors import for_staff
from tianping.portal.house.walls import on_wall, wall_asked

FIRST: Final = 12
SIZE: Final = 50
INSIDE: Final = "centre_visit"
LEVELS: Final = {"l3": T("告警", "Alarms"), "l2": T("预警", "Warnings"), "l1": T("提醒", "Reminders")}


@for_staff
@require_safe
def board(request: HttpRequest) -> HttpResponse:
    """The board of the day. It lists what needs somebody; the rest is one line."""
    who = asked(request)
    what = seen(who)
    open_ = findings(who.actor, size=SIZE)
    listed = what.near.only()
    people = [a for a in what.near.alarms if a.procedure == INSIDE and a.timed]
    rows = gathered(listed, who.at, open_)[:FIRST]
    data = {
        "rows": rows, "more": len(listed) - sum(row.count for row in rows), "counts": what.near.counted(),
        "people": [shown(a, who.at, open_) for a in people[:FIRST]], "inside": len(people), "units": units(what.near.alarms, who.at),
        "flow_stages": watch().finding.stages, "may_order": may_order(who.actor), "since": int(who.at.timestamp()),
    }  # fmt: skip
    if wall_asked(request):
        return centre_page(request, what, "wall", data | on_wall(request))
    return centre_page(request, what, "board", data)


@for_staff
@require_safe
def alarms(request: HttpRequest, element: str = "") -> HttpResponse:
    """All of them, or those of an element, a level, a unit: fifty a page, the nearest end first."""
    who = asked(request)
    what = seen(who)
    element = element or request.GET.get("element", "")
    if element and element not in {e.code for e in watch().elements}:
        raise Http404
    level = request.GET.get("level", "") if request.GET.get("level", "") in LEVELS else ""
    unit, start = whole(request.GET.get("unit", "")), whole(request.GET.get("from", ""), 0) or 0
    code = request.GET.get("limit", "")[:80]
    found = [a for a in what.near.only(element=element, level=level, unit=unit) if code in ("", a.code)]
    kept = {k: v for k, v in (("element", element), ("level", level), ("unit", unit), ("limit", code)) if v}
    named = next((a.unit for a in found if a.organisation == unit), None) if unit else None
    limit = next((a.limit for a in found), T(code, code)) if code else None
    on = [
        (words, "/centre/alarms?" + urlencode({k: v for k, v in kept.items() if k != name}))
        for name, words in (("element", watch().title(element) if element else None), ("level", LEVELS.get(level)), ("unit", named), ("limit", limit))
        if words is not None
    ]
    following = "/centre/alarms?" + urlencode({**kept, "from": start + SIZE}) if len(found) > start + SIZE else ""
    open_ = findings(who.actor, size=SIZE)
    data = {
        "rows": [shown(a, who.at, open_) for a in found[start : start + SIZE]], "total": len(found), "on": on, "next": following,
        "tabs": _tabs(level, {k: v for k, v in kept.items() if k != "level"}), "may_order": may_order(who.actor),
    }  # fmt: skip
    return centre_page(request, what, "alarms", data)


def _tabs(level: str, kept: dict[str, object]) -> list[tuple[T, str, None, bool]]:
    """All levels, and each."""
    every = (T("全部", "All"), "/centre/alarms?" + urlencode(kept), None, not level)
    return [every, *((words, "/centre/alarms?" + urlencode({**kept, "level": code}), None, code == level) for code, words in LEVELS.items())]
