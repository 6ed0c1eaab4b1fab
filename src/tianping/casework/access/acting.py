"""以何身份 · The actor of an account on a day: the post it acts from, the roles and keys that follow, and nothing that has run out.

One actor acts in one institution: the roles held there never open the cases of another institution in which the same person has a post.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q

from tianping.casework.access.errors import NotYourPost
from tianping.casework.access.policy import overseeing, overseen, supervising
from tianping.casework.engine.actors import HANDLE, MACHINES, REFER, SUPERVISE, Actor
from tianping.casework.models import AccessKey, Account, Organisation, Post, PostRole
from tianping.casework.moments import instant, local


def posts_of(account: Account, at: datetime) -> list[Post]:
    """The posts that an account holds on the day, in institutions that exist on it; an administrator holds none (三员分立)."""
    if account.administrator or not account.is_active or account.person_id is None:
        return []
    day = _day(at)
    standing = _on(day, "organisation__") | Q(organisation__valid_from__isnull=True) & _until(day, "organisation__")
    found = Post.objects.filter(_on(day), standing, person_id=account.person_id)
    return list(found.select_related("organisation", "acting_for").order_by("id"))


def actor_for(account: Account, *, at: datetime, post: int | None = None) -> Actor:
    """The actor of an account: from one post, or from all its posts in the institution of the first. Raises NotYourPost.

    A deputy has the roles of the post that it acts for while its own post runs, in the same institution only, and no clearance of the other.
    """
    posts = posts_of(account, at)
    if post is not None:
        posts = [p for p in posts if p.pk == post]
        if not posts:
            raise NotYourPost(post=post, day=_day(at))
    if not posts:
        return Actor(account.username, 0, frozenset(), (), person=account.person_id)
    first = posts[0]
    posts = [p for p in posts if p.organisation_id == first.organisation_id]
    roles = _roles(posts, _day(at))
    clearance = max(p.clearance for p in posts)
    keys = _keys(first.organisation_id, roles, _acted(posts))
    return Actor(account.username, first.organisation_id, roles, keys, first.pk, account.person_id, clearance)


def roles_of(account: Account, *, at: datetime) -> frozenset[str]:
    """The roles of an account from all its posts in the institution of the first; none where it handles and supervises nothing."""
    posts = posts_of(account, at)
    return _roles([p for p in posts if p.organisation_id == posts[0].organisation_id], _day(at))


def _roles(posts: Iterable[Post], day: date) -> frozenset[str]:
    return frozenset(PostRole.objects.filter(_on(day), post_id__in=_acted(posts)).values_list("role", flat=True)) - MACHINES


def _acted(posts: Iterable[Post]) -> set[int]:
    """The posts that are acted from: one's own, and those that one acts for in the same institution."""
    acted = [p.acting_for for p in posts if p.acting_for is not None and p.acting_for.organisation_id == p.organisation_id]
    return {p.pk for p in (*posts, *acted)}


def _keys(organisation: int, roles: frozenset[str], posts: Iterable[int]) -> tuple[int, ...]:
    """Nobody without a role sees a case. The keys of the posts come with those of the institution, and with those that its division's are seen by."""
    if not roles:
        return ()
    capacities = [HANDLE, REFER, SUPERVISE] if roles & supervising() else [HANDLE, REFER]
    held = Q(organisation_id=organisation, capacity__in=capacities) | Q(post_id__in=list(posts))
    if roles & overseeing():
        division = Organisation.objects.filter(pk=organisation).exclude(division="").values("division")
        held |= Q(organisation__division__in=division, organisation__kind__in=overseen(), capacity=SUPERVISE)
    return tuple(AccessKey.objects.filter(held).order_by("id").values_list("id", flat=True))


def _day(at: datetime) -> date:
    return local(instant(at)).date()


def _on(day: date, of: str = "") -> Q:
    return Q(**{f"{of}valid_from__lte": day}) & _until(day, of)


def _until(day: date, of: str) -> Q:
    return Q(**{f"{of}valid_to__isnull": True}) | Q(**{f"{of}valid_to__gte": day})
