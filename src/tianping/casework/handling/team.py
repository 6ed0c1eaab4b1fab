"""办案团队 · Posts that work on a case, each in a capacity that the post holds as a role. A member of another unit opens the case to that unit.

A membership that ends opens nothing any longer: at once when it is ended, and on the day after its last day by ``memberships_ended``.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Q

from tianping.casework.changes import changed
from tianping.casework.engine.actors import HANDLE, Actor
from tianping.casework.handling.assign import held_on
from tianping.casework.handling.errors import NotThere, OnlyHandlers, WrongPost
from tianping.casework.handling.guard import capacities, held, why
from tianping.casework.handling.sight import closed_to, opened_to
from tianping.casework.models import Post, PostRole, TeamMember
from tianping.casework.moments import instant, local
from tianping.law.text import T

PAGE: Final = 200
JOIN, LEAVE = T("参加团队", "join the team"), T("退出团队", "leaving the team")


def member_joined(*, case_id: int, post: int, capacity: str, actor: Actor, at: datetime, since: date | None = None, until: date | None = None) -> int:
    """加入团队 · A post joins, in a role that it holds for all that time. Raises WrongPost, OnlyHandlers, NoSuchCase."""
    with held(case_id, actor, at=at) as h:
        first = since or h.day
        found = Post.objects.filter(pk=post).first()
        last = until or (None if found is None else found.valid_to)
        if last is not None and last < max(first, h.day):
            raise WrongPost(post=post, act=JOIN, reason=T(f"{last} 早于 {max(first, h.day)}", f"{last} is before {max(first, h.day)}"))
        if found is None or not held_on(found, first) or not held_on(found, last or first):
            raise WrongPost(post=post, act=JOIN, reason=T("该期间无人在岗", "nobody holds it for that time"))
        if not _holds(post, capacity, first, last):
            raise WrongPost(post=post, act=JOIN, reason=T(f"该期间不具有角色 {capacity}", f"it does not hold the role {capacity} for that time"))
        if _overlaps(case_id, post, capacity, first, last):
            raise WrongPost(post=post, act=JOIN, reason=T("与已有的任期重叠", "it overlaps a membership that is there"))
        row = TeamMember.objects.create(case_id=case_id, post_id=post, capacity=capacity, since=first, until=last)
        opened_to([case_id], found.organisation_id)
        h.changed("team.joined", f"post:{post}", capacity=capacity, since=first.isoformat(), until=_day(last))
        return row.pk


def member_left(*, case_id: int, member: int, actor: Actor, at: datetime, reason: str) -> None:
    """退出团队 · A membership ends on the day; its unit no longer sees the case unless it has another ground to. Raises NotThere, WhyNeeded."""
    with held(case_id, actor, at=at) as h:
        said = why(reason, LEAVE)
        row = TeamMember.objects.select_related("post").filter(pk=member, case_id=case_id).first()
        if row is None or (row.until is not None and row.until < h.day):
            raise NotThere(case=case_id, what=T("团队成员", "team member"), name=member)
        before = row.until
        TeamMember.objects.filter(pk=member).update(until=h.day, shut=True)
        _shut(h.case.pk, row.post.organisation_id, h.day, but=member)
        h.changed("team.left", f"post:{row.post_id}", reason=said, before=_day(before), until=_day(h.day))


def members_of(*, case_id: int, actor: Actor, after: int = 0, size: int = PAGE) -> list[TeamMember]:
    """团队成员 · A page of the memberships of a case, also those that ended, for those who handle it. Raises OnlyHandlers, NoSuchCase."""
    if HANDLE not in capacities(case_id, actor):
        raise OnlyHandlers(case=case_id)
    rows = TeamMember.objects.filter(case_id=case_id, pk__gt=after).select_related("post__person")
    return list(rows.order_by("pk")[:size])


def memberships_ended(*, at: datetime, most: int = 500) -> int:
    """Close cases to the units of members whose last day is over; a daily job calls it until it gives 0."""
    day = local(instant(at)).date()
    with transaction.atomic():
        over = TeamMember.objects.filter(until__lt=day, shut=False).select_related("post").select_for_update(of=("self",), skip_locked=True)
        rows = list(over.order_by("id")[:most])
        for row in rows:
            _shut(row.case_id, row.post.organisation_id, day, but=row.pk)
            changed("team.ended", account="system", at=at, subject=f"post:{row.post_id}", case_id=row.case_id, body={"member": row.pk})
        TeamMember.objects.filter(pk__in=[row.pk for row in rows]).update(shut=True)
    return len(rows)


def _shut(case_id: int, organisation: int, day: date, *, but: int) -> None:
    """Close the case to a unit that has no other member in it."""
    others = TeamMember.objects.filter(Q(until__isnull=True) | Q(until__gte=day), case_id=case_id, post__organisation_id=organisation, shut=False)
    if not others.exclude(pk=but).exists():
        closed_to([case_id], organisation)


def _holds(post: int, role: str, first: date, last: date | None) -> bool:
    rows = PostRole.objects.filter(post_id=post, role=role, valid_from__lte=first)
    return rows.filter(Q(valid_to__isnull=True) if last is None else Q(valid_to__isnull=True) | Q(valid_to__gte=last)).exists()


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _overlaps(case_id: int, post: int, capacity: str, first: date, last: date | None) -> bool:
    rows = TeamMember.objects.filter(Q(until__isnull=True) | Q(until__gte=first), case_id=case_id, post_id=post, capacity=capacity)
    return (rows if last is None else rows.filter(since__lte=last)).exists()
