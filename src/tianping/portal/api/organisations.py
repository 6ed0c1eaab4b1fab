"""机构接口 · Institutions as a tree, and the posts in them: listed, moved, renamed, closed, merged; acted for. All by the system administrator."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field
from pydantic.types import StrictStr

from tianping.casework.models import Organisation
from tianping.casework.models import Post as PostRow
from tianping.casework.people import organisations as services
from tianping.casework.people import reading
from tianping.casework.people.posts import deputise, post_end
from tianping.casework.security.administration import organisation_create, post_create
from tianping.law.text import T
from tianping.portal.api.acting import day
from tianping.portal.api.administration import LastDay, RowMade, by_of
from tianping.portal.api.cursors import opened, sealed
from tianping.portal.api.description import READS, WRITES, answers
from tianping.portal.api.door import door
from tianping.portal.api.kinds import LARGEST, LINE, After, Asked, Code, Day, Line, Number, RowId, Size
from tianping.portal.api.procedures import Both
from tianping.portal.arrived import Arrived

router = Router(auth=door(), tags=["administration"])
DONE = {204: None}


class NewOrganisation(Asked):
    """新机构 · An institution under another."""

    code: Code
    kind: Annotated[Code, Field(max_length=40)]
    zh: Annotated[Line, Field(max_length=120)]
    en: Annotated[Line, Field(max_length=160)]
    parent: Number | None = None
    valid_from: Day | None = None


class NewPost(Asked):
    """新岗位 · An account's post in an institution, without any role."""

    account: Number
    organisation: Number
    zh: Annotated[Line, Field(max_length=80)]
    en: Annotated[Line, Field(max_length=120)]
    valid_from: Day
    valid_to: Day | None = None


class Renamed(Asked):
    """更名 · The names that an institution has from now on."""

    zh: Annotated[Line, Field(max_length=120)]
    en: Annotated[Line, Field(max_length=160)]


class Moved(Asked):
    """改隶 · The institution that it is put under; none: at the top."""

    parent: Number | None = None


class Merged(Asked):
    """合并 · The institution that takes over, and the last day of the one that is merged into it."""

    into: Number
    last: Day


class Deputy(Asked):
    """代理 · An account whose person acts for the post, under which title, from a day to a day."""

    deputy: Number
    zh: Annotated[Line, Field(max_length=80)]
    en: Annotated[Line, Field(max_length=120)]
    valid_from: Day
    valid_to: Day


class OrganisationShown(Schema):
    """机构 · An institution with its place in the tree and its days; ``successor``: what it was merged into."""

    id: int
    code: str
    kind: str
    name: Both
    parent: int | None
    division: str
    court_code: str
    valid_from: date | None
    valid_to: date | None
    successor: int | None


class OrganisationListed(OrganisationShown):
    """机构（列表） · ``below``: how many stand right under it; ``held``: how many posts it has today."""

    below: int
    held: int


class OrganisationPage(Schema):
    """机构一页 · A page of institutions."""

    items: list[OrganisationListed]
    next: str | None


class OrganisationWhole(OrganisationShown):
    """机构（详情） · An institution with those above it, from the top down."""

    above: list[OrganisationShown]


class RoleShown(Schema):
    """岗位角色 · A role that a post holds, and its days."""

    id: int
    role: str
    valid_from: date
    valid_to: date | None


class PostShown(Schema):
    """岗位 · A post with its holder, its days and its roles; ``acting_for``: the post that it acts for."""

    id: int
    organisation: int
    title: Both
    name: str
    accounts: list[int]
    valid_from: date
    valid_to: date | None
    acting_for: int | None
    roles: list[RoleShown]


class PostPage(Schema):
    """岗位一页 · A page of posts."""

    items: list[PostShown]
    next: str | None


@router.get(
    "/admin/organisations",
    response=OrganisationPage,
    operation_id="admin.organisations",
    summary="机构 · The tree",
    openapi_extra=answers(*READS),
)
def organisations(
    request: Arrived,
    under: Annotated[int | None, Query(ge=1, le=LARGEST)] = None,
    words: Annotated[StrictStr | None, Query(max_length=60, pattern=LINE)] = None,
    size: Size = 50,
    after: After = None,
) -> OrganisationPage:
    """Those right under an institution (none: at the top), or with ``words`` those of the whole tree whose name or code holds them."""
    whose, of = request.auth.account.pk, f"organisations:{under}:{words or ''}"
    rows = reading.organisations(by_of(request), under=under, after=opened(after, account=whose, of=of) or 0, size=size, search=words or "")
    items = [OrganisationListed(**_shown(o).model_dump(), below=o.below, held=o.held) for o in rows]  # type: ignore[attr-defined]  # counted
    return OrganisationPage(items=items, next=sealed(rows[-1].pk, account=whose, of=of) if len(rows) == size else None)


@router.post(
    "/admin/organisations",
    response={201: RowMade},
    operation_id="admin.organisations.make",
    summary="建机构 · Make an institution",
    openapi_extra=answers(*WRITES),
)
def make_organisation(request: Arrived, body: NewOrganisation) -> RowMade:
    """Make an institution."""
    first = None if body.valid_from is None else day(body.valid_from)
    row = organisation_create(by_of(request), **body.model_dump(exclude={"valid_from"}), valid_from=first)
    return RowMade(id=row.pk)


@router.get(
    "/admin/organisations/{number}",
    response=OrganisationWhole,
    operation_id="admin.organisations.one",
    summary="机构 · An institution",
    openapi_extra=answers(*READS),
)
def organisation(request: Arrived, number: RowId) -> OrganisationWhole:
    """An institution, and those above it."""
    own, above = reading.organisation_of(by_of(request), number)
    return OrganisationWhole(**_shown(own).model_dump(), above=[_shown(o) for o in above])


@router.post(
    "/admin/organisations/{number}/rename",
    response=DONE,
    operation_id="admin.organisations.rename",
    summary="更名 · Rename it",
    openapi_extra=answers(*WRITES),
)
def rename(request: Arrived, number: RowId, body: Renamed) -> HttpResponse:
    """Another name from now on; the former one stays in the security log."""
    services.organisation_rename(by_of(request), organisation=number, zh=body.zh, en=body.en)
    return HttpResponse(status=204)


@router.post(
    "/admin/organisations/{number}/move",
    response=DONE,
    operation_id="admin.organisations.move",
    summary="改隶 · Move it",
    openapi_extra=answers(*WRITES),
)
def move(request: Arrived, number: RowId, body: Moved) -> HttpResponse:
    """Put it with all under it under another; who supervises its cases follows at once."""
    services.organisation_move(by_of(request), organisation=number, parent=body.parent)
    return HttpResponse(status=204)


@router.post(
    "/admin/organisations/{number}/merge",
    response=DONE,
    operation_id="admin.organisations.merge",
    summary="合并 · Merge it",
    openapi_extra=answers(*WRITES),
)
def merge(request: Arrived, number: RowId, body: Merged) -> HttpResponse:
    """Another takes over its cases and the institutions under it; its posts end on the last day."""
    services.organisation_merge(by_of(request), organisation=number, into=body.into, last=day(body.last))
    return HttpResponse(status=204)


@router.post(
    "/admin/organisations/{number}/close",
    response=DONE,
    operation_id="admin.organisations.close",
    summary="撤销 · Close it",
    openapi_extra=answers(*WRITES),
)
def close(request: Arrived, number: RowId, body: LastDay) -> HttpResponse:
    """An institution in which nothing goes on ends on a day."""
    services.organisation_close(by_of(request), organisation=number, last=day(body.last))
    return HttpResponse(status=204)


@router.get(
    "/admin/organisations/{number}/posts",
    response=PostPage,
    operation_id="admin.posts",
    summary="岗位 · Posts",
    openapi_extra=answers(*READS),
)
def posts(request: Arrived, number: RowId, size: Size = 50, after: After = None) -> PostPage:
    """The posts of an institution, also those that ended, each with its holder and its roles."""
    by, whose, of = by_of(request), request.auth.account.pk, f"posts:{number}"
    reading.organisation_of(by, number)
    rows = reading.posts_at(by, organisation=number, after=opened(after, account=whose, of=of) or 0, size=size)
    return PostPage(items=[_post(p) for p in rows], next=sealed(rows[-1].pk, account=whose, of=of) if len(rows) == size else None)


@router.post("/admin/posts", response={201: RowMade}, operation_id="admin.posts.make", summary="设岗位 · Make a post", openapi_extra=answers(*WRITES))
def make_post(request: Arrived, body: NewPost) -> RowMade:
    """Make a post."""
    title = T(body.zh, body.en)
    first, last = day(body.valid_from), None if body.valid_to is None else day(body.valid_to)
    row = post_create(by_of(request), account=body.account, organisation=body.organisation, title=title, valid_from=first, valid_to=last)
    return RowMade(id=row.pk)


@router.post("/admin/posts/{number}/end", response=DONE, operation_id="admin.posts.end", summary="离任 · End a post", openapi_extra=answers(*WRITES))
def end(request: Arrived, number: RowId, body: LastDay) -> HttpResponse:
    """A post ends on a day, its roles and those who act for it no later."""
    post_end(by_of(request), post=number, last=day(body.last))
    return HttpResponse(status=204)


@router.post(
    "/admin/posts/{number}/deputies",
    response={201: RowMade},
    operation_id="admin.posts.deputise",
    summary="代理 · Name a deputy",
    openapi_extra=answers(*WRITES),
)
def deputy(request: Arrived, number: RowId, body: Deputy) -> RowMade:
    """Somebody of the institution acts for the post on those days, with its roles and none of its clearance."""
    days = {"valid_from": day(body.valid_from), "valid_to": day(body.valid_to)}
    return RowMade(id=deputise(by_of(request), post=number, deputy=body.deputy, title=T(body.zh, body.en), **days).pk)


def _shown(o: Organisation) -> OrganisationShown:
    return OrganisationShown(
        id=o.pk, code=o.code, kind=o.kind, name=Both(zh=o.zh, en=o.en), parent=o.parent_id, division=o.division, court_code=o.court_code,
        valid_from=o.valid_from, valid_to=o.valid_to, successor=o.successor_id,
    )  # fmt: skip


def _post(p: PostRow) -> PostShown:
    roles = [RoleShown(id=r.pk, role=r.role, valid_from=r.valid_from, valid_to=r.valid_to) for r in p.roles.all()]
    return PostShown(
        id=p.pk, organisation=p.organisation_id, title=Both(zh=p.zh, en=p.en), name=p.person.name, accounts=[a.pk for a in p.person.accounts.all()],
        valid_from=p.valid_from, valid_to=p.valid_to, acting_for=p.acting_for_id, roles=roles,
    )  # fmt: skip
