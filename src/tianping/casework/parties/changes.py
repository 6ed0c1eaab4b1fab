"""当事人变更 · Parties join a case, are represented, replaced and leave it. Nobody is overwritten: who left stays in the record with the reason.

A party that is a minor seals the case at once to level 1 at least.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tianping.casework.access.masking import PartyView, masked
from tianping.casework.access.titles import retitled
from tianping.casework.citizens.people import closed_to_former
from tianping.casework.engine.actors import REFER, Actor
from tianping.casework.handling.guard import Held, capacities, held, why
from tianping.casework.handling.sight import stands_as
from tianping.casework.models import Case, Party
from tianping.casework.parties.errors import BadParty, NotAParty, Represented
from tianping.casework.parties.papers import check_papers
from tianping.law.text import T
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.roles import Role

CAPACITIES: Final = frozenset(role.code for role in vars(Roles).values() if isinstance(role, Role) and role is not Roles.SYSTEM)
PAGE: Final = 200
LEAVE, REPLACE = T("当事人退出", "leaving the case"), T("变更当事人", "replacing a party")


@dataclass(frozen=True, slots=True)
class PartyData:
    """当事人信息 · ``capacity``: a role code. ``kind``: person or body. ``acts_for`` and ``authority``: of a representative."""

    name: str
    capacity: str
    kind: str = "person"
    identity: str = ""
    phone: str = ""
    minor: bool = False
    acts_for: int | None = None
    authority: str = ""


def party_added(*, case_id: int, party: PartyData, actor: Actor, at: datetime) -> int:
    """增加当事人 · Raises BadParty, Represented, NotAParty, OnlyHandlers, NoSuchCase."""
    with held(case_id, actor, at=at) as h:
        row = _joined(h, party, None)
        h.changed("party.added", f"party:{row.pk}", capacity=row.capacity, acts_for=row.acts_for_id)
        return row.pk


def party_replaced(*, case_id: int, party: int, by: PartyData, actor: Actor, at: datetime, reason: str) -> int:
    """变更当事人 · A successor in right, or the same party with its papers corrected; its representatives go with the one who left."""
    with held(case_id, actor, at=at) as h:
        said = why(reason, REPLACE)
        old = _standing(h, party)
        _gone(h, old, said)
        row = _joined(h, by, old)
        h.changed("party.replaced", f"party:{row.pk}", reason=said, before=party)
        return row.pk


def party_left(*, case_id: int, party: int, actor: Actor, at: datetime, reason: str) -> None:
    """当事人退出 · With those who represent it. Raises NotAParty, WhyNeeded."""
    with held(case_id, actor, at=at) as h:
        said = why(reason, LEAVE)
        _gone(h, _standing(h, party), said)
        h.changed("party.left", f"party:{party}", reason=said)


def parties_of(*, case_id: int, actor: Actor, everybody: bool = False, after: int = 0, size: int = PAGE) -> list[PartyView]:
    """A page of the parties of a case, masked; with ``everybody`` those too who left. Whoever only took a matter sees none. Raises NoSuchCase."""
    if capacities(case_id, actor) == {REFER}:
        return []
    rows = Party.objects.filter(case_id=case_id, pk__gt=after)
    return [masked(p) for p in (rows if everybody else rows.filter(left__isnull=True)).order_by("pk")[:size]]


def _standing(h: Held, party: int) -> Party:
    row = Party.objects.filter(pk=party, case_id=h.case.pk, left__isnull=True).first()
    if row is None:
        raise NotAParty(case=h.case.pk, party=party)
    return row


def _gone(h: Held, row: Party, reason: str) -> None:
    leaving = [row.pk, *Party.objects.filter(acts_for=row, left__isnull=True).values_list("pk", flat=True)]
    Party.objects.filter(pk__in=leaving).update(left=h.at, left_why=reason[:200])
    closed_to_former(h.case.pk)


def _joined(h: Held, data: PartyData, replaces: Party | None) -> Party:
    if data.capacity not in CAPACITIES:
        raise BadParty(field=T("身份", "capacity"), reason=T(f"没有角色 {data.capacity}", f"there is no role {data.capacity}"))
    check_papers(data.kind, data.name, data.identity, data.phone)
    _may_represent(h, data, replaces)
    row = Party.objects.create(
        case=h.case, capacity=data.capacity, kind=data.kind, name=data.name.strip(), identity=data.identity.strip().upper(),
        phone=data.phone.strip(), minor=data.minor, acts_for_id=data.acts_for, authority=data.authority.strip(), joined=h.at, replaces=replaces,
    )  # fmt: skip
    retitled([h.case.pk])
    if data.minor and h.case.level < 1:
        Case.objects.filter(pk=h.case.pk).update(level=1)
        stands_as(h.case.pk)
        h.changed("case.sealed", f"case:{h.case.pk}", reason="minor", before=h.case.level, after=1)
    return row


def _may_represent(h: Held, data: PartyData, replaces: Party | None) -> None:
    if data.acts_for is None:
        if data.authority:
            raise Represented(reason=T("写了权限，没有写被代理人", "an authority is given, but for nobody"))
        return
    if not data.authority.strip() or len(data.authority) > 40:
        raise Represented(reason=T("代理权限应为1至40字", "the authority should have 1 to 40 characters"))
    for_whom = _standing(h, data.acts_for)
    if for_whom.acts_for_id is not None or (replaces is not None and replaces.pk == for_whom.pk):
        raise Represented(reason=T("被代理人本身是代理人", "whom it acts for is a representative itself"))
