"""导入记录 · Which file was imported when, and which case each of its keys became: so that no case comes in twice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tianping.casework.models.cases import Case
from tianping.casework.models.organisations import Organisation


class ImportRun(models.Model):
    """导入批次 · One file that was imported. ``account`` null: by the operator."""

    procedure = models.CharField(max_length=60)
    file = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    account = models.BigIntegerField(null=True)


class ImportedKey(models.Model):
    """导入编号 · A case's key in a file, the case that it became, and the digest of what the file said of it."""

    run = models.ForeignKey(ImportRun, on_delete=models.PROTECT, related_name="keys")
    procedure = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False)
    key = models.CharField(max_length=200)
    digest = models.BinaryField(max_length=32)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["organisation", "procedure", "key"], name="importedkey_once")]
