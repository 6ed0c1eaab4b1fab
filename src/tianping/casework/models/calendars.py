"""放假安排 · The notices that the city has loaded over the law's own calendar, and each reckoning of the limits under one: tried out, or for good.

Beside them: the limits reckoned anew after an upgrade, whose law differs from that of the program before.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class CalendarNotice(models.Model):
    """放假通知 · A yearly notice as loaded; of a year the last one holds. Only added to: the database refuses to change or delete one.

    ``days``: a table of the calendar's file. ``mark``: the digest of all notices that hold once this one is loaded; it tells every process which
    calendar to reckon by. ``replaces``: the notice of the same year that held before.
    """

    year = models.SmallIntegerField()
    days = models.JSONField()
    mark = models.CharField(max_length=64)
    source = models.CharField(max_length=300)
    issued = models.DateField()
    loaded = models.DateTimeField()
    account = models.BigIntegerField()
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")


class Reckoning(models.Model):
    """重算 · The limits reckoned anew under a notice, case after case. ``notice`` null: tried out, nothing of a case is written.

    ``base``: the mark of the calendar that it is compared with. ``after``: the last case that was done; ``ended``: when all were; ``swept``: when
    what was written meanwhile was looked through once more.
    """

    notice = models.OneToOneField(CalendarNotice, null=True, on_delete=models.PROTECT, related_name="reckoning")
    year = models.SmallIntegerField()
    days = models.JSONField()
    source = models.CharField(max_length=300)
    issued = models.DateField()
    base = models.CharField(max_length=64, default="")
    account = models.BigIntegerField()
    begun = models.DateTimeField()
    total = models.IntegerField()
    done = models.IntegerField(default=0)
    reckoned = models.IntegerField(default=0)
    moved = models.IntegerField(default=0)
    settled = models.IntegerField(default=0)
    after = models.BigIntegerField(default=0)
    ended = models.DateTimeField(null=True)
    swept = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(ended__isnull=True), name="reckoning_unended"),
            models.Index(fields=["id"], condition=models.Q(notice__isnull=False, swept__isnull=True), name="reckoning_unswept"),
        ]


class MovedClock(models.Model):
    """移动的期限 · A clock that a reckoning moved or settled: from which day to which, provisional before and after. Nothing that names the case."""

    reckoning = models.ForeignKey(Reckoning, on_delete=models.CASCADE, related_name="clocks", db_index=False)
    case_id = models.BigIntegerField()
    organisation = models.BigIntegerField()
    procedure = models.CharField(max_length=60)
    code = models.CharField(max_length=120)
    was = models.DateTimeField()
    now = models.DateTimeField()
    timed = models.BooleanField()
    was_provisional = models.BooleanField()
    now_provisional = models.BooleanField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["reckoning", "id"], name="movedclock_page")]


class Renewal(models.Model):
    """升级后重算 · The limits of the open cases reckoned anew by a release of the program. One that has no end was cut off, or is under way.

    ``looked``: open cases that were looked at; ``moved``: clocks that were written. ``before``: the release that did it last; ``law``: the mark of
    the law that came with this one.
    """

    release = models.CharField(max_length=60)
    before = models.CharField(max_length=60, default="")
    law = models.CharField(max_length=64, default="")
    reason = models.CharField(max_length=300, default="")
    begun = models.DateTimeField()
    total = models.IntegerField()
    looked = models.IntegerField(default=0)
    moved = models.IntegerField(default=0)
    ended = models.DateTimeField(null=True)


class RenewedClock(models.Model):
    """重算的期限 · A clock that a renewal wrote: from which day to which. No day before: it is new; none after: it is gone. Names no case."""

    renewal = models.ForeignKey(Renewal, on_delete=models.CASCADE, related_name="clocks", db_index=False)
    case_id = models.BigIntegerField()
    organisation = models.BigIntegerField()
    procedure = models.CharField(max_length=60)
    code = models.CharField(max_length=120)
    was = models.DateTimeField(null=True)
    now = models.DateTimeField(null=True)
    timed = models.BooleanField()
    was_provisional = models.BooleanField()
    now_provisional = models.BooleanField()
    was_status = models.CharField(max_length=20)
    now_status = models.CharField(max_length=20)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["renewal", "id"], name="renewedclock_page")]
