"""名册 · The registers that courts keep of invited mediation bodies and mediators, each entry with its days."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tianping.casework.models.organisations import Organisation


class RegisterEntry(models.Model):
    """名册条目 · A mediation body or a mediator in a court's register (MED16 5, 6). It is never changed: it ends, and another begins.

    ``body``: the entry of the body that a mediator belongs to. ``sort``: what kind of mediation a body does. ``fields``: the professional fields.
    ``phone`` is for those who handle cases, the rest is public (MED16 8). ``trained``: the day of the court's training (MED16 7).
    """

    court = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=10)
    sort = models.CharField(max_length=12, default="")
    name = models.CharField(max_length=120)
    body = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="members")
    fields = ArrayField(models.CharField(max_length=40), default=list)
    certificate = models.CharField(max_length=60, default="")
    trained = models.DateField(null=True)
    phone = models.CharField(max_length=30, default="")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    reason = models.CharField(max_length=200, default="")
    added = models.DateTimeField()
    account = models.BigIntegerField()

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(kind__in=("body", "mediator")), name="registerentry_kind")]
        indexes: ClassVar = [models.Index(fields=["court", "id"], name="registerentry_court")]
