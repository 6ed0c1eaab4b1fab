"""随程序的法律 · The law that came with the program, as one mark; and whether the stored clocks were reckoned under another one."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from tianping.casework.models import Case, Renewal
from tianping.casework.moments import instant
from tianping.procedure.registry import PACKAGE, folders

READ: Final = frozenset({".py", ".toml"})
"""What law and definitions are written in; beside them lie texts, which reckon nothing."""


@dataclass(frozen=True, slots=True)
class Outdated:
    """期限所依的法律已变 · The stored clocks were reckoned under another law, or nobody knows under which (``since`` None)."""

    since: datetime | None


@cache
def law_mark() -> str:
    """The mark: a digest of calendar, parameters, rules, their reckoning and every definition, as files. Nothing is imported."""
    digest = hashlib.sha256()
    for name, file in _files():
        digest.update(f"{name} {file.stat().st_size}\n".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()


def law_outdated() -> Outdated | None:
    """Whether the clocks were last renewed, to the end, under another law than this program's. One look-up; nothing is reckoned."""
    last = last_renewal()
    if last is None:
        return Outdated(None) if Case.objects.exists() else None
    return None if last.law == law_mark() else Outdated(last.ended)


def law_kept_for_new(*, at: datetime, release: str) -> None:
    """A database without a case begins under this law: kept, so that a later release can tell. One that has cases stays as it is."""
    last = last_renewal()
    if (last is None or last.law != law_mark()) and not Case.objects.exists():
        Renewal.objects.create(release=release, law=law_mark(), begun=instant(at), ended=instant(at), total=0)


def last_renewal() -> Renewal | None:
    """The last renewal that was done to the end."""
    return Renewal.objects.filter(ended__isnull=False).order_by("-pk").first()


def _files() -> Iterator[tuple[str, Path]]:
    """The files with their names, which are the same on every machine, in order."""
    for code, folder in sorted(folders(map(Path, settings.TIANPING_PROCEDURES)).items()):
        yield from ((f"{code}/{name}", file) for name, file in _under(folder))
    for part in ("law", "procedure"):
        yield from ((f"{part}/{name}", file) for name, file in _under(PACKAGE / part))


def _under(folder: Path) -> list[tuple[str, Path]]:
    return sorted((file.relative_to(folder).as_posix(), file) for file in folder.rglob("*") if file.suffix in READ)
