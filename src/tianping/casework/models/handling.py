"""承办 · Who works on a case beside its holder, who is answerable for its clocks, what it is marked with and what was remarked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tianping.casework.models.cases import Case
from tianping.casework.models.people import Post


class TeamMember(models.Model):
    """办案团队 · A post that works on a case in a capacity (a role that the post holds), from a day and, if it ended, to a day.

    ``shut``: the case was closed to the post's unit after that, if the unit has no other ground to see it.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False, related_name="team")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    capacity = models.CharField(max_length=60)
    since = models.DateField()
    until = models.DateField(null=True)
    shut = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "post", "capacity", "since"], name="team_once")]
        indexes: ClassVar = [models.Index(fields=["until"], condition=models.Q(shut=False, until__isnull=False), name="team_ending")]


class Charge(models.Model):
    """期限负责人 · Whose business the clocks of a limit are in a case; ``code`` "": those of every limit that has nobody of its own."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False, related_name="charges")
    code = models.CharField(max_length=120, default="")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "code"], name="charge_once")]


class Flag(models.Model):
    """标记 · A mark of supervision that no procedure asks about: on what basis, until when it is reviewed, and who took it off again."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False, related_name="marks")
    code = models.CharField(max_length=40)
    basis = models.CharField(max_length=200)
    raised = models.DateTimeField()
    raised_by = models.CharField(max_length=60)
    review_on = models.DateField()
    lowered = models.DateTimeField(null=True)
    lowered_by = models.CharField(max_length=60, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "code"], condition=models.Q(lowered__isnull=True), name="flag_standing_once")
        ]


class Comment(models.Model):
    """批注 · A remark on a case. It is never changed or deleted, only withdrawn; the database sees to that."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, db_index=False, related_name="comments")
    written = models.DateTimeField()
    account = models.CharField(max_length=60)
    organisation = models.BigIntegerField()
    words = models.TextField()
    withdrawn = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=60, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case", "-id"], name="comment_case")]
