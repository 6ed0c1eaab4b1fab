"""热路径 · The only place that speaks to libpq itself: statements that are prepared and planned once, with parameters as text.

Django's cursor binds on the client, so it never prepares; psycopg's own cursor takes five times as long as what is done here. A statement here is not
in Django's query log and raises psycopg's errors. What has no simple text goes through psycopg's cursor.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from itertools import count
from typing import Any, Final
from uuid import UUID
from weakref import WeakKeyDictionary

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import generators
from psycopg.pq.abc import PGresult

_PLACE: Final = re.compile(r"%\((\w+)\)s")
_NUMBERS: Final = count(1)
MOST: Final = 100
"""Statements that are prepared on one connection; rarer ones are not."""
_prepared: Final[WeakKeyDictionary[psycopg.Connection[Any], set[bytes]]] = WeakKeyDictionary()


def hot(statement: str, values: Mapping[str, object], here: BaseDatabaseWrapper | None = None) -> tuple[Any, ...] | None:
    """The first row of a prepared statement, or None; JSON as text. Outside ``atomic()`` the statement is its own transaction.

    ``here``: Django's connection, of whoever has looked it up already.
    """
    django = connections[DEFAULT_DB_ALIAS] if here is None else here
    if django.connection is None:
        django.ensure_connection()
    raw: psycopg.Connection[Any] = django.connection
    name, sql, places = _numbered(statement)
    parameters = _texts(values, places)
    known = _prepared.setdefault(raw, set())
    if parameters is None or not raw.autocommit or raw.prepare_threshold is None or (name not in known and len(known) >= MOST):
        return _by_cursor(raw, statement, values)
    try:
        return _direct(raw, known, name, sql, parameters)
    except psycopg.errors.InvalidSqlStatementName:  # psycopg drops all prepared statements when it rolls back, these among them
        known.discard(name)
        return _direct(raw, known, name, sql, parameters)


def _direct(raw: psycopg.Connection[Any], known: set[bytes], name: bytes, sql: bytes, parameters: list[bytes | None]) -> tuple[Any, ...] | None:
    if name not in known:
        raw.pgconn.send_prepare(name, sql)
        _result(raw)
        known.add(name)
    raw.pgconn.send_query_prepared(name, parameters)
    result = _result(raw)
    return tuple(_loaded(raw, result, n) for n in range(result.nfields)) if result.nfields and result.ntuples else None


@cache
def _numbered(statement: str) -> tuple[bytes, bytes, tuple[str, ...]]:
    """A name for the statement, the statement with numbered places, and what stands in them."""
    places = tuple(dict.fromkeys(_PLACE.findall(statement)))
    sql = _PLACE.sub(lambda found: f"${places.index(found[1]) + 1}", statement).replace("%%", "%")
    return f"hot_{next(_NUMBERS)}".encode(), sql.encode(), places


def _result(raw: psycopg.Connection[Any]) -> PGresult:
    """The answer, waited for as psycopg does, so that an interrupt is heard. Raises psycopg's errors."""
    result: PGresult = raw.wait(generators.execute(raw.pgconn))[-1]
    if result.status in _FAILED:
        raise psycopg.errors.error_from_result(result)
    return result


_FAILED: Final = frozenset({psycopg.pq.ExecStatus.FATAL_ERROR, psycopg.pq.ExecStatus.BAD_RESPONSE})


# ---- values as text, and back --------------------------------------------------------------------------------------------------------


def _texts(values: Mapping[str, object], places: tuple[str, ...]) -> list[bytes | None] | None:
    """The values as PostgreSQL reads them, each in the type that its place has; None where one of them has no simple text."""
    found = [values[place] for place in places]
    try:
        out = [None if v is None else v.encode() if type(v) is str else _DUMPS[type(v)](v) for v in found]
    except KeyError:
        return None
    if b"\0" in b"".join(filter(None, out)):  # libpq would end the text there
        raise psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
    return out


@lru_cache(4096)
def numbers(listed: tuple[int, ...]) -> str:
    """Numbers as an array, of a list that comes again and again."""
    return _array([*listed]).decode()


def _array(values: list[object]) -> bytes:
    """A list of numbers or texts as an array."""
    if set(map(type, values)) <= {int}:
        return b"{%s}" % ",".join(map(str, values)).encode()
    said = (str(v) if type(v) is int else '"' + str(v).replace("\\", "\\\\").replace('"', '\\"') + '"' for v in values)
    return ("{" + ",".join(said) + "}").encode()


_DUMPS: Final[dict[type[Any], Callable[[Any], bytes]]] = {
    int: lambda v: b"%d" % v,
    bool: lambda v: b"t" if v else b"f",
    list: _array,
    datetime: lambda v: v.isoformat().encode(),
    date: lambda v: v.isoformat().encode(),
    UUID: lambda v: v.hex.encode(),
    bytes: lambda v: b"\\x" + v.hex().encode(),
}
_LOADS: Final[dict[int, Callable[[bytes], Any]]] = {
    16: lambda v: v == b"t",
    17: lambda v: bytes.fromhex(v[2:].decode()) if v[:2] == b"\\x" else psycopg.pq.Escaping().unescape_bytea(v),
    20: int, 21: int, 23: int,
    25: bytes.decode, 114: bytes.decode, 1043: bytes.decode, 3802: bytes.decode,
    1184: lambda v: datetime.fromisoformat(v.decode()),
}  # fmt: skip
"""By the type's number in PostgreSQL."""


def _loaded(raw: psycopg.Connection[Any], result: PGresult, n: int) -> Any:
    value = result.get_value(0, n)
    if value is None:
        return None
    load = _LOADS.get(result.ftype(n))
    return load(value) if load is not None else psycopg.adapt.Transformer(raw).get_loader(result.ftype(n), psycopg.pq.Format.TEXT).load(value)


def _by_cursor(raw: psycopg.Connection[Any], statement: str, values: Mapping[str, object]) -> tuple[Any, ...] | None:
    with psycopg.Cursor(raw) as cursor:
        cursor.execute(statement, values)  # constants of this package, told apart by what they write
        result = cursor.pgresult
        return cursor.fetchone() if result is not None and result.nfields else None
