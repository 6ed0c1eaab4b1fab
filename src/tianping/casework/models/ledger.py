"""台账 · What happened, for ever. The database refuses to change or delete an event; a payload may be erased, which is an event too."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Event(models.Model):
    """事件 · One act. ``happened`` and ``recorded`` are apart; ``voids`` names the entry that it corrects. No foreign key: the chain covers it."""

    pk = models.CompositePrimaryKey("case_id", "seq")
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    track = models.CharField(max_length=60)
    entity = models.CharField(max_length=80)
    step = models.CharField(max_length=120)
    happened = models.DateTimeField()
    recorded = models.DateTimeField()
    voids = models.IntegerField(null=True)
    organisation = models.IntegerField()
    signers = models.JSONField()
    recorder = models.CharField(max_length=60)
    into = models.BigIntegerField(null=True)
    key = models.UUIDField(null=True)
    request = models.BinaryField(max_length=32, null=True)
    payload = models.JSONField(null=True)
    payload_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case_id", "key"], condition=models.Q(key__isnull=False), name="event_key"),
        ]
        indexes: ClassVar = [models.Index(fields=["into"], condition=models.Q(into__isnull=False), name="event_into")]


class Checkpoint(models.Model):
    """检查点 · A signed Merkle root over the heads of the cases written since the last one.

    ``horizon`` is the transaction before which everything is in it, ``system`` the server that counts so: a restored database counts anew.
    """

    number = models.BigIntegerField(primary_key=True)
    taken = models.DateTimeField()
    cases = models.IntegerField()
    events = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    digest = models.CharField(max_length=20)
    suite = models.CharField(max_length=20)
    public = models.BinaryField(max_length=200)
    signature = models.BinaryField(max_length=200)
    horizon = models.BigIntegerField()
    system = models.BigIntegerField()


class CheckpointHead(models.Model):
    """检查点所载 · A head that a checkpoint covers: where a case stood."""

    pk = models.CompositePrimaryKey("case_id", "seq")
    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    hash = models.BinaryField(max_length=32)
    checkpoint = models.ForeignKey(Checkpoint, on_delete=models.PROTECT, db_constraint=False)


class AnchorPlace(models.Model):
    """送存处 · How far each second place has received the checkpoints, and since when and why it has not."""

    place = models.CharField(max_length=500, primary_key=True)
    number = models.BigIntegerField(default=0)
    written = models.DateTimeField(null=True)
    failing = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, default="")
