"""岗位 · A post ends, and its roles with it; somebody of the same institution acts for it (代理) for some days. All by the system administrator."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Q

from tianping.casework.models import Account, Person, Post, PostRole
from tianping.casework.people.errors import NotActing
from tianping.casework.people.terms import POST, check_end, check_post, within
from tianping.casework.security.administration import By
from tianping.casework.security.audit import Kind
from tianping.casework.security.errors import NoSuchAccount
from tianping.law.text import T


@transaction.atomic
def post_end(by: By, *, post: int, last: date) -> None:
    """离任 · A post ends on a day, its roles and those who act for it no later. It stays in the record. Raises NoSuchAccount, OutOfTerm."""
    by.must_be("system")
    row = _post(post)
    check_end(POST, row.valid_from, row.valid_to, last)
    ended([row.pk], last)
    by.noted(Kind.POST_ENDED, post, last=last.isoformat())


@transaction.atomic
def deputise(by: By, *, post: int, deputy: int, title: T, valid_from: date, valid_to: date) -> Post:
    """代理 · Somebody (an account's person) acts for a post of the own institution, from a day to a day. Raises NotActing, OutOfTerm, Overlapping.

    A deputy has the post's roles on those days, none of its clearance. Nobody acts for a deputy, or for themselves.
    """
    by.must_be("system")
    row = _post(post)
    person = Person.objects.filter(accounts__pk=deputy, accounts__is_active=True).first()
    if person is None:
        raise NoSuchAccount(what=T("账号", "account"), number=deputy)
    if row.acting_for_id is not None:
        raise NotActing(post=post, reason=T("它本身是代理岗位", "it acts for another itself"))
    if person.pk == row.person_id:
        raise NotActing(post=post, reason=T("不能代理本人", "nobody acts for themselves"))
    if Account.objects.filter(person=person).exclude(administrator="").exists():
        raise NotActing(post=post, reason=T("管理员不任办案岗位", "an administrator holds no post of cases"))
    within(POST, valid_from, valid_to, of_first=row.valid_from, of_last=row.valid_to)
    if not _works(person, row.organisation_id, valid_from, valid_to):
        raise NotActing(post=post, reason=T("代理人该期间不在本机构任职", "the deputy holds no post in the institution for that time"))
    check_post(person, row.organisation, title.zh, valid_from, valid_to)
    days = {"valid_from": valid_from, "valid_to": valid_to}
    made = Post.objects.create(person=person, organisation_id=row.organisation_id, zh=title.zh, en=title.en, acting_for=row, **days)
    by.noted(Kind.DEPUTISED, made.pk, post=post, until=valid_to.isoformat())
    return made


def ended(posts: list[int], last: date) -> None:
    """End posts with all that hangs on them. What would only have begun later never begins: its last day stands before its first."""
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=last)
    acting = list(Post.objects.filter(later, acting_for_id__in=posts).values_list("id", flat=True))
    PostRole.objects.filter(later, post_id__in=[*posts, *acting]).update(valid_to=last)
    Post.objects.filter(later, pk__in=[*posts, *acting]).update(valid_to=last)


def _works(person: Person, organisation: int, first: date, last: date) -> bool:
    own = Post.objects.filter(person=person, organisation_id=organisation, acting_for__isnull=True, valid_from__lte=first)
    return own.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=last)).exists()


def _post(number: int) -> Post:
    row = Post.objects.select_for_update(of=("self",)).select_related("organisation").filter(pk=number).first()
    if row is None:
        raise NoSuchAccount(what=T("岗位", "post"), number=number)
    return row
