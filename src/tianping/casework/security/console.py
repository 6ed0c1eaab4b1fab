"""控制台 · Accounts as the operator makes them at the console: how the three administrators begin, and whoever must be let in before there are any.

Everything is noted in the security log with nobody as its actor: that is the operator.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from tianping.casework.models import Account, Organisation, Person, Post, PostRole
from tianping.casework.moments import local
from tianping.casework.people.terms import check_post
from tianping.casework.security.administration import ADMINISTRATORS, ROLES
from tianping.casework.security.audit import Kind, noted
from tianping.casework.security.errors import AlreadyThere, NotTogether, NoUsername, PasswordTooWeak, UnknownRoleCode
from tianping.law.text import T

STAFF: Final = T("工作人员", "Staff")


@dataclass(frozen=True, slots=True)
class NewUser:
    """新用户 · An account: either with a post and its roles at an institution, or one of the three administrators."""

    username: str
    name: str
    organisation: str = ""
    roles: tuple[str, ...] = ()
    title: T = STAFF
    administrator: str = ""


@dataclass(frozen=True, slots=True)
class UserRow:
    """用户行 · An account with the posts that it holds on a day."""

    username: str
    name: str
    active: bool
    administrator: str
    posts: tuple[str, ...]


def role_code(word: str) -> str:
    """``Roles.JUDGE`` for itself or for ``JUDGE``. Raises UnknownRoleCode."""
    code = word if word in ROLES else f"Roles.{word}"
    if code not in ROLES:
        raise UnknownRoleCode(role=word)
    return code


@transaction.atomic
def user_add(new: NewUser, *, password: str | None, at: datetime) -> Account:
    """Make an account with its person, post and roles. Without a password nobody signs in until one is set.

    Raises AlreadyThere, NotTogether, NoUsername, UnknownRoleCode, PasswordTooWeak.
    """
    roles = [role_code(r) for r in new.roles]
    if new.administrator not in ("", *ADMINISTRATORS) or bool(new.administrator) == bool(new.organisation) or (roles and not new.organisation):
        raise NotTogether
    if Account.objects.filter(username=new.username).exists():
        raise AlreadyThere(what=T("账号", "account"), name=new.username)
    account = Account(username=new.username, person=Person.objects.create(name=new.name or new.username), administrator=new.administrator)
    _checked(account, password)
    account.set_password(password)
    account.save()
    noted(Kind.ACCOUNT_MADE, at=at, actor=None, subject=account.pk, administrator=new.administrator)
    if new.organisation:
        _post(account, new, roles, at)
    if password is not None:
        noted(Kind.PASSWORD_SET, at=at, actor=None, subject=account.pk)
    return account


def _post(account: Account, new: NewUser, roles: list[str], at: datetime) -> None:
    organisation = Organisation.objects.filter(code=new.organisation).first()
    if organisation is None:
        raise NoUsername(what=T("机构", "organisation"), name=new.organisation)
    assert account.person is not None
    today = local(at).date()
    check_post(account.person, organisation, new.title.zh, today, None)
    post = Post.objects.create(person=account.person, organisation=organisation, zh=new.title.zh, en=new.title.en, valid_from=today)
    noted(Kind.POST_MADE, at=at, actor=None, subject=post.pk, account=account.pk, organisation=organisation.pk)
    for row in PostRole.objects.bulk_create([PostRole(post=post, role=role, valid_from=today) for role in dict.fromkeys(roles)]):
        noted(Kind.ROLE_GRANTED, at=at, actor=None, subject=post.pk, role=row.role, grant=row.pk)


@transaction.atomic
def user_password(username: str, *, password: str, at: datetime) -> None:
    """Set a password anew. Raises NoUsername, PasswordTooWeak."""
    account = _there(username)
    _checked(account, password)
    account.set_password(password)
    account.save(update_fields=["password"])
    noted(Kind.PASSWORD_SET, at=at, actor=None, subject=account.pk)


@transaction.atomic
def user_disable(username: str, *, at: datetime) -> None:
    """Close an account: its sessions and tokens are no longer good. What it did stays in the ledger. Raises NoUsername."""
    account = _there(username)
    Account.objects.filter(pk=account.pk).update(is_active=False)
    noted(Kind.ACCOUNT_CLOSED, at=at, actor=None, subject=account.pk)


def users(*, day: date, after: str = "", size: int = 200) -> list[UserRow]:
    """Accounts by name with the posts that they hold on a day."""
    found = list(Account.objects.select_related("person").filter(username__gt=after).order_by("username")[:size])
    standing = Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))
    posts: dict[int, list[str]] = {}
    held = Post.objects.filter(standing, person_id__in=[a.person_id for a in found]).select_related("organisation").prefetch_related("roles")
    for post in held.order_by("id"):
        roles = sorted(r.role.removeprefix("Roles.") for r in post.roles.all() if r.valid_from <= day and (r.valid_to is None or day <= r.valid_to))
        posts.setdefault(post.person_id, []).append(f"{post.organisation.code} ({', '.join(roles) or '—'})")
    return [
        UserRow(a.username, "" if a.person is None else a.person.name, a.is_active, a.administrator, tuple(posts.get(a.person_id or 0, ())))
        for a in found
    ]


def _there(username: str) -> Account:
    account = Account.objects.select_for_update().filter(username=username, is_active=True).first()
    if account is None:
        raise NoUsername(what=T("在用账号", "active account"), name=username)
    return account


def _checked(account: Account, password: str | None) -> None:
    if password is None:
        return
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise PasswordTooWeak(rules=", ".join(sorted(e.code or "?" for e in error.error_list))) from None
