"""文书材料 · Documents by what is in them: the same bytes are kept once, whatever they are called and in however many cases they lie."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tianping.casework.models.cases import Case


class Content(models.Model):
    """内容 · Some bytes, by their SHA-256; the file itself lies in the documents folder."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    kind = models.CharField(max_length=100)
    kept = models.DateTimeField()

    def __str__(self) -> str:
        return self.sha256


class Document(models.Model):
    """材料 · A version of a document of a case, or of one of its events. ``replaces`` is the version before; a withdrawn one stays.

    ``shown``: since when the parties of the case may read it.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="documents")
    seq = models.IntegerField(null=True)
    content = models.ForeignKey(Content, on_delete=models.PROTECT, related_name="documents")
    name = models.CharField(max_length=200)
    version = models.IntegerField(default=1)
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    filed = models.DateTimeField()
    account = models.CharField(max_length=60)
    withdrawn = models.DateTimeField(null=True)
    shown = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "-id"], name="document_case")]
