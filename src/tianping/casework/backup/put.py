"""恢复 · A backup into an empty database and an empty folder: all of it or nothing, verified before it counts.

The file is read twice: first every digest is compared (``archive.checked``), then it is written in one transaction, in which the ledger and its
checkpoints are verified.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction
from psycopg import sql

from tianping.casework.backup.archive import CHANGED, MANIFEST, Manifest, Progress, members
from tianping.casework.backup.errors import DamagedBackup, NotEmpty, OtherVersion
from tianping.casework.backup.take import MIGRATIONS, TABLES
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.ledger.anchor import Anchored, read_anchors
from tianping.casework.ledger.checkpoints import records
from tianping.casework.ledger.verify import Verified, verify

CITY: Final = tuple(f"casework_{name}" for name in ("case", "event", "organisation", "account", "person", "checkpoint"))
"""Tables that are empty in an empty city. What migrating fills by itself is replaced by the backup's rows."""
KEPT: Final = "django_migrations"


@dataclass(slots=True)
class _Reading:
    """Where the reading of tables stands: the open COPY."""

    name: str = ""
    copy: Any = None
    cursor: Any = None
    stream: Any = None
    rows: dict[str, int] = field(default_factory=dict)


def restore(path: Path, manifest: Manifest, documents: Path, *, anchored: Anchored | None, progress: Progress) -> Verified:
    """Restore a checked backup as the owner of the tables. Raises NotABackup, DamagedBackup, NotEmpty, OtherVersion, BadLedger, BadAnchor."""
    half = documents.with_name(documents.name + ".part")
    if documents.is_dir() and any(documents.iterdir()):
        raise NotEmpty(where=documents)
    shutil.rmtree(half, ignore_errors=True)
    try:
        with transaction.atomic():
            _fitting(manifest)
            _emptied(manifest)
            _read_in(path, manifest, half, progress)
            _sequences(manifest)
            connection.connection.execute("set constraints all immediate")
            for name in manifest.tables:
                _say("alter table {} enable trigger user", name)
            found = _verified(anchored)
        if half.exists():
            if documents.exists():
                documents.rmdir()
            half.rename(documents)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return found


def _say(statement: str, name: str) -> None:
    raw = connection.connection.cursor()
    raw.execute(sql.SQL(statement).format(sql.Identifier(name)))


def _fitting(manifest: Manifest) -> None:
    """The same migrations, tables and columns. Raises OtherVersion."""
    raw = connection.connection.cursor()
    there = [[app, name] for app, name in raw.execute(MIGRATIONS)]
    for app, name in there:
        if [app, name] not in manifest.migrations:
            raise OtherVersion(reason=f"{app} {name}")
    for app, name in manifest.migrations:
        if [app, name] not in there:
            raise OtherVersion(reason=f"{app} {name}")
    columns = {name: listed for name, _, listed in raw.execute(TABLES)}
    for name in columns.keys() | manifest.tables.keys():
        table = manifest.tables.get(name)
        if table is None or sorted(columns.get(name, [])) != sorted(table.columns):
            raise OtherVersion(reason=name)


def _emptied(manifest: Manifest) -> None:
    """Nothing stands there but what migrating made, and that is taken out. Raises NotEmpty."""
    raw = connection.connection.cursor()
    for name in CITY:
        if raw.execute(sql.SQL("select exists (select from {})").format(sql.Identifier(name))).fetchone()[0]:
            raise NotEmpty(where=name)
    for name in manifest.tables:
        _say("alter table {} disable trigger user", name)
    raw.execute("set constraints all deferred")
    for name in manifest.tables.keys() - {KEPT}:
        _say("delete from {}", name)


def _read_in(path: Path, manifest: Manifest, documents: Path, progress: Progress) -> None:
    size, reading = path.stat().st_size or 1, _Reading()
    with path.open("rb") as file:
        for name, data in members(file, path):
            if manifest.members.get(name, "") != hashlib.sha256(data).hexdigest() and name != MANIFEST:
                raise DamagedBackup(path=path, reason=CHANGED.fill(name=name))
            kind, _, rest = name.partition("/")
            if kind == "tables":
                _rows(reading, manifest, rest.rpartition("/")[0], data)
            elif kind == "documents":
                _document(documents, rest, data)
            progress(file.tell() / size)
    _ended(reading)
    for table, found in manifest.tables.items():
        if table != KEPT and reading.rows.get(table, 0) != found.rows:
            raise DamagedBackup(path=path, reason=f"{table}: {reading.rows.get(table, 0)} ≠ {found.rows}")


def _rows(reading: _Reading, manifest: Manifest, table: str, data: bytes) -> None:
    if table == KEPT:
        return
    if table != reading.name:
        _ended(reading)
        listed = sql.SQL(", ").join(map(sql.Identifier, manifest.tables[table].columns))
        cursor = connection.connection.cursor()
        reading.name, reading.cursor = table, cursor
        reading.copy = cursor.copy(sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(table), listed))
        reading.stream = reading.copy.__enter__()
    reading.stream.write(data)


def _ended(reading: _Reading) -> None:
    if reading.copy is not None:
        reading.copy.__exit__(None, None, None)
        reading.rows[reading.name] = reading.cursor.rowcount
        reading.copy = None


def _document(folder: Path, name: str, data: bytes) -> None:
    """One part of a document, into a folder beside the one it will be. A name that leads elsewhere is refused."""
    told, _, _ = name.rpartition("/")
    file = (folder / json.loads(f'"{told}"')).resolve()
    if not file.is_relative_to(folder.resolve()):
        raise NotEmpty(where=file)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as out:
        out.write(data)


def _sequences(manifest: Manifest) -> None:
    raw = connection.connection.cursor()
    for name, (last, called) in manifest.sequences.items():
        raw.execute("select setval(%s::regclass, %s, %s)", [f'"{name}"', last, called])


def _verified(anchored: Anchored | None) -> Verified:
    """The ledger against its own checkpoints and, where one was given, against the second place."""
    own = read_anchors([("database", (r.line().encode() for r in records()))])
    verify(ledger_lines(), anchored=own)
    return verify(ledger_lines(), anchored=anchored or own)
