"""往来 · What one institution hands to another, and the messages that leave."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tianping.casework.models.cases import Case
from tianping.casework.models.organisations import Organisation


class Referral(models.Model):
    """移送 · A matter sent by one case to an institution. ``state``: sent, taken, answered, refused. The receiver's own case once it is taken."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sent")
    entity = models.CharField(max_length=80)
    part = models.CharField(max_length=60)
    matter = models.CharField(max_length=60)
    receiver = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False)
    received = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="taken")
    state = models.CharField(max_length=10, default="sent")
    outcome = models.CharField(max_length=60, default="")
    sent = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "entity"], name="referral_once")]
        indexes: ClassVar = [models.Index(fields=["receiver", "state", "-id"], name="referral_inbox")]


class Outbox(models.Model):
    """发件箱 · A message that must leave, written with the step that caused it; ``done`` when it was delivered."""

    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    topic = models.CharField(max_length=60)
    body = models.JSONField()
    created = models.DateTimeField()
    done = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    error = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["id"], condition=models.Q(done__isnull=True), name="outbox_open")]
