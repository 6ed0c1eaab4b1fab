"""保存的筛选 · Filters of the worklist that somebody keeps under a name; saving a name again replaces what it stood for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from tianping.casework.handling.errors import BadWords, TooManyViews
from tianping.casework.models import Account, SavedView
from tianping.law.text import T

MOST: Final = 12
LONGEST: Final = 40


@transaction.atomic
def view_saved(account: Account, *, name: str, query: Mapping[str, str], at: datetime) -> SavedView:
    """保存筛选 · Raises BadWords, TooManyViews."""
    named = " ".join(name.split())
    if not named or len(named) > LONGEST or not named.isprintable():
        raise BadWords(field=T("名称", "the name"), reason=T(f"应为1至{LONGEST}字", f"it should have 1 to {LONGEST} characters"))
    Account.objects.select_for_update().get(pk=account.pk)
    row = SavedView.objects.filter(account=account, name=named).first()
    if row is None and SavedView.objects.filter(account=account).count() >= MOST:
        raise TooManyViews(most=MOST)
    row, _ = SavedView.objects.update_or_create(account=account, name=named, defaults={"query": dict(query), "made": at})
    return row


def view_dropped(account: Account, number: int) -> None:
    """删除筛选 · One's own; twice is once."""
    SavedView.objects.filter(account=account, pk=number).delete()


def views_of(account: Account) -> list[SavedView]:
    """The filters that somebody keeps, in the order of their making."""
    return list(SavedView.objects.filter(account=account).order_by("pk")[:MOST])
