"""页面 · How every view answers: its template, with what each page of the house needs beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers

from tianping.portal.house.look import look_of, spoke
from tianping.portal.house.navigation import Group
from tianping.portal.house.offered import offered
from tianping.portal.house.visitor import visitor_of
from tianping.portal.house.words import speaking

PARTIAL: Final = "HX-Request"


def forgetful(html: bytes) -> bytes:
    """Forms of which the browser keeps nothing, neither to fill them in nor to offer what an earlier visitor typed."""
    return re.sub(rb"<form\b", b'<form autocomplete="off"', re.sub(rb' autocomplete="[a-z -]*"', b"", html))


def partial(request: HttpRequest) -> bool:
    """Whether htmx asks, which wants a part of the page."""
    return request.headers.get(PARTIAL) == "true"


def page(
    request: HttpRequest, template: str, data: Mapping[str, Any] | None = None, *, status: int = 200, nav: Sequence[Group] = (), part: str = ""
) -> HttpResponse:
    """The page. ``nav``: the links of its face, drawn at the side (staff); what stands in ``data`` comes before what the house adds.

    ``part``: the template of that part of it which htmx puts in place of the old one, where htmx asks for it: the same address, the same view.
    """
    asked_for = bool(part) and partial(request)
    look = look_of(request)
    visitor = visitor_of(request)
    shared = {
        "partial": asked_for,
        "lang": look.lang,
        "look": look,
        "path": request.path,
        "visitor": visitor,
        "nav": nav,
        "faces": offered(request),
        "demo": settings.TIANPING_DEMO,
        "at": request.at,  # type: ignore[attr-defined]  # arrived
    }
    with speaking(look.lang):
        answer = render(request, part if asked_for else template, {**shared, **(data or {})}, using="jinja2", status=status)
    spoke(request, answer)
    if part:
        patch_vary_headers(answer, [PARTIAL])
    if look.hall:
        answer.headers["Cache-Control"] = "no-store"  # the next visitor's "back" shows nothing
        answer.content = forgetful(answer.content)
    return answer
