"""我的事 · The list of a citizen's own cases, and one of them: followed, acted on, its papers read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from tianping.casework.citizens.acting import party_at
from tianping.casework.citizens.drafts import drafts_of
from tianping.casework.citizens.looking import code_made, receipt_number
from tianping.casework.citizens.matters import Matter, Waiting, matters_of
from tianping.casework.citizens.people import joined
from tianping.casework.documents.errors import NoSuchDocument
from tianping.casework.documents.filing import document_read
from tianping.casework.errors import NoSuchCase
from tianping.casework.handling.messages import texts_of
from tianping.casework.models import Citizen, Document
from tianping.casework.selectors.views import DocumentView
from tianping.law.identifiers import mask_name, mask_phone
from tianping.portal.arrived import Arrived
from tianping.portal.citizen.followed import Followed, followed
from tianping.portal.citizen.session import for_citizens, page
from tianping.portal.house.clocks import Clock, chip
from tianping.portal.house.shapes import Chip, When

CODE = "code_shown"
"""The session's entry: a code that is shown once."""


@dataclass(frozen=True, slots=True)
class Row:
    """一行 · A matter as a list draws it, with what waits for him first."""

    matter: Matter
    called: str
    waits: tuple[tuple[Waiting, Chip, When], ...]


def rows_of(matters: list[Matter], at: datetime) -> list[Row]:
    """The rows of some matters."""
    return [Row(m, m.number or receipt_number(m.case_id), tuple(_waits(w, at) for w in m.waiting)) for m in matters]


def _waits(waiting: Waiting, at: datetime) -> tuple[Waiting, Chip, When]:
    clock = Clock(waiting.due, waiting.due, waiting.timed, provisional=waiting.provisional)
    return waiting, chip(clock, at), clock.when


@for_citizens
@require_safe
def my(request: Arrived, citizen: Citizen) -> HttpResponse:
    """Everything of his. Cases in which he has become a party since he came are joined first."""
    joined(citizen, at=request.at)
    rows = rows_of(matters_of(citizen, at=request.at), request.at)
    drafted = {d.case_id for d in drafts_of(citizen)}
    listed = [r for r in rows if r.matter.case_id not in drafted and not (r.matter.draft or r.matter.over)]
    over = [r for r in rows if r.matter.over]
    shown: dict[str, Any] = {"waiting": [r for r in rows if r.waits], "rows": listed, "over": over, "drafts": drafts_of(citizen)}
    shown["me"] = {"name": mask_name(citizen.name), "phone": mask_phone(citizen.phone)}
    return page(request, "my", shown)


@for_citizens
@require_safe
def case(request: Arrived, citizen: Citizen, case_id: int) -> HttpResponse:
    """One case of his."""
    try:
        actor = party_at(citizen, case_id)
    except NoSuchCase:  # an institution may have written him down since he came
        joined(citizen, at=request.at)
        actor = party_at(citizen, case_id)
    code = request.session.pop(f"{CODE}:{case_id}", "")
    it = followed(actor, case_id, request.at)
    replies = texts_of(said_to(it), actor, at=request.at)
    return page(request, "follow", {"it": it, "own": True, "code": code, "replies": replies})


def said_to(it: Followed) -> list[DocumentView]:
    """The documents by which an institution told the parties something: not their own."""
    return [d for d in it.documents if not d.account.startswith("citizen:")]


@for_citizens
@require_POST
def new_code(request: Arrived, citizen: Citizen, case_id: int) -> HttpResponse:
    """Another code for a case of his; it is shown once."""
    request.session[f"{CODE}:{case_id}"] = code_made(citizen, case_id, at=request.at)
    return HttpResponseRedirect(f"/my/cases/{case_id}")


@for_citizens
@require_safe
def document(request: Arrived, citizen: Citizen, number: int) -> HttpResponse:
    """A document of his own, or one that was shown to the parties: always as a file to keep, never run here."""
    case_id = Document.objects.filter(pk=number).values_list("case_id", flat=True).first()
    if case_id is None:
        raise NoSuchDocument(document=number)
    row, path = document_read(document=number, actor=party_at(citizen, case_id), at=request.at)
    answer = FileResponse(path.open("rb"), content_type=row.content.kind)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.name)}"
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer  # type: ignore[return-value]  # a response all the same
