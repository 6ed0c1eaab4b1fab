"""证件 · What can be checked of a party's papers without asking anybody: the shape and the check characters."""

from __future__ import annotations

import re

from tianping.casework.parties.errors import BadParty
from tianping.law.errors import TianpingError
from tianping.law.identifiers import CreditCode, ResidentId
from tianping.law.text import T

IDENTITY = T("证件号码", "identity number")


def check_papers(kind: str, name: str, identity: str, phone: str) -> None:
    """Raises BadParty. An identity may be missing: not everybody has papers at hand, and a foreigner has others."""
    if kind not in ("person", "body"):
        raise BadParty(field=T("类别", "kind"), reason=T("应为 person 或 body", "it should be person or body"))
    if not name.strip() or len(name) > 120 or "\0" in name:
        raise BadParty(field=T("姓名或名称", "name"), reason=T("应为1至120字", "it should have 1 to 120 characters"))
    if len(phone) > 30 or "\0" in phone:
        raise BadParty(field=T("电话", "telephone"), reason=T("过长", "it is too long"))
    if len(identity) > 30 or "\0" in identity:
        raise BadParty(field=IDENTITY, reason=T("过长", "it is too long"))
    try:
        if kind == "body" and len(identity.strip()) == 18:
            CreditCode.parse(identity)
        if kind == "person" and re.fullmatch(r"[0-9]{17}[0-9Xx]|[0-9]{15}", identity.strip()):
            ResidentId.parse(identity)
    except TianpingError as cause:
        raise BadParty(field=IDENTITY, reason=cause.message) from None
