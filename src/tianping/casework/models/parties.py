"""当事人 · The parties of a case: many, natural or legal, and who represents whom. Masked unless somebody reveals them, which leaves a trace."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tianping.casework.models.cases import Case
from tianping.casework.models.citizens import Citizen


class Party(models.Model):
    """当事人 · One party in a capacity (a role of the procedures). ``kind``: person or body.

    ``acts_for``: whom it represents, ``authority``: how far. A party is never changed: it leaves (``left``, ``left_why``), and another row
    ``replaces`` it. ``joined`` null: it was there from the beginning. ``citizen``: who it is, where he has signed in and acts for himself.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    capacity = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, default="person")
    name = models.CharField(max_length=120)
    identity = models.CharField(max_length=30, default="")
    phone = models.CharField(max_length=30, default="")
    minor = models.BooleanField(default=False)
    acts_for = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="representatives")
    authority = models.CharField(max_length=40, db_default="")
    joined = models.DateTimeField(null=True)
    left = models.DateTimeField(null=True)
    left_why = models.CharField(max_length=200, db_default="")
    replaces = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    citizen = models.ForeignKey(Citizen, null=True, on_delete=models.PROTECT, related_name="parties")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["phone"], condition=models.Q(citizen__isnull=True, left__isnull=True) & ~models.Q(phone=""), name="party_phone")
        ]
