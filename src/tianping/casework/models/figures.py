"""汇总行 · Rows kept up to date by the database for boards. They can be made again from the ledger at any time."""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models

from tianping.casework.models.cases import Case
from tianping.casework.models.organisations import Organisation

_ORDER: Final = ("-sent", "-case", "entity")


class Pushed(models.Model):
    """推送行 · One referral to mediation: when it was sent and closed, with what outcome, and when a court confirmed what came of it.

    Triggers write it from the ledger when a transaction ends: see migration 0115. ``confirmation``: the case in which it was confirmed.
    """

    pk = models.CompositePrimaryKey("case_id", "entity")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, db_index=False, db_constraint=False)
    entity = models.CharField(max_length=80)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, db_index=False, related_name="+")
    source = models.CharField(max_length=60)
    sent = models.DateTimeField()
    closed = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=60, default="")
    confirmed = models.DateTimeField(null=True)
    confirmation = models.BigIntegerField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=_ORDER, name="pushed_sent"),
            models.Index(fields=["organisation", "source", *_ORDER, "outcome", "confirmed"], name="pushed_place"),
            models.Index(fields=["source", "outcome", *_ORDER, "confirmed"], name="pushed_outcome"),
            models.Index(fields=_ORDER, condition=models.Q(closed__isnull=True), name="pushed_open"),
            models.Index(fields=[*_ORDER, "source", "organisation"], condition=models.Q(confirmed__isnull=False), name="pushed_confirmed"),
        ]
        """What follows the order is read within the index: a figure may count none of the many rows it is looked for among."""
