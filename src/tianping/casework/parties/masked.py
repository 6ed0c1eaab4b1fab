"""脱敏显示 · A party as everybody sees it: surname and 某, the ends of an identity number, the end of a telephone. Revealing is for ``access``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tianping.casework.models import Party
from tianping.law.identifiers import mask_name, mask_phone, mask_resident_id


@dataclass(frozen=True, slots=True)
class Shown:
    """显示的当事人 · A party with its name, identity and telephone masked; a body keeps its name and code, which are public."""

    id: int
    capacity: str
    kind: str
    name: str
    identity: str
    phone: str
    acts_for: int | None


def masked(party: Party) -> Shown:
    """A party as everybody sees it."""
    person = party.kind == "person"
    name = mask_name(party.name) if person else party.name
    identity = mask_resident_id(party.identity) if person else party.identity
    return Shown(party.pk, party.capacity, party.kind, name, identity, mask_phone(party.phone) if party.phone else "", party.acts_for_id)


def masked_title(title: str, parties: Iterable[Party]) -> str:
    """A title with the names of natural persons masked; longer names first, so that none is left inside another."""
    names = sorted({p.name for p in parties if p.kind == "person" and p.name}, key=len, reverse=True)
    for name in names:
        title = title.replace(name, mask_name(name))
    return title
