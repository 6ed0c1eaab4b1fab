"""收件人 · For whom a message to a judge is: who holds the writer's case, and its team; else the judge whom he names; else the whole court.

A message that is for posts is seen by who holds them, and by those who supervise the court: by nobody else there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q

from tianping.casework.access.keys import above, keys_of_posts
from tianping.casework.citizens.looking import case_numbered
from tianping.casework.models import Case, Citizen, Party, Post, PostRole, TeamMember
from tianping.procedure.contracts.roles import Roles

PROCEDURE: Final = "judge_message"
READERS: Final = frozenset(r.code for r in (Roles.JUDGE, Roles.FILING_JUDGE))
"""Who may read one: without one of them among its posts a message would lie where nobody can open it."""
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Recipient:
    """收件人 · The posts that a message is for (none: the court as a whole), which of them holds it, of which court, about which case."""

    organisation: int
    posts: tuple[int, ...] = ()
    holder: int | None = None
    case: int | None = None

    @property
    def alone(self) -> bool:
        """Whether it is for posts, and not for the whole court."""
        return bool(self.posts)

    def keys(self, organisation: int) -> tuple[int, ...]:
        """The keys that open it."""
        return (*keys_of_posts(self.posts), *above(organisation))


def recipient(citizen: Citizen, organisation: int, *, number: str, judge: str, day: date) -> Recipient:
    """For whom a message is. The number counts only where the writer is a party of the case; the case's court is then the message's."""
    case = _own(citizen, number)
    if case is not None:
        holder = case.holder_id or case.lead_id
        posts = _standing([p for p in (case.holder_id, case.lead_id) if p] + _team(case.pk, day), day)
        if _read(posts, day):
            return Recipient(case.organisation_id, posts, holder if holder in posts else posts[0], case.pk)
        organisation = case.organisation_id
    named = _named(organisation, judge, day)
    found = Recipient(organisation, (named,), named) if named is not None else Recipient(organisation)
    return found if case is None else Recipient(organisation, found.posts, found.holder, case.pk)


def _own(citizen: Citizen, number: str) -> Case | None:
    found = case_numbered(number.strip()) if number.strip() else None
    if found is None or not Party.objects.filter(case_id=found, citizen=citizen, left__isnull=True).exists():
        return None
    return Case.objects.filter(pk=found).first()


def _team(case: int, day: date) -> list[int]:
    rows = TeamMember.objects.filter(Q(until__isnull=True) | Q(until__gte=day), case_id=case, since__lte=day, shut=False)
    return list(rows.order_by("pk").values_list("post_id", flat=True)[:MOST])


def _standing(posts: list[int], day: date) -> tuple[int, ...]:
    """Those of some posts that somebody holds on the day, in their order."""
    held = set(Post.objects.filter(_on(day), pk__in=posts).values_list("pk", flat=True))
    return tuple(p for p in dict.fromkeys(posts) if p in held)


def _read(posts: tuple[int, ...], day: date) -> bool:
    return PostRole.objects.filter(_on(day), post_id__in=posts, role__in=READERS).exists()


def _named(organisation: int, judge: str, day: date) -> int | None:
    """The one post of the court whose holder has the name that was written and may read a message; two of one name are nobody."""
    name = judge.strip().removesuffix("法官").strip()
    rows = Post.objects.filter(_on(day), organisation_id=organisation, person__name=name)
    posts = [p for p in rows.order_by("pk").values_list("pk", flat=True)[:MOST] if _read((p,), day)] if name else []
    return posts[0] if len(posts) == 1 else None


def _on(day: date) -> Q:
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
