"""机构 · Institutions as a tree, each with its kind, its codes and the days between which it exists."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Organisation(models.Model):
    """机构 · One institution or unit. ``path`` is the chain of ids from the root (``/1/7/``): a subtree is one range of it.

    ``successor``: what it was merged into on its last day.
    """

    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=40)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    path = models.CharField(max_length=200, default="")
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160)
    division = models.CharField(max_length=6, default="")
    court_code = models.CharField(max_length=12, default="")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    status = models.CharField(max_length=10, default="local")
    source = models.CharField(max_length=200, default="")
    successor = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="merged")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["path"], name="organisation_path", opclasses=["text_pattern_ops"])]

    def __str__(self) -> str:
        return self.code


class Source(models.Model):
    """来源 · Where a case came from: a platform, a hotline, a window. Cases name it by its code."""

    code = models.CharField(max_length=60, primary_key=True)
    zh = models.CharField(max_length=120)
    en = models.CharField(max_length=160)

    def __str__(self) -> str:
        return self.code
