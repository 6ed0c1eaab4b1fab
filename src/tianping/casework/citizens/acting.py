"""当事人办理 · A citizen as the actor of one of his cases: in the capacities that he has in it and in no other, seen through his own key.

So every question that is asked of officials is asked of him too, by the same guard; and the ledger says under each act which role he had.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID

from tianping.casework.access.probe import seen
from tianping.casework.citizens.people import key_of
from tianping.casework.engine.actors import OUTSIDE, Actor
from tianping.casework.engine.writers import Taken, step_take
from tianping.casework.errors import NoSuchCase
from tianping.casework.models import Case, Citizen, Party

PREFIX: Final = "Roles."


def capacity_code(capacity: str) -> str:
    """A capacity as a role's code."""
    return capacity if capacity.startswith(PREFIX) else PREFIX + capacity


def party_at(citizen: Citizen, case_id: int) -> Actor:
    """The citizen as a party of a case. Raises NoSuchCase, also for a sealed case: that is looked at in the court's own rooms."""
    found = Party.objects.filter(case_id=case_id, citizen=citizen, left__isnull=True).values_list("capacity", "case__organisation_id")
    rows = list(found)
    if not rows:
        raise NoSuchCase(case=case_id)
    actor = Actor(citizen.account, rows[0][1], frozenset(capacity_code(c) for c, _ in rows) & OUTSIDE, (key_of(citizen),))
    if case_id not in seen(actor, [case_id]):
        raise NoSuchCase(case=case_id)
    return actor


def looker(citizen: Citizen, case_id: int) -> Actor:
    """Who looks at a case with a code: he sees what the party sees and does nothing. Raises NoSuchCase."""
    organisation = Case.objects.filter(pk=case_id).values_list("organisation_id", flat=True).first()
    actor = Actor(citizen.account, organisation or 0, frozenset(), (key_of(citizen),))
    if case_id not in seen(actor, [case_id]):
        raise NoSuchCase(case=case_id)
    return actor


def own(citizen: Citizen) -> Actor:
    """The citizen before all his cases: to list them, not to act."""
    return Actor(citizen.account, 0, frozenset(), (key_of(citizen),))


def beginner(citizen: Citizen, organisation: int, roles: frozenset[str]) -> Actor:
    """The citizen as he begins a case of an institution, in the roles that its first step wants of people who act for themselves."""
    return Actor(citizen.account, organisation, roles & OUTSIDE, (key_of(citizen),))


def party_step(
    citizen: Citizen,
    case_id: int,
    step: str,
    *,
    at: datetime,
    facts: Mapping[str, object] | None = None,
    entity: str = "",
    key: UUID | None = None,
    expected_version: int | None = None,
) -> Taken:
    """Take a step that one party takes alone. Raises NoSuchCase and what ``step_take`` raises."""
    actor = party_at(citizen, case_id)
    return step_take(case_id=case_id, step=step, actor=actor, at=at, facts=facts, entity=entity, key=key, expected_version=expected_version)
