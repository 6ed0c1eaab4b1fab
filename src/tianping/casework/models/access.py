"""可见性 · Who may see which case, as rows: a key is an institution in a capacity, and a case carries the keys that open it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tianping.casework.models.cases import Case
from tianping.casework.models.organisations import Organisation
from tianping.casework.models.people import Person


class AccessKey(models.Model):
    """钥匙 · An institution in a capacity: ``handle`` (it handles the case) or ``refer`` (a matter was sent to it)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False)
    capacity = models.CharField(max_length=20)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "capacity"], name="accesskey_once")]


class Visibility(models.Model):
    """可见 · One key that opens one case. ``due`` and ``lifecycle`` are the case's, so that a list never leaves its index."""

    pk = models.CompositePrimaryKey("key_id", "case_id")
    key = models.ForeignKey(AccessKey, on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_constraint=False)
    level = models.SmallIntegerField(default=0)
    lifecycle = models.SmallIntegerField()
    due = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "due", "case"], condition=models.Q(lifecycle=0), name="visibility_due")]


class Recusal(models.Model):
    """回避 · Somebody who may not see a case that he would otherwise see."""

    pk = models.CompositePrimaryKey("person_id", "case_id")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_index=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    ground = models.CharField(max_length=200)
    since = models.DateTimeField()
