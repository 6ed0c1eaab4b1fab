"""提醒与告警 · Whom to tell before and after a limit, what was told, and the day's digest of it."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models

from tianping.casework.models.cases import NAMED, Case
from tianping.casework.models.organisations import Organisation
from tianping.casework.models.people import Post


class AlarmRule(models.Model):
    """提醒规则 · Of an institution and everything under it, or (null) of all: when a level is told, and how often again.

    ``kind``: warning (预警, before) or alarm (告警, after). ``level`` 1: who handles the case; 2 and 3: whoever holds one of ``roles`` there.
    ``timed``: for limits of hours. ``shift``: how long before the due day (or instant), or after its end. ``repeat``: null means once.
    ``basis``: policy (a default of this software, of no statute) or local (set by the institution).
    """

    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, db_index=False)
    kind = models.CharField(max_length=10)
    level = models.SmallIntegerField()
    timed = models.BooleanField()
    shift = models.DurationField()
    repeat = models.DurationField(null=True)
    roles = ArrayField(models.CharField(max_length=60), default=list)
    off = models.BooleanField(default=False)
    basis = models.CharField(max_length=10, default="local")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "kind", "level", "timed"], name="alarmrule_once", nulls_distinct=False),
            models.CheckConstraint(condition=models.Q(kind__in=("warning", "alarm"), level__in=(1, 2, 3)), name="alarmrule_known"),
            models.CheckConstraint(condition=models.Q(repeat__isnull=True) | models.Q(repeat__gt=timedelta(0)), name="alarmrule_repeat"),
        ]


class Digest(models.Model):
    """每日汇总 · The day's notices of one recipient, once. Whom: as the notices say."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, db_index=False)
    roles = ArrayField(models.CharField(max_length=60), default=list)
    day = models.DateField()
    made = models.DateTimeField()
    warnings = models.IntegerField()
    alarms = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "post", "roles", "day"], name="digest_once", nulls_distinct=False),
        ]


class Notice(models.Model):
    """提醒 · That a clock nears its end or has passed it, told to one recipient: a post, or whoever holds one of ``roles`` at the institution.

    No personal data: the clock, its due day, the level. ``provisional``: the due day was reckoned beyond the published calendar. A limit that is
    extended has another ``due`` and is told of again. ``occurrence`` counts the repeats.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    code = models.CharField(max_length=120)
    entity = models.CharField(max_length=NAMED)
    since_seq = models.IntegerField()
    due = models.DateTimeField()
    timed = models.BooleanField()
    kind = models.CharField(max_length=10)
    level = models.SmallIntegerField()
    occurrence = models.IntegerField()
    provisional = models.BooleanField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False)
    post = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, db_index=False)
    roles = ArrayField(models.CharField(max_length=60), default=list)
    made = models.DateTimeField()
    seen = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=60, default="", db_default="")
    digest = models.ForeignKey(Digest, null=True, on_delete=models.PROTECT, related_name="notices", db_index=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "code", "entity", "since_seq", "due", "kind", "level", "occurrence"],
                name="notice_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-id"], condition=models.Q(seen__isnull=True), name="notice_inbox"),
            models.Index(fields=["organisation", "-id"], condition=models.Q(seen__isnull=False), name="notice_seen"),
            models.Index(fields=["post", "-id"], condition=models.Q(seen__isnull=True), name="notice_post"),
            models.Index(fields=["organisation", "post"], condition=models.Q(digest__isnull=True), name="notice_undigested"),
        ]
