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
        indexes: ClassVar = [models.Index(fields=["recorded"], name="event_recorded")]


class Checkpoint(models.Model):
    """检查点 · A signed Merkle root over the heads of the cases written since the last one."""

    number = models.BigIntegerField(primary_key=True)
    taken = models.DateTimeField()
    events = models.BigIntegerField()
    root = models.BinaryField(max_length=32)
    previous = models.BinaryField(max_length=32)
    signature = models.BinaryField(max_length=64)
    key_id = models.CharField(max_length=64)
