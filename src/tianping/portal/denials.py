"""拒绝 · Which answers are denials: not allowed, not yours to see, not in your role. API and pages tell them to the security log alike."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest

from tianping.casework.errors import Refusal
from tianping.casework.security.denials import denied
from tianping.law.errors import TianpingError
from tianping.portal.accounts.address import address

HIDDEN: Final = frozenset({"OPS-202", "OPS-403", "OPS-411", "OPS-563", "OPS-802"})
"""Errors that say “there is none” also where there is one that the asker may not see."""
TOLD_ELSEWHERE: Final = frozenset({"POR-012"})
"""A lock-out is a row of its own."""
SUBJECTS: Final = ("case_id", "number", "case")


def denial_noted(request: HttpRequest, error: TianpingError, status: int) -> None:
    """Write a denial down, if the error is one and somebody had signed in."""
    account = getattr(request, "account_number", None)
    if account is None or not is_denial(error, status):
        return
    match = request.resolver_match
    kwargs = match.kwargs if match is not None else {}
    subject = next((n for name in SUBJECTS if (n := _number(kwargs.get(name))) is not None), None)
    denied(
        account=account, code=error.code, route=match.route if match is not None else "?", method=request.method or "?",
        at=request.at, subject=subject, address=address(request),  # type: ignore[attr-defined]  # arrived
    )  # fmt: skip


def is_denial(error: TianpingError, status: int) -> bool:
    """Whether an error denies something to this person, whatever the case."""
    if isinstance(error, Refusal):
        return any(reason.rule.endswith(".by") for reason in error.reasons)
    return error.code in HIDDEN or (status == 403 and error.code not in TOLD_ELSEWHERE)


def _number(given: object) -> int | None:
    """A number that fits the log."""
    text = str(given)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
