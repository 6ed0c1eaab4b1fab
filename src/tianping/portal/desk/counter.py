"""窗口核验页 · Who stands at the counter: a code to his telephone, then what stands on his card; the checks of the institution, to be withdrawn."""

from __future__ import annotations

from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST

from tianping.casework.citizens.counter import CARDS, MOST, PAGE, At, Card, check_withdrawn, checked, checks_of, counter_code
from tianping.casework.citizens.phones import LASTS
from tianping.law.errors import TianpingError
from tianping.law.identifiers import mask_name
from tianping.portal.accounts.address import address
from tianping.portal.api.problems import status_of
from tianping.portal.denials import denial_noted
from tianping.portal.desk.acts import told
from tianping.portal.desk.rooms import desk_page
from tianping.portal.house.asked import Asked, asked, whole
from tianping.portal.house.doors import for_staff

HERE: Final = "/desk/identity"
FIELDS: Final = {"phone": 20, "code": 12, "name": 80, "number": 30, "card": 20, "reason": MOST}


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def identity(request: HttpRequest) -> HttpResponse:
    """The telephone, then the card; what was typed stays where something will not do."""
    who = asked(request)
    by = _by(request, who)
    by.may()
    typed = {n: request.POST.get(n, "").replace("\0", "").strip()[:most] for n, most in FIELDS.items()}
    shown: dict[str, Any] = {"step": "phone", "typed": typed, "code": "", "bound": request.session.pop("identity_bound", "")}
    error: TianpingError | None = None
    if request.method == "POST":
        try:
            if "send" in request.POST:
                typed["phone"], shown["code"] = counter_code(typed["phone"], by)
            else:
                citizen = checked(typed["phone"], typed["code"].replace(" ", ""), _card(typed), by)
                request.session["identity_bound"] = mask_name(citizen.name)
                return HttpResponseRedirect(HERE)
            shown["step"] = "card"
        except TianpingError as refused:
            shown["step"] = "phone" if "send" in request.POST else "card"
            error = refused
            denial_noted(request, refused, status_of(refused))
    return _page(request, who, by, shown, error)


@for_staff
@require_POST
def identity_withdrawn(request: HttpRequest, number: int) -> HttpResponse:
    """Takes a check of the own institution back."""
    who = asked(request)
    by = _by(request, who)
    try:
        check_withdrawn(number, request.POST.get("reason", "").replace("\0", ""), by)
    except TianpingError as refused:
        denial_noted(request, refused, status_of(refused))
        typed = dict.fromkeys(FIELDS, "")
        return _page(request, who, by, {"step": "phone", "typed": typed, "code": "", "bound": ""}, refused)
    return HttpResponseRedirect(f"{HERE}#checks")


def _by(request: HttpRequest, who: Asked) -> At:
    return At(who.actor, who.account.pk, who.at, address(request))


def _card(typed: dict[str, str]) -> Card:
    return Card(typed["card"], typed["name"], typed["number"], typed["reason"])


def _page(request: HttpRequest, who: Asked, by: At, shown: dict[str, Any], error: TianpingError | None) -> HttpResponse:
    checks = checks_of(by, before=whole(request.GET.get("before", "")))
    data = {
        **shown, "told": told(error), "checks": checks, "cards": list(CARDS.items()), "card_titles": CARDS,
        "minutes": int(LASTS.total_seconds() // 60), "before": checks[-1].number if len(checks) == PAGE else None, "most": MOST,
    }  # fmt: skip
    return desk_page(request, who, "identity", data, status=200 if error is None else status_of(error))
