"""手机验证码 · Six digits sent to a telephone: kept as a keyed digest, good once, for five minutes and five tries; how often is limited.

A code goes through the outbox to the gateway of short messages. In a demonstration it is given back to be shown on the screen.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import F

from tianping.casework.citizens.errors import NotAPhone, NoTexts
from tianping.casework.citizens.texts import text_sent
from tianping.casework.models import Citizen, PhoneCode
from tianping.casework.security.allowances import Rate, spend
from tianping.casework.security.errors import BadCode
from tianping.law.text import T

LASTS: Final = timedelta(minutes=5)
TRIES: Final = 5
DIGITS: Final = 6
RATES: Final = (Rate(1), Rate(5, timedelta(hours=1)), Rate(10, timedelta(days=1)))
"""POLICY: one code a minute to a telephone, five an hour, ten a day."""
MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")


@dataclass(frozen=True, slots=True)
class Purpose:
    """用途 · What a code is good for, and what is said with it: a code for one thing does nothing else."""

    name: str
    words: T


SIGN_IN: Final = Purpose(
    "sign in", T("验证码 {code}，五分钟内有效。工作人员不会向您索要。", "Your code is {code}, good for five minutes. No official asks for it.")
)
COUNTER: Final = Purpose(
    "counter",
    T(
        "窗口核验码 {code}，五分钟内有效。只在您本人到窗口核对证件时告诉窗口工作人员，不能用来登录。",
        "Counter code {code}, good for five minutes. Tell it only at a counter where your card is being looked at; it signs nobody in.",
    ),
)


def phone_of(given: str) -> str:
    """A mobile number as a person types it: blanks, dashes and +86 fall away. Raises NotAPhone."""
    plain = re.sub(r"[\s-]", "", given).removeprefix("+86")
    if not MOBILE.fullmatch(plain):
        raise NotAPhone
    return plain


def code_sent(phone: str, *, at: datetime, purpose: Purpose = SIGN_IN) -> str:
    """A new code for a telephone; the one before is no longer good. Gives the code in a demonstration, else "". Raises NoTexts, TooMuch."""
    if not settings.TIANPING_DEMO and not settings.TIANPING_SMS_URL:
        raise NoTexts
    whose = _of(phone, purpose)
    for n, rate in enumerate(RATES):
        spend(f"text:{n}:{whose.hex()[:32]}", rate, at=at)
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    fresh = {"digest": _digest(phone, code), "expires": at + LASTS, "tries": 0, "used": None}
    with transaction.atomic():
        row, _ = PhoneCode.objects.update_or_create(phone=whose, defaults=fresh)
        if settings.TIANPING_DEMO:
            return code
        text_sent(phone, purpose.words.fill(code=code), place=row.pk, until=at + LASTS, at=at)
    return ""


def signed_in(phone: str, code: str, *, at: datetime) -> Citizen:
    """The citizen whose telephone it is, known from the first good code on. Raises BadCode; a try counts, so no transaction stands around this."""
    return shown(phone, code, at=at, purpose=SIGN_IN)


def shown(phone: str, code: str, *, at: datetime, purpose: Purpose) -> Citizen:
    """The same for a code of any purpose. Raises BadCode."""
    whose = _of(phone, purpose)
    tried = PhoneCode.objects.filter(phone=whose, used=None, expires__gt=at, tries__lt=TRIES)
    if not tried.update(tries=F("tries") + 1):
        raise BadCode
    if not PhoneCode.objects.filter(phone=whose, digest=_digest(phone, code), used=None).update(used=at):
        raise BadCode
    return Citizen.objects.get_or_create(phone=phone, defaults={"made": at})[0]


def _of(phone: str, purpose: Purpose) -> bytes:
    """The row of a telephone. The key of signing in is the one that stood before there was another purpose."""
    return _keyed("phone" if purpose is SIGN_IN else f"phone for {purpose.name}", phone)


def _digest(phone: str, code: str) -> bytes:
    return _keyed("code", f"{phone} {code}")


def _keyed(what: str, said: str) -> bytes:
    key = f"tianping.{what}.{settings.SECRET_KEY}".encode()
    return hmac.new(key, said.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
