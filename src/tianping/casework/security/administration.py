"""三员 · What each of the three administrators may do, and none of the others. None of them sees a case.

System: accounts, organisations, posts. Security: roles, codes, tokens, locks. Audit: reads the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from tianping.casework.access.keys import make_keys
from tianping.casework.models import Account, Organisation, Person, Post, PostRole, SecurityEvent
from tianping.casework.people.terms import ROLE, check_end, check_post, check_role, within
from tianping.casework.people.tree import alone
from tianping.casework.security.audit import Kind, events, noted
from tianping.casework.security.codes import code_make
from tianping.casework.security.errors import AlreadyThere, NoSuchAccount, NotThisAdministrator, NotTogether, UnknownRoleCode
from tianping.law.text import T
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.roles import Role

ADMINISTRATORS: Final = {
    "system": T("系统管理员", "system administrator"),
    "security": T("安全管理员", "security administrator"),
    "audit": T("审计管理员", "audit administrator"),
}
ROLES: Final = {role.code: role for role in vars(Roles).values() if isinstance(role, Role) and role is not Roles.SYSTEM}
"""The roles that a post may hold, by code."""
ORGANISATION: Final = T("机构", "organisation")


@dataclass(frozen=True, slots=True)
class By:
    """经办 · Which administrator acts, when, and from where."""

    account: Account
    at: datetime
    address: str | None = None

    def must_be(self, administrator: str) -> None:
        """Raises NotThisAdministrator."""
        if self.account.administrator != administrator:
            raise NotThisAdministrator(who=ADMINISTRATORS[administrator])

    def noted(self, kind: Kind, subject: int, **detail: object) -> None:
        """A row of the security log about it."""
        noted(kind, at=self.at, actor=self.account.pk, subject=subject, address=self.address, **detail)


# ---- the system administrator ----------------------------------------------------------------------------------------------------


@transaction.atomic
def account_create(by: By, *, username: str, name: str, administrator: str = "") -> Account:
    """An account of a new person, with which nobody can sign in until the security administrator gives out a code. Raises AlreadyThere."""
    by.must_be("system")
    try:
        with transaction.atomic():
            account = Account.objects.create_user(username, None, person=Person.objects.create(name=name), administrator=administrator)
    except IntegrityError as error:  # also where two make it at once
        raise AlreadyThere(what=T("账号", "account"), name=username) from error
    by.noted(Kind.ACCOUNT_MADE, account.pk, administrator=administrator)
    return account


@transaction.atomic
def account_close(by: By, *, account: int) -> None:
    """Close an account: sessions and tokens of it are no longer good. Raises NoSuchAccount."""
    by.must_be("system")
    if not Account.objects.filter(pk=account, is_active=True).update(is_active=False):
        raise NoSuchAccount(what=T("账号", "account"), number=account)
    by.noted(Kind.ACCOUNT_CLOSED, account)


@transaction.atomic
def organisation_create(by: By, *, code: str, kind: str, zh: str, en: str, parent: int | None, valid_from: date | None = None) -> Organisation:
    """A new institution with its keys, standing from a day. Raises AlreadyThere, NoSuchAccount, OutOfTerm."""
    by.must_be("system")
    alone()
    above = None if parent is None else Organisation.objects.filter(pk=parent).first()
    if parent is not None and above is None:
        raise NoSuchAccount(what=ORGANISATION, number=parent)
    if above is not None and (valid_from is not None or above.valid_to is not None):
        within(ORGANISATION, valid_from or above.valid_from or date.min, None, of_first=above.valid_from, of_last=above.valid_to)
    if Organisation.objects.filter(code=code).exists():
        raise AlreadyThere(what=ORGANISATION, name=code)
    row = Organisation.objects.create(code=code, kind=kind, zh=zh, en=en, parent=above, valid_from=valid_from)
    Organisation.objects.filter(pk=row.pk).update(path=f"{above.path if above else '/'}{row.pk}/")
    make_keys([row.pk])
    by.noted(Kind.ORGANISATION_MADE, row.pk)
    return row


@transaction.atomic
def post_create(by: By, *, account: int, organisation: int, title: T, valid_from: date, valid_to: date | None) -> Post:
    """A post without any role: roles are the security administrator's. Raises NoSuchAccount, NotTogether, OutOfTerm, Overlapping."""
    by.must_be("system")
    holder = Account.objects.select_related("person").filter(pk=account, is_active=True).first()
    if holder is None or holder.person is None:
        raise NoSuchAccount(what=T("账号", "account"), number=account)
    at = Organisation.objects.filter(pk=organisation).first()
    if at is None:
        raise NoSuchAccount(what=ORGANISATION, number=organisation)
    if Account.objects.filter(person=holder.person).exclude(administrator="").exists():
        raise NotTogether
    check_post(holder.person, at, title.zh, valid_from, valid_to)
    days = {"valid_from": valid_from, "valid_to": valid_to}
    post = Post.objects.create(person=holder.person, organisation_id=organisation, zh=title.zh, en=title.en, **days)
    by.noted(Kind.POST_MADE, post.pk, account=account, organisation=organisation)
    return post


def accounts(by: By, *, after: int, size: int, search: str = "") -> list[Account]:
    """Accounts by number, those whose name or username holds some words. For the system and the security administrator."""
    if by.account.administrator != "security":
        by.must_be("system")
    rows = Account.objects.select_related("person").filter(pk__gt=after)
    if search:
        rows = rows.filter(Q(username__icontains=search) | Q(person__name__icontains=search))
    return list(rows.order_by("pk")[:size])


# ---- the security administrator --------------------------------------------------------------------------------------------------


@transaction.atomic
def role_grant(by: By, *, post: int, role: str, valid_from: date, valid_to: date | None) -> PostRole:
    """Give a post a role within its days. Raises NoSuchAccount, UnknownRoleCode, OutOfTerm, Overlapping."""
    by.must_be("security")
    if role not in ROLES:
        raise UnknownRoleCode(role=role)
    holding = Post.objects.filter(pk=post).first()
    if holding is None:
        raise NoSuchAccount(what=T("岗位", "post"), number=post)
    check_role(holding, role, valid_from, valid_to)
    row = PostRole.objects.create(post_id=post, role=role, valid_from=valid_from, valid_to=valid_to)
    by.noted(Kind.ROLE_GRANTED, post, role=role, grant=row.pk)
    return row


@transaction.atomic
def role_end(by: By, *, grant: int, last: date) -> None:
    """End a role on a day; it stays in the record. Raises NoSuchAccount, OutOfTerm."""
    by.must_be("security")
    row = PostRole.objects.select_for_update().filter(pk=grant).first()
    if row is None:
        raise NoSuchAccount(what=T("角色", "role"), number=grant)
    check_end(ROLE, row.valid_from, row.valid_to, last)
    PostRole.objects.filter(pk=grant).update(valid_to=last)
    by.noted(Kind.ROLE_ENDED, row.post_id, role=row.role, grant=grant)


@transaction.atomic
def enrolment_code(by: By, *, account: int) -> str:
    """A code with which its person sets the first or a new password. Raises NoSuchAccount."""
    by.must_be("security")
    found = Account.objects.filter(pk=account, is_active=True).first()
    if found is None:
        raise NoSuchAccount(what=T("账号", "account"), number=account)
    return code_make(found, "enrol", by=by.account.pk, at=by.at, address=by.address)


# ---- the audit administrator -----------------------------------------------------------------------------------------------------


def audit_log(
    by: By, *, before: int | None, size: int, kind: Kind | None = None, actor: int | None = None, day: date | None = None
) -> list[SecurityEvent]:
    """The security log, newest first. For the audit administrator alone."""
    by.must_be("audit")
    return events(before=before, size=size, kind=kind, actor=actor, day=day)
