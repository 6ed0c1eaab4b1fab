"""导入作业 · A file of cases that an administrator handed in: tried, looked at, then written or dropped, and forgotten."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class ImportJob(models.Model):
    """导入作业 · ``state``: trying, tried, writing, written, failed, dropped. ``content``: the file, until it is written or dropped.

    ``way``: aside (the good ones) or stop (all or none). ``error``: the words of what went wrong as a whole. ``done``: how far it is, of 1.
    """

    procedure = models.CharField(max_length=60)
    organisation = models.CharField(max_length=60, default="")
    file = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    mapping = models.TextField(default="")
    account = models.BigIntegerField()
    made = models.DateTimeField()
    state = models.CharField(max_length=10)
    way = models.CharField(max_length=5, default="")
    done = models.FloatField(default=0)
    rows = models.IntegerField(default=0)
    cases = models.IntegerField(default=0)
    events = models.IntegerField(default=0)
    known = models.IntegerField(default=0)
    refused = models.IntegerField(default=0)
    error = models.JSONField(null=True)
    ended = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state__in=("trying", "tried", "writing", "written", "failed", "dropped")), name="importjob_state"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["id"], condition=models.Q(state__in=("trying", "writing")), name="importjob_waiting")]


class ImportFault(models.Model):
    """被拒的行 · Why a row or a case of an import is not taken: the line, its case, the reason with its article, what to do."""

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="faults", db_index=False)
    line = models.IntegerField()
    case = models.CharField(max_length=200)
    code = models.CharField(max_length=20)
    zh = models.TextField()
    en = models.TextField()
    cites = models.TextField(default="")
    todo_zh = models.TextField()
    todo_en = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["job", "id"], name="importfault_page")]
