"""解锁 · The lock of an account that failed too often is released by the security administrator."""

from __future__ import annotations

from axes.handlers.proxy import AxesProxyHandler
from django.db import transaction

from tianping.casework.models import Account
from tianping.casework.security.administration import By
from tianping.casework.security.audit import Kind
from tianping.casework.security.errors import NoSuchAccount
from tianping.law.text import T


def lock_released(by: By, *, account: int) -> None:
    """Release a lock. Raises NotThisAdministrator, NoSuchAccount."""
    by.must_be("security")
    found = Account.objects.filter(pk=account).first()
    if found is None:
        raise NoSuchAccount(what=T("账号", "account"), number=account)
    with transaction.atomic():
        AxesProxyHandler.reset_attempts(username=found.username)
        by.noted(Kind.LOCK_RELEASED, found.pk)
