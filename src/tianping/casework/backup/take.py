"""备份 · Every table as it stood at one moment, and every document: one consistent snapshot, taken while the city works."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import psycopg
from django.db import connection as django_connection
from django.db import transaction
from psycopg import sql

from tianping.casework.backup.archive import PART, Manifest, Table, Writer
from tianping.casework.moments import written

Progress = Callable[[float], None]
Raw = psycopg.Connection[tuple[object, ...]]

TABLES: Final = """select c.relname, pg_table_size(c.oid),
  (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     and not (c.relname = 'casework_event' and a.attname = 'written'))
from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition order by c.relname"""
"""Every table with the columns to be copied: not what the database makes itself, nor the numbers of this server's transactions."""
SEQUENCES: Final = """select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'S' order by 1"""
MIGRATIONS: Final = "select app::text, name::text from django_migrations order by 1, 2"


def backup(documents: Path, to: Path, *, at: datetime, progress: Progress) -> Manifest:
    """Write a backup of the database that Django is connected to, in one transaction, REPEATABLE READ and read only, and of the documents."""
    with Writer(to) as out, transaction.atomic():
        django_connection.ensure_connection()
        connection: Raw = django_connection.connection
        connection.execute("set transaction isolation level repeatable read, read only")
        out.manifest.taken = written(at)
        out.manifest.migrations = [[str(app), str(name)] for app, name in connection.execute(MIGRATIONS)]
        tables = [(str(name), int(str(size)), columns) for name, size, columns in connection.execute(TABLES)]
        whole, done = sum(size for _, size, _ in tables) or 1, 0
        for name, size, columns in tables:
            assert isinstance(columns, list)
            out.manifest.tables[name] = Table(columns, _table(connection, out, name, columns))
            done += size
            progress(done / whole)
        for (sequence,) in connection.execute(SEQUENCES).fetchall():
            name = str(sequence)
            row = connection.execute(sql.SQL("select last_value, is_called from {}").format(sql.Identifier(str(name)))).fetchone()
            assert row is not None
            out.manifest.sequences[name] = list(row)
        out.manifest.documents = _documents(out, documents)
    return out.manifest


def _table(connection: Raw, out: Writer, name: str, columns: list[str]) -> int:
    listed = sql.SQL(", ").join(map(sql.Identifier, columns))
    parts = 0
    with connection.cursor() as cursor:
        with cursor.copy(sql.SQL("copy (select {} from {}) to stdout").format(listed, sql.Identifier(name))) as copy:
            for part in _joined(copy):
                out.add(f"tables/{name}/{parts:06}", part)
                parts += 1
        return cursor.rowcount


def _joined(blocks: psycopg.Copy) -> Iterator[bytes]:
    held, size = [], 0
    for block in blocks:
        held.append(bytes(block))
        size += len(block)
        if size >= PART:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)


def _documents(out: Writer, folder: Path) -> int:
    """Every document, in parts. A document never changes and is named by its content: one that comes while we read is in the next backup."""
    files = sorted(p for p in folder.rglob("*") if p.is_file()) if folder.is_dir() else []
    for file in files:
        name = json.dumps(str(file.relative_to(folder)))[1:-1]
        with file.open("rb") as data:
            out.add(f"documents/{name}/000000", data.read(PART))
            n = 0
            while part := data.read(PART):
                n += 1
                out.add(f"documents/{name}/{n:06}", part)
    return len(files)
