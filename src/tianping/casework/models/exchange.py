"""往来 · What one institution hands to another, the messages that leave, and every attempt to deliver them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tianping.casework.models.cases import Case
from tianping.casework.models.organisations import Organisation


class Referral(models.Model):
    """移送 · A matter sent by one case to an institution. ``state``: unaddressed (no receiver was named: nobody has it yet), sent, taken, answered,
    refused. The receiver's own case once it is taken.

    ``delivered``: when it reached the receiver's inbox. ``decided_by``: the account that took it or sent it back, and then with what ``reason``.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sent")
    entity = models.CharField(max_length=80)
    part = models.CharField(max_length=60)
    matter = models.CharField(max_length=60)
    sender = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    receiver = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    received = models.OneToOneField(Case, null=True, on_delete=models.PROTECT, related_name="taken")
    state = models.CharField(max_length=12, default="sent")
    outcome = models.CharField(max_length=60, default="")
    sent = models.DateTimeField()
    ended = models.DateTimeField(null=True)
    delivered = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=60, default="", db_default="")
    reason = models.CharField(max_length=400, default="", db_default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "entity"], name="referral_once")]
        indexes: ClassVar = [
            models.Index(fields=["receiver", "state", "-id"], name="referral_inbox"),
            models.Index(fields=["sender", "-id"], name="referral_outbox"),
        ]


class Outbox(models.Model):
    """发件箱 · A message that must leave, written with the step that caused it; ``done`` when it was delivered.

    ``due``: not to be tried again before (null: at once). ``dead``: when it was given up, until somebody looks at it and sends it again.
    """

    case_id = models.BigIntegerField()
    seq = models.IntegerField()
    topic = models.CharField(max_length=60)
    body = models.JSONField()
    created = models.DateTimeField()
    done = models.DateTimeField(null=True)
    tries = models.IntegerField(default=0)
    error = models.TextField(default="")
    due = models.DateTimeField(null=True)
    dead = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(done__isnull=True, dead__isnull=True), name="outbox_open"),
            models.Index(fields=["case_id", "id"], condition=models.Q(done__isnull=True, dead__isnull=True), name="outbox_open_case"),
            models.Index(fields=["-id"], condition=models.Q(dead__isnull=False), name="outbox_dead"),
        ]


class Delivery(models.Model):
    """送达台账 · One attempt to deliver a message. ``result``: delivered, failed, dead (given up) or again (somebody sent it again). Append-only."""

    outbox = models.ForeignKey(Outbox, on_delete=models.PROTECT, related_name="deliveries", db_index=False)
    attempt = models.IntegerField()
    tried = models.DateTimeField()
    recipient = models.CharField(max_length=120)
    result = models.CharField(max_length=10)
    error = models.TextField(default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["outbox", "attempt"], name="delivery_once")]
        indexes: ClassVar = [models.Index(fields=["-tried", "-id"], name="delivery_latest")]
