"""网上开始 · What a citizen may begin by himself: the first steps that people outside the institutions take, read from the definitions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

import psycopg
from django.db import transaction

from tianping.casework.access.keys import keys_for
from tianping.casework.citizens.acting import beginner, party_at
from tianping.casework.citizens.errors import NotForCitizens
from tianping.casework.citizens.looking import code_made
from tianping.casework.citizens.papers import Paper, handed_in
from tianping.casework.citizens.people import key_of
from tianping.casework.citizens.recipients import Recipient
from tianping.casework.engine.actors import OUTSIDE
from tianping.casework.engine.registered import folders, version_on
from tianping.casework.engine.writers import NewCase, NewParty, case_open
from tianping.casework.errors import KeyReused
from tianping.casework.models import Case, Citizen, Party
from tianping.casework.moments import instant, local
from tianping.law.identifiers import ResidentId, mask_phone
from tianping.procedure.registry import NoVersionOn
from tianping.procedure.roles import Role
from tianping.procedure.tables import StepRow, Tables


@dataclass(frozen=True, slots=True)
class Opening:
    """可以开始的一项 · A first step that somebody outside takes alone, and in which role."""

    tables: Tables
    row: StepRow
    role: Role


@dataclass(frozen=True, slots=True)
class Begun:
    """已开始 · The case, its last event, and the code to follow it with ("" where the same request had been answered before)."""

    case_id: int
    seq: int
    code: str


def openings(day: date) -> list[Opening]:
    """Everything that may be begun on a day, procedure by procedure."""
    return [one for code in sorted(folders()) for one in openings_of(code, day)]


def openings_of(procedure: str, day: date) -> list[Opening]:
    """What may be begun of one procedure; nothing of one that does not exist or has no version on the day."""
    if procedure not in folders():
        return []
    try:
        tables = version_on(procedure, day)[1]
    except NoVersionOn:
        return []
    first = [row for row in tables.steps if row.track == 0 and row.mask & 1]
    return [Opening(tables, row, role) for row in first if (role := _alone(row)) is not None]


def opening_of(procedure: str, step: str, day: date) -> Opening:
    """One of them. Raises NotForCitizens."""
    found = next((o for o in openings_of(procedure, day) if step in (o.row.step.code, o.row.step.name)), None)
    if found is None:
        raise NotForCitizens(title=procedure)
    return found


def _alone(row: StepRow) -> Role | None:
    """The role in which somebody outside takes the step alone."""
    return next((s[0] for s in row.step.by.sets() if len(s) == 1 and s[0].code in OUTSIDE), None)


def begun(
    citizen: Citizen, opening: Opening, organisation: int, *, at: datetime, title: str, key: UUID, facts: Mapping[str, object] | None = None,
    others: Sequence[NewParty] = (), papers: Sequence[Paper] = (), shown: bool = True, to: Recipient | None = None,
) -> Begun:  # fmt: skip
    """Begin a case of an institution, with its papers. ``shown``: whether the institution sees it at once (a draft it does not). ``to``: for whom it
    is, where not for the whole institution.

    The same key again is the same case. Raises KeyReused, TooManyPapers and what ``case_open`` raises.
    """
    mine = NewParty(
        citizen.name or f"手机{mask_phone(citizen.phone)}", opening.role.code, identity=citizen.identity if citizen.identified else "",
        phone=citizen.phone, minor=minor(citizen, at),
    )  # fmt: skip
    seen = () if not shown else keys_for(organisation) if to is None or not to.alone else to.keys(organisation)
    holder = None if to is None else to.holder
    new = NewCase(title[:200], organisation, source="", keys=(key_of(citizen), *seen), holder=holder, parties=(mine, *others))
    if (prior := _prior(citizen, organisation, key)) is not None:
        return prior
    try:
        return _begun(citizen, opening, new, at, key, facts, papers)
    except (psycopg.errors.UniqueViolation, psycopg.errors.InFailedSqlTransaction):  # sent twice at once: the other one was quicker
        if (prior := _prior(citizen, organisation, key)) is None:
            raise
        return prior


@transaction.atomic
def _begun(
    citizen: Citizen, opening: Opening, new: NewCase, at: datetime, key: UUID, facts: Mapping[str, object] | None, papers: Sequence[Paper]
) -> Begun:
    actor = beginner(citizen, new.organisation, frozenset({opening.role.code}))
    taken = case_open(
        procedure=opening.tables.procedure.code, step=opening.row.step.code, actor=actor, at=at, new=new, facts=facts, role=opening.role.code, key=key
    )
    first = Party.objects.filter(case_id=taken.case_id).order_by("pk").values_list("pk", flat=True)[:1]
    Party.objects.filter(pk__in=list(first)).update(citizen=citizen)
    if new.sealed:
        return Begun(taken.case_id, taken.seq, "")
    handed_in(party_at(citizen, taken.case_id), taken.case_id, taken.seq, papers, at=at)
    return Begun(taken.case_id, taken.seq, code_made(citizen, taken.case_id, at=at))


def _prior(citizen: Citizen, organisation: int, key: UUID) -> Begun | None:
    """What the same request did before. Raises KeyReused where it was somebody else's."""
    case = Case.objects.filter(organisation_id=organisation, open_key=key).values_list("pk", flat=True).first()
    if case is None:
        return None
    if not Party.objects.filter(case_id=case, citizen=citizen).exists():
        raise KeyReused(key=key)
    return Begun(case, 1, "")


def minor(citizen: Citizen, at: datetime) -> bool:
    """Whether the citizen is known to be under eighteen: then the case is sealed like any of a minor's."""
    number = citizen.identity
    if citizen.identified is None or len(number) != 18:
        return False
    return ResidentId(number).age_on(local(instant(at)).date()) < 18
