"""共同签署 · A step that the sides take together: each signs by himself, for the case as it stands and the same answers; the last one takes it.

Where somebody of an institution signs too (a mediator), the parties' signatures wait for him: his desk shows them beside his colleagues' consents.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from tianping.casework.changes import changed
from tianping.casework.citizens.acting import party_at
from tianping.casework.engine.actors import OUTSIDE
from tianping.casework.engine.facts import plain, typed_facts
from tianping.casework.engine.registered import tables_of
from tianping.casework.engine.writers import Taken, step_take
from tianping.casework.errors import NoSuchStep, StaleCase
from tianping.casework.models import Case, Citizen, Consent, PartySignature
from tianping.procedure.roles import Signer
from tianping.procedure.tables import StepRow


@dataclass(frozen=True, slots=True)
class Signed:
    """签署结果 · ``taken``: what was written, if nobody else has to sign any more; else ``waits`` for these roles."""

    taken: Taken | None
    waits: tuple[str, ...]


@transaction.atomic
def party_signed(
    citizen: Citizen, case_id: int, step: str, *, at: datetime, version: int, facts: Mapping[str, Any] | None = None, entity: str = "", key: UUID,
) -> Signed:  # fmt: skip
    """Sign a step, and take it if that was the last signature. Raises NoSuchCase, StaleCase, and what ``step_take`` raises."""
    actor = party_at(citizen, case_id)
    case = Case.objects.select_for_update().get(pk=case_id)
    if case.seq != version:
        raise StaleCase(case=case_id, expected=version, seq=case.seq)
    tables = tables_of(case.definition_id)
    if step not in tables.by_step:
        raise NoSuchStep(procedure=tables.procedure.title, step=step)
    row = tables.steps[tables.by_step[step]]
    step = row.step.code
    answers = {name: plain(value) for name, value in typed_facts(tables, facts or {}, row.no).items()}
    own = actor.signature(row)
    if own.role in OUTSIDE:
        PartySignature.objects.update_or_create(
            case=case, seq=case.seq, step=step, entity=entity, account=actor.account, defaults={"role": own.role, "facts": answers, "signed": at}
        )
        Consent.objects.update_or_create(
            case_id=case_id, seq=case.seq, step=step, entity=entity, account=actor.account, defaults={"role": own.role, "given": at}
        )
    others = tuple(s for s in signatures_of(case_id, step, version=case.seq, entity=entity, facts=answers) if s.actor != actor.account)
    waits = missing(row, (own, *others))
    if waits and own.role in OUTSIDE:
        changed("step.signed", account=actor.account, at=at, subject=f"step:{step}", case_id=case_id, body={"role": own.role})
        return Signed(None, waits)
    return Signed(
        step_take(
            case_id=case_id, step=step, actor=actor, at=at, facts=answers, entity=entity, co_signers=others, key=key, expected_version=version
        ),
        (),
    )  # fmt: skip


def signatures_of(case_id: int, step: str, *, version: int, entity: str = "", facts: Mapping[str, Any] | None = None) -> tuple[Signer, ...]:
    """The parties' signatures that are good now: for the case as it stands and, where answers are given, for the same ones."""
    rows = PartySignature.objects.filter(case_id=case_id, step=step, entity=entity, seq=version).order_by("pk")[:20]
    return tuple(Signer(r.account, r.role) for r in rows if facts is None or r.facts == dict(facts))


def signed_answers(case_id: int, step: str, *, version: int, entity: str = "") -> dict[str, Any]:
    """What the first side that signed has signed for: the other signs for the same, or for nothing."""
    row = PartySignature.objects.filter(case_id=case_id, step=step, entity=entity, seq=version).order_by("pk").first()
    return {} if row is None else dict(row.facts)


def missing(row: StepRow, signers: tuple[Signer, ...]) -> tuple[str, ...]:
    """Which roles have not signed, of the combination that lacks the fewest."""
    if row.step.by.satisfied(signers):
        return ()
    held = {s.role for s in signers}
    lacking = [tuple(dict.fromkeys(r.code for r in wanted if r.code not in held)) for wanted in row.step.by.sets()]
    return min((few for few in lacking if few), key=len, default=tuple(r.code for r in row.step.by.sets()[0]))
