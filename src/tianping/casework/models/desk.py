"""办案台 · What somebody keeps at the desk: filters saved under a name, and the consent of a colleague to a step that several must take."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tianping.casework.models.cases import Case
from tianping.casework.models.people import Account


class SavedView(models.Model):
    """保存的筛选 · A filter of the worklist under a name. ``query``: what is asked, by the names of the worklist's own filters."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, db_index=False)
    name = models.CharField(max_length=40)
    query = models.JSONField()
    made = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account", "name"], name="savedview_once")]

    def __str__(self) -> str:
        return self.name


class Consent(models.Model):
    """共同办理的同意 · Somebody's consent to a step of a case as it stood (``seq``); whoever takes the step signs with it. It is not given twice."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    seq = models.IntegerField()
    step = models.CharField(max_length=120)
    entity = models.CharField(max_length=80)
    account = models.CharField(max_length=60)
    role = models.CharField(max_length=60)
    given = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "seq", "step", "entity", "account"], name="consent_once")]
