"""取数 · Rows of PostgreSQL as Arrow batches: by ADBC where the analytics extra is installed, else by COPY; never all at once."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any, Final, cast
from urllib.parse import urlencode

import psycopg
import pyarrow as pa
import pyarrow.csv as pv
from django.db import connection

ADBC: Final = "adbc_driver_postgresql"
BLOCK: Final = 16 << 20
"""Bytes to a batch, about."""


def batches(query: str, schema: pa.Schema, *, plain: bool = False) -> Iterator[pa.RecordBatch]:
    """The rows of a query, in batches of a schema. One statement, so one snapshot. ``plain``: by COPY, whatever is installed."""
    if plain or find_spec(ADBC) is None:
        yield from _copied(query, schema)
    else:
        yield from _fetched(query, schema)


def _parts() -> dict[str, str]:
    """Where Django's connection leads, in libpq's words."""
    found = connection.settings_dict
    named = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    options = {k: v for k, v in found["OPTIONS"].items() if k in ("sslmode", "sslrootcert", "sslcert", "sslkey", "service", "passfile")}
    return {libpq: str(found[django]) for libpq, django in named.items() if found[django]} | options


def uri() -> str:
    """The connection as a URI with everything in its query: a socket's folder cannot stand in the place of a host."""
    return "postgresql:///?" + urlencode(_parts())


def _fetched(query: str, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    from adbc_driver_postgresql import StatementOptions, dbapi  # noqa: PLC0415 — only with the analytics extra

    size = {StatementOptions.BATCH_SIZE_HINT_BYTES.value: str(BLOCK)}
    with dbapi.connect(uri()) as opened, opened.cursor(adbc_stmt_kwargs=size) as cursor:
        cursor.execute(query)
        for batch in cursor.fetch_record_batch():
            yield batch if batch.schema.equals(schema) else batch.cast(schema)


def _copied(query: str, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    with psycopg.connect(**cast(Any, _parts())) as opened, opened.cursor() as cursor:
        names = [field.name for field in schema]
        with cursor.copy(f"copy ({query}) to stdout (format csv)") as copy:  # constants and numbers of this package
            reader = pv.open_csv(
                cast(Any, _Pipe(copy, ",".join(names))),
                read_options=pv.ReadOptions(block_size=BLOCK),
                parse_options=pv.ParseOptions(newlines_in_values=True),
                convert_options=pv.ConvertOptions(
                    column_types=schema,
                    null_values=[""],
                    strings_can_be_null=True,
                    quoted_strings_can_be_null=False,
                    true_values=["t"],
                    false_values=["f"],
                ),
            )
            yield from reader


class _Pipe(io.RawIOBase):
    """What COPY sends, as a file with a line of names at its head (a query without rows has a head all the same)."""

    def __init__(self, copy: psycopg.Copy, head: str) -> None:
        super().__init__()
        self.copy, self.held = copy, bytearray(head.encode() + b"\n")

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while len(self.held) < size or size < 0:
            block = self.copy.read()
            if not block:
                break
            self.held += block
        size = len(self.held) if size < 0 else size
        out = bytes(self.held[:size])
        del self.held[:size]
        return out
