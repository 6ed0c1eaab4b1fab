"""留痕 · A row for every look behind a mask and every recusal: who, of which case, what, why and when. The database keeps it for ever."""

from __future__ import annotations

from datetime import datetime

from tianping.casework.access.errors import ReasonNeeded
from tianping.casework.engine.actors import Actor
from tianping.casework.models import AccessTrace
from tianping.casework.moments import instant
from tianping.law.text import T


def traced(actor: Actor, case_id: int, act: str, subject: str, reason: str, at: datetime, *, of: T) -> AccessTrace:
    """Write a trace inside the transaction of what it traces. Raises ReasonNeeded."""
    why = reason.strip()
    if not why:
        raise ReasonNeeded(act=of)
    who = {"account": actor.account, "organisation": actor.organisation, "person": actor.person}
    return AccessTrace.objects.create(taken=instant(at), case_id=case_id, act=act, subject=subject, reason=why[:400], **who)
