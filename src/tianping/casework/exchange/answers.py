"""往来投递 · What the outbox delivers between cases: that a matter was sent, to its receiver's inbox; and its answer, into the sender's ledger."""

from __future__ import annotations

from datetime import datetime

from tianping.casework.engine.writers import step_take
from tianping.casework.exchange.errors import Unaddressed
from tianping.casework.exchange.machine import exchange_at
from tianping.casework.exchange.services import known, part_of
from tianping.casework.models import Event, Referral
from tianping.casework.outbox.messages import Message, handles

NOBODY = "-"
"""Whom an answer is told to when nobody asked: the case was opened without a referral."""


def arrived(message: Message, at: datetime) -> str:
    """移送到达 · A matter that was sent stands in its receiver's inbox. Raises Unaddressed."""
    row = Referral.objects.select_related("receiver").filter(case_id=message.case_id, entity=message.body["entity"]).first()
    if row is None or row.receiver is None:
        raise Unaddressed(case=message.case_id, entity=message.body["entity"])
    Referral.objects.filter(pk=row.pk, delivered__isnull=True).update(delivered=at)
    return row.receiver.code


def answered(message: Message, at: datetime) -> str:
    """答复送达 · The receiver's case came to an answering stage: the sender's ledger gets ``answer`` with the outcome, as of that moment.

    The steps that the sender's procedure takes on hearing it follow in the same write. Raises NoSuchOutcome, Refusal.
    """
    row = Referral.objects.select_for_update(of=("self",)).select_related("case__organisation").filter(received_id=message.case_id).first()
    if row is None:
        return NOBODY
    part, outcome = part_of(row), str(message.body["outcome"])
    known(part.matter, outcome)
    happened = Event.objects.values_list("happened", flat=True).get(case_id=message.case_id, seq=message.seq)
    step_take(
        case_id=row.case_id, step=part.answer.code, actor=exchange_at(row.case), at=at, happened=happened, entity=row.entity,
        facts={part.outcome.name: outcome}, key=message.key,
    )  # fmt: skip
    Referral.objects.filter(pk=row.pk).update(state="answered", outcome=outcome, ended=happened)
    return row.case.organisation.code


handles("referral.sent", arrived)
handles("matter.answered", answered)
