"""热路径 · The only place that uses psycopg's own cursor: statements that are prepared and planned once.

Django's cursor binds on the client, so it never prepares. A statement here is not in Django's query log and raises psycopg's errors.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection


def hot(statement: str, values: Mapping[str, object]) -> tuple[Any, ...] | None:
    """The first row of a prepared statement, or None. Outside ``atomic()`` the statement is its own transaction."""
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, values)  # constants of this package, told apart by what they write
        result = cursor.pgresult  # asked itself: psycopg's description makes an object of every column
        return cursor.fetchone() if result is not None and result.nfields else None
