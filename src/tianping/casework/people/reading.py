"""机构与人员查阅 · Institutions, accounts and posts as the system and the security administrator look them up, a page at a time."""

from __future__ import annotations

from django.db.models import Count, Q

from tianping.casework.models import Account, Case, Organisation, Post
from tianping.casework.moments import local
from tianping.casework.security.administration import By
from tianping.casework.security.errors import NoSuchAccount
from tianping.law.text import T


def organisations(by: By, *, under: int | None, after: int, size: int, search: str = "") -> list[Organisation]:
    """The institutions right under another (None: at the top), or of the whole tree those whose name or code holds some words.

    Each with ``below`` and ``held``: how many stand under it, how many posts it has today.
    """
    by.must_be("system")
    day = local(by.at).date()
    held = Q(posts__valid_from__lte=day) & (Q(posts__valid_to__isnull=True) | Q(posts__valid_to__gte=day))
    rows = Organisation.objects.filter(pk__gt=after)
    words = Q(zh__icontains=search) | Q(en__icontains=search) | Q(code__icontains=search)
    rows = rows.filter(words) if search else rows.filter(parent=under)
    counted = rows.annotate(below=Count("children", distinct=True), held=Count("posts", filter=held, distinct=True))
    return list(counted.order_by("pk")[:size])


def organisation_of(by: By, number: int) -> tuple[Organisation, list[Organisation]]:
    """An institution, and those above it from the top down. Raises NoSuchAccount."""
    by.must_be("system")
    row = Organisation.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchAccount(what=T("机构", "organisation"), number=number)
    above = [int(part) for part in row.path.strip("/").split("/")[:-1] if part]
    return row, list(Organisation.objects.filter(pk__in=above).order_by("path"))


def open_cases(by: By, organisation: int) -> int:
    """How many cases of an institution are not closed: what somebody takes over with it."""
    by.must_be("system")
    return Case.objects.filter(organisation=organisation, lifecycle__lt=2).count()


def posts_at(by: By, *, organisation: int, after: int, size: int) -> list[Post]:
    """The posts of an institution, each with its holder's accounts and its roles."""
    by.must_be("system")
    rows = Post.objects.filter(organisation=organisation, pk__gt=after).select_related("person")
    return list(rows.prefetch_related("roles", "person__accounts").order_by("pk")[:size])


def account_of(by: By, number: int) -> Account:
    """An account with its person. Raises NoSuchAccount."""
    if by.account.administrator != "security":
        by.must_be("system")
    row = Account.objects.select_related("person").filter(pk=number).first()
    if row is None:
        raise NoSuchAccount(what=T("账号", "account"), number=number)
    return row


def account_named(by: By, username: str) -> Account | None:
    """An account that is open, by what its person signs in with."""
    by.must_be("system")
    return Account.objects.filter(username=username, is_active=True).first()


def posts_of(by: By, account: Account, *, size: int) -> list[Post]:
    """The posts of somebody, the newest first, each with its institution and roles."""
    if by.account.administrator != "security":
        by.must_be("system")
    if account.person_id is None:
        return []
    rows = Post.objects.filter(person=account.person_id).select_related("organisation")
    return list(rows.prefetch_related("roles").order_by("-valid_from", "-pk")[:size])


def named(organisation: str) -> Organisation | None:
    """An institution by its code."""
    return Organisation.objects.filter(code=organisation).first()
