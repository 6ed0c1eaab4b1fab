"""可开的界面 · Which faces the one who asks may open: what is offered is open, and where a visit begins after signing in."""

from __future__ import annotations

from datetime import datetime
from typing import Final, cast

from django.conf import settings
from django.http import HttpRequest

from tianping.casework.access.acting import posts_of, roles_of
from tianping.casework.access.policy import overseeing
from tianping.casework.models import Account
from tianping.portal.arrived import Arrived
from tianping.portal.house.navigation import ADMINISTRATION, BOARD, CENTRE, CITIZEN, DESK, Link, Needs, faces
from tianping.portal.house.visitor import visitor_of

ROLES: Final = "roles_of_the_day"


def offered(request: HttpRequest) -> tuple[Link, ...]:
    """The faces in the top bar of a page."""
    visitor = visitor_of(request)
    if visitor is None:
        return CITIZEN
    return faces(_needs(visitor.account, _roles(request, visitor.account), cast(Arrived, request).at))


def offered_for(request: HttpRequest, roles: frozenset[str]) -> None:
    """Keep in which roles the one who asks acts, where that was read for the page anyway."""
    setattr(request, ROLES, roles)


def first_face(account: Account, at: datetime) -> str:
    """Where a visit begins: with what waits to be done; for who only looks on, with what must be looked at."""
    roles = roles_of(account, at=at)
    if account.administrator:
        first = ADMINISTRATION
    elif roles:
        first = CENTRE if roles <= overseeing() else DESK
    else:
        first = BOARD
    return first.href if first in faces(_needs(account, roles, at)) else "/"


def _needs(account: Account, roles: frozenset[str], at: datetime) -> frozenset[Needs]:
    """What the pages ask for that an account has: as the doors of those pages ask it."""
    has: set[Needs] = {"anybody"}
    if account.administrator:
        has.add("administrator")
    if roles:
        has.add("role")
    if settings.TIANPING_DEMO or roles or posts_of(account, at):
        has.add("post")
    return frozenset(has)


def _roles(request: HttpRequest, account: Account) -> frozenset[str]:
    """The roles of the day, read once for a page."""
    if not hasattr(request, ROLES):
        offered_for(request, roles_of(account, at=cast(Arrived, request).at))
    return cast("frozenset[str]", getattr(request, ROLES))
