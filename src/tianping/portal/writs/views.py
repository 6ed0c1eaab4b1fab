"""文书页面 · What may be written in a case, the draft with what it lacks, and each act on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, cast
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tianping.casework.documents.filing import document_read
from tianping.casework.errors import NoSuchCase
from tianping.casework.moments import local
from tianping.casework.selectors.detail import case_detail
from tianping.casework.writs.errors import Moved, NoSuchWrit
from tianping.casework.writs.offered import WritView, writ_view, writs_of, writs_offered
from tianping.casework.writs.services import writ_drafted, writ_dropped, writ_edited, writ_issued, writ_of, writ_preview, writ_published
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.portal.api.problems import status_of
from tianping.portal.denials import denial_noted
from tianping.portal.errors import NoFile
from tianping.portal.house import Group, Link, page
from tianping.portal.house.asked import Asked, asked, whole
from tianping.portal.house.doors import for_staff
from tianping.portal.writs.forms import blank, read

STATES: Final = {"draft": T("草稿", "Draft"), "issued": T("已签发", "Issued"), "dropped": T("已作废", "Dropped")}


def _page(request: HttpRequest, who: Asked, template: str, case_id: int, data: dict[str, Any], *, status: int = 200) -> HttpResponse:
    found = case_detail(who.actor, case_id, who.at)
    links = (Link(T("回到案件", "The case"), f"/desk/cases/{case_id}"), Link(T("文书", "Documents in writing"), f"/writs/{case_id}/"))
    return page(request, f"writs/{template}.html", {"d": found, "states": STATES, **data}, status=status, nav=(Group(links),))


@for_staff
@require_safe
def listed(request: HttpRequest, case_id: int) -> HttpResponse:
    """What may be written, and what was, newest first."""
    who = asked(request)
    before = whole(request.GET.get("before", ""))
    offers, rows = writs_offered(case_id=case_id, actor=who.actor), writs_of(case_id=case_id, actor=who.actor, before=before)
    return _page(request, who, "list", case_id, {"offers": offers, "rows": rows, "next": rows[-1].id if len(rows) == 50 else None})


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, case_id: int, template: str) -> HttpResponse:
    """Write what only the drafter can say; sent, the Word file is filled."""
    who = asked(request)
    offer = next((o for o in writs_offered(case_id=case_id, actor=who.actor) if o.template.code == template), None)
    if offer is None:
        raise Http404
    row = writ_of(case_id=case_id, writ=offer.draft, actor=who.actor) if offer.draft is not None else None
    data: dict[str, Any] = {"offer": offer, "error": None, "seen": 0 if row is None else row.draft_id, "moved": None}
    if request.method != "POST":
        today = local(who.at).date()
        data |= {"form": blank(offer.known, today) if row is None else blank(row.written, row.day), "edited": row is not None and row.edited}
        return _page(request, who, "draft", case_id, data)
    form = read(offer.template, request.POST)
    seen = whole(request.POST.get("seen", ""), 0)
    data |= {"form": form, "edited": False}
    if form.day is None:
        return _page(request, who, "draft", case_id, data | {"seen": seen or 0}, status=422)
    try:
        row = writ_drafted(case_id=case_id, template=template, written=form.written, day=form.day, actor=who.actor, at=who.at, seen=seen)
    except TianpingError as error:
        denial_noted(request, error, status_of(error))
        data |= {"error": error, "moved": row if isinstance(error, Moved) else None}
        return _page(request, who, "draft", case_id, data, status=status_of(error))
    return HttpResponseRedirect(f"/writs/{case_id}/{row.pk}")


@for_staff
@require_safe
def one(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """One document in writing."""
    return _one(request, asked(request), case_id, number)


def _one(request: HttpRequest, who: Asked, case_id: int, number: int, *, error: TianpingError | None = None, status: int = 200) -> HttpResponse:
    it: WritView = writ_view(writ_of(case_id=case_id, writ=number, actor=who.actor))
    may = bool(who.actor.roles & set(it.template.by))
    data = {"it": it, "may_issue": may, "error": error, "state": STATES[it.state], "typed": request.POST}
    return _page(request, who, "one", case_id, data, status=status)


def _act(request: HttpRequest, case_id: int, number: int, act: Callable[[Asked], object]) -> HttpResponse:
    """Do it and look at the document again; what is refused is told on the document's own page."""
    who = asked(request)
    try:
        act(who)
    except (NoSuchCase, NoSuchWrit):
        raise
    except TianpingError as error:
        denial_noted(request, error, status_of(error))
        return _one(request, who, case_id, number, error=error, status=status_of(error))
    return HttpResponseRedirect(f"/writs/{case_id}/{number}")


@for_staff
@require_POST
def issue(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """Issue the draft that was looked at."""
    seen = whole(request.POST.get("seen", "")) or 0
    return _act(request, case_id, number, lambda who: writ_issued(case_id=case_id, writ=number, seen=seen, actor=who.actor, at=who.at))


@for_staff
@require_POST
def edit(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """Put an edited Word file in the place of the draft."""
    sent = request.FILES.get("file")
    if sent is None:
        return _one(request, asked(request), case_id, number, error=NoFile(), status=422)
    content = cast(Any, sent)
    seen = whole(request.POST.get("seen", ""))
    return _act(request, case_id, number, lambda who: writ_edited(case_id=case_id, writ=number, file=content, actor=who.actor, at=who.at, seen=seen))


@for_staff
@require_POST
def restore(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """Take an uploaded Word file back: the draft is made again of what was written on the page."""

    def again(who: Asked) -> object:
        row = writ_of(case_id=case_id, writ=number, actor=who.actor)
        return writ_drafted(case_id=case_id, template=row.template, written=row.written, day=row.day, actor=who.actor, at=who.at)

    return _act(request, case_id, number, again)


@for_staff
@require_POST
def drop(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """Give the draft up, with a reason."""
    reason = request.POST.get("reason", "")[:400]
    return _act(request, case_id, number, lambda who: writ_dropped(case_id=case_id, writ=number, reason=reason, actor=who.actor, at=who.at))


@for_staff
@require_POST
def publish(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """Make the copy for the public; whom to hide beside the parties stands a line each."""
    hide = [line.strip()[:120] for line in request.POST.get("hide", "").splitlines()[:50] if line.strip()]
    return _act(request, case_id, number, lambda who: writ_published(case_id=case_id, writ=number, actor=who.actor, at=who.at, hide=hide))


@for_staff
@require_safe
def preview(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """The draft as PDF, marked as a draft."""
    who = asked(request)
    pdf = writ_preview(case_id=case_id, writ=number, actor=who.actor, at=who.at)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Content-Disposition": "inline; filename=preview.pdf"})


@for_staff
@require_safe
def file(request: HttpRequest, case_id: int, number: int, which: str) -> HttpResponse:
    """The Word file of the draft, the signed PDF, or the copy for the public, as an attachment."""
    who = asked(request)
    row = writ_of(case_id=case_id, writ=number, actor=who.actor)
    document = {"draft": row.draft_id, "issued": row.issued_id, "public": row.public_id}.get(which)
    if document is None:
        raise Http404
    found, path = document_read(document=document, actor=who.actor, at=who.at)
    answer = FileResponse(path.open("rb"), content_type=found.content.kind)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.name)}"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer  # type: ignore[return-value]  # a response all the same
