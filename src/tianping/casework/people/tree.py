"""机构树 · One at a time changes the tree: two moves at once could make a circle that neither sees, a new unit could miss the move of its parent."""

from __future__ import annotations

from typing import Final

from django.db import connection

TREE: Final = 1_407_001
"""The lock of the tree."""


def alone() -> None:
    """Wait for one's turn at the tree, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [TREE])
