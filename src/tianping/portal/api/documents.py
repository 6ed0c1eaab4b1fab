"""材料接口 · A case's documents: filed as they are, listed, read again under the digest of their content. Who reads one is written down."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, BinaryIO, cast
from urllib.parse import quote

from django.http import FileResponse, HttpResponse
from ninja import Query, Router, Schema
from pydantic.types import StrictStr

from tianping.casework.documents.filing import document_filed, document_read, document_withdrawn, documents_of
from tianping.casework.models import Document
from tianping.law.text import T
from tianping.portal.api.acting import actor_of
from tianping.portal.api.cases import Reason
from tianping.portal.api.description import READS, WRITES, answers
from tianping.portal.api.door import door
from tianping.portal.api.kinds import LARGEST, CaseId, Post, RowId
from tianping.portal.arrived import Arrived
from tianping.portal.errors import Unreadable, WrongType

router = Router(auth=door(), tags=["documents"])
KIND = "application/octet-stream"
BYTES: dict[str, Any] = {KIND: {"schema": {"type": "string", "format": "binary", "contentMediaType": KIND}}}
READ = answers(*READS)
READ["responses"][200] = {"description": "OK", "content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}
Name = Annotated[StrictStr, Query(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f/\\]*[^\x00-\x20\x7f/\\][^\x00-\x1f\x7f/\\]*$")]
Number = Annotated[int | None, Query(ge=1, le=2**31 - 1)]


class DocumentShown(Schema):
    """材料 · One version of a document; ``sha256`` is the digest of its content."""

    id: int
    name: str
    version: int
    sha256: str
    size: int
    kind: str
    filed: datetime
    seq: int | None
    replaces: int | None
    withdrawn: datetime | None


class DocumentPage(Schema):
    """材料一页 · A page of documents, newest first; ``before`` goes on."""

    items: list[DocumentShown]
    before: int | None


@router.get("/cases/{case_id}/documents", response=DocumentPage, operation_id="documents", summary="材料 · Documents", openapi_extra=answers(*READS))
def documents(request: Arrived, case_id: CaseId, before: Annotated[int | None, Query(ge=1, le=LARGEST)] = None, post: Post = None) -> DocumentPage:
    """A page of a case's documents."""
    rows = documents_of(case_id=case_id, actor=actor_of(request, post), before=before)
    return DocumentPage(items=[_shown(d) for d in rows], before=rows[-1].pk if len(rows) == 50 else None)


@router.post(
    "/cases/{case_id}/documents", response={201: DocumentShown}, operation_id="documents.file", summary="归卷 · File a document",
    openapi_extra=answers(*WRITES) | {"requestBody": {"required": True, "content": BYTES}},
)  # fmt: skip
def file_document(request: Arrived, case_id: CaseId, name: Name, seq: Number = None, replaces: Number = None, post: Post = None) -> DocumentShown:
    """File a document: the body is its content, as it is. Its kind follows from its name and its first bytes."""
    if request.content_type != KIND:
        raise WrongType(kind=KIND)
    if not request.headers.get("Content-Length", "0").isdecimal():
        raise Unreadable(why=T("没有长度", "it has no length"))
    content = cast(BinaryIO, request)  # read piece by piece, never whole
    row = document_filed(case_id=case_id, name=name, file=content, actor=actor_of(request, post), at=request.at, seq=seq, replaces=replaces)
    return _shown(Document.objects.select_related("content").get(pk=row.pk))


@router.get(
    "/documents/{number}/content", response=None, operation_id="documents.read", summary="调阅 · Read it",
    openapi_extra=READ,
)  # fmt: skip
def read_document(request: Arrived, number: RowId, post: Post = None) -> HttpResponse:
    """The content, always as an attachment. Its ETag is its digest."""
    row, path = document_read(document=number, actor=actor_of(request, post), at=request.at)
    answer = FileResponse(path.open("rb"), content_type=row.content.kind)
    answer.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(row.name)}"
    answer.headers["ETag"] = f'"{row.content_id}"'
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer  # type: ignore[return-value]  # a response all the same


@router.post(
    "/cases/{case_id}/documents/{number}/withdraw", response={204: None}, operation_id="documents.withdraw", summary="撤回 · Withdraw it",
    openapi_extra=answers(*WRITES),
)  # fmt: skip
def withdraw(request: Arrived, case_id: CaseId, number: RowId, body: Reason, post: Post = None) -> HttpResponse:
    """No longer listed as standing; it stays in the file."""
    document_withdrawn(case_id=case_id, document=number, actor=actor_of(request, post), at=request.at, reason=body.reason)
    return HttpResponse(status=204)


def _shown(d: Document) -> DocumentShown:
    return DocumentShown(
        id=d.pk, name=d.name, version=d.version, sha256=d.content_id, size=d.content.size, kind=d.content.kind, filed=d.filed, seq=d.seq,
        replaces=d.replaces_id, withdrawn=d.withdrawn,
    )  # fmt: skip
