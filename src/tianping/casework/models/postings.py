"""通报 · What was sent out of the house to a robot: a digest without personal data, and every attempt to deliver it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Posting(models.Model):
    """通报 · One message to one robot: counts and titles of limits, nothing that anybody typed. ``upto``: the last notice that is in it.

    ``about``: the notices of a minute, or the day's digests: then ``upto`` is the last digest.
    ``sent``: when the robot took it; ``dead``: when it was given up.
    """

    robot = models.CharField(max_length=60)
    about = models.CharField(max_length=10, default="notices", db_default="notices")
    upto = models.BigIntegerField()
    made = models.DateTimeField()
    count = models.IntegerField()
    zh = models.TextField()
    en = models.TextField()
    due = models.DateTimeField()
    tries = models.IntegerField(default=0)
    sent = models.DateTimeField(null=True)
    dead = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["robot", "about", "upto"], name="posting_once")]
        indexes: ClassVar = [
            models.Index(fields=["due"], condition=models.Q(sent__isnull=True, dead__isnull=True), name="posting_waiting"),
            models.Index(fields=["-id"], name="posting_latest"),
        ]


class PostingTry(models.Model):
    """通报投递 · One attempt to deliver a message, and what the robot answered."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="attempts")
    robot = models.CharField(max_length=60)
    tried = models.DateTimeField()
    result = models.CharField(max_length=10)
    error = models.CharField(max_length=200, default="", db_default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["robot", "-tried"], name="postingtry_pace")]
