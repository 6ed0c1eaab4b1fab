"""内容库 · Bytes under their SHA-256, in two levels of folders (``ab/cd/abcd…``). A file gets its name when it is whole and on disk."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from tianping.casework.documents.errors import TooLarge

CHUNK: Final = 1 << 20
HEAD: Final = 512
PART: Final = ".part"


@dataclass(frozen=True, slots=True)
class Stored:
    """已存内容 · Its digest, its size, its first bytes."""

    sha256: str
    size: int
    head: bytes


def folder() -> Path:
    """Where the files lie."""
    return Path(settings.TIANPING_DOCUMENTS)


def place(sha256: str) -> Path:
    """Where a content lies."""
    return folder() / sha256[:2] / sha256[2:4] / sha256


@dataclass(slots=True)
class Incoming:
    """收件 · A file that was received whole but stands under no name yet: ``keep`` gives it its name, ``drop`` removes it."""

    part: Path
    stored: Stored

    def keep(self) -> None:
        """Give it its name; where the same bytes lie already, they stay. Durable when this returns."""
        to = place(self.stored.sha256)
        to.parent.mkdir(parents=True, exist_ok=True)
        self.part.replace(to)
        for at in (to.parent, to.parent.parent, folder()):
            _synced(at)

    def drop(self) -> None:
        """Remove it."""
        self.part.unlink(missing_ok=True)


def received(file: BinaryIO) -> Incoming:
    """Read a file to its end, no further than it may be. Raises TooLarge; then nothing is left behind."""
    most = settings.TIANPING_DOCUMENT_MEGABYTES
    folder().mkdir(parents=True, exist_ok=True)
    part = folder() / f"{secrets.token_hex(16)}{PART}"
    digest, size, head = hashlib.sha256(), 0, b""
    try:
        with part.open("xb") as out:
            os.fchmod(out.fileno(), 0o600)
            while chunk := file.read(CHUNK):
                size += len(chunk)
                if size > most << 20:
                    raise TooLarge(most=most)
                head = head or chunk[:HEAD]
                digest.update(chunk)
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return Incoming(part, Stored(digest.hexdigest(), size, head))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def files() -> Iterator[Path]:
    """Every content that lies in the folder."""
    for path in folder().glob("??/??/*"):
        if path.is_file():
            yield path


def parts() -> Iterator[Path]:
    """What was begun and never finished."""
    yield from folder().glob(f"*{PART}")


def _synced(at: Path) -> None:
    handle = os.open(at, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
