"""谁在办 · From a request of a face to the actor: the account that signed in, from the post that it chose, on the day of the request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, cast
from uuid import UUID, uuid4

from django.http import HttpRequest

from tianping.casework.access.acting import actor_for
from tianping.casework.access.errors import NotYourPost
from tianping.casework.engine.actors import Actor
from tianping.casework.models import Account
from tianping.law.text import T
from tianping.portal.arrived import Arrived
from tianping.portal.errors import NotAllowed
from tianping.portal.house.visitor import visitor_of

POST: Final = "desk_post"
"""The session's entry: the post that was chosen, where somebody holds several."""
LONGEST_KEY: Final = 36
NO_POST: Final = T("您今天没有办案的岗位", "you hold no post that handles cases today")
ASK_FOR_ONE: Final = T("请由本机构的系统管理员登记岗位和角色。", "Ask your institution's system administrator for a post with roles.")


@dataclass(frozen=True, slots=True)
class Asked:
    """来者 · Who asks: the account, the actor that it is, and the instant."""

    account: Account
    actor: Actor
    at: datetime


def asked(request: HttpRequest) -> Asked:
    """Who asks. Raises NotAllowed for somebody without a post that opens cases: an administrator, a citizen."""
    visitor = visitor_of(request)
    assert visitor is not None, "the door lets nobody in who did not sign in"
    at = cast(Arrived, request).at
    chosen = request.session.get(POST)
    try:
        actor = actor_for(visitor.account, at=at, post=chosen)
    except NotYourPost:  # it has ended since it was chosen
        request.session.pop(POST, None)
        actor = actor_for(visitor.account, at=at)
    if not actor.keys:
        raise NotAllowed(why=NO_POST, todo=ASK_FOR_ONE)
    return Asked(visitor.account, actor, at)


def new_key() -> str:
    """A key for a form: sent twice, it is one act."""
    return str(uuid4())


def key_of(request: HttpRequest) -> UUID:
    """The key of a form that was sent; a new one where it was lost."""
    try:
        return UUID(request.POST.get("key", "")[:LONGEST_KEY])
    except ValueError:
        return uuid4()


def whole(given: str, least: int = 1) -> int | None:
    """A number of an address or a form, if it is one that the database can hold."""
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 16 and int(given) >= least else None
