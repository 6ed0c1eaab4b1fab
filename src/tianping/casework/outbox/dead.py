"""死信 · Messages that were given up: they stay in sight, page by page, until somebody sends them again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from tianping.casework.models import Delivery, Outbox
from tianping.casework.outbox.errors import NotDead

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Dead:
    """一封死信 · What was given up, when, after how many attempts, and why."""

    id: int
    case_id: int
    topic: str
    since: datetime
    tries: int
    error: str


def dead_letters(*, before: int | None = None, limit: int = PAGE) -> list[Dead]:
    """死信列表 · The newest first; ``before``: the id that the last page ended with."""
    rows = Outbox.objects.filter(dead__isnull=False)
    rows = rows if before is None else rows.filter(pk__lt=before)
    return [Dead(o.pk, o.case_id, o.topic, o.dead, o.tries, o.error) for o in rows.order_by("-pk")[: min(limit, PAGE)] if o.dead is not None]


@transaction.atomic
def send_again(*, message: int, actor: str, at: datetime) -> None:
    """重新投递 · Let a message that was given up be tried again, as somebody asked. Raises NotDead."""
    row = Outbox.objects.select_for_update().filter(pk=message, dead__isnull=False).first()
    if row is None:
        raise NotDead(id=message)
    Delivery.objects.create(outbox_id=row.pk, attempt=row.tries + 1, tried=at, recipient=actor, result="again", error="")
    Outbox.objects.filter(pk=row.pk).update(dead=None, due=None, tries=row.tries + 1)
