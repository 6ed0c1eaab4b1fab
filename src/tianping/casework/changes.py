"""留痕 · Writes down a change in the transaction that makes it: if it cannot be written down, it is not made."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from tianping.casework.models import Change


def changed(
    act: str,
    *,
    account: str,
    at: datetime,
    subject: str,
    case_id: int | None = None,
    organisation: int | None = None,
    reason: str = "",
    body: dict[str, object] | None = None,
) -> None:
    """One change. ``body`` says what was and what is, in plain JSON."""
    assert transaction.get_connection().in_atomic_block, "a change is written down with what it changes"
    Change.objects.create(
        at=at, account=account, organisation=organisation, case_id=case_id, act=act, subject=subject, reason=reason, body=body or {}
    )
