"""查询码 · Eight characters that show a case to who holds them and its number: for a party without a telephone, or for somebody whom he asks."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from datetime import datetime
from typing import Final

from django.conf import settings

from tianping.casework.citizens.acting import looker, party_at
from tianping.casework.citizens.errors import WrongLook
from tianping.casework.engine.actors import Actor
from tianping.casework.errors import NoSuchCase
from tianping.casework.models import Case, CaseCode, Citizen
from tianping.casework.security.allowances import Rate, spend

LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without those that are taken for one another on paper."""
LENGTH: Final = 8
TRIES: Final = (Rate(5), Rate(20, per=Rate(1).per * 60))
"""POLICY: for each number that is asked for, and for each address: five tries a minute, twenty an hour."""


def code_made(citizen: Citizen, case_id: int, *, at: datetime) -> str:
    """A new code for a case of his, shown this once; the one before is no longer good. Raises NoSuchCase."""
    party_at(citizen, case_id)
    code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
    CaseCode.objects.update_or_create(case_id=case_id, citizen=citizen, defaults={"digest": _digest(case_id, code), "made": at})
    return f"{code[:4]}-{code[4:]}"


def looked(number: str, code: str, *, at: datetime, address: str) -> tuple[int, int]:
    """(case, citizen) of a number and a code. A number is the case's own, or that of the receipt. Raises WrongLook, TooMuch."""
    plain = number.strip()
    mark = hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    for n, rate in enumerate(TRIES):
        spend(f"look:{n}:{mark}", rate, at=at)
        spend(f"look:{n}:{address}", rate, at=at)
    case = case_numbered(plain)
    typed = re.sub(r"[\s-]", "", code).upper()
    found = case and CaseCode.objects.filter(case_id=case, digest=_digest(case, typed)).values_list("citizen_id", flat=True).first()
    if not case or not found:
        raise WrongLook
    return case, found


def code_fits(citizen: Citizen, case_id: int, code: str, *, at: datetime) -> bool:
    """存件码 · Whether a code is the one that was given out for a case of his: what is scanned at a locker is this code. Raises TooMuch."""
    for n, rate in enumerate(TRIES):
        spend(f"fit:{n}:{citizen.pk}", rate, at=at)
    typed = re.sub(r"[\s-]", "", code).upper()
    return CaseCode.objects.filter(case_id=case_id, citizen=citizen, digest=_digest(case_id, typed)).exists()


def look(case_id: int, citizen_id: int) -> Actor:
    """Who looks, as long as the code stands and the citizen is a party. Raises NoSuchCase."""
    found = CaseCode.objects.filter(case_id=case_id, citizen_id=citizen_id).select_related("citizen").first()
    if found is None:
        raise NoSuchCase(case=case_id)
    return looker(found.citizen, case_id)


def receipt_number(case_id: int) -> str:
    """收件号 · What a case is called before it has a number."""
    return f"S{case_id:07d}"


def case_numbered(number: str) -> int | None:
    """The case of a number: its own, or that of its receipt."""
    if re.fullmatch(r"[Ss][0-9]{7,12}", number):
        return Case.objects.filter(pk=int(number[1:])).values_list("pk", flat=True).first()
    plain = re.sub(r"\s", "", number).replace("(", "（").replace(")", "）")
    return Case.objects.filter(number=plain).values_list("pk", flat=True).first() if plain and "\0" not in plain else None


def _digest(case_id: int, code: str) -> bytes:
    return hmac.new(f"tianping.look.{settings.SECRET_KEY}".encode(), f"{case_id} {code}".encode("utf-8", "surrogatepass"), hashlib.sha256).digest()
