"""待办与检索 · The pages that list cases: what is due, filters that are kept, search in titles and by number."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tianping.casework.access.acting import posts_of
from tianping.casework.access.errors import NothingToSearch
from tianping.casework.alarms.leads import leads_of
from tianping.casework.engine.days import lately
from tianping.casework.handling.saved_views import view_dropped, view_saved, views_of
from tianping.casework.selectors.lists import case_list
from tianping.casework.selectors.search import LENGTH, case_search
from tianping.casework.selectors.worklist import bounds, cases_of, census, numbered, work_of
from tianping.law.text import T
from tianping.portal.api.cursors import opened, sealed
from tianping.portal.desk.filters import EVERY, SUSPENDED, Filters, filters_of
from tianping.portal.desk.rooms import desk_page
from tianping.portal.desk.worklist import Section, on, procedures, row_of, saved, sections, stages_of, tabs
from tianping.portal.house.asked import POST, asked, whole
from tianping.portal.house.doors import for_staff

SIZE: Final = 50
AT_ALL: Final = T("检索结果", "Found")


@for_staff
@require_safe
def worklist(request: HttpRequest) -> HttpResponse:
    """What is due, nearest first, a page at a time; the tabs and saved filters count the nearest cases."""
    who = asked(request)
    filters, days = filters_of(request.GET), bounds(who.at, lately(who.at))
    of = f"desk:{sorted(filters.query.items())}"
    mark = opened(request.GET.get("after") or None, account=who.account.pk, of=of)
    found = case_list(who.actor, at=who.at, size=SIZE, after=mark, **filters.asks(days, who.actor.post))
    counted = census(who.actor, days)
    work = work_of(found.rows) if found.rows else []
    plain = filters.group in (SUSPENDED, EVERY)
    leads = leads_of([who.actor.organisation])[who.actor.organisation]
    following = filters.href() + ("&" if filters.query else "?") + "after=" + sealed(found.after, account=who.account.pk, of=of)
    data = {
        "filters": filters,
        "sections": [Section(T("", ""), tuple(row_of(w, who.at, leads) for w in work))] if plain and work else sections(work, days, leads),
        "rows": len(work),
        "tabs": tabs(filters, counted, who.actor.post),
        "saved": saved(views_of(who.account), filters, counted, who.actor.post),
        "procedures": procedures(counted),
        "stages": stages_of(filters),
        "on": on(filters),
        "next": following if found.after else "",
        "first": not request.GET.get("after"),
        "since": int(who.at.timestamp()),
    }
    return desk_page(request, who, "worklist", data, part="_worklist")


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Cases whose title holds every word, or the case of a number. The words travel in the body: no name stands in an address or a log."""
    who = asked(request)
    words = request.POST.get("words", "").strip()[:100]
    data: dict[str, object] = {"words": words, "rows": (), "next": "", "error": None, "asked": request.method == "POST", "longest": LENGTH}
    if request.method == "POST":
        of = f"search:{words}"
        mark = opened(request.POST.get("after") or None, account=who.account.pk, of=of)
        try:
            page = case_search(who.actor, words, at=who.at, size=SIZE, after=mark)
            ids = [f.id for f in page.rows] + (numbered(words) if mark is None else [])
            data["rows"] = [row_of(w, who.at) for w in work_of(cases_of(who.actor, ids))]
            data["next"] = sealed(page.after, account=who.account.pk, of=of) if page.after else ""
        except NothingToSearch as error:
            data["error"] = error.message
    return desk_page(request, who, "search", data, part="_found")


@for_staff
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Keep the filters in use under a name."""
    who = asked(request)
    filters = filters_of(request.POST)
    view_saved(who.account, name=request.POST.get("name", "")[:80], query=filters.query, at=who.at)
    return HttpResponseRedirect(filters.href())


@for_staff
@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Keep a filter no longer."""
    who = asked(request)
    number = whole(request.POST.get("view", ""))
    if number is not None:
        view_dropped(who.account, number)
    return HttpResponseRedirect(Filters().href())


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def act_from(request: HttpRequest) -> HttpResponse:
    """The posts of the day; choose the one to act from. A post that is not one's own is refused where it is used."""
    if request.method != "POST":
        who = asked(request)
        return desk_page(request, who, "posts", {"posts": posts_of(who.account, who.at), "now": who.actor.post})
    number = whole(request.POST.get("post", ""))
    if number is None:
        request.session.pop(POST, None)
    else:
        request.session[POST] = number
    return HttpResponseRedirect("/desk/")
