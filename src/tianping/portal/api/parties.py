"""当事人接口 · The parties of a case: listed masked, joined, represented, replaced, gone. To see one whole leaves a trace (``cases.reveal``)."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field
from pydantic.types import StrictStr

from tianping.casework.access.masking import PartyView
from tianping.casework.parties.changes import PartyData, parties_of, party_added, party_left, party_replaced
from tianping.portal.api.acting import actor_of
from tianping.portal.api.administration import RowMade
from tianping.portal.api.cursors import opened, sealed
from tianping.portal.api.description import READS, WRITES, answers
from tianping.portal.api.door import door
from tianping.portal.api.kinds import LINE, After, Asked, CaseId, Code, Line, Number, Post, RowId, Size
from tianping.portal.api.shown import PartyShown
from tianping.portal.arrived import Arrived

router = Router(auth=door(), tags=["cases"])
Short = Annotated[StrictStr, Field(max_length=30, pattern=LINE)]


class NewParty(Asked):
    """当事人 · ``capacity``: a role code. A representative says for whom it acts (``acts_for``) and how far (``authority``)."""

    name: Annotated[Line, Field(max_length=120)]
    capacity: Code
    kind: Literal["person", "body"] = "person"
    identity: Short = ""
    phone: Short = ""
    minor: Annotated[bool, Field(strict=True)] = False
    acts_for: Number | None = None
    authority: Annotated[StrictStr, Field(max_length=40, pattern=LINE)] = ""


class Successor(NewParty):
    """变更当事人 · Who comes in the party's place, and why."""

    reason: Line


class Gone(Asked):
    """退出 · Why a party leaves the case."""

    reason: Line


class PartyListed(PartyShown):
    """当事人（列表） · A party, masked, with its representation; ``left``: since when it is one no longer; ``replaces``: whose place it took."""

    authority: str
    left: datetime | None
    replaces: int | None


class PartyPage(Schema):
    """当事人一页 · A page of parties, in the order in which they came."""

    items: list[PartyListed]
    next: str | None


@router.get("/cases/{case_id}/parties", response=PartyPage, operation_id="parties", summary="当事人 · Parties", openapi_extra=answers(*READS))
def parties(
    request: Arrived,
    case_id: CaseId,
    who: Annotated[Literal["standing", "all"], Query()] = "standing",
    size: Size = 50,
    after: After = None,
    post: Post = None,
) -> PartyPage:
    """The parties of a case, masked; ``all``: those too who left it."""
    whose, of = request.auth.account.pk, f"parties:{case_id}:{who}:{post}"
    start = opened(after, account=whose, of=of) or 0
    rows = parties_of(case_id=case_id, actor=actor_of(request, post), everybody=who == "all", after=start, size=size)
    return PartyPage(items=[_listed(p) for p in rows], next=sealed(rows[-1].id, account=whose, of=of) if len(rows) == size else None)


@router.post(
    "/cases/{case_id}/parties",
    response={201: RowMade},
    operation_id="parties.add",
    summary="增加当事人 · Add one",
    openapi_extra=answers(*WRITES),
)
def add(request: Arrived, case_id: CaseId, body: NewParty, post: Post = None) -> RowMade:
    """A party joins, or somebody who represents one. A minor seals the case at once."""
    return RowMade(id=party_added(case_id=case_id, party=PartyData(**body.model_dump()), actor=actor_of(request, post), at=request.at))


@router.post(
    "/cases/{case_id}/parties/{number}/replace",
    response={201: RowMade},
    operation_id="parties.replace",
    summary="变更当事人 · Replace a party",
    openapi_extra=answers(*WRITES),
)
def replace(request: Arrived, case_id: CaseId, number: RowId, body: Successor, post: Post = None) -> RowMade:
    """A successor in right, or the same party with its papers corrected. Who was there stays in the record with the reason."""
    by, actor = PartyData(**body.model_dump(exclude={"reason"})), actor_of(request, post)
    return RowMade(id=party_replaced(case_id=case_id, party=number, by=by, actor=actor, at=request.at, reason=body.reason))


@router.post(
    "/cases/{case_id}/parties/{number}/leave",
    response={204: None},
    operation_id="parties.leave",
    summary="当事人退出 · A party leaves",
    openapi_extra=answers(*WRITES),
)
def leave(request: Arrived, case_id: CaseId, number: RowId, body: Gone, post: Post = None) -> HttpResponse:
    """A party leaves, with those who represent it."""
    party_left(case_id=case_id, party=number, actor=actor_of(request, post), at=request.at, reason=body.reason)
    return HttpResponse(status=204)


def _listed(p: PartyView) -> PartyListed:
    return PartyListed(
        id=p.id, capacity=p.capacity, kind=p.kind, name=p.name, identity=p.identity, phone=p.phone, minor=p.minor, acts_for=p.acts_for,
        masked=p.masked, authority=p.authority, left=p.left, replaces=p.replaces,
    )  # fmt: skip
