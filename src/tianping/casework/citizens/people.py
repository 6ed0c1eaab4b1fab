"""群众 · Who a citizen is: the key of his own cases, his name and identity once they were checked, and the cases in which he is a party.

An institution writes a party down with a telephone. Who shows that telephone to be his becomes that party, if nothing contradicts it: where the
party's identity number is written, his own must have been checked and be the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q

from tianping.casework.access.titles import retitled
from tianping.casework.changes import changed
from tianping.casework.citizens.errors import NotIdentified
from tianping.casework.citizens.gateways import asked
from tianping.casework.engine.actors import PARTY
from tianping.casework.handling.errors import BadWords
from tianping.casework.models import AccessKey, Citizen, Party, Visibility
from tianping.casework.moments import instant, local
from tianping.law.identifiers import ResidentId
from tianping.law.text import T

NAME: Final = T("姓名", "the name")
MOST: Final = 200
"""Cases that are joined to a citizen at one sign-in."""
_SEEN: Final = """insert into casework_visibility (key_id, case_id, level, lifecycle, due)
select %s, c.id, c.level, c.lifecycle, c.due from casework_case c where c.id = any(%s::bigint[]) on conflict do nothing"""


def key_of(citizen: Citizen) -> int:
    """The key of his own cases."""
    return AccessKey.objects.get_or_create(citizen=citizen, defaults={"capacity": PARTY})[0].pk


def identified(citizen: Citizen, name: str, identity: str, *, at: datetime) -> Citizen:
    """核验身份 · Name and number as one person's: asked of the service that the installation names; in a demonstration only the number's own check
    character is looked at. Raises BadResidentId, BadWords, NotIdentified, NotDelivered.
    """
    plain = name_of(name)
    number = ResidentId.parse(identity, not_after=local(instant(at)).date()).number
    return identity_written(citizen, plain, number, _asked(plain, number), at=at)


def name_of(given: str) -> str:
    """A name as it stands on a card. Raises BadWords."""
    plain = given.strip()
    if not 1 < len(plain) <= 80 or not plain.isprintable():
        raise BadWords(field=NAME, reason=T("应为证件上的姓名，2至80字", "as on the card, 2 to 80 characters"))
    return plain


@transaction.atomic
def identity_written(
    citizen: Citizen, name: str, number: str, by: str, *, at: datetime, account: str = "", organisation: int | None = None, reason: str = "",
    body: dict[str, object] | None = None,
) -> Citizen:  # fmt: skip
    """Write down who the citizen is, by whom that was checked, and why: himself, if no ``account`` says otherwise."""
    fresh = {"name": name, "identity": number, "identified": instant(at), "identified_by": by}
    Citizen.objects.filter(pk=citizen.pk).update(**fresh)
    more = {"by": by, **(body or {})}
    changed(
        "citizen.identified", account=account or citizen.account, at=at, subject=citizen.account, organisation=organisation, reason=reason, body=more
    )
    citizen.refresh_from_db()
    return citizen


def online() -> str:
    """How an identity is checked without going to a counter: "service", "demo", or "" where there is no such way."""
    return "service" if settings.TIANPING_IDENTITY_URL else "demo" if settings.TIANPING_DEMO else ""


def _asked(name: str, number: str) -> str:
    if settings.TIANPING_IDENTITY_URL:
        if asked(settings.TIANPING_IDENTITY_URL, settings.TIANPING_IDENTITY_TOKEN, {"name": name, "identity": number}).get("same") is True:
            return "service"
        raise NotIdentified
    if settings.TIANPING_DEMO:
        return "demo"
    raise NotIdentified


@transaction.atomic
def joined(citizen: Citizen, *, at: datetime) -> int:
    """认领 · The standing parties with his telephone become his; how many. Nothing that contradicts: another number, or one that he has not shown."""
    own = Q(identity="") | Q(identity=citizen.identity) if citizen.identified is not None else Q(identity="")
    rows = Party.objects.select_for_update().filter(own, phone=citizen.phone, kind="person", citizen__isnull=True, left__isnull=True)
    found = list(rows.order_by("-pk")[:MOST])
    if not found:
        return 0
    Party.objects.filter(pk__in=[p.pk for p in found]).update(citizen=citizen)
    opened_to(citizen, {p.case_id for p in found})
    for party in found:
        changed("party.claimed", account=citizen.account, at=at, subject=f"party:{party.pk}", case_id=party.case_id)
    return len(found)


def opened_to(citizen: Citizen, cases: Iterable[int]) -> None:
    """Open cases to a citizen who is a party of them. Inside a transaction."""
    ids = sorted(cases)
    with connection.cursor() as cursor:
        cursor.execute(_SEEN, [key_of(citizen), ids])
    retitled(ids)


def closed_to_former(case_id: int) -> None:
    """Close a case to citizens who are parties of it no more. Inside the transaction in which they left."""
    standing = Party.objects.filter(case_id=case_id, citizen__isnull=False, left__isnull=True).values("citizen_id")
    keys = AccessKey.objects.filter(citizen__parties__case_id=case_id).exclude(citizen_id__in=standing)
    if Visibility.objects.filter(case_id=case_id, key_id__in=list(keys.values_list("pk", flat=True))).delete()[0]:
        retitled([case_id])
