"""接收与退回 · ``referral_take`` and ``referral_return``: the receiver's two answers to a matter that was sent to it.

Both write on two sides in one transaction: the receiver's own case and the sender's ledger move together or not at all. The sender's side is written
by the exchange, as the procedures say; nobody reads the other side's case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from django.db import transaction

from tianping.casework.access.keys import keys_for
from tianping.casework.access.probe import barred
from tianping.casework.access.titles import retitled
from tianping.casework.engine.actors import HANDLE, MACHINES, PARTIES, REFER, Actor
from tianping.casework.engine.registered import tables_of
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.errors import KeyReused
from tianping.casework.exchange.errors import STATES, AlreadyDecided, NoReason, NoSuchOutcome, NoSuchReferral, NotYourMatter
from tianping.casework.exchange.machine import exchange_at
from tianping.casework.exchange.offers import Offer, chosen, offers
from tianping.casework.models import AccessKey, Case, Event, Party, Referral
from tianping.casework.moments import instant, local
from tianping.procedure import referral as language
from tianping.procedure.referral import Matter
from tianping.procedure.roles import Signer

LONGEST_REASON: Final = 400


@dataclass(frozen=True, slots=True)
class Received:
    """接收结果 · The receiver's own case, and the event that the sender's ledger got. ``replayed``: the answer of an earlier, equal request."""

    case_id: int
    seq: int
    stage: str
    sender_seq: int
    replayed: bool = False


@transaction.atomic
def referral_take(
    *,
    actor: Actor,
    referral_id: int,
    at: datetime,
    procedure: str = "",
    step: str = "",
    facts: Mapping[str, object] | None = None,
    happened: datetime | None = None,
    title: str = "",
    role: str | None = None,
    co_signers: tuple[Signer, ...] = (),
    holder: int | None = None,
    key: UUID | None = None,
) -> Received:
    """接收 · Take a matter: the receiver's case is opened under a procedure that answers it, and the sender's ledger gets ``receive``.

    ``procedure`` and ``step`` may be left out where only one of them is possible. Parties, source and sealing come from the sender's case; so do the
    answers that the referral carries, if the first step asks them. Raises NoSuchReferral, AlreadyDecided, NobodyAnswers, ChooseProcedure and what
    ``case_open`` raises.
    """
    row = _locked(actor, referral_id)
    if row.received is not None and key is not None and row.received.open_key == key:
        return _again(row)
    _undecided(row)
    if key is not None and Case.objects.filter(organisation_id=actor.organisation, open_key=key).exists():
        raise KeyReused(key=key)
    when = happened or at
    part = part_of(row)
    offer = chosen(part.matter, local(instant(when)).date(), procedure, step)
    by_sender = () if role is not None or _own_act(actor, offer) else sender_signs(row, part, offer)
    if by_sender:
        _works_on(actor, part.matter, local(instant(at)).date())
    new = NewCase(
        title or row.case.title, actor.organisation, row.case.source, row.case.level, holder=holder, keys=keys_for(actor.organisation),
    )  # fmt: skip
    opened = case_open(
        procedure=offer.procedure, step=offer.step.code, actor=actor, at=at, new=new, facts={**_carried(part, row.case, offer), **(facts or {})},
        happened=happened, role=role, co_signers=co_signers + by_sender, key=key,
    )  # fmt: skip
    _parties(row.case_id, opened.case_id)
    told = step_take(case_id=row.case_id, step=part.receive.code, actor=exchange_at(row.case), at=at, happened=happened, entity=row.entity)
    Referral.objects.filter(pk=row.pk).update(state="taken", received_id=opened.case_id, decided_by=actor.account)
    return Received(opened.case_id, opened.seq, opened.stage, told.seq)


@transaction.atomic
def referral_return(*, actor: Actor, referral_id: int, reason: str, at: datetime, outcome: str = "returned", happened: datetime | None = None) -> int:
    """退回 · Send a matter back with a reason; the sender's ledger gets ``refuse`` with one of the matter's outcomes. The seq of that event, or what
    follows it.

    The reason stands beside the referral, not in the ledger. Raises NoSuchReferral, AlreadyDecided, NotYourMatter, NoReason, NoSuchOutcome, Refusal.
    """
    row = _locked(actor, referral_id)
    _undecided(row)
    part = part_of(row)
    _works_on(actor, part.matter, local(instant(at)).date())
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise NoReason(most=LONGEST_REASON)
    known(part.matter, outcome)
    answer: dict[str, Any] = {part.outcome.name: outcome}
    told = step_take(
        case_id=row.case_id, step=part.refuse.code, actor=exchange_at(row.case), at=at, happened=happened, entity=row.entity, facts=answer
    )
    ended = instant(happened or at)
    Referral.objects.filter(pk=row.pk).update(state="refused", outcome=outcome, ended=ended, reason=reason.strip(), decided_by=actor.account)
    return told.seq


def sender_signs(row: Referral, part: language.Referral, offer: Offer) -> tuple[Signer, ...]:
    """来件人签署 · Who sent the matter, in a role that the receiver's first step wants: that act is the sender's own."""
    wanted = {role.code for signed in offer.step.by.sets() for role in signed} - MACHINES - PARTIES
    sent = Event.objects.filter(case_id=row.case_id, entity=row.entity, step=part.send.code).order_by("seq").first()
    return () if sent is None else tuple(Signer(who, role) for who, role in sent.signers if role in wanted)


def _own_act(actor: Actor, offer: Offer) -> bool:
    """Whether the actor holds a role of the first step itself."""
    return any(role.code in actor.roles for signed in offer.step.by.sets() for role in signed)


def matter_of(referral_id: int) -> type[Matter]:
    """委托事项 · What a referral is about. Whether it may be seen is asked before. Raises NoSuchReferral."""
    return part_of(_of(referral_id)).matter


def part_for(referral_id: int) -> language.Referral:
    """移送的部分 · The part of the sender's procedure that a referral is a run of. Whether it may be seen is asked before. Raises NoSuchReferral."""
    return part_of(_of(referral_id))


def ways(referral_id: int, day: date) -> list[tuple[Offer, bool]]:
    """接收方式 · Every way to take a referral on a day, and whether its first act is the sender's own. Raises NoSuchReferral."""
    row = _of(referral_id)
    part = part_of(row)
    return [(offer, bool(sender_signs(row, part, offer))) for offer in offers(part.matter, day)]


def _of(referral_id: int) -> Referral:
    row = Referral.objects.select_related("case").filter(pk=referral_id).first()
    if row is None:
        raise NoSuchReferral(referral=referral_id)
    return row


def part_of(row: Referral) -> language.Referral:
    """The part of the sender's procedure that a referral is a run of."""
    track = next(t for t in tables_of(row.case.definition_id).tracks if t.name == row.part)
    assert isinstance(track.part, language.Referral)
    return track.part


def known(matter: type[Matter], outcome: str) -> None:
    """Whether the matter has the outcome. Raises NoSuchOutcome."""
    names = [o.name for o in matter.outcomes()]
    if outcome not in names:
        raise NoSuchOutcome(matter=matter.title, outcome=outcome, known=", ".join(names))


def _locked(actor: Actor, referral_id: int) -> Referral:
    """The referral, if it was sent to the actor's institution and the actor has a key of it; nobody else decides on it meanwhile."""
    rows = Referral.objects.select_for_update(of=("self",)).select_related("case", "received")
    row = rows.filter(pk=referral_id, receiver_id=actor.organisation).first()
    keyed = AccessKey.objects.filter(pk__in=actor.keys, organisation_id=actor.organisation, capacity__in=(HANDLE, REFER)).exists()
    if row is None or not keyed or barred(actor, row.case_id):
        raise NoSuchReferral(referral=referral_id)
    return row


def _works_on(actor: Actor, matter: type[Matter], day: date) -> None:
    """Whether the actor has a role of a procedure that answers the matter; any role where none does. Raises NotYourMatter."""
    wanted = {role.code for offer in offers(matter, day) for row in offer.tables.steps for signed in row.step.by.sets() for role in signed} - MACHINES
    if not (actor.roles & wanted if wanted else actor.roles):
        raise NotYourMatter(matter=matter.title)


def _undecided(row: Referral) -> None:
    if row.state != "sent":
        raise AlreadyDecided(referral=row.pk, state=STATES[row.state])


def _again(row: Referral) -> Received:
    assert row.received is not None
    return Received(row.received.pk, row.received.seq, row.received.stage, row.case.seq, replayed=True)


def _carried(part: language.Referral, case: Case, offer: Offer) -> dict[str, object]:
    """The answers that the referral carries and the first step asks for, as they stand in the sender's case."""
    asked = {f.name: f for f in offer.step.asks}
    return {f.name: case.facts[f.name] for f in part.carries if f.name in case.facts and f.name in asked and asked[f.name].kind is f.kind}


def _parties(sender: int, receiver: int) -> None:
    """The parties of the sender's case, and who acts for whom, at the receiver's."""
    rows = list(Party.objects.filter(case_id=sender).order_by("pk"))
    copies = {p.pk: _copy(p, receiver) for p in rows}
    Party.objects.bulk_create(copies.values())
    acting = [(copies[p.pk], copies[p.acts_for_id]) for p in rows if p.acts_for_id is not None]
    for one, represented in acting:
        one.acts_for = represented
    Party.objects.bulk_update([one for one, _ in acting], ["acts_for"])
    retitled([receiver])


def _copy(party: Party, case: int) -> Party:
    kept = {f.attname: getattr(party, f.attname) for f in Party._meta.concrete_fields if f.name not in ("id", "case", "acts_for")}
    return Party(case_id=case, **kept)
