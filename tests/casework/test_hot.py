"""热路径 · What is sent past psycopg's cursor comes back as it would through it, whatever the value, and survives a rollback."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, transaction

from tianping.casework.engine import hot as module
from tianping.casework.engine.hot import MOST, hot
from tianping.casework.ledger.canonical import encoder

VALUES = [
    ("bigint", 2**62), ("bigint", -1), ("boolean", True), ("boolean", False), ("text", ""), ("text", "“引号” ' \\ \" 逗号, %s {}"), ("uuid", uuid4()),
    ("date", date(2026, 2, 28)), ("timestamptz", datetime(2026, 2, 28, 23, 59, 59, 999999, tzinfo=UTC)), ("bytea", bytes(range(256))),
    ("bigint[]", [1, -2, 2**40]), ("text[]", ["", "a b", 'a"b', "a\\b", "逗,号", "NULL"]), ("bigint[]", []), ("numeric", Decimal("1.10")),
    ("text", None), ("jsonb", '{"a": [1, "中"]}'),
]  # fmt: skip
pytestmark = pytest.mark.usefixtures("database")


@pytest.mark.parametrize(("kind", "value"), VALUES)
def test_every_value_is_what_it_is_through_psycopgs_cursor(kind: str, value: object) -> None:
    asked = f"select %(value)s::{kind}"
    found = hot(asked, {"value": value, "unused": object()})
    connection.ensure_connection()
    with psycopg.Cursor(connection.connection) as cursor:
        wanted = cursor.execute(asked, {"value": value}).fetchone()
    assert found == wanted


@pytest.mark.parametrize("sort_keys", [True, False])
def test_json_is_that_of_the_standard_encoder(sort_keys: bool) -> None:
    ours = encoder(sort_keys=sort_keys, allow_nan=False)
    wanted = json.JSONEncoder(ensure_ascii=False, sort_keys=sort_keys, separators=(",", ":"), allow_nan=False).encode
    values: list[object] = ['a"中\n\x01', {"b": 1, "a": [None, True, {"x": ()}], "é": "…"}, [], {}, None, 5, False, [("a", "b")]]
    for value in values:
        assert ours(value) == wanted(value)
    for bad in (float("nan"), {"a": object()}):
        with pytest.raises((ValueError, TypeError)):
            ours(bad)


def test_what_returns_nothing_is_none() -> None:
    assert hot("select 1 where %(value)s::int = 2", {"value": 1}) is None
    assert hot("set timezone to 'UTC'", {}) is None


def test_a_text_that_libpq_would_cut_is_refused() -> None:
    for value in ("a\0b", ["a\0b"]):
        with pytest.raises(psycopg.DataError):
            hot("select %(value)s::text", {"value": value})


def test_an_error_is_psycopgs_and_the_next_statement_is_answered() -> None:
    with pytest.raises(psycopg.errors.DivisionByZero):
        hot("select 1 / %(value)s::int", {"value": 0})
    assert hot("select 2 / %(value)s::int", {"value": 1}) == (2,)


def test_a_rollback_that_drops_every_prepared_statement_does_no_harm() -> None:
    asked = "select %(value)s::int + 40"
    assert hot(asked, {"value": 1}) == (41,)
    hot("deallocate all", {})
    assert hot(asked, {"value": 2}) == (42,)
    with transaction.atomic():
        assert hot(asked, {"value": 3}) == (43,)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        hot(asked, {"value": 4})
        raise ZeroDivisionError
    assert hot(asked, {"value": 5}) == (45,)


def test_no_connection_prepares_more_than_so_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_prepared", {})
    connection.close()
    for n in range(MOST + 5):
        assert hot(f"select {n} + %(value)s::int", {"value": 1}) == (n + 1,)
    row = hot("select count(*) from pg_prepared_statements where name like 'hot%%'", {})
    assert row == (MOST,)
