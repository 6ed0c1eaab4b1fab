"""第二处 · A file of another owner that receives every checkpoint, one line each, synced before it counts. We only ever append.

What is written there cannot be unsaid here: a ledger that was cut, restored from an older backup or rewritten with new hashes no longer fits it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from tianping.casework.ledger.canonical import NO_HASH
from tianping.casework.ledger.errors import BadAnchor, ForkedAnchor
from tianping.casework.ledger.record import Record, read_line
from tianping.law.text import T

NAME: Final = "tianping-checkpoints.jsonl"
"""The file's name where a folder is given."""
BLOCK: Final = 1 << 16
NO_CHAIN: Final = T("不接在前一检查点之后", "it does not follow the one before it")
STRANGER: Final = T("签名公钥 {key} 不在指定之列", "the key {key} that signed it is none of those named")


def file_of(place: Path) -> Path:
    """The file itself: the place, or our name in that folder."""
    return place / NAME if place.is_dir() else place


def append(place: Path, records: Sequence[Record]) -> int:
    """Write checkpoints that are not there yet and sync them; gives the number of the last one there. Raises OSError, BadAnchor, ForkedAnchor.

    A line that a crash cut short is closed first and written again; a checkpoint that is already there must be the same one.
    """
    path = file_of(place)
    fresh = not path.exists()
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        last, torn = _last(handle)
        if last is not None:
            _same(last, records, place)
            records = [r for r in records if r.number > last.number]
        if records and last is not None and records[0].previous != last.name:
            raise ForkedAnchor(number=records[0].number, place=place)
        data = (b"\n" if torn else b"") + b"".join(r.line().encode() + b"\n" for r in records)
        while data:
            data = data[os.write(handle, data) :]
        os.fsync(handle)
    finally:
        os.close(handle)
    if fresh:
        _synced(path.parent)
    return records[-1].number if records else (0 if last is None else last.number)


def _same(last: Record, records: Sequence[Record], place: Path) -> None:
    known = next((r for r in records if r.number == last.number), None)
    if known is not None and known.name != last.name:
        raise ForkedAnchor(number=last.number, place=place)
    if records and known is None and records[-1].number < last.number:
        raise ForkedAnchor(number=last.number, place=place)


def _synced(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _last(handle: int) -> tuple[Record | None, bool]:
    """The last whole checkpoint of the file, and whether its end is torn."""
    size = os.fstat(handle).st_size
    torn = size > 0 and os.pread(handle, 1, size - 1) != b"\n"
    data, at = b"", size
    while at:
        step = min(BLOCK, at)
        at -= step
        data = os.pread(handle, step, at) + data
        lines = data.split(b"\n")
        whole = lines[1 if at else 0 : -1]
        for line in reversed(whole):
            if line.endswith(b"}"):
                return read_line(line, 0), torn
    return None, torn


@dataclass(slots=True)
class Anchored:
    """已送存 · What checkpoints say of every case: which hash stood at which event. ``keys``: the public keys that signed them."""

    heads: dict[int, dict[int, tuple[bytes, int]]] = field(default_factory=dict)
    """case → event → (hash, number of the checkpoint)"""
    checkpoints: int = 0
    keys: list[str] = field(default_factory=list)


def read_anchors(files: Iterable[tuple[str, Iterable[bytes]]], *, keys: Sequence[str] = ()) -> Anchored:
    """Checkpoints from one or more places, each chained from its first to its last. Raises BadAnchor, ForkedAnchor, NoSignatures.

    ``keys``: the public keys (hex) that may have signed; none given, every signature must hold under the key that the checkpoint names. A line cut
    short by a crash is passed over; if its checkpoint does not come again, the chain breaks there.
    """
    out, names = Anchored(), dict[int, bytes]()
    for place, lines in files:
        previous: Record | None = None
        for number, line in enumerate(lines, 1):
            if not line.strip() or not line.rstrip().endswith(b"}"):
                continue
            record = read_line(line, number)
            if keys and record.public.hex() not in keys:
                raise BadAnchor(number=record.number, line=number, reason=STRANGER.fill(key=record.public.hex()))
            if names.setdefault(record.number, record.name) != record.name:
                raise ForkedAnchor(number=record.number, place=place)
            if previous is not None and record.number == previous.number:
                continue
            _chained(previous, record, number)
            previous = record
            _entered(out, record)
    out.checkpoints = len(names)
    return out


def _chained(previous: Record | None, record: Record, line: int) -> None:
    if previous is None:
        follows = record.number > 1 or record.previous == NO_HASH
    else:
        follows = record.number == previous.number + 1 and record.previous == previous.name
    if not follows:
        raise BadAnchor(number=record.number, line=line, reason=NO_CHAIN)


def _entered(out: Anchored, record: Record) -> None:
    if record.public.hex() not in out.keys:
        out.keys.append(record.public.hex())
    for case, seq, head in record.heads:
        out.heads.setdefault(case, {})[seq] = (head, record.number)
