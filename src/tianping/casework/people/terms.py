"""任期 · What the days of posts and roles must keep to: within the institution's, within the post's, and never the same thing twice at one time."""

from __future__ import annotations

from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from tianping.casework.models import Organisation, Person, Post, PostRole
from tianping.casework.people.errors import OutOfTerm, Overlapping
from tianping.law.text import T

POST: Final = T("岗位", "post")
ROLE: Final = T("角色", "role")
OPEN: Final = T("未定", "open")


def within(what: T, first: date, last: date | None, *, of_first: date | None, of_last: date | None) -> None:
    """Raises OutOfTerm."""
    if last is not None and last < first:
        raise OutOfTerm(what=what, reason=T(f"{last} 早于 {first}", f"{last} is before {first}"))
    if of_first is not None and first < of_first:
        raise OutOfTerm(what=what, reason=T(f"{first} 早于 {of_first}", f"{first} is before {of_first}"))
    if of_last is not None and (last is None or last > of_last):
        raise OutOfTerm(what=what, reason=T(f"须止于 {of_last} 以前", f"it must end by {of_last}"))


def check_post(person: Person, organisation: Organisation, title: str, first: date, last: date | None) -> None:
    """May somebody be given a post for these days? The person's row is locked. Raises OutOfTerm, Overlapping."""
    Person.objects.select_for_update().get(pk=person.pk)
    within(POST, first, last, of_first=organisation.valid_from, of_last=organisation.valid_to)
    _once(POST, title, Post.objects.filter(person=person, organisation=organisation, zh=title), first, last)


def check_role(post: Post, role: str, first: date, last: date | None) -> None:
    """May a post be given a role for these days? The post's row is locked. Raises OutOfTerm, Overlapping."""
    Post.objects.select_for_update().get(pk=post.pk)
    within(ROLE, first, last, of_first=post.valid_from, of_last=post.valid_to)
    _once(ROLE, role, PostRole.objects.filter(post=post, role=role), first, last)


def check_end(what: T, first: date, was: date | None, last: date) -> None:
    """May a term that began on ``first`` end on ``last``? A term that has an end may be shortened, not lengthened. Raises OutOfTerm."""
    within(what, first, last, of_first=None, of_last=was)


def _once(what: T, name: str, rows: QuerySet[Post] | QuerySet[PostRole], first: date, last: date | None) -> None:
    over = rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=first))
    found = (over if last is None else over.filter(valid_from__lte=last)).first()
    if found is not None:
        raise Overlapping(what=what, name=name, first=found.valid_from, last=found.valid_to or OPEN)
