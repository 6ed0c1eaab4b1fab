"""管理之门 · Which of the three administrators opens a page; to everybody else there is no such page, and that they asked is written down."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect

from tianping.casework.security.administration import ADMINISTRATORS, By
from tianping.casework.security.errors import NotThisAdministrator
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.portal.accounts.address import address
from tianping.portal.api.problems import status_of
from tianping.portal.arrived import Arrived
from tianping.portal.denials import denial_noted
from tianping.portal.house import Group, Link, page
from tianping.portal.house.doors import View, for_staff
from tianping.portal.house.visitor import visitor_of

P = ParamSpec("P")
HOME: Final = "/administration/"
ORGANISATIONS: Final = Link(T("机构", "Institutions"), f"{HOME}organisations")
ACCOUNTS: Final = Link(T("账号与岗位", "Accounts and posts"), f"{HOME}accounts")
CALENDAR: Final = Link(T("放假安排", "Calendar"), f"{HOME}calendar")
PARAMETERS: Final = Link(T("参数", "Parameters"), f"{HOME}parameters")
IMPORTS: Final = Link(T("导入", "Imports"), f"{HOME}imports")
REGISTERS: Final = Link(T("名册", "Registers"), f"{HOME}registers")
LOG: Final = Link(T("安全日志", "Security log"), f"{HOME}log")
ROOMS: Final = {"system": (ORGANISATIONS, ACCOUNTS, CALENDAR, PARAMETERS, REGISTERS, IMPORTS), "security": (ACCOUNTS,), "audit": (LOG,)}
KEYS: Final = "administration_keys"
KEPT: Final = 20
"""So many forms that were sent are remembered in a session."""
LONGEST_KEY: Final = 36


def for_administrators(*kinds: str) -> Callable[[View[P]], View[P]]:
    """A page of some of the three; whoever else signed in finds none."""

    def wrapped(view: View[P]) -> View[P]:
        @wraps(view)
        def opened(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if by_of(request).account.administrator not in kinds:
                error = NotThisAdministrator(who=ADMINISTRATORS[kinds[0]])
                denial_noted(request, error, status_of(error))
                raise Http404
            return view(request, *args, **kwargs)

        return for_staff(cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", opened))

    return wrapped


def by_of(request: HttpRequest) -> By:
    """Which administrator asks, when, and from where."""
    visitor, arrived = visitor_of(request), cast(Arrived, request)
    assert visitor is not None, "the door lets nobody in who did not sign in"
    return By(visitor.account, arrived.at, address(arrived))


def room(request: HttpRequest, template: str, data: Mapping[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of the face, with the links of this administrator."""
    kind = by_of(request).account.administrator
    shared: dict[str, Any] = {"kind": kind, "errors": {}, "error": None, "code": "", "at_act": "", "done": request.GET.get("done", "")[:20]}
    return page(
        request,
        f"administration/{template}.html",
        {**shared, **data, "typed": defaultdict(str, data.get("typed", {}))},
        status=status,
        nav=(Group(ROOMS[kind], ADMINISTRATORS[kind]),),
    )


def once_only(request: HttpRequest, act: Callable[[], str]) -> HttpResponse | TianpingError:
    """Carry out what a form asks, and go where it says. Sent twice it is one act; what was refused is handed back."""
    key = request.POST.get("key", "")[:LONGEST_KEY]
    sent: dict[str, str] = request.session.get(KEYS, {})
    if key in sent:
        return HttpResponseRedirect(sent[key])
    try:
        where = act()
    except TianpingError as error:
        denial_noted(request, error, status_of(error))
        return error
    if key:
        request.session[KEYS] = dict([*sent.items(), (key, where)][-KEPT:])
    return HttpResponseRedirect(where)
