"""登录之后 · Where a visit goes on, whichever way it came in: to the second factor, to the page that was wanted, to the first face."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from django.http import HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from tianping.casework.models import Account
from tianping.portal.accounts.standing import Standing, standing
from tianping.portal.arrived import Arrived
from tianping.portal.house.offered import first_face

SECOND: Final = "/sign-in/second"


def own(wanted: str | None) -> str:
    """The page that was wanted, if it is one of our own; else nothing."""
    good = bool(wanted) and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if wanted and good and wanted.startswith("/") else ""


def place_for(request: Arrived, account: Account, wanted: str | None) -> str:
    """Where a visit begins: the page that was wanted, else the first face that the account opens."""
    return own(wanted) or first_face(account, request.at)


def onward(request: Arrived, account: Account, wanted: str | None) -> HttpResponseRedirect:
    """On to the second factor, which keeps the page that was wanted, or to that page."""
    if standing(request, account) is Standing.WHOLE:
        return HttpResponseRedirect(place_for(request, account, wanted))
    return HttpResponseRedirect(SECOND + ("?" + urlencode({"next": own(wanted)}) if own(wanted) else ""))
