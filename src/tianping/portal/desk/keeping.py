"""承办与批注 · Who holds a case, and what its handlers remark on it: given with a reason, remarks added and withdrawn, never changed."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods

from tianping.casework.engine.actors import HANDLE
from tianping.casework.handling.assign import holder_assigned
from tianping.casework.handling.comments import MOST, PAGE, comment_added, comment_withdrawn, comments_of
from tianping.casework.handling.errors import OnlyHandlers
from tianping.casework.moments import instant, local
from tianping.casework.selectors.detail import case_detail
from tianping.casework.selectors.named import names_of, posts_in
from tianping.law.errors import TianpingError
from tianping.portal.api.problems import status_of
from tianping.portal.denials import denial_noted
from tianping.portal.desk.acts import told
from tianping.portal.desk.rooms import desk_page
from tianping.portal.house.asked import Asked, asked, whole
from tianping.portal.house.doors import for_staff


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def keeping(request: HttpRequest, case_id: int) -> HttpResponse:
    """Who holds the case, and the remarks; to give it to somebody, to remark, to withdraw a remark of one's own."""
    who = asked(request)
    found = case_detail(who.actor, case_id, who.at)
    if HANDLE not in found.capacities:
        raise OnlyHandlers(case=case_id)
    error: TianpingError | None = None
    if request.method == "POST":
        try:
            _done(request, who, case_id)
            return HttpResponseRedirect(f"/desk/cases/{case_id}/handling")
        except TianpingError as refused:
            error = refused
            denial_noted(request, refused, status_of(refused))
    remarks = comments_of(case_id=case_id, actor=who.actor, before=whole(request.GET.get("before", "")))
    names = names_of(posts=(found.holder, found.lead), accounts=[c.account for c in remarks])
    data: dict[str, Any] = {
        "d": found, "names": names, "remarks": remarks, "posts": posts_in(who.actor.organisation, local(instant(who.at)).date()),
        "told": told(error), "remark": request.POST.get("remark", "")[:MOST], "reason": request.POST.get("reason", "")[:400],
        "before": remarks[-1].pk if len(remarks) == PAGE else None, "own": who.actor.account, "most": MOST,
    }  # fmt: skip
    return desk_page(request, who, "handling", data, status=200 if error is None else status_of(error))


def _done(request: HttpRequest, who: Asked, case_id: int) -> None:
    """What the form asks for. Raises what the services raise."""
    act = request.POST.get("act", "")
    of: dict[str, Any] = {"case_id": case_id, "actor": who.actor, "at": who.at}
    if act == "hold":
        holder_assigned(post=whole(request.POST.get("post", "")) or 0, reason=request.POST.get("reason", ""), **of)
    elif act == "withdraw":
        comment_withdrawn(comment=whole(request.POST.get("comment", "")) or 0, **of)
    else:
        comment_added(words=request.POST.get("remark", ""), **of)
