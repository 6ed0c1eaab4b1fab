"""回放标记 · Whether the database holds a replayed city: whatever leaves it must say so."""

from __future__ import annotations

from typing import Final

from tianping.casework.models import Account
from tianping.law.text import T

NOTICE: Final = T("回放数据，人物与案情均为虚构", "replay: people and cases are invented")


def is_replay() -> bool:
    """Whether the accounts of a demonstration are there."""
    return Account.objects.filter(replay=True).exists()
