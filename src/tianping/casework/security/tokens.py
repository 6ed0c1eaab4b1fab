"""个人令牌 · Made once and shown once; known afterwards by its digest alone."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from tianping.casework.models import Account, Token
from tianping.casework.security.audit import Kind, noted
from tianping.casework.security.errors import NoSuchAccount
from tianping.law.text import T

SCOPES: Final = ("read", "write")
MARK: Final = "tp_"
"""How every secret begins, so that a scanner of leaked secrets knows it."""
TOLD_EVERY: Final = timedelta(minutes=10)
"""How exactly the last use is kept: a row is not rewritten with every request."""
KEPT: Final = 50
"""How many live tokens are listed, and how many an account may have."""


@transaction.atomic
def token_make(account: Account, *, name: str, scopes: tuple[str, ...], lasts: timedelta, at: datetime, address: str | None) -> tuple[Token, str]:
    """A new token and its secret, which is not kept."""
    secret = MARK + secrets.token_urlsafe(32)
    token = Token.objects.create(account=account, name=name, digest=_digest(secret), scopes=list(scopes), made=at, expires=at + lasts)
    noted(Kind.TOKEN_MADE, at=at, actor=account.pk, subject=account.pk, address=address, token=token.pk, scopes=list(scopes))
    return token, secret


def token_of(secret: str, *, at: datetime) -> Token | None:
    """The token of a secret, if it is good now and its account active."""
    if not secret.startswith(MARK):
        return None
    found = Token.objects.select_related("account").filter(digest=_digest(secret), revoked=None, expires__gt=at, account__is_active=True).first()
    if found is not None and (found.used is None or at - found.used > TOLD_EVERY):
        Token.objects.filter(pk=found.pk).update(used=at)
    return found


def tokens(account: Account, *, at: datetime) -> list[Token]:
    """The live tokens of an account, newest first."""
    return list(account.tokens.filter(revoked=None, expires__gt=at).order_by("-id")[:KEPT])


@transaction.atomic
def token_revoke(number: int, *, by: Account, at: datetime, address: str | None) -> None:
    """Revoke a token of one's own; the security administrator may revoke any. Raises NoSuchAccount, also for a token of somebody else."""
    rows = Token.objects.filter(pk=number, revoked=None)
    if by.administrator != "security":
        rows = rows.filter(account=by)
    token = rows.select_for_update().first()
    if token is None:
        raise NoSuchAccount(what=T("令牌", "token"), number=number)
    Token.objects.filter(pk=token.pk).update(revoked=at)
    noted(Kind.TOKEN_REVOKED, at=at, actor=by.pk, subject=token.account_id, address=address, token=token.pk)


def _digest(secret: str) -> bytes:
    """A secret of 256 random bits needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
