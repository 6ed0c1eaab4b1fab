"""检查点 · Taken while events arrive: a signed root over the heads written since the last, kept here and written to every second place.

Called by the worker at least once a minute, and by whoever imports. Two workers take turns; a crash at any point leaves nothing half done: a
checkpoint is one transaction, and a second place gets later what it did not get at once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connection, transaction

from tianping.casework.ledger.anchor import append
from tianping.casework.ledger.canonical import DIGESTS, NO_HASH
from tianping.casework.ledger.errors import BadAnchor, ForkedAnchor, NotAnchored
from tianping.casework.ledger.merkle import Head, leaf, proof
from tianping.casework.ledger.record import Record, rooted
from tianping.casework.ledger.signing import key_at
from tianping.casework.models import AnchorPlace, Checkpoint, CheckpointHead
from tianping.casework.moments import instant, written

LOG: Final = logging.getLogger(__name__)
EVERY: Final = timedelta(seconds=60)
"""A checkpoint is taken at least so often while events arrive: the interval of X-Road's message log."""
MOST: Final = 50_000
"""Heads to a checkpoint; a large import gives several."""
TURN: Final = 8_203_411
"""The lock under which workers take turns."""

_HEADS: Final = """
select c.case_id, e.seq, e.hash, e.seq - coalesce(h.seq, 0), pg_snapshot_xmin(pg_current_snapshot())::text::bigint
from (select distinct case_id from casework_event where written >= %(since)s) c
cross join lateral (select seq, hash from casework_event e where e.case_id = c.case_id order by seq desc limit 1) e
left join lateral (select seq from casework_checkpointhead h where h.case_id = c.case_id order by seq desc limit 1) h on true
where e.seq > coalesce(h.seq, 0) order by c.case_id limit %(most)s"""


def checkpoint_take(*, at: datetime) -> Checkpoint | None:
    """取检查点 · The last of the checkpoints that were due, or None when nothing was written since; then brings every second place up to date.

    A second place that cannot be written is no error of the caller: it stands in ``AnchorPlace`` and in the log, and is tried again next time.
    """
    last = None
    while True:
        with transaction.atomic():
            taken, more = _taken(at)
        last = taken or last
        if not more:
            break
    for place in settings.TIANPING_ANCHORS:
        _brought(Path(place), at)
    return last


def _taken(at: datetime) -> tuple[Checkpoint | None, bool]:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [TURN])
        cursor.execute("select system_identifier from pg_control_system()")
        system = cursor.fetchone()[0]
        before = Checkpoint.objects.order_by("-number").first()
        since = before.horizon if before is not None and before.system == system else 0
        cursor.execute(_HEADS, {"since": since, "most": MOST + 1})
        found: list[Any] = cursor.fetchall()
    if not found:
        return None, False
    rows, more = found[:MOST], len(found) > MOST
    heads: tuple[Head, ...] = tuple((case, seq, bytes(digest)) for case, seq, digest, _, _ in rows)
    record = _record(before, at, heads, sum(r[3] for r in rows))
    return _kept(record, at, since if more else rows[0][4], system), more


def _record(before: Checkpoint | None, at: datetime, heads: tuple[Head, ...], events: int) -> Record:
    key = key_at(settings.TIANPING_LEDGER_KEY, settings.TIANPING_SIGNATURE)
    number, previous = (1, NO_HASH) if before is None else (before.number + 1, record_of(before).name)
    digest = settings.TIANPING_DIGEST
    return Record(number, written(at), len(heads), events, rooted(heads, digest), previous, digest, key.suite, key.public, heads).signed(key)


def _kept(record: Record, at: datetime, horizon: int, system: int) -> Checkpoint:
    row = Checkpoint.objects.create(
        number=record.number, taken=instant(at), cases=record.cases, events=record.events, root=record.root, previous=record.previous,
        digest=record.digest, suite=record.suite, public=record.public, signature=record.signature, horizon=horizon, system=system,
    )  # fmt: skip
    with connection.connection.cursor().copy("copy casework_checkpointhead (case_id, seq, hash, checkpoint_id) from stdin") as copy:
        for case, seq, found in record.heads:
            copy.write_row((case, seq, found, record.number))
    return row


# ---- as records --------------------------------------------------------------------------------------------------------------------


def record_of(row: Checkpoint, heads: tuple[Head, ...] = ()) -> Record:
    """A stored checkpoint as it leaves the house."""
    hashes = (bytes(row.root), bytes(row.previous))
    return Record(
        row.number, written(row.taken), row.cases, row.events, *hashes, row.digest, row.suite, bytes(row.public), heads, bytes(row.signature)
    )


def heads_of(number: int) -> tuple[Head, ...]:
    """The heads of a checkpoint, in the order in which they were hashed."""
    listed = CheckpointHead.objects.filter(checkpoint_id=number).order_by("case_id").values_list("case_id", "seq", "hash")
    return tuple((case, seq, bytes(found)) for case, seq, found in listed)


def records(after: int = 0) -> Iterator[Record]:
    """Every stored checkpoint after a number, with its heads, for a second place or the verifier."""
    for row in Checkpoint.objects.filter(number__gt=after).order_by("number").iterator(chunk_size=100):
        yield record_of(row, heads_of(row.number))


def inclusion(case_id: int) -> tuple[Record, Head, list[tuple[bool, bytes]]] | None:
    """入册证明 · The last checkpoint that covers a case, the case's head in it, and the hashes that lead from there to its root."""
    row = CheckpointHead.objects.filter(case_id=case_id).order_by("-seq").first()
    if row is None:
        return None
    heads, found = heads_of(row.checkpoint_id), record_of(Checkpoint.objects.get(pk=row.checkpoint_id))
    check, head = DIGESTS[found.digest], (case_id, row.seq, bytes(row.hash))
    return found, head, proof([leaf(h, check) for h in heads], heads.index(head), check)


# ---- second places -----------------------------------------------------------------------------------------------------------------


def _brought(place: Path, at: datetime) -> None:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(%s)", [TURN])
        row, _ = AnchorPlace.objects.get_or_create(place=str(place))
        newest = Checkpoint.objects.order_by("-number").values_list("number", flat=True).first() or 0
        try:
            while row.number < newest:
                part = [r for r, _ in zip(records(row.number), range(20), strict=False)]
                row.number = append(place, part)
        except (OSError, BadAnchor, ForkedAnchor) as error:
            row.failing, row.error = row.failing or instant(at), str(error)[:500]
            LOG.error("检查点未能写入 · checkpoints cannot be written to %s: %s", place, error)
        else:
            row.failing, row.error, row.written = None, "", instant(at)
        row.save()


def anchored_or_refused(at: datetime) -> None:
    """What cannot be undone waits until the second places have what they must have. Raises NotAnchored after ``TIANPING_ANCHOR_HOURS``."""
    patience = timedelta(hours=settings.TIANPING_ANCHOR_HOURS)
    for row in AnchorPlace.objects.filter(place__in=[str(p) for p in settings.TIANPING_ANCHORS], failing__isnull=False):
        assert row.failing is not None
        if instant(at) - row.failing > patience:
            raise NotAnchored(since=row.failing.isoformat(timespec="minutes"), place=row.place, reason=row.error)
