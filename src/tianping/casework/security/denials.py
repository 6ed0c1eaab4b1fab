"""拒绝留痕 · Each act or read that was denied to somebody who signed in leaves a row of the security log, and cannot flood it.

An account gets so many rows in a minute. What comes faster is counted, and the count is told with its next row, or by the worker within the hour.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from tianping.casework.models import Denials
from tianping.casework.security.allowances import Rate, spend
from tianping.casework.security.audit import Kind, noted
from tianping.casework.security.errors import TooMuch

ROWS: Final = Rate(20)
"""How many rows an account gets in a minute."""
MOST: Final = 1000
"""How many accounts the worker looks after in one turn."""
_COUNT: Final = """insert into casework_denials as d (account, unwritten) values (%s, 1)
on conflict (account) do update set unwritten = d.unwritten + 1"""
_TAKE: Final = "delete from casework_denials where account = any(%s) returning account, unwritten"


def denied(*, account: int, code: str, route: str, method: str, at: datetime, subject: int | None = None, address: str | None = None) -> None:
    """Write down what was denied: the error's code, and which address (its pattern, never what was in it). ``subject``: the number it spoke of."""
    try:
        spend(f"denied:{account}", ROWS, at=at)
    except TooMuch:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [account])
        return
    with transaction.atomic():
        before = _taken([account])
        told = {"denied_before": before[account]} if before else {}
        noted(Kind.DENIED, at=at, actor=account, subject=subject, address=address, code=code, route=route, method=method, **told)


def left_over(*, at: datetime) -> int:
    """Tell in the security log what was only counted so far; of how many accounts."""
    with transaction.atomic():
        found = _taken(list(Denials.objects.order_by("account").values_list("account", flat=True)[:MOST]))
        for account, count in found.items():
            noted(Kind.DENIED, at=at, actor=account, denied_before=count)
    return len(found)


def _taken(accounts: list[int]) -> dict[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [accounts])
        return dict(cursor.fetchall())
