"""人员与岗位 · People, the accounts they sign in with, the posts they hold and the roles of a post, each with its days."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from tianping.casework.models.organisations import Organisation


class Person(models.Model):
    """人员 · Somebody who works in an institution. Parties of cases are not kept here."""

    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return self.name


class Accounts(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_user(self, username: str, password: str | None, **fields: object) -> Account:
        """A new account; without a password nobody can sign in with it."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """账号 · What somebody signs in with. ``administrator``: system, security or audit, and then nothing else (三员分立)."""

    username = models.CharField(max_length=60, unique=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="accounts")
    is_active = models.BooleanField(default=True)
    administrator = models.CharField(max_length=10, default="")
    replay = models.BooleanField(default=False)
    USERNAME_FIELD = "username"
    objects = Accounts()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(administrator__in=("", "system", "security", "audit")), name="account_administrator"),
            models.UniqueConstraint(fields=["person"], condition=~models.Q(administrator=""), name="account_one_administration"),
        ]


class Post(models.Model):
    """岗位 · Somebody's post in an institution between two days; ``acting_for``: in the place of another post.

    ``clearance``: the level of sealing that its holder may look behind; 0 unless it is given.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="posts")
    zh = models.CharField(max_length=80)
    en = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    acting_for = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="deputies")
    clearance = models.SmallIntegerField(default=0)


class PostRole(models.Model):
    """岗位角色 · A role that a post holds between two days. ``role``: its code in the procedures, as ``Roles.JUDGE``."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="roles")
    role = models.CharField(max_length=60)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "role", "valid_from"], name="postrole_once")]
