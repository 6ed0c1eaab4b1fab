"""变动留痕 · What was changed around a case and is no step of a procedure. The database refuses to change or delete it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Change(models.Model):
    """变动 · One act: who, when, what it was about, what it was before and is since. ``case_id`` is null where it is no case's."""

    at = models.DateTimeField()
    account = models.CharField(max_length=60)
    organisation = models.BigIntegerField(null=True)
    case_id = models.BigIntegerField(null=True)
    act = models.CharField(max_length=40)
    subject = models.CharField(max_length=80)
    reason = models.CharField(max_length=400, default="")
    body = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["case_id", "id"], condition=models.Q(case_id__isnull=False), name="change_case"),
            models.Index(fields=["subject", "id"], name="change_subject"),
            models.Index(
                fields=["organisation", "-id"], condition=models.Q(act__in=["citizen.identified", "citizen.unidentified"]), name="change_counter"
            ),
        ]
