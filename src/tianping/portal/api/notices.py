"""提醒接口 · What one is told of limits that near their end or have passed it: reminders, warnings, alarms; seen; and the digest of each day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from ninja import Router, Schema
from pydantic import Field

from tianping.casework.alarms.notices import notices_acknowledge, notices_of
from tianping.casework.alarms.summaries import digests_of
from tianping.portal.api.acting import actor_of
from tianping.portal.api.cursors import opened, sealed
from tianping.portal.api.description import READS, WRITES, answers
from tianping.portal.api.door import door
from tianping.portal.api.kinds import After, Asked, Number, Post, Size
from tianping.portal.api.procedures import Both, both
from tianping.portal.arrived import Arrived

router = Router(auth=door(), tags=["notices"])


class NoticesSeen(Asked):
    """签收 · The notices that one has seen."""

    notices: Annotated[list[Number], Field(min_length=1, max_length=50)]


class HowMany(Schema):
    """已签收 · How many of them one had not seen before."""

    seen: int


class NoticeShown(Schema):
    """提醒 · A limit of a case that nears its end or has passed it; ``level``: 1 the handler, 2 the head, 3 above. No personal data."""

    id: int
    case: int
    kind: Literal["warning", "alarm"]
    level: int
    due: datetime
    provisional: bool
    words: Both


class NoticePage(Schema):
    """提醒一页 · A page of notices, newest first."""

    items: list[NoticeShown]
    next: str | None


class DigestShown(Schema):
    """每日汇总 · What one was told of on a day, counted; ``post``: made for one's post, else for a role."""

    id: int
    day: date
    post: int | None
    roles: list[str]
    warnings: int
    alarms: int


class DigestPage(Schema):
    """汇总一页 · A page of digests, newest first."""

    items: list[DigestShown]
    next: str | None


@router.get("/notices", response=NoticePage, operation_id="notices", summary="提醒 · Notices", openapi_extra=answers(*READS))
def notices(request: Arrived, size: Size = 50, after: After = None, post: Post = None) -> NoticePage:
    """What one has not seen and what still stands."""
    whose, of, most = request.auth.account.pk, f"notices:{post}", min(size, 50)
    rows = notices_of(actor_of(request, post), before=opened(after, account=whose, of=of), limit=most)
    items = [
        NoticeShown(id=n.id, case=n.case_id, kind=n.kind, level=n.level, due=n.due, provisional=n.provisional, words=both(n.text))  # type: ignore[arg-type]  # one of two
        for n in rows
    ]
    return NoticePage(items=items, next=sealed(rows[-1].id, account=whose, of=of) if len(rows) == most else None)


@router.post("/notices/seen", response=HowMany, operation_id="notices.seen", summary="签收 · Seen", openapi_extra=answers(*WRITES))
def seen(request: Arrived, body: NoticesSeen, post: Post = None) -> HowMany:
    """One's own notices are seen; what is not one's own stays as it is. Repeats of that level stop for that due day."""
    return HowMany(seen=notices_acknowledge(actor=actor_of(request, post), notices=body.notices, at=request.at))


@router.get("/digests", response=DigestPage, operation_id="digests", summary="每日汇总 · Digests", openapi_extra=answers(*READS))
def digests(request: Arrived, size: Size = 50, after: After = None, post: Post = None) -> DigestPage:
    """The digests that were made for one's post or for a role that one holds."""
    whose, of = request.auth.account.pk, f"digests:{post}"
    rows = digests_of(actor_of(request, post), before=opened(after, account=whose, of=of), size=size)
    items = [DigestShown(id=d.pk, day=d.day, post=d.post_id, roles=d.roles, warnings=d.warnings, alarms=d.alarms) for d in rows]
    return DigestPage(items=items, next=sealed(rows[-1].pk, account=whose, of=of) if len(rows) == size else None)
