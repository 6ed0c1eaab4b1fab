"""门 · Who asks: a personal token, or a session with its factors. Both spend an allowance; nobody comes past without."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from ninja.security.base import AuthBase
from ninja.utils import check_csrf

from tianping.casework.models import Account
from tianping.casework.security.allowances import Rate, spend
from tianping.casework.security.tokens import token_of
from tianping.law.text import T
from tianping.portal.accounts.address import address
from tianping.portal.accounts.standing import Standing, standing
from tianping.portal.errors import NotAllowed, NotSignedIn, SecondFactorWanted

SAFE: Final = frozenset({"GET", "HEAD"})
SEEN_EVERY: Final = 60
"""Seconds between two notes of when a session was last used."""


@dataclass(frozen=True, slots=True)
class Signed:
    """登录者 · Who asks, and with what: the account, its scopes, and whether it is a session."""

    account: Account
    scopes: frozenset[str]
    session: bool


class Gate:
    """入口 · The gate of addresses that a stranger may ask (signing in): only the allowance of where he comes from."""

    def __call__(self, request: HttpRequest) -> Any:
        """Spends one of the address's sign-ins. Raises TooMuch."""
        where = address(request) or "unknown"
        spend(f"sign-in:{where}", Rate(settings.TIANPING_RATES["sign_in"]), at=request.at)  # type: ignore[attr-defined]  # arrived
        return True


class PersonalToken(AuthBase):
    """个人令牌 · ``Authorization: Bearer tp_…``."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, scope: str | None = None) -> None:
        self.scope = scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> Signed | None:
        """The token's account; None where no header is. Raises NotSignedIn, NotAllowed, TooMuch."""
        given = request.headers.get("Authorization")
        if given is None:
            return None
        _from(request)
        kind, _, secret = given.partition(" ")
        token = token_of(secret.strip(), at=_at(request)) if kind.lower() == "bearer" else None
        if token is None:
            raise NotSignedIn
        _named(request, token.account)
        wanted = self.scope or ("read" if request.method in SAFE else "write")
        if wanted not in token.scopes:
            why = T(f"此令牌没有 {wanted} 权限", f"the token has no scope “{wanted}”")
            raise NotAllowed(why=why, todo=T("请用有此权限的令牌。", "Use a token that has it."))
        return _signed(request, Signed(token.account, frozenset(token.scopes), session=False))


class SessionCookie(AuthBase):
    """会话 · The cookie of somebody who signed in, with CSRF token on every change."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "tianping_session"

    def __init__(self, *, half: bool = False) -> None:
        self.half = half
        """Whether somebody may ask who has shown one factor of two."""
        super().__init__()

    def __call__(self, request: HttpRequest) -> Signed | None:
        """The session's account. Raises NotAllowed, SecondFactorWanted, TooMuch."""
        if "Authorization" in request.headers:
            return None
        _from(request)
        account = account_of(request)
        if account is None:
            return None
        _named(request, account)
        if check_csrf(request):
            raise NotAllowed(
                why=T("CSRF 校验未通过", "the CSRF check failed"), todo=T("请在 X-CSRFToken 头中给出令牌。", "Give the token as X-CSRFToken.")
            )
        if not self.half and standing(request, account) is not Standing.WHOLE:
            raise SecondFactorWanted
        return _signed(request, Signed(account, frozenset({"read", "write"}), session=True))


def account_of(request: HttpRequest) -> Account | None:
    """The account of the session, unless it was idle too long: then it ends."""
    user = request.user
    if not isinstance(user, Account) or not user.is_active:
        return None
    now, seen = int(_at(request).timestamp()), request.session.get("seen", 0)
    if now - seen > settings.TIANPING_SESSION_IDLE * 60:
        logout(request)
        return None
    if now - seen > SEEN_EVERY:
        request.session["seen"] = now
    return user


def door(scope: str | None = None, *, half: bool = False) -> list[AuthBase]:
    """Both ways in. ``scope``: what a token needs, by default read for GET and write for the rest; ``half``: one factor is enough."""
    return [PersonalToken(scope), SessionCookie(half=half)]


def session_only(*, half: bool = False) -> list[AuthBase]:
    """What a token may not do: make tokens, change passwords and factors."""
    return [SessionCookie(half=half)]


def _from(request: HttpRequest) -> None:
    where = address(request) or "unknown"
    spend(f"address:{where}", Rate(settings.TIANPING_RATES["address"]), at=_at(request))


def _named(request: HttpRequest, account: Account) -> None:
    """For the logs: also what is refused from here on is somebody's."""
    request.account_number = account.pk  # type: ignore[attr-defined]  # see portal.arrived.Arrived


def _signed(request: HttpRequest, signed: Signed) -> Signed:
    spend(f"account:{signed.account.pk}", Rate(settings.TIANPING_RATES["account"]), at=_at(request))
    return signed


def _at(request: HttpRequest) -> datetime:
    at: datetime = request.at  # type: ignore[attr-defined]  # arrived
    return at.astimezone(UTC)
