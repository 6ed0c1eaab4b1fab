"""请求 · A request as the portal sees it: with its instant, its number, and who asks once somebody has signed in."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.http import HttpRequest

from tianping.law.text import Lang

if TYPE_CHECKING:
    from tianping.portal.api.door import Signed


class Arrived(HttpRequest):
    """到达的请求 · Only a type: middleware and the door write these onto Django's own request."""

    at: datetime
    number: UUID
    auth: Signed
    account_number: int | None


LANGUAGE: Final = "lang"
"""The name of the language in an address and of its cookie."""


def language(request: HttpRequest) -> Lang:
    """The language asked for: ``?lang=``, else what was chosen before, else Accept-Language; Chinese unless English comes first."""
    asked = request.GET.get(LANGUAGE) or request.COOKIES.get(LANGUAGE) or request.headers.get("Accept-Language", "")
    return "en" if asked.strip().lower().startswith("en") else "zh"
