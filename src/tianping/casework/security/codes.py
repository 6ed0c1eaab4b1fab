"""一次性验证码 · Eight digits that are good once, for some minutes and few tries."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F

from tianping.casework.models import Account, OneTimeCode
from tianping.casework.security.audit import Kind, noted
from tianping.casework.security.errors import BadCode

LASTS: Final = {"sign_in": timedelta(minutes=5), "enrol": timedelta(hours=24)}
TRIES: Final = 5
DIGITS: Final = 8


@transaction.atomic
def code_make(account: Account, purpose: str, *, by: int | None, at: datetime, address: str | None) -> str:
    """A new code; the one before it is no longer good."""
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    fresh = {"digest": _digest(account, purpose, code), "expires": at + LASTS[purpose], "tries": 0, "used": None}
    OneTimeCode.objects.update_or_create(account=account, purpose=purpose, defaults=fresh)
    noted(Kind.CODE_MADE, at=at, actor=by, subject=account.pk, address=address, purpose=purpose)
    return code


def code_use(account: Account, purpose: str, code: str, *, at: datetime) -> None:
    """Use a code up. Raises BadCode. A try counts, so this is called outside a transaction that a wrong code would roll back."""
    tried = OneTimeCode.objects.filter(account=account, purpose=purpose, used=None, expires__gt=at, tries__lt=TRIES)
    if not tried.update(tries=F("tries") + 1):
        raise BadCode
    good = OneTimeCode.objects.filter(account=account, purpose=purpose, digest=_digest(account, purpose, code), used=None)
    if not good.update(used=at):
        raise BadCode


def _digest(account: Account, purpose: str, code: str) -> bytes:
    said = f"{account.pk} {purpose} {code}".encode("utf-8", "surrogatepass")
    return hmac.new(settings.SECRET_KEY.encode(), said, hashlib.sha256).digest()
