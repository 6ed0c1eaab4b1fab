"""承办接口 · Who handles a case: its holder, its lead handler (首办负责), who answers for its clocks, its team; and its marks of supervision."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.http import HttpResponse
from ninja import Path, Router, Schema
from pydantic import Field
from pydantic.types import StrictStr

from tianping.casework.handling.assign import holder_assigned, lead_named, put_in_charge
from tianping.casework.handling.marks import flag_lowered, flag_raised, marks_of
from tianping.casework.handling.team import member_joined, member_left, members_of
from tianping.casework.models import Flag, TeamMember
from tianping.portal.api.acting import actor_of, day
from tianping.portal.api.administration import RowMade
from tianping.portal.api.cases import Reason
from tianping.portal.api.cursors import opened, sealed
from tianping.portal.api.description import READS, WRITES, answers
from tianping.portal.api.door import door
from tianping.portal.api.kinds import LINE, After, Asked, CaseId, Code, Day, Line, Number, Post, RowId, Size
from tianping.portal.api.procedures import Both
from tianping.portal.arrived import Arrived

router = Router(auth=door(), tags=["cases"])
MARK = r"^[a-z][a-z0-9_]{1,39}$"
DONE = {204: None}


class Given(Asked):
    """交办 · The post that is given the task; a reason is needed to take it from somebody."""

    post: Number
    reason: Annotated[StrictStr, Field(max_length=400, pattern=LINE)] = ""


class InCharge(Asked):
    """期限负责人 · The post that answers for the clocks of a limit (its code), or, without one, for all that have nobody of their own."""

    post: Number
    limit: Annotated[StrictStr, Field(max_length=120, pattern=r"^[A-Za-z0-9_.-]*$")] = ""


class Joining(Asked):
    """加入团队 · A post, in a role that it holds for all that time; ``since`` by default today."""

    post: Number
    capacity: Code
    since: Day | None = None
    until: Day | None = None


class Marked(Asked):
    """挂标记 · A mark of supervision, its basis, and the day on which somebody looks at it again."""

    code: Annotated[StrictStr, Field(pattern=MARK)]
    basis: Line
    review_on: Day


class MemberShown(Schema):
    """团队成员 · A post in the team of a case, in which role, from when until when."""

    id: int
    post: int
    organisation: int
    name: str
    title: Both
    capacity: str
    since: date
    until: date | None


class MemberPage(Schema):
    """团队一页 · A page of the team."""

    items: list[MemberShown]
    next: str | None


class MarkShown(Schema):
    """标记 · A mark of supervision; ``lowered``: when it was taken off."""

    id: int
    code: str
    basis: str
    raised: datetime
    raised_by: str
    review_on: date
    lowered: datetime | None
    lowered_by: str


class MarkPage(Schema):
    """标记一页 · A page of the marks."""

    items: list[MarkShown]
    next: str | None


@router.post("/cases/{case_id}/holder", response=DONE, operation_id="holder", summary="交办 · Assign the holder", openapi_extra=answers(*WRITES))
def assign(request: Arrived, case_id: CaseId, body: Given, post: Post = None) -> HttpResponse:
    """Give the case to a post of the institution that handles it."""
    holder_assigned(case_id=case_id, post=body.post, actor=actor_of(request, post), at=request.at, reason=body.reason)
    return HttpResponse(status=204)


@router.post("/cases/{case_id}/lead", response=DONE, operation_id="lead", summary="首办负责 · Name the lead handler", openapi_extra=answers(*WRITES))
def name_lead(request: Arrived, case_id: CaseId, body: Given, post: Post = None) -> HttpResponse:
    """Who was given the case first answers for it to the end."""
    lead_named(case_id=case_id, post=body.post, actor=actor_of(request, post), at=request.at, reason=body.reason)
    return HttpResponse(status=204)


@router.post("/cases/{case_id}/charges", response=DONE, operation_id="charges", summary="期限负责人 · Who answers", openapi_extra=answers(*WRITES))
def charge(request: Arrived, case_id: CaseId, body: InCharge, post: Post = None) -> HttpResponse:
    """Whose business the clocks of a limit are."""
    put_in_charge(case_id=case_id, post=body.post, actor=actor_of(request, post), at=request.at, limit=body.limit)
    return HttpResponse(status=204)


@router.get("/cases/{case_id}/team", response=MemberPage, operation_id="team", summary="办案团队 · The team", openapi_extra=answers(*READS))
def team(request: Arrived, case_id: CaseId, size: Size = 50, after: After = None, post: Post = None) -> MemberPage:
    """Who works on the case beside its holder, also who did."""
    whose, of = request.auth.account.pk, f"team:{case_id}:{post}"
    rows = members_of(case_id=case_id, actor=actor_of(request, post), after=opened(after, account=whose, of=of) or 0, size=size)
    return MemberPage(items=[_member(m) for m in rows], next=sealed(rows[-1].pk, account=whose, of=of) if len(rows) == size else None)


@router.post(
    "/cases/{case_id}/team", response={201: RowMade}, operation_id="team.join", summary="加入团队 · Join the team", openapi_extra=answers(*WRITES)
)
def join(request: Arrived, case_id: CaseId, body: Joining, post: Post = None) -> RowMade:
    """A post joins; one of another unit opens the case to that unit."""
    since, until = (None if given is None else day(given) for given in (body.since, body.until))
    actor = actor_of(request, post)
    made = member_joined(case_id=case_id, post=body.post, capacity=body.capacity, actor=actor, at=request.at, since=since, until=until)
    return RowMade(id=made)


@router.post(
    "/cases/{case_id}/team/{number}/leave", response=DONE, operation_id="team.leave", summary="退出团队 · Leave it", openapi_extra=answers(*WRITES)
)
def leave(request: Arrived, case_id: CaseId, number: RowId, body: Reason, post: Post = None) -> HttpResponse:
    """A membership ends today; its unit no longer sees the case unless it has another ground to."""
    member_left(case_id=case_id, member=number, actor=actor_of(request, post), at=request.at, reason=body.reason)
    return HttpResponse(status=204)


@router.get("/cases/{case_id}/marks", response=MarkPage, operation_id="marks", summary="标记 · Marks", openapi_extra=answers(*READS))
def marks(request: Arrived, case_id: CaseId, size: Size = 50, after: After = None, post: Post = None) -> MarkPage:
    """The marks of supervision, also those taken off. What the procedure asks for stands among the case's flags."""
    whose, of = request.auth.account.pk, f"marks:{case_id}:{post}"
    rows = marks_of(case_id=case_id, actor=actor_of(request, post), after=opened(after, account=whose, of=of) or 0, size=size)
    return MarkPage(items=[_mark(f) for f in rows], next=sealed(rows[-1].pk, account=whose, of=of) if len(rows) == size else None)


@router.post("/cases/{case_id}/marks", response=DONE, operation_id="marks.raise", summary="挂标记 · Mark it", openapi_extra=answers(*WRITES))
def mark(request: Arrived, case_id: CaseId, body: Marked, post: Post = None) -> HttpResponse:
    """Mark the case, on a basis that is named and until somebody looks again."""
    review_on = day(body.review_on)
    flag_raised(case_id=case_id, code=body.code, basis=body.basis, review_on=review_on, actor=actor_of(request, post), at=request.at)
    return HttpResponse(status=204)


@router.post(
    "/cases/{case_id}/marks/{mark}/lower", response=DONE, operation_id="marks.lower", summary="去标记 · Take it off", openapi_extra=answers(*WRITES)
)
def lower(request: Arrived, case_id: CaseId, mark: Annotated[str, Path(pattern=MARK)], body: Reason, post: Post = None) -> HttpResponse:
    """Take a mark off; that it was there stays in the record."""
    flag_lowered(case_id=case_id, code=mark, actor=actor_of(request, post), at=request.at, reason=body.reason)
    return HttpResponse(status=204)


def _member(m: TeamMember) -> MemberShown:
    return MemberShown(
        id=m.pk, post=m.post_id, organisation=m.post.organisation_id, name=m.post.person.name, title=Both(zh=m.post.zh, en=m.post.en),
        capacity=m.capacity, since=m.since, until=m.until,
    )  # fmt: skip


def _mark(f: Flag) -> MarkShown:
    return MarkShown(
        id=f.pk, code=f.code, basis=f.basis, raised=f.raised, raised_by=f.raised_by, review_on=f.review_on, lowered=f.lowered,
        lowered_by=f.lowered_by,
    )  # fmt: skip
