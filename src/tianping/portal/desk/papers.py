"""卷宗材料 · Documents of a case at the desk: file one or a new version, read one, withdraw one. Reading leaves a trace."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tianping.casework.documents.filing import document_filed, document_read, document_shown, document_withdrawn
from tianping.casework.selectors.detail import case_detail
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.portal.api.problems import status_of
from tianping.portal.denials import denial_noted
from tianping.portal.desk.acts import told
from tianping.portal.desk.rooms import desk_page
from tianping.portal.house.asked import asked, whole
from tianping.portal.house.doors import for_staff

CHOOSE: T = T("请选择要归卷的文件", "Choose the file to be filed")


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, case_id: int) -> HttpResponse:
    """The documents of a case, every version; to file one."""
    who = asked(request)
    if request.method == "POST":
        try:
            return _filed(request, case_id)
        except TianpingError as error:
            denial_noted(request, error, status_of(error))
            return _listed(request, case_id, told=told(error), status=status_of(error))
    return _listed(request, case_id, replaces=whole(request.GET.get("replaces", "")), who=who)


def _filed(request: HttpRequest, case_id: int) -> HttpResponse:
    who, file = asked(request), request.FILES.get("file")
    if file is None:
        return _listed(request, case_id, errors=[("file", CHOOSE)], status=422)
    name = request.POST.get("name", "").strip() or (file.name or "")
    replaces, seq = whole(request.POST.get("replaces", "")), whole(request.POST.get("seq", ""))
    content = cast(Any, file)
    row = document_filed(case_id=case_id, name=name[:200], file=content, actor=who.actor, at=who.at, seq=seq, replaces=replaces)
    return HttpResponseRedirect(f"/desk/cases/{case_id}/documents?filed={row.pk}")


def _listed(request: HttpRequest, case_id: int, *, status: int = 200, **more: Any) -> HttpResponse:
    who = asked(request)
    found = case_detail(who.actor, case_id, who.at)
    rows = sorted(found.documents, key=lambda d: d.id, reverse=True)
    replaced = {d.replaces for d in rows}
    filed = whole(request.GET.get("filed", ""))
    data = {
        "d": found, "documents": rows, "replaced": replaced, "filed": next((d for d in rows if d.id == filed), None), "errors": [], "told": [],
        "replaces": next((d for d in rows if d.id == more.get("replaces")), None), "kinds": ", ".join(settings.TIANPING_DOCUMENT_KINDS),
        "megabytes": settings.TIANPING_DOCUMENT_MEGABYTES, "handles": "handle" in found.capacities,
    }  # fmt: skip
    data |= {k: v for k, v in more.items() if k in ("errors", "told")}
    return desk_page(request, who, "documents", data, status=status)


@for_staff
@require_safe
def document(request: HttpRequest, number: int) -> HttpResponse:
    """The content of a document, always as an attachment."""
    who = asked(request)
    row, path = document_read(document=number, actor=who.actor, at=who.at)
    answer = FileResponse(path.open("rb"), content_type=row.content.kind)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.name)}"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer  # type: ignore[return-value]  # a response all the same


@for_staff
@require_POST
def show(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """The parties may read a document from now on, where they follow their case."""
    who = asked(request)
    document_shown(case_id=case_id, document=number, actor=who.actor, at=who.at)
    return HttpResponseRedirect(f"/desk/cases/{case_id}/documents")


@for_staff
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, case_id: int, number: int) -> HttpResponse:
    """Withdraw a document, with a reason; it stays in the file."""
    who = asked(request)
    found = case_detail(who.actor, case_id, who.at)
    row = next((d for d in found.documents if d.id == number and not d.withdrawn), None)
    data: dict[str, Any] = {"d": found, "document": row, "told": [], "reason": request.POST.get("reason", "")[:400]}
    status = 200 if row is not None else 404
    if request.method == "POST":
        try:
            document_withdrawn(case_id=case_id, document=number, actor=who.actor, at=who.at, reason=request.POST.get("reason", ""))
            return HttpResponseRedirect(f"/desk/cases/{case_id}/documents")
        except TianpingError as error:
            status = status_of(error)
            data["told"] = told(error)
    return desk_page(request, who, "withdraw", data, status=status)
