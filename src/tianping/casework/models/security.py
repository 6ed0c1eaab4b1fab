"""安全 · What guards the door: personal tokens, one-time codes, how much somebody may still ask, and the security log that is only added to."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tianping.casework.models.people import Account


class Token(models.Model):
    """个人令牌 · A secret that stands for an account at the API. Only its digest is kept: the secret is shown once. ``scopes``: read, write."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80)
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = ArrayField(models.CharField(max_length=10))
    made = models.DateTimeField()
    expires = models.DateTimeField()
    used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)


class OneTimeCode(models.Model):
    """一次性验证码 · A code that opens one thing once: ``sign_in``, or ``enrol`` (to set a password). Kept as a keyed digest, with few tries."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="codes")
    purpose = models.CharField(max_length=10)
    digest = models.BinaryField(max_length=32)
    expires = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    used = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "purpose"], name="onetimecode_once")]


class SecurityEvent(models.Model):
    """安全日志 · One thing that happened at the door. No foreign key: a row outlives what it speaks of. The database refuses to change it."""

    at = models.DateTimeField()
    kind = models.CharField(max_length=30)
    actor = models.BigIntegerField(null=True)
    subject = models.BigIntegerField(null=True)
    address = models.GenericIPAddressField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "-id"], name="securityevent_kind"),
            models.Index(fields=["subject", "-id"], name="securityevent_subject"),
            models.Index(fields=["actor", "-id"], name="securityevent_actor"),
            models.Index(fields=["actor", "kind", "-id"], name="securityevent_both"),
            models.Index(fields=["-at", "-id"], name="securityevent_day"),
        ]


class Allowance(models.Model):
    """余量 · When the allowance of an account or an address will be whole again (GCRA): one row for each, however long it asks."""

    key = models.CharField(max_length=100, primary_key=True)
    whole = models.DateTimeField()


class Denials(models.Model):
    """未记的拒绝 · How many denials of an account were only counted, because they came faster than rows are written."""

    account = models.BigIntegerField(primary_key=True)
    unwritten = models.IntegerField()
