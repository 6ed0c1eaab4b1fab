"""当事人 · The parties of a case: many, natural or legal, and who represents whom. Masked unless somebody reveals them, which leaves a trace."""

from __future__ import annotations

from django.db import models

from tianping.casework.models.cases import Case


class Party(models.Model):
    """当事人 · One party in a capacity (a role of the procedures). ``kind``: person or body. ``acts_for``: whom it represents."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="parties")
    capacity = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, default="person")
    name = models.CharField(max_length=120)
    identity = models.CharField(max_length=30, default="")
    phone = models.CharField(max_length=30, default="")
    minor = models.BooleanField(default=False)
    acts_for = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="representatives")
