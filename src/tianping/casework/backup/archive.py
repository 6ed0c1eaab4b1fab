"""备份文件 · One file with every table and every document: a tar whose members have checksums, compressed as it is written, never whole in memory.

Members come in the order in which they are written; the manifest comes last and names every member with its digest, so that a file that was cut
short, damaged or added to is refused. It appears under its own name only when it is whole.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Final, cast

import pyarrow as pa

from tianping.casework.backup.errors import DamagedBackup, NotABackup
from tianping.law.text import T

Progress = Callable[[float], None]
FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
CODEC: Final = "zstd"
PART: Final = 8 << 20
"""Bytes to a member: what is held in memory at once."""
EXTRA: Final = T("多余或者缺少 {name}", "{name} is missing or not in the list")
CHANGED: Final = T("{name} 与其校验值不符", "{name} does not fit its digest")


@dataclass(slots=True)
class Manifest:
    """清单 · What a backup holds: the newest migrations, tables with their columns and rows, sequences, and the digest of every member."""

    format: int = FORMAT
    taken: str = ""
    migrations: list[list[str]] = field(default_factory=list)
    tables: dict[str, Table] = field(default_factory=dict)
    sequences: dict[str, list[Any]] = field(default_factory=dict)
    documents: int = 0
    members: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Table:
    """表 · Its columns in the order of their values, and how many rows it had."""

    columns: list[str]
    rows: int = 0


class Writer:
    """写备份 · ``with Writer(path) as out:`` — parts are added, the manifest last."""

    def __init__(self, path: Path) -> None:
        self.path, self.half = path, path.with_name(path.name + ".part")
        self.manifest = Manifest()

    def __enter__(self) -> Writer:
        handle = os.open(self.half, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        self._file = os.fdopen(handle, "wb")
        self._packed = pa.CompressedOutputStream(self._file, CODEC)
        self._tar = tarfile.open(fileobj=cast("IO[bytes]", _Sink(self._packed)), mode="w|", format=tarfile.PAX_FORMAT)
        return self

    def add(self, name: str, data: bytes) -> None:
        """A member, with its digest."""
        self._member(name, data)
        self.manifest.members[name] = hashlib.sha256(data).hexdigest()

    def _member(self, name: str, data: bytes) -> None:
        info = tarfile.TarInfo(name)
        info.size, info.mode = len(data), 0o600
        self._tar.addfile(info, io.BytesIO(data))

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            self._member(MANIFEST, json.dumps(asdict(self.manifest), ensure_ascii=False).encode())
        self._tar.close()
        self._packed.close()
        if not self._file.closed:
            self._file.flush()
        self._file.close()
        if kind is not None:
            self.half.unlink()
            return
        with self.half.open("rb") as whole:
            os.fsync(whole.fileno())
        self.half.replace(self.path)


class _Sink:
    """What tarfile writes to: pyarrow's stream, which wants bytes of its own."""

    def __init__(self, stream: pa.NativeFile) -> None:
        self._stream = stream

    def write(self, data: bytes) -> int:
        self._stream.write(data)
        return len(data)


def members(file: IO[bytes], path: Path) -> Iterator[tuple[str, bytes]]:
    """Every member with its bytes, the manifest last. Raises NotABackup, DamagedBackup."""
    try:
        with tarfile.open(fileobj=pa.CompressedInputStream(file, CODEC), mode="r|") as tar:
            for info in tar:
                part = tar.extractfile(info)
                if part is None or not info.isreg():
                    raise DamagedBackup(path=path, reason=info.name)
                yield info.name, part.read()
    except (OSError, EOFError, tarfile.TarError, pa.ArrowInvalid) as error:
        raise NotABackup(path=path, reason=error) from error


def read_manifest(data: bytes, path: Path) -> Manifest:
    """The manifest. Raises DamagedBackup."""
    try:
        found = json.loads(data)
        if found["format"] != FORMAT:
            raise ValueError(f"format {found['format']}")
        return Manifest(**(found | {"tables": {name: Table(**table) for name, table in found["tables"].items()}}))
    except (ValueError, KeyError, TypeError) as error:
        raise DamagedBackup(path=path, reason=error) from error


def checked(path: Path, progress: Progress) -> Manifest:
    """The manifest of a backup of which every byte is as it was written. Raises NotABackup, DamagedBackup."""
    digests, manifest = dict[str, str](), None
    size = path.stat().st_size or 1
    with path.open("rb") as file:
        for name, data in members(file, path):
            if manifest is not None or name in digests:
                raise DamagedBackup(path=path, reason=EXTRA.fill(name=name))
            if name == MANIFEST:
                manifest = read_manifest(data, path)
            else:
                digests[name] = hashlib.sha256(data).hexdigest()
            progress(file.tell() / size)
    if manifest is None:
        raise DamagedBackup(path=path, reason=EXTRA.fill(name=MANIFEST))
    for name in digests.keys() ^ manifest.members.keys():
        raise DamagedBackup(path=path, reason=EXTRA.fill(name=name))
    for name, digest in digests.items():
        if manifest.members[name] != digest:
            raise DamagedBackup(path=path, reason=CHANGED.fill(name=name))
    return manifest
