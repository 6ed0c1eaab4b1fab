"""案件 · The case as it stands now: everything here but its title can be made again from the ledger."""

from __future__ import annotations

from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from tianping.casework.models.organisations import Organisation
from tianping.casework.models.people import Post

NAMED: Final = 100
"""Letters of a run's name: 80 of its own, before it the number of the case that it came from with a merge."""


class Definition(models.Model):
    """程序版本 · A version of a procedure that cases are pinned to. ``version`` is the first day on which it may be opened."""

    id = models.SmallAutoField(primary_key=True)
    code = models.CharField(max_length=60)
    version = models.DateField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["code", "version"], name="definition_once")]


class Case(models.Model):
    """案件 · One thing that an institution must decide or do. ``lifecycle``: 0 active, 1 suspended, 2 closed, 3 archived. ``level`` 1: sealed.
    ``joined``: it was merged with another, whichever went into which.

    No index holds what a step changes: PostgreSQL then writes the new row beside the old one and touches no index. Lists read the visibility rows.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False)
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, db_index=False)
    stage = models.CharField(max_length=60)
    lifecycle = models.SmallIntegerField(default=0)
    level = models.SmallIntegerField(default=0)
    flags = ArrayField(models.CharField(max_length=40), default=list)
    seq = models.IntegerField()
    head = models.BinaryField(max_length=32)
    number = models.CharField(max_length=60, null=True)
    title = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    due = models.DateTimeField(null=True)
    source = models.CharField(max_length=60, default="")
    holder = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    lead = models.ForeignKey(Post, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened = models.DateTimeField()
    updated = models.DateTimeField()
    open_key = models.UUIDField(null=True)
    joined = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], name="case_number"),
            models.UniqueConstraint(fields=["organisation", "open_key"], condition=models.Q(open_key__isnull=False), name="case_open_key"),
        ]
        indexes: ClassVar = [models.Index(fields=["id"], condition=models.Q(level__gt=0), name="case_sealed")]


class Run(models.Model):
    """线 · Where each run of a case stands: each suspect, unit, item, channel. The case itself stands in its own row."""

    pk = models.CompositePrimaryKey("case_id", "track", "entity")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    track = models.CharField(max_length=60)
    entity = models.CharField(max_length=NAMED)
    stage = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)


class Clock(models.Model):
    """时钟 · One clock of a case as last reckoned. ``ended`` is the event that ended it; while it is null the clock is open.

    ``due`` is the first instant of the last day, or for limits of hours the instant itself (``timed``). Numbers of events below zero, here and in
    spans and extensions, are those of the case that the run came from with a merge: its number stands first in ``entity``.
    """

    pk = models.CompositePrimaryKey("case_id", "code", "entity", "since_seq")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    code = models.CharField(max_length=120)
    entity = models.CharField(max_length=NAMED)
    since_seq = models.IntegerField()
    since = models.DateTimeField()
    due = models.DateTimeField()
    timed = models.BooleanField()
    fixed = models.BooleanField()
    provisional = models.BooleanField()
    status = models.CharField(max_length=10)
    ended = models.IntegerField(null=True)
    met_on = models.DateTimeField(null=True)
    awaited = models.BooleanField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["due"], condition=models.Q(ended__isnull=True, fixed=True), name="clock_open")]


class PauseSpan(models.Model):
    """扣除期间 · A span of a pause: from one event to the event that ended it, if it has ended."""

    pk = models.CompositePrimaryKey("case_id", "code", "entity", "since_seq")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    code = models.CharField(max_length=120)
    entity = models.CharField(max_length=NAMED)
    since_seq = models.IntegerField()
    until_seq = models.IntegerField(null=True)


class Grant(models.Model):
    """延长 · An extension granted to a clock: which event granted it."""

    pk = models.CompositePrimaryKey("case_id", "code", "entity", "since_seq", "granted_seq")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    code = models.CharField(max_length=120)
    entity = models.CharField(max_length=NAMED)
    since_seq = models.IntegerField()
    granted_seq = models.IntegerField()


class NumberCounter(models.Model):
    """案号计数 · The last number given by an institution in a year for a kind. The row is the proof that none was used twice."""

    pk = models.CompositePrimaryKey("organisation_id", "year", "kind")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False)
    year = models.SmallIntegerField()
    kind = models.CharField(max_length=20)
    last = models.IntegerField()


class Watched(models.Model):
    """查比行 · Where a unit stands whose like some definition counts: a grant, a booking, a patrol. Made again from the ledger like a run."""

    pk = models.CompositePrimaryKey("case_id", "track", "entity")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    track = models.CharField(max_length=60)
    entity = models.CharField(max_length=NAMED)
    procedure = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False)
    stage = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["procedure", "track", "stage"], name="watched_standing"),
            GinIndex(fields=["facts"], name="watched_answers", opclasses=["jsonb_path_ops"]),
        ]


class Appointment(models.Model):
    """日程 · A day on which people meet in a case: a hearing, a visit; ``hour`` (09:30) and ``place`` where they are told. Which answers are such
    days stands in the definition; made again from the ledger like a run.
    """

    pk = models.CompositePrimaryKey("case_id", "track", "entity", "fact")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    track = models.CharField(max_length=60)
    entity = models.CharField(max_length=NAMED)
    fact = models.CharField(max_length=60)
    day = models.DateField()
    hour = models.CharField(max_length=5, default="")
    place = models.CharField(max_length=120, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["day", "case"], name="appointment_day")]
