"""脱敏与查看 · Parties as everybody sees them, and the one way to see a party whole: with a reason, and a trace that cannot be taken back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from django.db import transaction

from tianping.casework.access.errors import NoSuchParty, OnlyItsHandlers
from tianping.casework.access.probe import seen
from tianping.casework.access.tracing import traced
from tianping.casework.engine.actors import HANDLE, Actor
from tianping.casework.errors import NoSuchCase
from tianping.casework.models import Party
from tianping.law.identifiers import mask_name, mask_phone, mask_resident_id
from tianping.law.text import T

REVEAL: Final = T("查看当事人全部信息", "see a party whole")


@dataclass(frozen=True, slots=True)
class PartyView:
    """当事人视图 · A party. ``masked``: with surname and 某, the ends of an identity number and of a telephone; a body's name and code are public."""

    id: int
    capacity: str
    kind: str
    name: str
    identity: str
    phone: str
    minor: bool
    acts_for: int | None
    masked: bool = True
    authority: str = ""
    left: datetime | None = None
    replaces: int | None = None


def masked(party: Party) -> PartyView:
    """A party as everybody sees it."""
    person = party.kind == "person"
    name = mask_name(party.name) if person else party.name
    identity = mask_resident_id(party.identity) if person else party.identity
    phone = mask_phone(party.phone) if party.phone else ""
    return PartyView(
        party.pk, party.capacity, party.kind, name, identity, phone, party.minor, party.acts_for_id, authority=party.authority, left=party.left,
        replaces=party.replaces_id,
    )  # fmt: skip


def reveal_party(actor: Actor, case_id: int, party_id: int, reason: str, at: datetime) -> PartyView:
    """A party whole, for somebody of the institution that handles the case. The trace is written in the same transaction or nothing is shown.

    Raises NoSuchCase, OnlyItsHandlers, NoSuchParty, ReasonNeeded.
    """
    with transaction.atomic():
        held = seen(actor, [case_id]).get(case_id)
        if held is None:
            raise NoSuchCase(case=case_id)
        if HANDLE not in held:
            raise OnlyItsHandlers(case=case_id, act=REVEAL)
        party = Party.objects.filter(pk=party_id, case_id=case_id).first()
        if party is None:
            raise NoSuchParty(case=case_id, party=party_id)
        traced(actor, case_id, "reveal", f"party:{party_id}", reason, at, of=REVEAL)
    return replace(masked(party), name=party.name, identity=party.identity, phone=party.phone, masked=False)
