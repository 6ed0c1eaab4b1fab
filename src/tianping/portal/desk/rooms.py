"""本台导航 · The links of the desk, and how many notices and matters wait."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.http import HttpRequest, HttpResponse

from tianping.casework.access.policy import at_the_counter
from tianping.casework.selectors.referrals import inbox_waiting
from tianping.law.text import T
from tianping.portal.house.asked import Asked
from tianping.portal.house.navigation import Group, Link
from tianping.portal.house.page import page, partial
from tianping.procedure.contracts.roles import Roles

LIST: Final = Link(T("待办", "Worklist"), "/desk/", exact=True)
FIND: Final = (
    Link(T("检索", "Search"), "/desk/search"),
    Link(T("日历", "Calendar"), "/desk/calendar/"),
)
READERS: Final = frozenset(r.code for r in (Roles.JUDGE, Roles.FILING_JUDGE, Roles.JUDGE_ASSISTANT, Roles.CLERK))
"""Who deals with messages to judges."""
NEW: Final = (Link(T("登记新件", "Open a case"), "/desk/new"), Link(T("我的岗位", "My posts"), "/desk/post"))
COUNTER: Final = Link(T("窗口核验身份", "Identity cards"), "/desk/identity")


def rooms(asked: Asked) -> tuple[Group, ...]:
    """The links at the side of every page of the desk."""
    waiting = inbox_waiting(asked.actor)
    told = Link(T("我的提醒", "My notices"), "/desk/notices", count=waiting.notices or None)
    inbox = Link(T("收到的移送", "Sent to us"), "/desk/inbox", count=waiting.matters or None)
    letters = (Link(T("群众留言", "Messages"), "/desk/messages", count=waiting.messages or None),) if READERS & asked.actor.roles else ()
    return (
        Group((LIST, told, *FIND)),
        Group((inbox, Link(T("发出的移送", "Sent by us"), "/desk/outbox"), *letters), T("往来", "Referrals")),
        Group(NEW if not asked.actor.roles & at_the_counter() else (*NEW, COUNTER)),
    )


def desk_page(request: HttpRequest, asked: Asked, template: str, data: Mapping[str, Any], *, status: int = 200, part: str = "") -> HttpResponse:
    """A page of the desk; ``part``: the template of what of it is swapped. A part has no links at its side, so nothing is counted for them."""
    if part and partial(request):
        return page(request, f"desk/{template}.html", data, status=status, part=f"desk/{part}.html")
    return page(request, f"desk/{template}.html", data, status=status, nav=rooms(asked), part=f"desk/{part}.html" if part else "")
