"""三员接口 · What each of the three administrators does, each at addresses of its own; none of them sees a case."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field
from pydantic.types import StrictStr

from tianping.casework.security import administration as services
from tianping.casework.security.administration import By
from tianping.casework.security.audit import Kind
from tianping.law.text import T
from tianping.portal.accounts.address import address
from tianping.portal.accounts.locks import lock_released
from tianping.portal.api.acting import day
from tianping.portal.api.cursors import opened, sealed
from tianping.portal.api.description import READS, WRITES, answers
from tianping.portal.api.door import door
from tianping.portal.api.kinds import After, Asked, Code, Day, Line, Number, RowId, Size
from tianping.portal.arrived import Arrived

router = Router(auth=door(), tags=["administration"])


class RowMade(Schema):
    """已建 · The number of what was made."""

    id: int


class NewAccount(Asked):
    """新账号 · A person's name and the account's; ``administrator`` makes it one of the three."""

    username: Annotated[StrictStr, Field(min_length=3, max_length=60, pattern=r"^[a-z0-9][a-z0-9_.-]*$")]
    name: Annotated[Line, Field(max_length=80)]
    administrator: Literal["", "system", "security", "audit"] = ""


class NewOrganisation(Asked):
    """新机构 · An institution under another."""

    code: Code
    kind: Annotated[Code, Field(max_length=40)]
    zh: Annotated[Line, Field(max_length=120)]
    en: Annotated[Line, Field(max_length=160)]
    parent: Number | None = None


class NewPost(Asked):
    """新岗位 · An account's post in an institution, without any role."""

    account: Number
    organisation: Number
    zh: Annotated[Line, Field(max_length=80)]
    en: Annotated[Line, Field(max_length=120)]
    valid_from: Day
    valid_to: Day | None = None


class NewRole(Asked):
    """授予角色 · A role of the procedures for a post."""

    role: Code
    valid_from: Day
    valid_to: Day | None = None


class LastDay(Asked):
    """末日 · The last day on which it is held."""

    last: Day


class AccountListed(Schema):
    """账号 · An account, for the system and the security administrator."""

    id: int
    username: str
    name: str
    administrator: str
    active: bool


class CodeGiven(Schema):
    """验证码 · To be handed to its person; good for a day."""

    code: str


class LogRow(Schema):
    """安全日志 · One row of the security log."""

    id: int
    at: datetime
    kind: str
    actor: int | None
    subject: int | None
    address: str | None
    detail: dict[str, Any]


class AccountPage(Schema):
    """账号一页 · A page of accounts."""

    items: list[AccountListed]
    next: str | None


class LogPage(Schema):
    """日志一页 · A page of the security log."""

    items: list[LogRow]
    next: str | None


def _by(request: Arrived) -> By:
    return By(request.auth.account, request.at, address(request))


def _days(body: NewPost | NewRole) -> dict[str, Any]:
    return {"valid_from": day(body.valid_from), "valid_to": None if body.valid_to is None else day(body.valid_to)}


# ---- system ----------------------------------------------------------------------------------------------------------------------


@router.get("/admin/accounts", response=AccountPage, operation_id="admin.accounts", summary="账号 · AccountPage", openapi_extra=answers(*READS))
def list_accounts(request: Arrived, size: Size = 50, after: After = None) -> AccountPage:
    """AccountPage, by number."""
    whose = request.auth.account.pk
    start = opened(after, account=whose, of="accounts") or 0
    rows = services.accounts(_by(request), after=start, size=size)
    items = [
        AccountListed(id=a.pk, username=a.username, name=a.person.name if a.person else "", administrator=a.administrator, active=a.is_active)
        for a in rows
    ]
    return AccountPage(items=items, next=sealed(rows[-1].pk, account=whose, of="accounts") if len(rows) == size else None)


@router.post(
    "/admin/accounts", response={201: RowMade}, operation_id="admin.accounts.make", summary="建账号 · Make one", openapi_extra=answers(*WRITES)
)
def make_account(request: Arrived, body: NewAccount) -> RowMade:
    """Make an account. Nobody signs in with it before the security administrator gave out a code."""
    account = services.account_create(_by(request), username=body.username, name=body.name, administrator=body.administrator)
    return RowMade(id=account.pk)


@router.post(
    "/admin/accounts/{number}/close",
    response={204: None},
    operation_id="admin.accounts.close",
    summary="停用账号 · Close one",
    openapi_extra=answers(*WRITES),
)
def close_account(request: Arrived, number: RowId) -> HttpResponse:
    """Close an account."""
    services.account_close(_by(request), account=number)
    return HttpResponse(status=204)


@router.post(
    "/admin/organisations",
    response={201: RowMade},
    operation_id="admin.organisations.make",
    summary="建机构 · Make an institution",
    openapi_extra=answers(*WRITES),
)
def make_organisation(request: Arrived, body: NewOrganisation) -> RowMade:
    """Make an institution."""
    row = services.organisation_create(_by(request), **body.model_dump())
    return RowMade(id=row.pk)


@router.post("/admin/posts", response={201: RowMade}, operation_id="admin.posts.make", summary="设岗位 · Make a post", openapi_extra=answers(*WRITES))
def make_post(request: Arrived, body: NewPost) -> RowMade:
    """Make a post."""
    title = T(body.zh, body.en)
    row = services.post_create(_by(request), account=body.account, organisation=body.organisation, title=title, **_days(body))
    return RowMade(id=row.pk)


# ---- security --------------------------------------------------------------------------------------------------------------------


@router.post(
    "/admin/posts/{number}/roles",
    response={201: RowMade},
    operation_id="admin.roles.grant",
    summary="授予角色 · Grant a role",
    openapi_extra=answers(*WRITES),
)
def grant_role(request: Arrived, number: RowId, body: NewRole) -> RowMade:
    """Grant a role."""
    return RowMade(id=services.role_grant(_by(request), post=number, role=body.role, **_days(body)).pk)


@router.post(
    "/admin/roles/{number}/end", response={204: None}, operation_id="admin.roles.end", summary="终止角色 · End a role", openapi_extra=answers(*WRITES)
)
def end_role(request: Arrived, number: RowId, body: LastDay) -> HttpResponse:
    """End a role on a day."""
    services.role_end(_by(request), grant=number, last=day(body.last))
    return HttpResponse(status=204)


@router.post(
    "/admin/accounts/{number}/code",
    response={201: CodeGiven},
    operation_id="admin.accounts.code",
    summary="发验证码 · Give out a code",
    openapi_extra=answers(*WRITES),
)
def give_code(request: Arrived, number: RowId) -> CodeGiven:
    """A code with which its person sets a password."""
    return CodeGiven(code=services.enrolment_code(_by(request), account=number))


@router.post(
    "/admin/accounts/{number}/unlock",
    response={204: None},
    operation_id="admin.accounts.unlock",
    summary="解锁 · Release a lock",
    openapi_extra=answers(*WRITES),
)
def unlock(request: Arrived, number: RowId) -> HttpResponse:
    """Release the lock of an account that failed too often."""
    lock_released(_by(request), account=number)
    return HttpResponse(status=204)


# ---- audit -----------------------------------------------------------------------------------------------------------------------


@router.get("/admin/audit", response=LogPage, operation_id="admin.audit", summary="安全日志 · The security log", openapi_extra=answers(*READS))
def read_log(request: Arrived, size: Size = 50, after: After = None, kind: Annotated[Kind | None, Query()] = None) -> LogPage:
    """The security log, newest first."""
    of, whose = f"audit:{kind.value if kind else ''}", request.auth.account.pk
    rows = services.audit_log(_by(request), before=opened(after, account=whose, of=of), size=size, kind=kind)
    items = [LogRow(id=r.pk, at=r.at, kind=r.kind, actor=r.actor, subject=r.subject, address=r.address, detail=r.detail) for r in rows]
    return LogPage(items=items, next=sealed(rows[-1].pk, account=whose, of=of) if len(rows) == size else None)
