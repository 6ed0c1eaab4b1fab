"""登录页 · Signing in with a browser and no script: name and password or a shown code, the second factor, setting an app up, setting a password."""

from __future__ import annotations

from typing import cast

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_http_methods

from tianping.casework.models import Account
from tianping.casework.security.allowances import Rate, spend
from tianping.law.errors import TianpingError
from tianping.portal.accounts.address import address
from tianping.portal.accounts.onward import onward, own, place_for
from tianping.portal.accounts.sign_in import app_set_up, by_code, by_password, ended, enrolled, second_factor, shown_code
from tianping.portal.accounts.standing import Standing, standing
from tianping.portal.api.door import account_of
from tianping.portal.api.problems import status_of
from tianping.portal.arrived import Arrived, language
from tianping.portal.errors import WrongCredentials
from tianping.portal.house.page import page

SET_UP = "totp_secret"
FORM = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@csrf_protect
@FORM
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password; in a demonstration a code that is shown."""
    arrived, shown = cast(Arrived, request), {"username": _field(request, "username"), "code": ""}
    try:
        if request.method == "POST":
            _spent(arrived)
            if "show" in request.POST:
                shown["code"] = shown_code(arrived, shown["username"], demo=settings.TIANPING_DEMO)
            else:
                return onward(arrived, _signed_in(arrived), _wanted(request))
    except TianpingError as error:
        return _page(arrived, "sign_in", error, **shown)
    return _page(arrived, "sign_in", WrongCredentials() if request.GET.get("problem") == "provider" else None, **shown)


def _signed_in(request: Arrived) -> Account:
    name, code = _field(request, "username"), _field(request, "code")
    if code:
        return by_code(request, name, code, demo=settings.TIANPING_DEMO)
    return by_password(request, name, request.POST.get("password", "")[:256])


@never_cache
@csrf_protect
@FORM
def second(request: HttpRequest) -> HttpResponse:
    """The second factor, or setting it up."""
    arrived = cast(Arrived, request)
    account = account_of(request)
    if account is None:
        return HttpResponseRedirect("/sign-in")
    wanted = standing(request, account)
    if wanted is Standing.WHOLE:
        return HttpResponseRedirect(place_for(arrived, account, _wanted(request)))
    secret = request.session.get(SET_UP) or generate_totp_secret()
    request.session[SET_UP] = secret
    shown = {"set_up": wanted is Standing.SET_UP, "secret": secret, "codes": [], "onward": place_for(arrived, account, _wanted(request))}
    if request.method != "POST":
        return _page(arrived, "second", None, **shown)
    try:
        _spent(arrived)
        code = _field(request, "code")
        if wanted is Standing.CODE:
            second_factor(arrived, account, code)
            return HttpResponseRedirect(place_for(arrived, account, _wanted(request)))
        shown["codes"] = app_set_up(arrived, account, secret, code)
        request.session.pop(SET_UP, None)
    except TianpingError as error:
        return _page(arrived, "second", error, **shown)
    return _page(arrived, "second", None, **shown)


@never_cache
@csrf_protect
@FORM
def enrol(request: HttpRequest) -> HttpResponse:
    """Setting a password with the code of the security administrator."""
    arrived, name = cast(Arrived, request), _field(request, "username")
    try:
        if request.method == "POST":
            _spent(arrived)
            enrolled(arrived, name, _field(request, "code"), request.POST.get("password", "")[:256])
    except TianpingError as error:
        return _page(arrived, "enrol", error, username=name, done=False)
    return _page(arrived, "enrol", None, username=name, done=request.method == "POST")


@never_cache
@csrf_protect
@require_http_methods(["POST"])
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    ended(cast(Arrived, request))
    return HttpResponseRedirect("/sign-in")


def _wanted(request: HttpRequest) -> str:
    """The page that the visitor wanted when he was sent to sign in."""
    return request.GET.get("next", "")


def _field(request: HttpRequest, name: str) -> str:
    """A line of the form, without what a database cannot hold."""
    return "".join(c for c in request.POST.get(name, "")[:60] if c.isprintable()).strip()


def _spent(request: Arrived) -> None:
    spend(f"sign-in:{address(request) or 'unknown'}", Rate(settings.TIANPING_RATES["sign_in"]), at=request.at)


def _page(request: Arrived, name: str, error: TianpingError | None, **shown: object) -> HttpResponse:
    lang = language(request)
    told = error and (error.message.pick(lang), error.advice.pick(lang))
    status = 200 if error is None else status_of(error)
    return page(request, f"accounts/{name}.html", {"provider": _provider(), "error": told, "wanted": own(_wanted(request)), **shown}, status=status)


def _provider() -> str:
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return str(apps[0]["name"]) if apps else ""
