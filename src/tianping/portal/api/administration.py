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
from tianping.portal.accounts.address import address
from tianping.portal.accounts.locks import lock_released
from tianping.portal.api.acting import day
from tianping.portal.api.cursors import opened, sealed
from tianping.portal.api.description import READS, WRITES, answers
from tianping.portal.api.door import door
from tianping.portal.api.kinds import After, Asked, Code, Day, Line, RowId, Size
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


def by_of(request: Arrived) -> By:
    """Which administrator asks, when, from where."""
    return By(request.auth.account, request.at, address(request))


def _days(body: NewRole) -> dict[str, Any]:
    return {"valid_from": day(body.valid_from), "valid_to": None if body.valid_to is None else day(body.valid_to)}


# ---- system ----------------------------------------------------------------------------------------------------------------------


@router.get("/admin/accounts", response=AccountPage, operation_id="admin.accounts", summary="账号 · AccountPage", openapi_extra=answers(*READS))
def list_accounts(request: Arrived, size: Size = 50, after: After = None) -> AccountPage:
    """AccountPage, by number."""
    whose = request.auth.account.pk
    start = opened(after, account=whose, of="accounts") or 0
    rows = services.accounts(by_of(request), after=start, size=size)
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
    account = services.account_create(by_of(request), username=body.username, name=body.name, administrator=body.administrator)
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
    services.account_close(by_of(request), account=number)
    return HttpResponse(status=204)


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
    return RowMade(id=services.role_grant(by_of(request), post=number, role=body.role, **_days(body)).pk)


@router.post(
    "/admin/roles/{number}/end", response={204: None}, operation_id="admin.roles.end", summary="终止角色 · End a role", openapi_extra=answers(*WRITES)
)
def end_role(request: Arrived, number: RowId, body: LastDay) -> HttpResponse:
    """End a role on a day."""
    services.role_end(by_of(request), grant=number, last=day(body.last))
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
    return CodeGiven(code=services.enrolment_code(by_of(request), account=number))


@router.post(
    "/admin/accounts/{number}/unlock",
    response={204: None},
    operation_id="admin.accounts.unlock",
    summary="解锁 · Release a lock",
    openapi_extra=answers(*WRITES),
)
def unlock(request: Arrived, number: RowId) -> HttpResponse:
    """Release the lock of an account that failed too often."""
    lock_released(by_of(request), account=number)
    return HttpResponse(status=204)


# ---- audit -----------------------------------------------------------------------------------------------------------------------


@router.get("/admin/audit", response=LogPage, operation_id="admin.audit", summary="安全日志 · The security log", openapi_extra=answers(*READS))
def read_log(request: Arrived, size: Size = 50, after: After = None, kind: Annotated[Kind | None, Query()] = None) -> LogPage:
    """The security log, newest first."""
    of, whose = f"audit:{kind.value if kind else ''}", request.auth.account.pk
    rows = services.audit_log(by_of(request), before=opened(after, account=whose, of=of), size=size, kind=kind)
    items = [LogRow(id=r.pk, at=r.at, kind=r.kind, actor=r.actor, subject=r.subject, address=r.address, detail=r.detail) for r in rows]
    return LogPage(items=items, next=sealed(rows[-1].pk, account=whose, of=of) if len(rows) == size else None)
