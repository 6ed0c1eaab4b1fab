"""手机验证码 · Six digits sent to a telephone: kept as a keyed digest, good once, for five minutes and five tries; how often is limited.

A code goes through the outbox to the gateway of short messages. In a demonstration it is given back to be shown on the screen.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
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
WORDS: Final = T("验证码 {code}，五分钟内有效。工作人员不会向您索要。", "Your code is {code}, good for five minutes. No official asks for it.")


def phone_of(given: str) -> str:
    """A mobile number as a person types it: blanks, dashes and +86 fall away. Raises NotAPhone."""
    plain = re.sub(r"[\s-]", "", given).removeprefix("+86")
    if not MOBILE.fullmatch(plain):
        raise NotAPhone
    return plain


def code_sent(phone: str, *, at: datetime) -> str:
    """A new code for a telephone; the one before is no longer good. Gives the code in a demonstration, else "". Raises NoTexts, TooMuch."""
    if not settings.TIANPING_DEMO and not settings.TIANPING_SMS_URL:
        raise NoTexts
    whose = _of(phone)
    for n, rate in enumerate(RATES):
        spend(f"text:{n}:{whose.hex()[:32]}", rate, at=at)
    code = "".join(secrets.choice("0123456789") for _ in range(DIGITS))
    fresh = {"digest": _digest(phone, code), "expires": at + LASTS, "tries": 0, "used": None}
    with transaction.atomic():
        row, _ = PhoneCode.objects.update_or_create(phone=whose, defaults=fresh)
        if settings.TIANPING_DEMO:
            return code
        text_sent(phone, WORDS.fill(code=code), place=row.pk, until=at + LASTS, at=at)
    return ""


def signed_in(phone: str, code: str, *, at: datetime) -> Citizen:
    """The citizen whose telephone it is, known from the first good code on. Raises BadCode; a try counts, so no transaction stands around this."""
    tried = PhoneCode.objects.filter(phone=_of(phone), used=None, expires__gt=at, tries__lt=TRIES)
    if not tried.update(tries=F("tries") + 1):
        raise BadCode
    if not PhoneCode.objects.filter(phone=_of(phone), digest=_digest(phone, code), used=None).update(used=at):
        raise BadCode
    return Citizen.objects.get_or_create(phone=phone, defaults={"made": at})[0]


def _of(phone: str) -> bytes:
    return _keyed("phone", phone)


def _digest(phone: str, code: str) -> bytes:
    return _keyed("code", f"{phone} {code}")


def _keyed(what: str, said: str) -> bytes:
    key = f"tianping.{what}.{settings.SECRET_KEY}".encode()
    return hmac.new(key, said.encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
