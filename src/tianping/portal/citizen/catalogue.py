"""公开目录 · What anybody may read: the catalogue of permits and services, the ways to 12309, the events of the reports to the people."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tianping.casework.citizens.openings import openings_of
from tianping.casework.citizens.phones import LASTS
from tianping.casework.citizens.public import opinions_of, public_rows
from tianping.casework.engine.registered import version_on
from tianping.casework.moments import instant, local
from tianping.law.text import T
from tianping.portal.arrived import Arrived
from tianping.portal.citizen.questions import line, words_of
from tianping.portal.citizen.services import length
from tianping.portal.citizen.session import page
from tianping.portal.house.doors import for_everybody


@for_everybody
@require_safe
def permits(request: HttpRequest) -> HttpResponse:
    """The catalogue, each entry with papers, time, fee and text; and the residence permit, whose time is in law."""
    day = local(instant(cast(Arrived, request).at)).date()
    tables = version_on("permit", day)[1]
    asked = line(request.GET, "q", 60)
    rows = [r for r in public_rows("service_item") if not asked or asked in str(r.facts.get("item", ""))]
    kinds = version_on("service_item", day)[1].facts["item_class"][0].kind
    groups: dict[str, list[object]] = {}
    for row in rows:
        groups.setdefault(str(row.facts.get("item_class", "OTHER")), []).append(row)
    named = [(words_of(kinds[code]), groups[code]) for code in kinds.__members__ if code in groups]
    residence = next(r for r in tables.limits if r.limit.name == "issue_time")
    ratings = [(r.limit, length(r.rows[0])) for r in tables.limits if r.limit.name in ("to_call_back", "to_fix")]
    shown = {"groups": named, "asked": asked, "residence": residence.limit, "within": length(residence.rows[0]), "ratings": ratings}
    return page(request, "permits", shown)


@for_everybody
@require_safe
def procuratorate(request: HttpRequest) -> HttpResponse:
    """What 12309 takes, and what follows: the limits as the definition has them."""
    day = local(instant(cast(Arrived, request).at)).date()
    tables = version_on("service_request", day)[1]
    ways = [(o, T(f"/begin/service_request/{o.row.step.name}", "")) for o in openings_of("service_request", day)]
    reading = openings_of("file_reading", day)
    limits = [(r.limit, length(r.rows[0])) for r in tables.limits]
    kinds = [words_of(k) for k in tables.facts["kind"][0].kind.__members__.values()]
    return page(request, "procuratorate", {"ways": ways, "reading": reading, "limits": limits, "kinds": kinds})


@for_everybody
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What is done with personal data here, who can use these pages, and what was not tried."""
    return page(request, "accessibility", {"idle": settings.TIANPING_SESSION_IDLE, "minutes": int(LASTS.total_seconds() // 60)})


@for_everybody
@require_safe
def opinions(request: HttpRequest) -> HttpResponse:
    """The events, newest first, each with how many opinions were given and answered. Who gave one follows it under his own matters."""
    day = local(instant(cast(Arrived, request).at)).date()
    rows = public_rows("report_to_people")
    counted = opinions_of([r.case_id for r in rows])
    levels = version_on("report_to_people", day)[1].facts["level"][0].kind
    shown = [(r, words_of(levels[str(r.facts["level"])]) if "level" in r.facts else T("", ""), counted.get(r.case_id, (0, 0))) for r in rows]
    return page(request, "opinions", {"rows": shown})
