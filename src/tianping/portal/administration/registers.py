"""名册页面 · The registers of mediation bodies and mediators: who stands in them and stood, a new entry, the end of one."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tianping.casework.engine.registered import folders
from tianping.casework.moments import local
from tianping.casework.people import reading
from tianping.casework.registers.mediators import KINDS, SORTS, New, bodies, entries, entry_added, entry_ended, entry_of
from tianping.portal.administration.forms import Typed, answered
from tianping.portal.administration.rooms import REGISTERS, by_of, for_administrators, room
from tianping.portal.house.asked import whole
from tianping.portal.house.navigation import there

SIZE: Final = 50
WHERE: Final = REGISTERS.href
AS_CASES: Final = ("appraisal_body", "fast_track_team", "registered_centre", "service_rule")
"""Registers of the report that are procedures of their own: their entries are cases of a room, with its clocks and roles."""
_APART: Final = re.compile(r"[、，,;；\s]+")


@for_administrators("system")
@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """Every entry, those that ended too, a page at a time; and where the other registers stand."""
    by = by_of(request)
    search, after = request.GET.get("q", "").replace("\0", "").strip()[:60], whole(request.GET.get("after", ""), 0) or 0
    rows = entries(by, after=after, size=SIZE + 1, search=search)
    query = urlencode({k: v for k, v in (("q", search), ("after", rows[SIZE - 1].pk if len(rows) > SIZE else "")) if v})
    others = [(folders()[code].current.title, f"/atlas/{code}/") for code in AS_CASES if code in folders() and there(f"/atlas/{code}/")]
    data = {
        "rows": rows[:SIZE], "q": search, "kinds": KINDS, "sorts": SORTS, "today": local(by.at).date(), "others": others,
        "next": f"{WHERE}?{query}" if len(rows) > SIZE else "",
    }  # fmt: skip
    return room(request, "registers", data)


@for_administrators("system")
@require_http_methods(["GET", "HEAD", "POST"])
def made(request: HttpRequest) -> HttpResponse:
    """A new entry. The court is named first, so that its bodies can be chosen from."""
    by, code = by_of(request), request.GET.get("court", "").replace("\0", "").strip()[:60]
    court = reading.named(code) if code else None
    members = [(str(b.pk), b.name) for b in bodies(by, court.pk)] if court else []
    data = {
        "court": court, "code": code, "kinds": list(KINDS.items()), "sorts": list(SORTS.items()),
        "bodies": members,
    }  # fmt: skip
    if request.method != "POST" or court is None:
        return room(request, "register_new", data)
    form = Typed(request)
    kind, name = form.chosen("kind", KINDS), form.line("name", 120)
    sort = form.chosen("sort", SORTS, optional=kind != "body")
    body = form.chosen("body", dict(members), optional=True)
    fields = tuple(part[:40] for part in _APART.split(form.line("fields", 200, optional=True)) if part)
    certificate, phone = form.line("certificate", 60, optional=True), form.line("phone", 30, optional=True)
    trained = form.day("trained", optional=True)
    first, last = form.must_day("valid_from"), form.day("valid_to", optional=True)

    def act() -> str:
        new = New(kind, name, first, last, sort if kind == "body" else "", int(body) if body else None, fields, certificate, trained, phone)
        return f"{WHERE}/{entry_added(by, court=court.pk, new=new).pk}?done=added"

    return answered(request, form, act, "register_new", data)


@for_administrators("system")
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """An entry; a form ends it."""
    by = by_of(request)
    row = entry_of(by, number)
    data = {"own": row, "kinds": KINDS, "sorts": SORTS, "members": list(row.members.order_by("pk")[:200])}
    if request.method != "POST":
        return room(request, "register_entry", data)
    if request.POST.get("act") != "end":
        raise Http404
    form = Typed(request)
    last, reason = form.must_day("last"), form.line("reason", 200)

    def act() -> str:
        entry_ended(by, entry=number, last=last, reason=reason)
        return f"{WHERE}/{number}?done=ended"

    return answered(request, form, act, "register_entry", data)
