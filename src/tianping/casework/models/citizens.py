"""群众 · Who acts for himself: known by a telephone that he has shown to be his, a party of his cases and of no other."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from tianping.casework.models.cases import Case
from tianping.casework.models.organisations import Organisation


class Citizen(models.Model):
    """群众 · One person outside the institutions. ``identified``: when the identity was checked, ``identified_by`` in which way."""

    phone = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=80, default="")
    identity = models.CharField(max_length=30, default="")
    identified = models.DateTimeField(null=True)
    identified_by = models.CharField(max_length=20, default="")
    made = models.DateTimeField()

    def __str__(self) -> str:
        return self.account

    @property
    def account(self) -> str:
        """How the ledger names him: no name, no number of anybody."""
        return f"citizen:{self.pk}"


class PhoneCode(models.Model):
    """手机验证码 · A code sent to a telephone: a keyed digest of both, good once, for some minutes and few tries. One row for each telephone."""

    phone = models.BinaryField(max_length=32, unique=True)
    digest = models.BinaryField(max_length=32)
    expires = models.DateTimeField()
    tries = models.SmallIntegerField(default=0)
    used = models.DateTimeField(null=True)


class CaseCode(models.Model):
    """查询码 · With a case's number it shows the case to who holds it, as its party sees it. Only its digest is kept; a new one ends the old one."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="codes", db_index=False)
    citizen = models.ForeignKey(Citizen, on_delete=models.CASCADE, related_name="codes")
    digest = models.BinaryField(max_length=32)
    made = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "citizen"], name="casecode_once")]


class PartySignature(models.Model):
    """当事人签署 · A party's consent to a step that several sign, to the case as it stands (``seq``) and with these answers."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="signatures", db_index=False)
    seq = models.IntegerField()
    step = models.CharField(max_length=60)
    entity = models.CharField(max_length=80, default="")
    role = models.CharField(max_length=60)
    account = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    signed = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "seq", "step", "entity", "account"], name="partysignature_once")]


class Draft(models.Model):
    """草稿 · What a citizen has written and not handed in; with its case where the procedure has opened one."""

    citizen = models.ForeignKey(Citizen, on_delete=models.CASCADE, related_name="drafts")
    procedure = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.OneToOneField(Case, null=True, on_delete=models.CASCADE, related_name="draft")
    written = models.JSONField(default=dict)
    saved = models.DateTimeField()
    handed_in = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["citizen", "-saved"], name="draft_citizen")]
