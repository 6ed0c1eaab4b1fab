"""投递 · The dispatcher: drains the outbox message by message, each in a transaction of its own with its effect and its line in the delivery ledger.

Several may run at once, on several machines: a message is locked by whoever tries it, and the others pass over it. The messages of one case go in the
order in which they were written. A dispatcher that dies leaves nothing half-done: effect, ``done`` and delivery are one commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction

from tianping.casework.models import Delivery, Outbox
from tianping.casework.outbox.errors import NoHandler
from tianping.casework.outbox.messages import Message, handler_of
from tianping.law.errors import TianpingError

BATCH: Final = 200
"""Messages to one run of the dispatcher."""
FIRST_WAIT: Final = timedelta(seconds=5)
LONGEST_WAIT: Final = timedelta(hours=1)
ATTEMPTS: Final = 12
"""After so many a message is given up: about two and a half hours. It stays on record until somebody sends it again."""

_CLAIM: Final = """
select o.id, o.case_id, o.seq, o.topic, o.body, o.tries from casework_outbox o
where o.done is null and o.dead is null and (o.due is null or o.due <= %s)
  and not exists (select from casework_outbox b where b.case_id = o.case_id and b.id < o.id and b.done is null and b.dead is null)
order by o.id limit 1 for update skip locked"""


@dataclass(slots=True)
class Drained:
    """投递结果 · What one run did."""

    delivered: int = 0
    failed: int = 0
    dead: int = 0

    @property
    def tried(self) -> int:
        """How many messages were tried."""
        return self.delivered + self.failed + self.dead


def drain(*, at: datetime, limit: int = BATCH) -> Drained:
    """投递一批 · Try the messages that are due, at most so many. ``at`` is the instant that stands in the ledgers."""
    out = Drained()
    while out.tried < limit:
        with transaction.atomic():
            message = _claimed(at)
            if message is None:
                break
            result = _tried(message, at)
        setattr(out, result, getattr(out, result) + 1)
    return out


def wait_after(tries: int) -> timedelta:
    """退避 · How long a message waits after so many failures: 5 s, 10 s, 20 s … an hour."""
    wait: timedelta = FIRST_WAIT * 2 ** (tries - 1)
    return min(wait, LONGEST_WAIT)


def _claimed(at: datetime) -> Message | None:
    """The first message that is due and that nobody else is trying, locked."""
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, [at])
        row = cursor.fetchone()
    if row is None:
        return None
    found = Outbox.objects.get(pk=row[0])
    return Message(found.pk, found.case_id, found.seq, found.topic, found.body, found.tries)


def _tried(message: Message, at: datetime) -> str:
    """Deliver it, or put down why not and when to try again."""
    attempt, recipient, error = message.tries + 1, "", ""
    try:
        with transaction.atomic():
            recipient = _delivered(message, at)
    except Exception as failure:  # one message that cannot be handled must not hold up all others; the reason is put on record
        error = _told(failure)
    result = "delivered" if not error else ("dead" if attempt >= ATTEMPTS else "failed")
    told = {"done": at if not error else None, "dead": at if result == "dead" else None, "due": at + wait_after(attempt) if error else None}
    Outbox.objects.filter(pk=message.id).update(tries=attempt, error=error, **told)
    Delivery.objects.create(outbox_id=message.id, attempt=attempt, tried=at, recipient=recipient, result=result, error=error)
    return result


def _delivered(message: Message, at: datetime) -> str:
    handler = handler_of(message.topic)
    if handler is None:
        raise NoHandler(topic=message.topic)
    return handler(message, at)


def _told(failure: Exception) -> str:
    """A reason for the ledger: an error of ours in its own words, of any other only its kind, for its words may hold what the message held."""
    return f"{failure.code} {failure.message.en}" if isinstance(failure, TianpingError) else type(failure).__name__
