"""案件接口 · Lists, one case, its clocks with their derivation, what may be done with it, a party revealed, consent to a step, search."""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field
from pydantic.types import StrictStr

from tianping.casework.access.masking import reveal_party
from tianping.casework.access.recusal import recuse
from tianping.casework.errors import StaleCase
from tianping.casework.selectors.detail import available_steps, case_detail, clocks_explained
from tianping.casework.selectors.lists import case_list
from tianping.casework.selectors.search import case_search
from tianping.portal.api import shown
from tianping.portal.api.acting import actor_of, signature
from tianping.portal.api.cursors import opened, sealed
from tianping.portal.api.description import MOVES, READS, WRITES, answers
from tianping.portal.api.door import door
from tianping.portal.api.kinds import CODE, LINE, After, Asked, CaseId, Code, Integral, Known, Line, Match, Number, Post, RowId, Size
from tianping.portal.api.typed import Entity
from tianping.portal.api.writing import version_of
from tianping.portal.arrived import Arrived

router = Router(auth=door(), tags=["cases"])
Word = Annotated[StrictStr | None, Query(max_length=60, pattern=CODE)]


class Sought(Asked):
    """检索词 · Words of a title. They travel in the body, so that no name stands in an address or a log."""

    words: Annotated[StrictStr, Field(min_length=1, max_length=100, pattern=LINE)]
    size: Annotated[int, Field(strict=True, ge=1, le=100), Integral] = 50
    after: Annotated[StrictStr, Field(max_length=1000, pattern=r"^[A-Za-z0-9_:.=-]+$")] | None = None


class Reason(Asked):
    """理由 · Why a party is to be seen whole; it is kept with the name of who asks."""

    reason: Line


class Recused(Asked):
    """回避 · Who is no longer to see the case, and on which ground."""

    person: Number
    ground: Line


class Consent(Asked):
    """共同签署 · The step that is consented to, in which role, for which run."""

    step: Code
    role: Code
    entity: Entity | Literal[""] = ""


class Consented(Schema):
    """签署 · To be sent along by whoever takes the step, within a quarter of an hour and before the case moves on."""

    signature: str


@router.get("/cases", response=shown.CasePage, operation_id="cases", summary="案件列表 · Cases", openapi_extra=answers(*READS))
def cases(
    request: Arrived,
    order: Annotated[Literal["opened", "due"], Query()] = "opened",
    procedure: Word = None,
    stage: Word = None,
    organisation: Annotated[int | None, Query(ge=1, le=2**31 - 1)] = None,
    lifecycle: Annotated[int | None, Query(ge=0, le=3)] = None,
    size: Size = 50,
    after: After = None,
    post: Post = None,
) -> shown.CasePage:
    """The cases that one may see: newest first, or active ones by the last day. With filters a page may be short and still go on."""
    of = f"cases:{order}:{procedure}:{stage}:{organisation}:{lifecycle}:{post}"
    whose = request.auth.account.pk
    page = case_list(
        actor_of(request, post), at=request.at, order=order, after=opened(after, account=whose, of=of), size=size, procedure=procedure, stage=stage,
        organisation=organisation, lifecycle=lifecycle,
    )  # fmt: skip
    return shown.CasePage(items=[shown.row(c) for c in page.rows], next=sealed(page.after, account=whose, of=of) if page.after else None)


@router.get(
    "/cases/{case_id}", response=shown.CaseWhole, operation_id="case", summary="案件 · One case", openapi_extra=answers(304, *READS, etag=200)
)
def case(request: Arrived, response: HttpResponse, case_id: CaseId, known: Known = None, post: Post = None) -> shown.CaseWhole | HttpResponse:
    """A case with its ledger, clocks, runs, parties and referrals. Its ETag is its version and a digest of all that is shown.

    Clocks run and marks change without a new version: 304 means that everything still looks the same.
    """
    found = case_detail(actor_of(request, post), case_id, request.at)
    whole = shown.whole(found)
    tag = f'"{found.seq}-{sha256(whole.model_dump_json().encode()).hexdigest()[:16]}"'
    if known is not None and tag in known.replace("W/", "").replace(" ", "").split(","):
        return HttpResponse(status=304, headers={"ETag": tag})
    response.headers["ETag"] = tag
    return whole


@router.get(
    "/cases/{case_id}/clocks", response=list[shown.ClockDerived], operation_id="clocks", summary="时钟及推导 · Clocks", openapi_extra=answers(*READS)
)
def clocks(request: Arrived, case_id: CaseId, post: Post = None) -> list[shown.ClockDerived]:
    """Every clock as it stands now, with every line of its reckoning and the articles."""
    return [shown.derived(c) for c in clocks_explained(actor_of(request, post), case_id, request.at)]


@router.get(
    "/cases/{case_id}/steps",
    response=list[shown.StepShown],
    operation_id="steps",
    summary="可办环节 · What may be done",
    openapi_extra=answers(*READS),
)
def steps(request: Arrived, case_id: CaseId, post: Post = None) -> list[shown.StepShown]:
    """Every step that concerns where the case stands; for those that may not be taken, why, under which article, and what to do."""
    actor = actor_of(request, post)
    found = available_steps(actor, case_id, request.at)
    code = case_detail(actor, case_id, request.at).procedure
    return [shown.offer(o, code, case_id) for o in found]


@router.post(
    "/cases/{case_id}/parties/{number}/reveal", response=shown.PartyShown, operation_id="parties.reveal", summary="查看全部 · Reveal a party",
    openapi_extra=answers(*WRITES),
)  # fmt: skip
def reveal(request: Arrived, case_id: CaseId, number: RowId, body: Reason, post: Post = None) -> shown.PartyShown:
    """A party whole. The reason and who asked are kept for ever."""
    return shown.party(reveal_party(actor_of(request, post), case_id, number, body.reason, request.at))


@router.post(
    "/cases/{case_id}/recusals", response={204: None}, operation_id="recuse", summary="登记回避 · Record a recusal", openapi_extra=answers(*WRITES)
)
def record_recusal(request: Arrived, case_id: CaseId, body: Recused, post: Post = None) -> HttpResponse:
    """Hide the case from somebody with a conflict of interest."""
    recuse(actor_of(request, post), case_id, body.person, body.ground, request.at)
    return HttpResponse(status=204)


@router.post(
    "/cases/{case_id}/signatures",
    response={201: Consented},
    operation_id="sign",
    summary="共同签署 · Consent to a step",
    openapi_extra=answers(*MOVES),
)
def sign(request: Arrived, case_id: CaseId, body: Consent, match: Match = None, post: Post = None) -> Consented:
    """The consent of a second person to a step that several must take together: for this version of the case, and a quarter of an hour."""
    expected, actor = version_of(match), actor_of(request, post)
    version = case_detail(actor, case_id, request.at).seq
    if expected not in (None, version):
        raise StaleCase(case=case_id, expected=expected, seq=version)
    return Consented(signature=signature(actor, case=case_id, version=version, step=body.step, entity=body.entity, role=body.role))


@router.post(
    "/search", auth=door("read"), response=shown.FoundPage, operation_id="search", summary="检索 · Search titles", openapi_extra=answers(*WRITES)
)
def search(request: Arrived, body: Sought, post: Post = None) -> shown.FoundPage:
    """The cases whose title holds every word, newest first."""
    whose, of = request.auth.account.pk, f"search:{body.words}:{post}"
    after = opened(body.after, account=whose, of=of)
    page = case_search(actor_of(request, post), body.words, at=request.at, after=after, size=body.size)
    items = [shown.FoundShown(id=f.id, title=f.title) for f in page.rows]
    return shown.FoundPage(items=items, next=sealed(page.after, account=whose, of=of) if page.after else None)
