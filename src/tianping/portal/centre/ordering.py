"""督办页面 · A missed limit and the form that orders it to be put right: who, what, by when. Sent, it is a finding with its own case."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from tianping.casework.moments import local
from tianping.casework.watch.alarms import Alarm, alarm_of
from tianping.casework.watch.elements import watch
from tianping.casework.watch.findings import Order, findings, may_order, officers, rectification_ordered
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.portal.api.problems import status_of
from tianping.portal.centre.rooms import Seen, centre_page, seen
from tianping.portal.centre.shown import shown
from tianping.portal.denials import denial_noted
from tianping.portal.house.asked import Asked, asked, key_of, new_key, whole
from tianping.portal.house.doors import for_staff

LONGEST: Final = 400
NO_OFFICER: Final = T("请选择责任人", "Choose who is to put it right")
NO_OPINION: Final = T("写明要整改什么，1至400字", "Say what is to be put right, in 1 to 400 characters")
NOT_A_DAY: Final = T("整改期限须是今天或以后的日期", "The day must be today or later")


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, case_id: int, code: str) -> HttpResponse:
    """The limit, and its order."""
    who = asked(request)
    given = request.POST if request.method == "POST" else request.GET
    alarm = alarm_of(who.actor, who.at, case=case_id, code=code, entity=given.get("entity", "")[:80])
    if alarm is None:
        raise Http404
    if request.method != "POST":
        return _shown(request, who, alarm, {"post": None, "opinion": "", "fix_by": local(who.at).date() + timedelta(days=1)})
    typed, told, errors = _read(request, who, alarm)
    if told is None:
        return _shown(request, who, alarm, typed, errors=errors, status=422)
    try:
        done = rectification_ordered(alarm=alarm, order=told, actor=who.actor, at=who.at, key=key_of(request))
    except TianpingError as error:
        denial_noted(request, error, status_of(error))
        return _shown(request, who, alarm, typed, error=error, status=status_of(error))
    return HttpResponseRedirect(f"/centre/findings/{done.case_id}")


def _read(request: HttpRequest, who: Asked, alarm: Alarm) -> tuple[dict[str, Any], Order | None, dict[str, T]]:
    parts = {part: request.POST.get(f"fix_by-{part}", "")[:4] for part in ("year", "month", "day")}
    post, opinion = whole(request.POST.get("post", "")), request.POST.get("opinion", "").strip()
    errors: dict[str, T] = {}
    if post not in {number for number, _ in officers(alarm.organisation, local(who.at).date())}:
        errors["post"] = NO_OFFICER
    if not opinion or len(opinion) > LONGEST or "\0" in opinion:
        errors["opinion"] = NO_OPINION
    try:
        fix_by = date(*(int(parts[part]) for part in ("year", "month", "day")))
    except ValueError:
        fix_by = date.min
    if fix_by < local(who.at).date():
        errors["fix_by"] = NOT_A_DAY
    typed = {"post": post, "opinion": opinion, "fix_by": parts}
    return typed, None if errors or post is None else Order(post, opinion, fix_by), errors


def _shown(
    request: HttpRequest, who: Asked, alarm: Alarm, typed: dict[str, Any], *, errors: dict[str, T] | None = None, error: TianpingError | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    what: Seen = seen(who)
    day = local(who.at).date()
    data = {
        "it": shown(alarm, who.at, findings(who.actor)), "typed": typed, "errors": errors or {}, "error": error,
        "officers": officers(alarm.organisation, day), "may": may_order(who.actor), "roles": watch().finding.roles, "key": new_key(),
        "action": request.path,
    }  # fmt: skip
    return centre_page(request, what, "order", data, status=status)
