"""看板之门 · Who looks at the board: everybody in a demonstration (its people are invented), else somebody signed in who holds a post."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tianping.casework.access.acting import actor_for, posts_of
from tianping.casework.engine.actors import Actor
from tianping.portal.board.errors import NotForYou
from tianping.portal.house.doors import for_everybody, for_staff
from tianping.portal.house.visitor import visitor_of

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def for_leaders(view: View[P]) -> View[P]:
    """A page of the board."""

    @wraps(view)
    def held(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        visitor = visitor_of(request)
        if not settings.TIANPING_DEMO and (visitor is None or not posts_of(visitor.account, _at(request))):
            raise NotForYou
        return view(request, *args, **kwargs)

    open_to_all, staff = for_everybody(held), for_staff(held)

    @wraps(view)
    def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        return open_to_all(request, *args, **kwargs) if settings.TIANPING_DEMO else staff(request, *args, **kwargs)

    return opened


def reader_of(request: HttpRequest) -> Actor | None:
    """For whom a list of cases is made; None in a demonstration, which shows all that is not sealed."""
    visitor = visitor_of(request)
    return None if settings.TIANPING_DEMO or visitor is None else actor_for(visitor.account, at=_at(request))


def _at(request: HttpRequest) -> Any:
    return request.at  # type: ignore[attr-defined]  # arrived
