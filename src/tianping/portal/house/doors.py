"""页面之门 · Who may open a page: everybody (the few pages listed here), or somebody signed in with all factors. What is refused is a page too."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect

from tianping.law.errors import TianpingError
from tianping.portal.api.problems import problem, status_of
from tianping.portal.api.shell import csrf_failed as api_csrf_failed
from tianping.portal.denials import denial_noted
from tianping.portal.errors import NotFound
from tianping.portal.house.look import look_of
from tianping.portal.house.page import page
from tianping.portal.house.visitor import visitor_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

PUBLIC: Final = frozenset({
    "", "look", "map/counties.geojson", "style/", "kiosk/", "kiosk/wipe", "kiosk/off", "enter", "leave", "disputes/", "filing/", "calculators/",
    "calculators/<str:name>", "follow/", "guide/", "permits/", "opinions/", "procuratorate/", "accessibility", "mediators/",
    "said/day", "said/amount", "sign-in", "sign-in/second", "sign-in/enrol", "sign-out", "atlas/", "atlas/changes", "atlas/law/",
    "atlas/law/<str:key>/", "atlas/law/<str:key>/<str:number>", "atlas/<slug:code>/", "atlas/<slug:code>/changes",
})  # fmt: skip
"""The addresses, as they are written in the resolver, that a stranger may open; every other one sends him to sign in, or says there is none.

What is a citizen's own asks for his telephone first (``portal/citizen/session.py``); a case that is followed by a code asks for the code.
"""


def for_staff(view: View[P]) -> View[P]:
    """A page for somebody signed in; a stranger is sent to sign in, what the law or the house refuses is shown as a page."""

    @never_cache
    @csrf_protect
    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        visitor = visitor_of(request)
        if visitor is None:
            return HttpResponseRedirect("/sign-in?" + urlencode({"next": request.get_full_path()}))
        request.account_number = visitor.account.pk  # type: ignore[attr-defined]  # for the logs
        return _told(request, view, *args, **kwargs)

    return opened


def for_everybody(view: View[P]) -> View[P]:
    """A page that strangers reach: its address stands in PUBLIC, or it asks for more than an account itself (a telephone, a code)."""

    @csrf_protect
    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return _told(request, view, *args, **kwargs)

    return opened


def _told(request: HttpRequest, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        return view(request, *args, **kwargs)
    except Http404:
        return not_found(request)
    except TianpingError as error:
        status = status_of(error)
        denial_noted(request, error, status)
        return page(request, "house/refused.html", {"error": error, "status": status}, status=status)


def not_found(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001 — Django hands it over by this name
    """There is no such page, or none that this visitor may see: the answer does not say which. Of the API it is a problem."""
    if request.path.startswith("/api/"):
        return problem(request, NotFound())
    return page(request, "house/not_found.html", status=404)


def csrf_failed(request: HttpRequest, **_: str) -> HttpResponse:
    """A form without the token of this visit: the page says how to go on. Of the API it is a problem."""
    if request.path.startswith("/api/"):
        return api_csrf_failed(request)
    return page(request, "house/expired.html", {"back": look_of(request).here}, status=403)
