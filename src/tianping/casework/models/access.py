"""可见性 · Who may see which case, as rows: a key is an institution in a capacity, and a case carries the keys that open it."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from tianping.casework.models.cases import Case
from tianping.casework.models.citizens import Citizen
from tianping.casework.models.organisations import Organisation
from tianping.casework.models.people import Person, Post


class AccessKey(models.Model):
    """钥匙 · An institution in a capacity: ``handle`` (it handles the case), ``refer`` (a matter was sent to it) or ``supervise`` (it stands
    above the institution that handles it). Or a citizen as a ``party``, and then of his own cases only. Or a post that handles a case which its
    institution as a whole does not see: a message to a judge.
    """

    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, db_index=False)
    capacity = models.CharField(max_length=20)
    citizen = models.OneToOneField(Citizen, null=True, on_delete=models.PROTECT, related_name="key")
    post = models.OneToOneField(Post, null=True, on_delete=models.PROTECT, related_name="key")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "capacity"], name="accesskey_once"),
            models.CheckConstraint(
                condition=models.Q(organisation__isnull=False, citizen__isnull=True, post__isnull=True)
                | models.Q(organisation__isnull=True, citizen__isnull=False, post__isnull=True, capacity="party")
                | models.Q(organisation__isnull=True, citizen__isnull=True, post__isnull=False, capacity="handle"),
                name="accesskey_whose",
            ),
        ]


class Visibility(models.Model):
    """可见 · One key that opens one case. ``level``, ``due`` and ``lifecycle`` are the case's, so that a list never leaves its index.

    The third index, by last day (``visibility_due``: key, level, due or infinity, case; active cases only), is made in SQL: see migration 0010.
    """

    pk = models.CompositePrimaryKey("case_id", "key_id")
    key = models.ForeignKey(AccessKey, on_delete=models.PROTECT, db_index=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    level = models.SmallIntegerField(default=0)
    lifecycle = models.SmallIntegerField()
    due = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["key", "level", "case"], name="visibility_opened")]


class Recusal(models.Model):
    """回避 · Somebody who may not see a case that he would otherwise see."""

    pk = models.CompositePrimaryKey("person_id", "case_id")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_index=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    ground = models.CharField(max_length=200)
    since = models.DateTimeField()


class SearchRow(models.Model):
    """检索行 · A case's title as it is searched. ``masked``: without the names of its parties, for those who do not handle the case.

    ``tsv`` holds pairs of characters of both and the keys that open the case (``k:17``), so that one index answers "these words, my cases".
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, db_constraint=False)
    title = models.TextField()
    masked = models.TextField()
    tsv = SearchVectorField()

    class Meta:
        indexes: ClassVar = [GinIndex(fields=["tsv"], name="searchrow_tsv")]


class AccessTrace(models.Model):
    """访问留痕 · Who looked behind a mask, who was recused, and why. The database refuses to change or delete a row."""

    taken = models.DateTimeField()
    account = models.CharField(max_length=60)
    organisation = models.IntegerField()
    person = models.IntegerField(null=True)
    case_id = models.BigIntegerField()
    act = models.CharField(max_length=20)
    subject = models.CharField(max_length=120)
    reason = models.CharField(max_length=400)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case_id"], name="accesstrace_case")]
