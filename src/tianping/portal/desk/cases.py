"""案件 · The page of a case; behind a party's mask; correcting an entry; what the ledger holds."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from tianping.casework.access.errors import ReasonNeeded
from tianping.casework.access.masking import reveal_party
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import NoSuchCase, StaleCase
from tianping.casework.selectors.detail import case_detail
from tianping.law.errors import TianpingError
from tianping.portal.api.problems import status_of
from tianping.portal.denials import denial_noted
from tianping.portal.desk.acts import told
from tianping.portal.desk.case_page import case_page, role_title
from tianping.portal.desk.rooms import desk_page
from tianping.portal.house.asked import asked, key_of, new_key, whole
from tianping.portal.house.doors import for_staff


@for_staff
@require_safe
def case(request: HttpRequest, case_id: int) -> HttpResponse:
    """One case, as this actor may see it."""
    who = asked(request)
    shown = case_page(who.actor, case_id, who.at, done=whole(request.GET.get("done", "")))
    consented = request.GET.get("consented", "")
    data = {"it": shown, "d": shown.detail, "consented": next((c for c in shown.can if consented and f"/do/{consented}" in c.href), None)}
    return desk_page(request, who, "case", data)


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def party(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """Why a party is to be seen whole; then the party, on this page alone. Who looked and why is kept."""
    who = asked(request)
    found = case_detail(who.actor, case_id, who.at)
    masked = next((p for p in found.parties if p.id == number), None)
    if masked is None:
        raise Http404
    data = {"case": case_id, "party": masked, "role": role_title(masked.capacity), "whole": None, "reason": "", "error": None}
    if request.method != "POST":
        return desk_page(request, who, "party", data, part="_party")
    data["reason"] = request.POST.get("reason", "")[:400]
    try:
        data["whole"] = reveal_party(who.actor, case_id, number, request.POST.get("reason", ""), who.at)
    except ReasonNeeded as error:
        return desk_page(request, who, "party", data | {"error": error.todo}, status=422, part="_party")
    return desk_page(request, who, "party", data, part="_party")


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, case_id: int, seq: int) -> HttpResponse:
    """Void an entry of the ledger. It stays there, struck out; the case is folded anew without it."""
    who = asked(request)
    shown = case_page(who.actor, case_id, who.at)
    entry = next((e for e in shown.entries if e.seq == seq), None)
    if entry is None:
        raise Http404
    data = {"case": case_id, "entry": entry, "step": next((e.step for e in shown.detail.events if e.seq == seq), ""), "told": [], "stale": False}
    status = 200
    if request.method == "POST":
        version = whole(request.POST.get("version", "")) or 0
        try:
            step_take(case_id=case_id, step="", voids=seq, actor=who.actor, at=who.at, key=key_of(request), expected_version=version)
        except NoSuchCase:
            raise
        except TianpingError as error:
            status = status_of(error)
            denial_noted(request, error, status)
            data |= {"told": told(error), "stale": isinstance(error, StaleCase)}
        else:
            return HttpResponseRedirect(f"/desk/cases/{case_id}?done={version + 1}")
    return desk_page(request, who, "correct", data | {"version": shown.version, "key": new_key()}, status=status)
