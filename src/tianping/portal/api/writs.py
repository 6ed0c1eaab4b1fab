"""文书接口 · What may be written in a case: drafted from its facts, edited in Word, issued as a signed PDF, published with names hidden."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, BinaryIO, cast

from django.http import HttpResponse
from ninja import Path, Router, Schema
from pydantic import Field

from tianping.casework.models import Writ
from tianping.casework.writs.offered import WritView, writ_view, writs_of, writs_offered
from tianping.casework.writs.services import (
    writ_drafted,
    writ_dropped,
    writ_edited,
    writ_issued,
    writ_of,
    writ_preview,
    writ_published,
)
from tianping.law.text import T
from tianping.portal.api.acting import actor_of, day
from tianping.portal.api.cases import Reason
from tianping.portal.api.description import READS, WRITES, answers
from tianping.portal.api.documents import BYTES, KIND
from tianping.portal.api.door import door
from tianping.portal.api.kinds import LARGEST, Asked, CaseId, Code, Day, Line, Number, Post, RowId, Text
from tianping.portal.arrived import Arrived
from tianping.portal.errors import Unreadable, WrongType

router = Router(auth=door(), tags=["writs"])
READ = answers(*READS)
READ["responses"][200] = {"description": "OK", "content": {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}}
TemplateCode = Annotated[str, Path(min_length=1, max_length=60, pattern=r"^[a-z_]+$", description="文书模板 · template")]


class Written(Schema):
    """双语 · Written in both languages."""

    zh: str
    en: str


class WrittenAsked(Schema):
    """撰写项 · Something that the drafter is asked to write."""

    name: str
    title: Written
    long: bool


class OfferShown(Schema):
    """可制作的文书 · A template of the case, whether the actor may issue it, the step that it follows, and its draft if there is one."""

    template: str
    title: Written
    basis: Written
    public: bool
    after: Written | None
    may_issue: bool
    draft: int | None
    asks: list[WrittenAsked]


class LackShown(Schema):
    """缺项 · A section that is missing, why, and its article."""

    section: str
    title: Written
    why: Written
    cites: Written | None


class ArticleShown(Schema):
    """引用的条文 · An article that the text relies on; ``instead``: what stands in its place."""

    text: str
    verdict: str
    words: Written
    instead: Written | None


class WritShown(Schema):
    """文书 · One document in writing. ``draft``, ``issued`` and ``public`` are documents of the case; a draft says what it lacks."""

    id: int
    template: str
    title: Written
    state: str
    day: date
    written: dict[str, str]
    draft: int
    edited: bool
    issued: int | None
    public: int | None
    seq: int | None
    made: datetime
    issued_at: datetime | None
    signer: str
    ready: bool | None
    lacks: list[LackShown]
    articles: list[ArticleShown]


class WritPage(Schema):
    """文书目录 · What may be written, and a page of what was, newest first; ``before`` goes on."""

    offers: list[OfferShown]
    items: list[WritShown]
    before: int | None


class Drafted(Asked):
    """起草 · What the drafter writes, and the day the document is dated. Under names that are codes: no other name is taken."""

    written: dict[Code, Text] = Field(default_factory=dict, max_length=40, json_schema_extra={"additionalProperties": False})
    day: Day


class Seen(Asked):
    """签发 · The draft (its document) that was looked at."""

    seen: Number


class Hidden(Asked):
    """隐名 · Whom to hide beside the natural persons of the case."""

    hide: list[Line] = Field(default_factory=list, max_length=50)


@router.get("/cases/{case_id}/writs", response=WritPage, operation_id="writs", summary="文书 · Documents in writing", openapi_extra=answers(*READS))
def writs(request: Arrived, case_id: CaseId, before: Annotated[int | None, Field(ge=1, le=LARGEST)] = None, post: Post = None) -> WritPage:
    """What may be written in the case, and what was."""
    actor = actor_of(request, post)
    rows = writs_of(case_id=case_id, actor=actor, before=before)
    offers = [
        OfferShown(
            template=o.template.code, title=_words(o.template.title), basis=_words(o.template.basis), public=o.template.public,
            after=None if o.after is None else _words(o.after), may_issue=o.may_issue, draft=o.draft,
            asks=[WrittenAsked(name=w.name, title=_words(w.title), long=w.long) for w in o.template.written],
        )
        for o in writs_offered(case_id=case_id, actor=actor)
    ]  # fmt: skip
    return WritPage(offers=offers, items=[_shown(v) for v in rows], before=rows[-1].id if len(rows) == 50 else None)


@router.post(
    "/cases/{case_id}/writs/from/{template}", response={201: WritShown}, operation_id="writs.draft", summary="起草 · Draft it",
    openapi_extra=answers(*WRITES),
)  # fmt: skip
def draft(request: Arrived, case_id: CaseId, template: TemplateCode, body: Drafted, post: Post = None) -> WritShown:
    """Fill a template, or fill it again in place of the draft that there is."""
    said = {str(name): str(text) for name, text in body.written.items()}
    row = writ_drafted(case_id=case_id, template=template, written=said, day=day(body.day), actor=actor_of(request, post), at=request.at)
    return _now(request, row, post)


@router.get(
    "/cases/{case_id}/writs/{number}", response=WritShown, operation_id="writs.one", summary="一份文书 · One of them", openapi_extra=answers(*READS)
)
def one(request: Arrived, case_id: CaseId, number: RowId, post: Post = None) -> WritShown:
    """One document in writing; a draft with what keeps it from being issued."""
    return _shown(writ_view(writ_of(case_id=case_id, writ=number, actor=actor_of(request, post))))


@router.get("/cases/{case_id}/writs/{number}/preview", response=None, operation_id="writs.preview", summary="预览 · Preview", openapi_extra=READ)
def preview(request: Arrived, case_id: CaseId, number: RowId, post: Post = None) -> HttpResponse:
    """The draft as PDF, marked as a draft."""
    pdf = writ_preview(case_id=case_id, writ=number, actor=actor_of(request, post), at=request.at)
    return HttpResponse(pdf, content_type="application/pdf", headers={"Cache-Control": "private, no-store"})


@router.post(
    "/cases/{case_id}/writs/{number}/draft", response=WritShown, operation_id="writs.edit", summary="改稿 · Put an edited Word file in its place",
    openapi_extra=answers(*WRITES) | {"requestBody": {"required": True, "content": BYTES}},
)  # fmt: skip
def edit(request: Arrived, case_id: CaseId, number: RowId, post: Post = None) -> WritShown:
    """The body is the edited Word file, as it is."""
    if request.content_type != KIND:
        raise WrongType(kind=KIND)
    if not request.headers.get("Content-Length", "0").isdecimal():
        raise Unreadable(why=T("没有长度", "it has no length"))
    content = cast(BinaryIO, request)
    row = writ_edited(case_id=case_id, writ=number, file=content, actor=actor_of(request, post), at=request.at)
    return _now(request, row, post)


@router.post(
    "/cases/{case_id}/writs/{number}/issue", response=WritShown, operation_id="writs.issue", summary="签发 · Issue it", openapi_extra=answers(*WRITES)
)
def issue(request: Arrived, case_id: CaseId, number: RowId, body: Seen, post: Post = None) -> WritShown:
    """The draft that was seen becomes a signed PDF."""
    row = writ_issued(case_id=case_id, writ=number, seen=body.seen, actor=actor_of(request, post), at=request.at)
    return _now(request, row, post)


@router.post(
    "/cases/{case_id}/writs/{number}/drop", response={204: None}, operation_id="writs.drop", summary="作废 · Drop it", openapi_extra=answers(*WRITES)
)
def drop(request: Arrived, case_id: CaseId, number: RowId, body: Reason, post: Post = None) -> HttpResponse:
    """Give a draft up; its files stay in the case, withdrawn."""
    writ_dropped(case_id=case_id, writ=number, reason=body.reason, actor=actor_of(request, post), at=request.at)
    return HttpResponse(status=204)


@router.post(
    "/cases/{case_id}/writs/{number}/public", response=WritShown, operation_id="writs.publish", summary="公开本 · Make the copy for the public",
    openapi_extra=answers(*WRITES),
)  # fmt: skip
def publish(request: Arrived, case_id: CaseId, number: RowId, body: Hidden, post: Post = None) -> WritShown:
    """People by stable substitutes, numbers masked."""
    row = writ_published(case_id=case_id, writ=number, actor=actor_of(request, post), at=request.at, hide=body.hide)
    return _now(request, row, post)


def _now(request: Arrived, row: Writ, post: int | None) -> WritShown:
    return _shown(writ_view(writ_of(case_id=row.case_id, writ=row.pk, actor=actor_of(request, post))))


def _words(text: T) -> Written:
    return Written(zh=text.zh, en=text.en)


def _shown(v: WritView) -> WritShown:
    lacks = [] if v.checked is None else list(v.checked.lacks)
    return WritShown(
        id=v.id, template=v.template.code, title=_words(v.template.title), state=v.state, day=v.day, written=v.written, draft=v.draft,
        edited=v.edited, issued=v.issued, public=v.public, seq=v.seq, made=v.made, issued_at=v.issued_at, signer=v.signer,
        ready=None if v.checked is None else v.checked.ready,
        lacks=[
            LackShown(section=x.section, title=_words(x.title), why=_words(x.why), cites=None if x.cites is None else _words(x.cites)) for x in lacks
        ],
        articles=[
            ArticleShown(text=m.text, verdict=m.verdict, words=_words(m.words), instead=None if m.instead is None else _words(m.instead))
            for m in (v.checked.articles if v.checked is not None else ())
        ],
    )  # fmt: skip
