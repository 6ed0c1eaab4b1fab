"""来访者 · Who looks at a page: nobody known, or an account with its name and where it works."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest

from tianping.casework.models import Account, Post
from tianping.casework.moments import local
from tianping.law.text import T
from tianping.portal.accounts.standing import Standing, standing
from tianping.portal.api.door import account_of
from tianping.portal.arrived import Arrived


@dataclass(frozen=True, slots=True)
class Visitor:
    """来访者 · The account of a session, the person's name, and the post and institution that are shown beside it."""

    account: Account
    name: str
    post: T
    organisation: T


def visitor_of(request: HttpRequest) -> Visitor | None:
    """The account of the session if it has shown all factors; asked once for each request. No session cookie, no query."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    if not hasattr(request, "visitor"):
        request.visitor = _visitor(cast(Arrived, request))  # type: ignore[attr-defined]  # kept on the request
    return cast("Visitor | None", request.visitor)  # type: ignore[attr-defined]  # as above


def _visitor(request: Arrived) -> Visitor | None:
    account = account_of(request)
    if account is None or standing(request, account) is not Standing.WHOLE:
        return None
    day = local(request.at).date()
    standing_posts = Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), person=account.person_id, valid_from__lte=day)
    found = standing_posts.order_by("pk").values_list("person__name", "zh", "en", "organisation__zh", "organisation__en").first()
    if found is None:
        return Visitor(account, account.username, T("", ""), T("", ""))
    name, zh, en, where_zh, where_en = found
    return Visitor(account, name, T(zh, en), T(where_zh, where_en))
