"""指派 · The holder of a case, its lead handler (首办负责), and whose business its clocks are. Every change keeps who was there before."""

from __future__ import annotations

from datetime import date, datetime

from tianping.casework.engine.actors import Actor
from tianping.casework.engine.registered import tables_of
from tianping.casework.handling.errors import NotThere, WrongPost
from tianping.casework.handling.guard import Held, held, why
from tianping.casework.handling.sight import opened_to_post
from tianping.casework.models import Case, Charge, Post, TeamMember
from tianping.law.text import T

HOLD, LEAD, ANSWER = T("承办", "hold the case"), T("首办负责", "be its lead handler"), T("负责期限", "answer for its clocks")


def holder_assigned(*, case_id: int, post: int, actor: Actor, at: datetime, reason: str = "") -> None:
    """交办 · Give the case to a post of its institution. A reason is needed to take it from somebody. Raises WrongPost, WhyNeeded."""
    with held(case_id, actor, at=at) as h:
        own_post(h, post, HOLD)
        before = h.case.holder_id
        said = why(reason, HOLD) if before not in (None, post) else reason
        Case.objects.filter(pk=case_id).update(holder_id=post)
        opened_to_post(case_id, post)
        h.changed("holder.assigned", f"post:{post}", reason=said, before=before, after=post)


def lead_named(*, case_id: int, post: int, actor: Actor, at: datetime, reason: str = "") -> None:
    """首办负责 · Who was given the case first answers for it to the end; another is named only with a reason. Raises WrongPost, WhyNeeded."""
    with held(case_id, actor, at=at) as h:
        own_post(h, post, LEAD)
        before = h.case.lead_id
        said = why(reason, LEAD) if before not in (None, post) else reason
        Case.objects.filter(pk=case_id).update(lead_id=post)
        h.changed("lead.named", f"post:{post}", reason=said, before=before, after=post)


def put_in_charge(*, case_id: int, post: int, actor: Actor, at: datetime, limit: str = "") -> None:
    """期限负责人 · Whose business the clocks of a limit are (its code), or of all that have nobody of their own. Raises WrongPost, NotThere."""
    with held(case_id, actor, at=at) as h:
        if limit and limit not in {row.code for row in tables_of(h.case.definition_id).limits}:
            raise NotThere(case=case_id, what=T("期限", "limit"), name=limit)
        if not TeamMember.objects.filter(case_id=case_id, post_id=post, until__isnull=True).exists():
            own_post(h, post, ANSWER)
        before = Charge.objects.filter(case_id=case_id, code=limit).values_list("post_id", flat=True).first()
        Charge.objects.update_or_create(case_id=case_id, code=limit, defaults={"post_id": post})
        h.changed("charge.given", f"post:{post}", limit=limit, before=before, after=post)


def in_charge(case_id: int, limit: str) -> int | None:
    """Whose business a clock is: the post named for its limit, or for all, else the holder, else the lead handler."""
    named = dict(Charge.objects.filter(case_id=case_id, code__in=("", limit)).values_list("code", "post_id"))
    if named:
        return named.get(limit, named.get(""))
    row = Case.objects.filter(pk=case_id).values_list("holder_id", "lead_id").first()
    return None if row is None else row[0] or row[1]


def own_post(h: Held, post: int, act: T) -> Post:
    """A post of an institution that handles the case, held on the day. Raises WrongPost."""
    found = Post.objects.filter(pk=post).first()
    if found is None or not held_on(found, h.day):
        raise WrongPost(post=post, act=act, reason=T(f"{h.day} 无人在岗", f"nobody holds it on {h.day}"))
    if found.organisation_id not in (h.case.organisation_id, h.actor.organisation):
        raise WrongPost(post=post, act=act, reason=T("不是承办机构的岗位", "it is no post of the institution that handles the case"))
    return found


def held_on(post: Post, day: date) -> bool:
    """Whether a post is held on a day."""
    return post.valid_from <= day and (post.valid_to is None or day <= post.valid_to)
