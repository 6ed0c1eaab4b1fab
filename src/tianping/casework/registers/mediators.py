"""特邀调解名册 · Entries are added and ended, never changed. A court uses its own register and those of the courts above it (MED16 5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.db.models import Q, QuerySet

from tianping.casework.models import Organisation, RegisterEntry
from tianping.casework.moments import instant, local
from tianping.casework.registers.errors import BadEntry, NoSuchEntry
from tianping.casework.security.administration import By
from tianping.casework.security.audit import Kind
from tianping.law.citations import Citation
from tianping.law.statutes import MED16
from tianping.law.text import T

KINDS: Final = {"body": T("特邀调解组织", "mediation body"), "mediator": T("特邀调解员", "mediator")}
SORTS: Final = {
    "people": T("人民调解", "people's mediation"), "administrative": T("行政调解", "administrative mediation"),
    "commercial": T("商事调解", "commercial mediation"), "industry": T("行业调解", "mediation of an industry"),
    "other": T("其他具有调解职能的组织", "another body that mediates"),
}  # fmt: skip
"""The kinds of bodies that MED16 6 names."""
OFFERED: Final = 200
"""So many names are offered where one is asked for; whoever is not among them is written."""
COURTS: Final = "court"
"""How the kinds of the institutions that keep a register begin: court, court_basic, court_intermediate."""


@dataclass(frozen=True, slots=True)
class New:
    """新条目 · What an entry says. ``body``: the number of the entry of the body that a mediator belongs to."""

    kind: str
    name: str
    valid_from: date
    valid_to: date | None = None
    sort: str = ""
    body: int | None = None
    fields: tuple[str, ...] = ()
    certificate: str = ""
    trained: date | None = None
    phone: str = ""


@transaction.atomic
def entry_added(by: By, *, court: int, new: New) -> RegisterEntry:
    """入册 · Enter a body or a mediator into a court's register. Raises NotThisAdministrator, BadEntry, NoSuchEntry."""
    by.must_be("system")
    keeper = Organisation.objects.select_for_update().filter(pk=court).first()
    if keeper is None or keeper.kind.partition("_")[0] != COURTS:
        raise _bad(new, T("名册由人民法院建立", "a register is kept by a court"), MED16[5])
    if new.kind not in KINDS or (new.kind == "body") != (new.sort in SORTS) or (new.kind == "body" and new.body is not None):
        raise _bad(new, T("组织须写明类别，调解员不写类别", "a body has its sort, a mediator has none"), MED16[6])
    if new.valid_to is not None and new.valid_to < new.valid_from:
        raise _bad(new, T(f"{new.valid_to} 早于 {new.valid_from}", f"{new.valid_to} is before {new.valid_from}"), MED16[5])
    if new.kind == "mediator" and (new.trained is None or new.trained > new.valid_from):
        raise _bad(new, T("入册前须接受人民法院的业务培训", "the court's training comes before the entry"), MED16[7])
    _within(keeper, new)
    _once(keeper, new)
    row = RegisterEntry.objects.create(
        court=keeper, kind=new.kind, sort=new.sort, name=new.name, body_id=new.body, fields=list(new.fields), certificate=new.certificate,
        trained=new.trained, phone=new.phone, valid_from=new.valid_from, valid_to=new.valid_to, added=instant(by.at), account=by.account.pk,
    )  # fmt: skip
    by.noted(Kind.REGISTERED, row.pk, register=new.kind, court=court)
    return row


@transaction.atomic
def entry_ended(by: By, *, entry: int, last: date, reason: str) -> None:
    """除名、退出 · An entry ends on a day, with a reason; with a body those that it listed. Raises NoSuchEntry, BadEntry."""
    by.must_be("system")
    row = RegisterEntry.objects.select_for_update().filter(pk=entry).first()
    if row is None:
        raise NoSuchEntry(number=entry)
    if last < row.valid_from or (row.valid_to is not None and last > row.valid_to):
        days = T(f"须在 {row.valid_from} 至 {row.valid_to or '今后'}", f"it must lie within {row.valid_from} and {row.valid_to or 'later'}")
        raise BadEntry(name=row.name, reason=days, cites=MED16[10])
    later = Q(valid_to__isnull=True) | Q(valid_to__gt=last)
    RegisterEntry.objects.filter(later, Q(pk=row.pk) | Q(body=row)).update(valid_to=last, reason=reason)
    by.noted(Kind.UNREGISTERED, row.pk, last=last.isoformat())


def entries(by: By, *, after: int, size: int, search: str = "", court: int | None = None) -> list[RegisterEntry]:
    """Entries of every register, those that ended too, a page at a time. For the system administrator."""
    by.must_be("system")
    rows = RegisterEntry.objects.filter(pk__gt=after).select_related("court", "body")
    rows = rows if court is None else rows.filter(court=court)
    return list(_named(rows, search).order_by("pk")[:size])


def entry_of(by: By, number: int) -> RegisterEntry:
    """An entry. Raises NoSuchEntry."""
    by.must_be("system")
    row = RegisterEntry.objects.select_related("court", "body").filter(pk=number).first()
    if row is None:
        raise NoSuchEntry(number=number)
    return row


def bodies(by: By, court: int) -> list[RegisterEntry]:
    """The bodies that stand in a court's register on the day."""
    by.must_be("system")
    return list(_standing(local(by.at).date()).filter(court=court, kind="body").order_by("name")[:200])


def in_public(day: date, *, after: int, size: int, search: str = "", court: Organisation | None = None) -> list[RegisterEntry]:
    """Who stands in the registers on a day, for everybody (MED16 8): of all courts, or those that a court uses."""
    rows = _standing(day).filter(pk__gt=after).select_related("court", "body").defer("phone")
    if court is not None:
        rows = rows.filter(court__in=[int(part) for part in court.path.strip("/").split("/") if part])
    return list(_named(rows, search).order_by("pk")[:size])


def offered(organisation: int, day: date) -> list[str]:
    """Who may be named in a case of an institution on a day: of a court those in the registers that it uses, else everybody in one."""
    court = Organisation.objects.filter(pk=organisation, kind__startswith=COURTS).first()
    rows = in_public(day, after=0, size=OFFERED, court=court)
    return list(dict.fromkeys(row.name if row.body is None else f"{row.name}（{row.body.name}）" for row in rows))


def keepers(day: date) -> list[Organisation]:
    """The courts whose registers have somebody in them on a day."""
    return list(Organisation.objects.filter(pk__in=_standing(day).values("court")).order_by("path")[:200])


def _standing(day: date) -> QuerySet[RegisterEntry]:
    return RegisterEntry.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


def _named(rows: QuerySet[RegisterEntry], search: str) -> QuerySet[RegisterEntry]:
    """Those whose name, body or field holds some words."""
    if not search:
        return rows
    return rows.filter(Q(name__icontains=search) | Q(body__name__icontains=search) | Q(fields__contains=[search]))


def _within(keeper: Organisation, new: New) -> None:
    """A mediator that a body lists stands no longer than the body does."""
    if new.body is None:
        return
    body = RegisterEntry.objects.filter(pk=new.body, kind="body", court=keeper).first()
    if body is None:
        raise NoSuchEntry(number=new.body)
    if new.valid_from < body.valid_from or (body.valid_to is not None and (new.valid_to is None or new.valid_to > body.valid_to)):
        days = f"{body.valid_from} – {body.valid_to or ''}"
        raise _bad(new, T(f"须在所属组织的期间内（{days}）", f"its days must lie within those of its body ({days})"), MED16[6])


def _once(keeper: Organisation, new: New) -> None:
    same = RegisterEntry.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=new.valid_from), court=keeper, kind=new.kind)
    same = same if new.valid_to is None else same.filter(valid_from__lte=new.valid_to)
    same = same.filter(certificate=new.certificate) if new.certificate else same.filter(name=new.name, certificate="")
    if same.exists():
        raise _bad(new, T("同期已在册", "it stands in the register for these days already"), MED16[5])


def _bad(new: New, reason: T, cites: Citation) -> BadEntry:
    return BadEntry(name=new.name, reason=reason, cites=cites.words)
