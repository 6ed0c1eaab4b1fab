"""登录接口 · Sign in, second factor, sign out, who am I, passwords and personal tokens, as JSON."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Literal

from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.http import HttpResponse
from django.middleware.csrf import get_token
from ninja import Router, Schema
from pydantic import Field

from tianping.casework.access.acting import posts_of
from tianping.casework.models import Account, Token
from tianping.casework.security.tokens import token_make, token_revoke, tokens
from tianping.portal.accounts.address import address
from tianping.portal.accounts.sign_in import app_set_up, by_code, by_password, ended, enrolled, second_factor, shown_code
from tianping.portal.accounts.standing import standing
from tianping.portal.api.description import READS, WRITES, answers
from tianping.portal.api.door import Gate, door, session_only
from tianping.portal.api.kinds import Asked, Integral, Line, RowId, Secret
from tianping.portal.arrived import Arrived
from tianping.portal.errors import WrongCredentials

router = Router(tags=["accounts"])
SET_UP = "totp_secret"
GATE = answers(400, 401, 403, 404, 409, 413, 415, 422, 429, 500)


class Passwords(Asked):
    """账号密码 · An account and its password."""

    username: Line
    password: Secret


class Coded(Asked):
    """账号与验证码 · An account and a one-time code."""

    username: Line
    code: Secret


class Named(Asked):
    """账号 · An account."""

    username: Line


class Enrolment(Coded):
    """设密码 · The code that the security administrator gave out, and the new password."""

    password: Secret


class OneCode(Asked):
    """验证码 · A code of the app, or a recovery code."""

    code: Secret


class Me(Schema):
    """本人 · Who is signed in, what is still wanted, and the CSRF token of the session. ``standing``: whole, code, set_up."""

    account: int
    administrator: str
    standing: str
    csrf: str
    posts: list[int]


class Shown(Schema):
    """验证码 · A code on the screen: in a demonstration only."""

    code: str


class SetUp(Schema):
    """绑定 · The secret of an app that is being set up, as text and as the address that a QR code holds."""

    secret: str
    address: str


class Recovery(Schema):
    """恢复码 · Shown this once."""

    codes: list[str]


class NewToken(Asked):
    """新令牌 · Its name, what it may do, how many days it is good."""

    name: Line
    scopes: Annotated[list[Literal["read", "write"]], Field(min_length=1, max_length=2)]
    days: Annotated[int, Field(strict=True, ge=1, le=365), Integral] = 90


class TokenListed(Schema):
    """令牌 · A personal token, without its secret."""

    id: int
    name: str
    scopes: list[str]
    made: datetime
    expires: datetime
    used: datetime | None


class TokenMade(TokenListed):
    """新令牌 · With its secret, this once."""

    secret: str


def _me(request: Arrived, account: Account) -> Me:
    posts = [p.pk for p in posts_of(account, request.at)]
    return Me(
        account=account.pk, administrator=account.administrator, standing=standing(request, account).value, csrf=get_token(request), posts=posts
    )


@router.post("/sign-in", auth=Gate(), response=Me, operation_id="sign-in", summary="登录 · Sign in", openapi_extra=GATE)
def sign_in(request: Arrived, body: Passwords) -> Me:
    """Sign in with a password; ``standing`` says whether a second factor is wanted."""
    return _me(request, by_password(request, body.username, body.password))


@router.post(
    "/sign-in/code", auth=Gate(), response=Shown, operation_id="sign-in.code", summary="演示验证码 · A code, in a demonstration", openapi_extra=GATE
)
def show_code(request: Arrived, body: Named) -> Shown:
    """A one-time code of an invented person, shown: in a demonstration only."""
    return Shown(code=shown_code(request, body.username, demo=settings.TIANPING_DEMO))


@router.post(
    "/sign-in/with-code", auth=Gate(), response=Me, operation_id="sign-in.with-code", summary="验证码登录 · Sign in with it", openapi_extra=GATE
)
def sign_in_with_code(request: Arrived, body: Coded) -> Me:
    """Sign in with such a code."""
    return _me(request, by_code(request, body.username, body.code, demo=settings.TIANPING_DEMO))


@router.post("/sign-in/enrol", auth=Gate(), response={204: None}, operation_id="sign-in.enrol", summary="设密码 · Set a password", openapi_extra=GATE)
def enrol(request: Arrived, body: Enrolment) -> HttpResponse:
    """Set the first or a new password."""
    enrolled(request, body.username, body.code, body.password)
    return HttpResponse(status=204)


@router.post(
    "/sign-in/second",
    auth=session_only(half=True),
    response=Me,
    operation_id="sign-in.second",
    summary="第二因素 · Second factor",
    openapi_extra=answers(*WRITES),
)
def second(request: Arrived, body: OneCode) -> Me:
    """Show the second factor."""
    second_factor(request, request.auth.account, body.code)
    return _me(request, request.auth.account)


@router.post(
    "/me/app",
    auth=session_only(half=True),
    response=SetUp,
    operation_id="me.app",
    summary="绑定动态口令 · Set up an app",
    openapi_extra=answers(*WRITES),
)
def set_up(request: Arrived) -> SetUp:
    """Begin to set up an app."""
    secret = request.session[SET_UP] = generate_totp_secret()
    name = request.auth.account.username
    return SetUp(secret=secret, address=f"otpauth://totp/Tianping:{name}?secret={secret}&issuer=Tianping")


@router.post(
    "/me/app/confirm",
    auth=session_only(half=True),
    response=Recovery,
    operation_id="me.app.confirm",
    summary="确认绑定 · Confirm it",
    openapi_extra=answers(*WRITES),
)
def confirm(request: Arrived, body: OneCode) -> Recovery:
    """Confirm with a first code; recovery codes are shown this once."""
    secret = request.session.get(SET_UP)
    if not secret:
        raise WrongCredentials
    codes = app_set_up(request, request.auth.account, secret, body.code)
    request.session.pop(SET_UP, None)
    return Recovery(codes=codes)


@router.post(
    "/sign-out",
    auth=session_only(half=True),
    response={204: None},
    operation_id="sign-out",
    summary="退出 · Sign out",
    openapi_extra=answers(*WRITES),
)
def sign_out(request: Arrived) -> HttpResponse:
    """End the session."""
    ended(request)
    return HttpResponse(status=204)


@router.get("/me", auth=door(half=True), response=Me, operation_id="me", summary="本人 · Who I am", openapi_extra=answers(*READS))
def me(request: Arrived) -> Me:
    """Who is signed in."""
    return _me(request, request.auth.account)


@router.get(
    "/me/tokens", auth=door(), response=list[TokenListed], operation_id="tokens", summary="个人令牌 · My tokens", openapi_extra=answers(*READS)
)
def my_tokens(request: Arrived) -> list[TokenListed]:
    """The live tokens."""
    return [_token(t) for t in tokens(request.auth.account, at=request.at)]


@router.post(
    "/me/tokens",
    auth=session_only(),
    response={201: TokenMade},
    operation_id="tokens.make",
    summary="新令牌 · Make a token",
    openapi_extra=answers(*WRITES),
)
def make_token(request: Arrived, body: NewToken) -> TokenMade:
    """Make a token; its secret is shown this once. Only a session makes tokens."""
    scopes = tuple(dict.fromkeys(body.scopes))
    lasts = timedelta(days=body.days)
    token, secret = token_make(request.auth.account, name=body.name, scopes=scopes, lasts=lasts, at=request.at, address=address(request))
    return TokenMade(**_token(token).model_dump(), secret=secret)


@router.delete(
    "/me/tokens/{number}",
    auth=session_only(),
    response={204: None},
    operation_id="tokens.revoke",
    summary="撤销令牌 · Revoke it",
    openapi_extra=answers(*WRITES),
)
def revoke_token(request: Arrived, number: RowId) -> HttpResponse:
    """Revoke a token; the security administrator may revoke anybody's."""
    token_revoke(number, by=request.auth.account, at=request.at, address=address(request))
    return HttpResponse(status=204)


def _token(token: Token) -> TokenListed:
    return TokenListed(id=token.pk, name=token.name, scopes=token.scopes, made=token.made, expires=token.expires, used=token.used)
