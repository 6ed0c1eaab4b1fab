"""手机登录 · Two pages: the telephone, then the code. And who one is, where an act needs it. Nothing here is needed to look."""

from __future__ import annotations

from typing import Any, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from tianping.casework.citizens.people import identified, joined, online
from tianping.casework.citizens.phones import LASTS, code_sent, phone_of, signed_in
from tianping.casework.models import Citizen
from tianping.casework.security.allowances import Rate, spend
from tianping.law.errors import TianpingError
from tianping.law.identifiers import mask_phone
from tianping.portal.accounts.address import address
from tianping.portal.api.problems import status_of
from tianping.portal.arrived import Arrived
from tianping.portal.citizen.questions import line
from tianping.portal.citizen.session import begun, ended, for_citizens, page
from tianping.portal.house.doors import for_everybody


@never_cache
@for_everybody
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The telephone, and the code that was sent to it."""
    arrived, phone, code = cast(Arrived, request), line(request.POST, "phone", 20), line(request.POST, "code", 12)
    shown: dict[str, Any] = {"next": _next(request), "phone": phone, "masked": "", "shown": "", "error": None, "step": "phone"}
    shown["minutes"] = int(LASTS.total_seconds() // 60)
    if request.method != "POST":
        return page(request, "enter", shown)
    try:
        spend(f"sign-in:{address(request) or 'unknown'}", Rate(settings.TIANPING_RATES["sign_in"]), at=arrived.at)
        plain = phone_of(phone)
        shown |= {"phone": plain, "masked": mask_phone(plain)}
        if "code" not in request.POST:
            return page(request, "enter", shown | {"shown": code_sent(plain, at=arrived.at), "step": "code"})
        shown["step"] = "code"
        begun(arrived, who := signed_in(plain, code.replace(" ", ""), at=arrived.at))
        joined(who, at=arrived.at)
        return HttpResponseRedirect(_next(request))
    except TianpingError as error:
        return page(request, "enter", shown | {"error": error}, status=status_of(error))


@never_cache
@for_everybody
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Signs out; on a telephone that others use too it is one press away on every page."""
    ended(cast(Arrived, request))
    return HttpResponseRedirect("/")


@for_citizens
@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: Arrived, citizen: Citizen) -> HttpResponse:
    """Name and identity number, for acts that need them; where nothing checks them online, the way to a counter."""
    shown: dict[str, Any] = {
        "next": _next(request),
        "name": line(request.POST, "name", 80),
        "number": line(request.POST, "number", 30),
        "error": None,
    }
    shown |= {"way": online(), "phone": mask_phone(citizen.phone), "known": citizen.identified is not None}
    if request.method != "POST":
        return page(request, "identity", shown | {"name": citizen.name})
    try:
        spend(f"identity:{citizen.pk}", Rate(5), at=request.at)
        joined(identified(citizen, str(shown["name"]), str(shown["number"]), at=request.at), at=request.at)
    except TianpingError as error:
        return page(request, "identity", shown | {"error": error}, status=status_of(error))
    return HttpResponseRedirect(_next(request))


def _next(request: HttpRequest) -> str:
    """Where he wanted to go, if that is one of our own pages."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/")
    return wanted if own else "/my/"
