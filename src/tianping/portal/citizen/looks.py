"""凭码查询 · A number and a code show one case, without an account: what was found is kept in the session, never in the address."""

from __future__ import annotations

from typing import cast

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from tianping.casework.citizens.looking import look, looked
from tianping.law.errors import TianpingError
from tianping.portal.accounts.address import address
from tianping.portal.api.problems import status_of
from tianping.portal.arrived import Arrived
from tianping.portal.citizen.followed import followed
from tianping.portal.citizen.questions import line
from tianping.portal.citizen.session import page
from tianping.portal.house.doors import for_everybody

LOOKS = "looks"
LASTS = 15 * 60
"""Seconds for which a code that was given opens its case."""


@never_cache
@for_everybody
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The question for number and code."""
    arrived = cast(Arrived, request)
    shown = {"number": line(request.POST, "number", 80) or line(request.GET, "number", 80), "code": line(request.POST, "code", 20), "error": None}
    if request.method != "POST":
        return page(request, "look", shown)
    try:
        case, citizen = looked(str(shown["number"]), str(shown["code"]), at=arrived.at, address=address(request) or "unknown")
    except TianpingError as error:
        return page(request, "look", shown | {"error": error}, status=status_of(error))
    until = int(arrived.at.timestamp()) + LASTS
    request.session[LOOKS] = {**request.session.get(LOOKS, {}), str(case): [citizen, until]}
    return HttpResponseRedirect(f"/follow/{case}")


@never_cache
@for_everybody
@require_safe
def followed_case(request: HttpRequest, case_id: int) -> HttpResponse:
    """The case, as long as the code that was given stands; then it is asked for again."""
    arrived = cast(Arrived, request)
    found = request.session.get(LOOKS, {}).get(str(case_id))
    if found is None:
        raise Http404
    if found[1] < int(arrived.at.timestamp()):
        return HttpResponseRedirect("/follow/")
    return page(request, "follow", {"it": followed(look(case_id, found[0]), case_id, arrived.at), "own": False, "code": "", "replies": ()})
