"""机构页面 · The tree a step at a time: an institution with those under it and its posts; what makes, renames, moves, merges and ends one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tianping.casework.models import Organisation
from tianping.casework.people import reading
from tianping.casework.people.organisations import organisation_close, organisation_merge, organisation_move, organisation_rename
from tianping.casework.security.administration import By, organisation_create
from tianping.law.text import T
from tianping.portal.administration.forms import Typed, answered
from tianping.portal.administration.rooms import ORGANISATIONS, by_of, for_administrators, room
from tianping.portal.house.asked import whole

SIZE: Final = 50
WHERE: Final = ORGANISATIONS.href
Act = Callable[[], str]


@for_administrators("system")
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Those at the top, or those whose name holds the words that are looked for."""
    search, after = request.GET.get("q", "").replace("\0", "").strip()[:60], whole(request.GET.get("after", ""), 0) or 0
    rows, following = _page_of(by_of(request), under=None, after=after, search=search)
    query = urlencode({k: v for k, v in (("q", search), ("after", following)) if v})
    return room(request, "organisations", {"rows": rows, "q": search, "next": f"{WHERE}?{query}" if following else ""})


@for_administrators("system")
@require_http_methods(["GET", "HEAD", "POST"])
def made(request: HttpRequest, number: int | None = None) -> HttpResponse:
    """A new institution, at the top or under another."""
    by = by_of(request)
    above = None if number is None else reading.organisation_of(by, number)[0]
    if request.method != "POST":
        return room(request, "organisation_new", {"above": above})
    form = Typed(request)
    code, kind, zh, en = form.line("code", 60), form.line("kind", 40), form.line("zh", 120), form.line("en", 160)
    first = form.day("valid_from", optional=True)

    def act() -> str:
        row = organisation_create(by, code=code, kind=kind, zh=zh, en=en, parent=number, valid_from=first)
        return f"{WHERE}/{row.pk}?done=made"

    return answered(request, form, act, "organisation_new", {"above": above})


@for_administrators("system")
@require_http_methods(["GET", "HEAD", "POST"])
def organisation(request: HttpRequest, number: int) -> HttpResponse:
    """An institution; a form gives it another name or its last day."""
    by = by_of(request)
    own, above = reading.organisation_of(by, number)
    data = _shown(request, by, own, above)
    if request.method != "POST":
        return room(request, "organisation", data)
    asked_for = request.POST.get("act", "")
    if asked_for not in _ACTS:
        raise Http404
    form = Typed(request)
    act = _ACTS[asked_for](form, by, number)
    return answered(request, form, act, "organisation", data | {"at_act": asked_for})


def _rename(form: Typed, by: By, number: int) -> Act:
    zh, en = form.line("zh", 120), form.line("en", 160)

    def act() -> str:
        organisation_rename(by, organisation=number, zh=zh, en=en)
        return f"{WHERE}/{number}?done=renamed"

    return act


def _move(form: Typed, by: By, number: int) -> Act:
    code = form.line("parent", 60, optional=True)
    above = form.organisation("parent") if code else None

    def act() -> str:
        organisation_move(by, organisation=number, parent=above)
        return f"{WHERE}/{number}?done=moved"

    return act


def _merge(form: Typed, by: By, number: int) -> Act:
    into, last = form.organisation("into"), form.must_day("merge_last")

    def act() -> str:
        assert into is not None
        organisation_merge(by, organisation=number, into=into, last=last)
        return f"{WHERE}/{into}?done=merged"

    return act


def _close(form: Typed, by: By, number: int) -> Act:
    last = form.must_day("last")

    def act() -> str:
        organisation_close(by, organisation=number, last=last)
        return f"{WHERE}/{number}?done=closed"

    return act


_ACTS: Final[dict[str, Callable[[Typed, By, int], Act]]] = {"rename": _rename, "move": _move, "merge": _merge, "close": _close}


def _shown(request: HttpRequest, by: By, own: Organisation, above: list[Organisation]) -> dict[str, Any]:
    after, posts_after = (whole(request.GET.get(name, ""), 0) or 0 for name in ("after", "posts"))
    rows, following = _page_of(by, under=own.pk, after=after)
    posts = reading.posts_at(by, organisation=own.pk, after=posts_after, size=SIZE + 1)
    more = posts[SIZE - 1].pk if len(posts) > SIZE else 0
    trail = [(ORGANISATIONS.title, WHERE), *((T(o.zh, o.en), f"{WHERE}/{o.pk}") for o in above)]
    successor = None if own.successor_id is None else reading.organisation_of(by, own.successor_id)[0]
    return {
        "own": own, "trail": trail, "open_cases": reading.open_cases(by, own.pk), "posts": posts[:SIZE], "rows": rows,
        "successor": T(successor.zh, successor.en) if successor else None,
        "next": f"{WHERE}/{own.pk}?after={following}" if following else "", "next_posts": f"{WHERE}/{own.pk}?posts={more}" if more else "",
    }  # fmt: skip


def _page_of(by: By, *, under: int | None, after: int, search: str = "") -> tuple[list[Organisation], int]:
    """A page of institutions, and after which the next one begins."""
    rows = reading.organisations(by, under=under, after=after, size=SIZE + 1, search=search)
    return rows[:SIZE], rows[SIZE - 1].pk if len(rows) > SIZE else 0
