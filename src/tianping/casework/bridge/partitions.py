"""分区 · The ledger as Parquet files by procedure and version, kept up to date: each run adds what is new, and nothing counts before it is whole.

Files are written beside their names and renamed; then the manifest, which lists every file and the positions, is replaced in one move. A run that
dies leaves the manifest as it was: what it had written is not listed, and the next run takes it away. Whole cases are not split by month or
institution: the engines judge whole cases, and Parquet skips row groups by the statistics of every column.
"""

from __future__ import annotations

import fcntl
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tianping.casework.bridge.erased import Erased, rewritten
from tianping.casework.bridge.errors import BadManifest, BeingCopied
from tianping.casework.bridge.log import organisations
from tianping.casework.bridge.positions import Positions, Window
from tianping.casework.bridge.shape import LEDGER, SELECT, schema_of, shaped
from tianping.casework.bridge.stream import batches
from tianping.casework.engine.registered import tables_of
from tianping.casework.models import Definition

MANIFEST: Final = "manifest.json"
GROUP: Final = 250_000
"""Rows to a row group, about: what each open file holds in memory."""
FEW: Final = 20_000
"""Up to so many moved cases are asked for by their numbers; for more the whole ledger is passed through once."""
FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Copied:
    """复制结果 · How many events were new, in how many files, and how many events the folder holds now."""

    events: int
    files: int
    whole: int


@dataclass(frozen=True, slots=True)
class _Manifest:
    run: int
    events: int
    files: tuple[str, ...]
    positions: str


def copy_ledger(folder: Path, *, plain: bool = False, progress: Callable[[float], None] | None = None) -> Copied:
    """Bring a folder of partitions up to date. Raises BeingCopied, BadManifest, LedgerShrank, UnreadableAnswers; then the folder is as it was."""
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        old = _read(folder)
        _swept(folder, old)
        before = Positions.read(folder / old.positions) if old.positions else Positions()
        window = Window.between(before, Positions.standing(plain=plain))
        if not window.events:
            return Copied(0, 0, old.events)
        run = old.run + 1
        new, erased = _written(folder, run, window, plain=plain, progress=progress)
        anew = rewritten(folder, old.files, run, erased)
        kept = f"positions-{run:06}.parquet"
        window.now.keep(folder / kept)
        _replace(folder, _Manifest(run, old.events + window.events, (*(anew.get(f, f) for f in old.files), *new), kept))
        _swept(folder, _read(folder))
        return Copied(window.events, len(new), old.events + window.events)


def files(folder: Path, procedure: str, version: date | None = None) -> list[Path]:
    """The finished partitions of a procedure, or of one version of it. Raises BadManifest."""
    head = f"procedure={procedure}/" + (f"version={version}/" if version is not None else "")
    return [folder / name for name in _read(folder).files if name.startswith(head)]


# ---- the files of one run ------------------------------------------------------------------------------------------------------------


def _written(folder: Path, run: int, window: Window, *, plain: bool, progress: Callable[[float], None] | None) -> tuple[list[str], Erased]:
    """The new files, and what acts of erasure among the new events erased."""
    names, opened, done = organisations(), dict[int, _File](), 0
    erased: dict[str, set[tuple[int, int]]] = defaultdict(set)
    codes = {d.pk: f"procedure={d.code}/version={d.version}" for d in Definition.objects.all()}
    try:
        for batch in _ahead(_new(window, plain=plain)):
            fresh, definition = window.inside(batch["case_id"].to_numpy(), batch["seq"].to_numpy())
            for number in np.unique(definition[fresh]).tolist():
                mine = fresh & (definition == number)
                rows = batch if mine.all() else batch.filter(pa.array(mine))
                if number not in opened:
                    opened[number] = _File(folder, f"{codes[number]}/{run:06}.parquet", schema_of(tables_of(number)))
                opened[number].add(shaped(rows, tables_of(number), names))
                if rows["erases"].null_count < len(rows):
                    acts = rows.filter(rows["erases"].is_valid())
                    erased[codes[number]] |= set(zip(acts["case_id"].to_pylist(), acts["erases"].to_pylist(), strict=True))
                done += len(rows)
            if progress is not None:
                progress(done / window.events)
    finally:
        for file in opened.values():
            file.close()
    for file in opened.values():
        file.half.replace(file.path)
    return [file.name for file in opened.values()], erased


def _new(window: Window, *, plain: bool) -> Iterator[pa.RecordBatch]:
    """The rows among which the new ones are."""
    moved = window.moved
    if moved.sum() > FEW:
        yield from batches(SELECT, LEDGER, plain=plain)
        return
    ids, low = (",".join(map(str, part[moved].tolist())) for part in (window.now.ids, window.low))
    only = f" join unnest('{{{ids}}}'::bigint[], '{{{low}}}'::int[]) as n(case_id, low) on n.case_id = e.case_id and e.seq > n.low"
    yield from batches(SELECT + only, LEDGER, plain=plain)


def _ahead(found: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The batches, the next one being fetched while one is written."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, found, None)
        while (batch := coming.result()) is not None:
            coming = pool.submit(next, found, None)
            yield batch


class _File:
    """One partition as it is written; rows are gathered into row groups of a good size."""

    def __init__(self, folder: Path, name: str, schema: pa.Schema) -> None:
        self.name, self.path = name, folder / name
        self.half = self.path.with_name(self.path.name + ".part")
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.writer = pq.ParquetWriter(self.half, schema, compression="zstd")
        self.held: list[pa.Table] = []

    def add(self, table: pa.Table) -> None:
        self.held.append(table)
        if sum(map(len, self.held)) >= GROUP:
            self._flush()

    def _flush(self) -> None:
        if self.held:
            self.writer.write_table(pa.concat_tables(self.held).unify_dictionaries())
            self.held.clear()

    def close(self) -> None:
        self._flush()
        self.writer.close()


# ---- the manifest --------------------------------------------------------------------------------------------------------------------


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BeingCopied(path=folder) from None
        yield


def _read(folder: Path) -> _Manifest:
    path = folder / MANIFEST
    if not path.is_file():
        return _Manifest(0, 0, (), "")
    try:
        data: dict[str, Any] = json.loads(path.read_text("utf-8"))
        found = _Manifest(int(data["run"]), int(data["events"]), tuple(map(str, data["files"])), str(data["positions"]))
    except (ValueError, KeyError, TypeError) as error:
        raise BadManifest(path=path, reason=error) from None
    missing = [name for name in (*found.files, found.positions) if not (folder / name).is_file()]
    if missing or data.get("format") != FORMAT:
        raise BadManifest(path=path, reason=missing[0] if missing else data.get("format"))
    return found


def _replace(folder: Path, new: _Manifest) -> None:
    half = folder / (MANIFEST + ".part")
    data = {"format": FORMAT, "run": new.run, "events": new.events, "positions": new.positions, "files": list(new.files)}
    half.write_text(json.dumps(data, indent=1), encoding="utf-8")
    half.replace(folder / MANIFEST)


def _swept(folder: Path, manifest: _Manifest) -> None:
    """Take away what no finished run has listed."""
    listed = {*manifest.files, manifest.positions, MANIFEST}
    by_folder: dict[Path, list[Path]] = defaultdict(list)
    for path in (*folder.glob("*.part"), *folder.glob("positions-*"), *folder.glob("procedure=*/version=*/*")):
        by_folder[path.parent].append(path)
    for found in by_folder.values():
        for path in found:
            if str(path.relative_to(folder)) not in listed:
                path.unlink()
