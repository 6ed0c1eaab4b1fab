"""安全日志 · Rows about the door: signed in, refused, locked out, a token, a role, a reveal. Written in the transaction of what they speak of."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from django.db.models import Q

from tianping.casework.models import SecurityEvent
from tianping.casework.moments import instant


class Kind(StrEnum):
    """种类 · What a row of the security log says."""

    SIGNED_IN = "signed_in"
    SIGN_IN_FAILED = "sign_in_failed"
    LOCKED_OUT = "locked_out"
    LOCK_RELEASED = "lock_released"
    SIGNED_OUT = "signed_out"
    SECOND_FACTOR_SET = "second_factor_set"
    PASSWORD_SET = "password_set"  # noqa: S105 — the name of a kind
    TOKEN_MADE = "token_made"  # noqa: S105 — the name of a kind
    TOKEN_REVOKED = "token_revoked"  # noqa: S105 — the name of a kind
    CODE_MADE = "code_made"
    ACCOUNT_MADE = "account_made"
    ACCOUNT_CLOSED = "account_closed"
    ORGANISATION_MADE = "organisation_made"
    ORGANISATION_RENAMED = "organisation_renamed"
    ORGANISATION_MOVED = "organisation_moved"
    ORGANISATION_CLOSED = "organisation_closed"
    ORGANISATION_MERGED = "organisation_merged"
    POST_MADE = "post_made"
    POST_ENDED = "post_ended"
    DEPUTISED = "deputised"
    ROLE_GRANTED = "role_granted"
    ROLE_ENDED = "role_ended"
    REVEALED = "revealed"
    EXPORTED = "exported"
    IMPORTED = "imported"
    CALENDAR_LOADED = "calendar_loaded"
    CLOCKS_RENEWED = "clocks_renewed"
    PARAMETER_ADDED = "parameter_added"
    REGISTERED = "registered"
    UNREGISTERED = "unregistered"
    DENIED = "denied"
    IDENTIFIED = "identified"
    UNIDENTIFIED = "unidentified"


def noted(kind: Kind, *, at: datetime, actor: int | None, subject: int | None = None, address: str | None = None, **detail: Any) -> None:
    """Write a row: the account that acts, what it acts on (an account, a post, a case: ``kind`` says which), from where.

    ``detail`` holds codes and numbers, no personal data.
    """
    SecurityEvent.objects.create(at=at, kind=kind.value, actor=actor, subject=subject, address=address or None, detail=detail)


def events(*, before: int | None, size: int, kind: Kind | None = None, actor: int | None = None, day: date | None = None) -> list[SecurityEvent]:
    """The newest rows first, after a row already seen: of a kind, of the account that acted, of a local day.

    Each question has an index. A day is read by the instants of its rows, whatever else is asked: no more than that day is passed through.
    """
    rows = SecurityEvent.objects.order_by("-id") if day is None else SecurityEvent.objects.order_by("-at", "-id")
    if kind is not None:
        rows = rows.filter(kind=kind.value)
    if actor is not None:
        rows = rows.filter(actor=actor)
    if day is not None:
        first = datetime.combine(day, time())
        rows = rows.filter(at__gte=instant(first), at__lt=instant(first + timedelta(days=1)))
    if before is not None and day is None:
        rows = rows.filter(pk__lt=before)
    elif before is not None:
        seen = SecurityEvent.objects.filter(pk=before).values_list("at", flat=True).first()
        rows = rows.filter(Q(at__lt=seen) | Q(at=seen, pk__lt=before)) if seen is not None else rows.none()
    return list(rows[:size])
