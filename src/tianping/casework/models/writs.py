"""文书 · What an institution writes in a case: its draft, what was issued of it, the copy for the public; and in which order names were hidden."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tianping.casework.models.cases import Case
from tianping.casework.models.documents import Document


class Writ(models.Model):
    """文书 · ``template`` of the case's procedure; ``written``: what the drafter said; ``day``: the day it is dated, whose law applies.

    ``pattern``: digest of the Word file that was filled. ``draft`` is the latest version, ``issued`` and ``public`` are PDF. ``state``: draft, issued
    or dropped. ``signer``: whose certificate signed it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="writs", db_index=False)
    template = models.CharField(max_length=60)
    pattern = models.CharField(max_length=64)
    day = models.DateField()
    written = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default="draft")
    draft = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+", db_index=False)
    edited = models.BooleanField(default=False)
    issued = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    public = models.ForeignKey(Document, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    seq = models.IntegerField(null=True)
    made = models.DateTimeField()
    account = models.CharField(max_length=60)
    issued_at = models.DateTimeField(null=True)
    issued_by = models.CharField(max_length=60, default="", db_default="")
    signer = models.CharField(max_length=200, default="", db_default="")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(state__in=("draft", "issued", "dropped")), name="writ_state"),
            models.UniqueConstraint(fields=["case", "template"], condition=models.Q(state="draft"), name="writ_one_draft"),
        ]
        indexes: ClassVar = [models.Index(fields=["case", "-id"], name="writ_case")]


class Substitute(models.Model):
    """化名次序 · In which order the names of a case were hidden: so each keeps its substitute in every copy that is made of the case."""

    pk = models.CompositePrimaryKey("case_id", "place")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False)
    place = models.IntegerField()
    name = models.CharField(max_length=120)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "name"], name="substitute_once")]
