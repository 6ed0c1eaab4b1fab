"""机构变动 · Institutions are moved in their tree, closed and merged, by the system administrator; what they were stays in the security log.

Above whom an institution stands decides who supervises its cases: the rows of visibility follow in the same transaction.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from django.db import connection, transaction
from django.db.models import Q

from tianping.casework.handling.sight import supervised_from, taken_over
from tianping.casework.models import Case, Organisation, Post
from tianping.casework.moments import local
from tianping.casework.people.errors import Circular, OutOfTerm, StillInUse
from tianping.casework.people.posts import ended
from tianping.casework.people.tree import alone
from tianping.casework.security.administration import By
from tianping.casework.security.audit import Kind
from tianping.casework.security.errors import NoSuchAccount
from tianping.law.text import T

_MOVE: Final = """update casework_organisation set path = %(to)s || substr(path, length(%(was)s) + 1) where path like %(was)s || '%%'"""
CLOSURE: Final = T("机构撤销", "closure of the institution")


@transaction.atomic
def organisation_move(by: By, *, organisation: int, parent: int | None) -> None:
    """改隶 · Put an institution, with all under it, under another. Raises Circular, NoSuchAccount, OutOfTerm."""
    by.must_be("system")
    alone()
    own = _organisation(organisation)
    above = None if parent is None else _organisation(parent)
    if above is not None and above.path.startswith(own.path):
        raise Circular(name=own.zh, parent=above.zh)
    if above is not None and above.valid_to is not None and (own.valid_to is None or own.valid_to > above.valid_to):
        raise OutOfTerm(what=T("机构", "institution"), reason=T(f"上级止于 {above.valid_to}", f"the one above ends on {above.valid_to}"))
    _under(own, above)
    by.noted(Kind.ORGANISATION_MOVED, organisation, before=own.parent_id, after=parent)


@transaction.atomic
def organisation_rename(by: By, *, organisation: int, zh: str, en: str) -> None:
    """更名 · An institution has another name from now on; what it was called until today stays in the security log. Raises NoSuchAccount."""
    by.must_be("system")
    alone()
    own = _organisation(organisation)
    Organisation.objects.filter(pk=own.pk).update(zh=zh, en=en)
    by.noted(Kind.ORGANISATION_RENAMED, organisation, was={"zh": own.zh, "en": own.en}, until=local(by.at).date().isoformat())


@transaction.atomic
def organisation_close(by: By, *, organisation: int, last: date) -> None:
    """撤销 · An institution in which nothing goes on ends on a day. Raises StillInUse, OutOfTerm, NoSuchAccount."""
    by.must_be("system")
    alone()
    own = _organisation(organisation)
    _ends(own, last)
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=last)
    going = {
        "children": Organisation.objects.filter(later, parent=own).count(),
        "posts": Post.objects.filter(later, organisation=own).count(),
        "cases": Case.objects.filter(organisation=own, lifecycle__lt=2).count(),
    }
    if any(going.values()):
        raise StillInUse(name=own.zh, day=last, **going)
    Organisation.objects.filter(pk=own.pk).update(valid_to=last)
    by.noted(Kind.ORGANISATION_CLOSED, organisation, last=last.isoformat())


@transaction.atomic
def organisation_merge(by: By, *, organisation: int, into: int, last: date) -> None:
    """合并 · On a day an institution ends and another takes over its cases and the institutions under it.

    The posts in it end on that day; people are appointed anew. Cases keep the institution that opened them, and their numbers.
    Raises Circular, OutOfTerm, NoSuchAccount.
    """
    by.must_be("system")
    alone()
    own, other = _organisation(organisation), _organisation(into)
    if other.path.startswith(own.path):
        raise Circular(name=own.zh, parent=other.zh)
    _ends(own, last)
    stands = (other.valid_from is None or other.valid_from <= last + timedelta(days=1)) and (other.valid_to is None or other.valid_to > last)
    if not stands:
        raise OutOfTerm(what=T("接收机构", "institution that takes over"), reason=T(f"{last} 后不存续", f"it does not stand after {last}"))
    for child in Organisation.objects.filter(parent=own).order_by("pk"):
        _under(child, other)
    ended(list(Post.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=last), organisation=own).values_list("id", flat=True)), last)
    Organisation.objects.filter(pk=own.pk).update(valid_to=last, successor=other)
    taken_over(own.pk, other.pk)
    by.noted(Kind.ORGANISATION_MERGED, organisation, into=into, last=last.isoformat())


def _under(own: Organisation, above: Organisation | None) -> None:
    """Put an institution under another: its path, those of all under it, and who supervises their cases."""
    path = f"{above.path if above is not None else '/'}{own.pk}/"
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, {"to": path, "was": own.path})
    Organisation.objects.filter(pk=own.pk).update(parent=above)
    supervised_from(path)


def _ends(own: Organisation, last: date) -> None:
    if own.valid_to is not None or (own.valid_from is not None and last < own.valid_from):
        reason = T(f"{own.valid_from or ''} 至 {own.valid_to or ''}", f"{own.valid_from or ''} to {own.valid_to or ''}")
        raise OutOfTerm(what=CLOSURE, reason=reason)


def _organisation(number: int) -> Organisation:
    row = Organisation.objects.filter(pk=number).first()
    if row is None:
        raise NoSuchAccount(what=T("机构", "organisation"), number=number)
    return row
