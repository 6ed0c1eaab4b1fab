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
from tianping.casework.security.administration import ADMINISTRATORS
from tianping.law.text import T
from tianping.portal.arrived import Arrived
from tianping.portal.errors import NotAllowed
from tianping.portal.house.offered import offered_for
from tianping.portal.house.visitor import Visitor, visitor_of

POST: Final = "desk_post"
"""The session's entry: the post that was chosen, where somebody holds several."""
LONGEST_KEY: Final = 36
NO_POST: Final = T("您今天没有在任的岗位", "you hold no post today")
NO_ROLE: Final = T("您的岗位“{post}”今天没有办案或者监督的角色", "your post “{post}” has no role today that handles or supervises cases")
ASK_FOR_ONE: Final = T("请由本机构的系统管理员登记岗位和角色。", "Ask your institution's system administrator for a post with roles.")
APART: Final = T("{kind}不办案、不看案件（三员分立）", "the {kind} neither handles nor sees cases: that is kept apart")
YOUR_OWN: Final = T("您的页面在“管理”。", "Your pages are under “Administration”.")


@dataclass(frozen=True, slots=True)
class Asked:
    """来者 · Who asks: the account, the actor that it is, and the instant."""

    account: Account
    actor: Actor
    at: datetime


def asked(request: HttpRequest) -> Asked:
    """Who asks. Raises NotAllowed, with the true reason, for somebody to whom no case is open: an administrator, a post without a role, no post."""
    visitor = visitor_of(request)
    assert visitor is not None, "the door lets nobody in who did not sign in"
    at = cast(Arrived, request).at
    chosen = request.session.get(POST)
    try:
        actor = actor_for(visitor.account, at=at, post=chosen)
    except NotYourPost:  # it has ended since it was chosen
        actor, chosen = actor_for(visitor.account, at=at), None
        request.session.pop(POST, None)
    if chosen is not None and not actor.keys:  # its roles have ended: the others may stand
        actor = actor_for(visitor.account, at=at)
        request.session.pop(POST, None)
    offered_for(request, actor.roles)
    if not actor.keys:
        raise _closed(visitor)
    return Asked(visitor.account, actor, at)


def _closed(visitor: Visitor) -> NotAllowed:
    """Why no case is open to an account, and what to do."""
    if visitor.account.administrator:
        return NotAllowed(why=APART.fill(kind=ADMINISTRATORS[visitor.account.administrator]), todo=YOUR_OWN)
    return NotAllowed(why=NO_ROLE.fill(post=visitor.post) if visitor.post.zh else NO_POST, todo=ASK_FOR_ONE)


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
