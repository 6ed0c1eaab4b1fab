"""群众会话 · Who has signed in with a telephone: in the session beside, and apart from, an official's; it ends when it has been idle."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, cast
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache

from tianping.casework.models import Citizen
from tianping.casework.security.audit import Kind, noted
from tianping.portal.accounts.address import address
from tianping.portal.arrived import Arrived
from tianping.portal.house.doors import for_everybody
from tianping.portal.house.page import page as house_page

P = ParamSpec("P")
Own = Callable[Concatenate[Arrived, Citizen, P], HttpResponse]
KEY: Final = "citizen"
SEEN: Final = "citizen_seen"
SEEN_EVERY: Final = 60
"""Seconds between two notes of when the session was last used."""


def citizen_of(request: HttpRequest) -> Citizen | None:
    """The citizen of the session, asked for once in a request. No session cookie, no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    if not hasattr(request, "citizen"):
        request.citizen = _found(cast(Arrived, request))  # type: ignore[attr-defined]  # kept on the request
    return cast("Citizen | None", request.citizen)  # type: ignore[attr-defined]  # as above


def _found(request: Arrived) -> Citizen | None:
    number = request.session.get(KEY)
    if number is None:
        return None
    now, seen = int(request.at.timestamp()), request.session.get(SEEN, 0)
    if now - seen > settings.TIANPING_SESSION_IDLE * 60:
        request.session.pop(KEY, None)
        return None
    if now - seen > SEEN_EVERY:
        request.session[SEEN] = now
    return Citizen.objects.filter(pk=number).first()


@transaction.atomic
def begun(request: Arrived, citizen: Citizen) -> None:
    """The session is the citizen's from now on, under a new key."""
    request.session.cycle_key()
    request.session[KEY], request.session[SEEN] = citizen.pk, int(request.at.timestamp())
    request.citizen = citizen  # type: ignore[attr-defined]  # as above
    noted(Kind.SIGNED_IN, at=request.at, actor=None, address=address(request), citizen=citizen.pk, factors=["phone"])


@transaction.atomic
def ended(request: Arrived) -> None:
    """The citizen's part of the session ends; what was kept for looking with a code goes with it."""
    number = request.session.pop(KEY, None)
    for name in (SEEN, "looks"):
        request.session.pop(name, None)
    request.citizen = None  # type: ignore[attr-defined]  # as above
    if number is not None:
        noted(Kind.SIGNED_OUT, at=request.at, actor=None, address=address(request), citizen=number)


def for_citizens(view: Own[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """A page for a citizen who has signed in; who has not is asked to, and comes back to it."""

    @never_cache
    @for_everybody
    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        citizen = citizen_of(request)
        if citizen is None:
            return HttpResponseRedirect("/enter?" + urlencode({"next": request.get_full_path()}))
        return view(cast(Arrived, request), citizen, *args, **kwargs)

    return opened


def page(request: HttpRequest, template: str, data: Mapping[str, Any] | None = None, *, status: int = 200, part: str = "") -> HttpResponse:
    """A page of this face: the house's, with who has signed in; ``part``: the template of what of it is swapped."""
    part = f"citizen/{part}.html" if part else ""
    return house_page(request, f"citizen/{template}.html", {"citizen": citizen_of(request), **(data or {})}, status=status, part=part)
