"""首页 · What waits for me, then: what happened to you, in your own words; rows with a verb and a promise; my matters; a number and a code."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.citizens.drafts import drafts_of
from tianping.casework.citizens.matters import matters_of
from tianping.casework.moments import instant, local
from tianping.portal.arrived import Arrived
from tianping.portal.citizen.matters import Row, rows_of
from tianping.portal.citizen.questions import line
from tianping.portal.citizen.services import SERVICES, found, promised
from tianping.portal.citizen.session import citizen_of, page
from tianping.portal.house.doors import for_everybody


@for_everybody
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page. No account is needed to read anything on it."""
    at, citizen = cast(Arrived, request).at, citizen_of(request)
    asked = line(request.GET, "q", 100)
    listed = found(asked) if asked else list(SERVICES)
    day = local(instant(at)).date()
    rows: list[Row] = [] if citizen is None else rows_of(matters_of(citizen, at=at), at)
    shown = {
        "asked": asked, "services": [(s, *promised(s, day)) for s in listed], "matters": [r for r in rows if not r.matter.draft][:5],
        "waiting": [r for r in rows if r.waits], "drafts": [] if citizen is None else drafts_of(citizen), "count": len(rows),
    }  # fmt: skip
    answer = page(request, "home", shown)
    if citizen is not None:
        answer.headers["Cache-Control"] = "private, no-store"
    return answer
