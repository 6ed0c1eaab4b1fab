"""读日志 · read(path, procedure, mapping) → one event table. Rows that cannot be events are refused or set aside, with line and reason."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TextIO

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from tianping.engines.events.chunk import Chunk
from tianping.engines.events.errors import BadChoice, BadRow, Malformed
from tianping.engines.events.mapping import Mapping, fact_names, read_mapping, step_names
from tianping.engines.events.raw import Progress, Raw
from tianping.engines.events.sources import chunks
from tianping.law.text import T
from tianping.procedure.registry import Folder
from tianping.procedure.tables import compiled

BESIDE: Final = 1_000_000
"""The seq of the first event that stands beside its case: after all others."""


@dataclass(frozen=True, slots=True, eq=False)
class EventLog:
    """事件日志 · The events kept, and the account of every row: rows = kept + ignored + aside (case events come on top)."""

    table: pa.Table
    rows: int
    ignored: int
    aside: int


def read(
    path: Path,
    *,
    procedure: Folder,
    mapping: Path | Mapping | None = None,
    bad: str = "stop",
    aside: Path | None = None,
    progress: Progress | None = None,
) -> EventLog:
    """Read a log chunk by chunk; only coded columns are kept in memory, some 24 bytes an event.

    ``bad``: ``stop`` refuses the whole log at a bad row, ``aside`` writes bad rows to a file. ``progress`` hears which part has been read.
    Raises EVT-1xx.
    """
    if bad not in ("stop", "aside"):
        raise BadChoice(given=bad)
    how = read_mapping(mapping, procedure) if isinstance(mapping, Path) else mapping or Mapping()
    with Aside(aside if bad == "aside" else None) as apart:
        reading = _Reading(how, procedure, apart)
        found = chunks(path, lambda present: how.needed(present, fact_names(procedure)), encoding=how.encoding, progress=progress)
        try:
            for raw in _ahead(found):
                reading.take(raw)
        except pa.ArrowException as error:  # a damaged Parquet file may show it only when its values are used
            raise Malformed(path=path, reason=str(error).splitlines()[0]) from None
    if apart.first is not None and bad == "stop":
        line, reason = apart.first
        raise BadRow(path=path.name, line=line, reason=reason, count=apart.count)
    return EventLog(reading.whole(), reading.rows, reading.ignored, apart.count)


def _ahead(found: Iterator[Raw]) -> Iterator[Raw]:
    """The chunks, the next one being parsed while one is understood."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, found, None)
        while (raw := coming.result()) is not None:
            coming = pool.submit(next, found, None)
            yield raw


@dataclass(slots=True)
class Aside:
    """另存 · Bad rows as they are met: counted, the first remembered, and written to a CSV file (line, reason, the row) if there is one."""

    to: Path | None
    count: int = 0
    first: tuple[int, T] | None = None
    file: TextIO | None = field(default=None, repr=False)

    def __enter__(self) -> Aside:
        return self

    def __exit__(self, *_: object) -> None:
        if self.file is not None:
            self.file.close()

    def add(self, raw: Raw, faults: dict[int, T]) -> None:
        """Take note of the bad rows of one chunk."""
        if not faults:
            return
        self.count += len(faults)
        self.first = min(faults.items(), key=lambda f: f[0]) if self.first is None else self.first
        if self.to is not None:
            csv.writer(self._opened(raw)).writerows(_told(raw, faults))

    def _opened(self, raw: Raw) -> TextIO:
        if self.file is None:
            assert self.to is not None
            self.to.parent.mkdir(parents=True, exist_ok=True)
            self.file = self.to.open("w", encoding="utf-8", newline="")
            csv.writer(self.file).writerow(["line", "reason_zh", "reason_en", *raw.table.column_names])
        return self.file


def _told(raw: Raw, faults: dict[int, T]) -> Iterator[list[Any]]:
    broken = dict(raw.broken)
    at = {int(line): row for row, line in enumerate(raw.lines) if int(line) in faults}
    for line, reason in sorted(faults.items()):
        values = [broken[line]] if line in broken else list(raw.table.slice(at[line], 1).to_pylist()[0].values())
        yield [line, reason.zh, reason.en, *values]


class _Reading:
    """Gathers the chunks of a log."""

    def __init__(self, how: Mapping, folder: Folder, apart: Aside) -> None:
        self.how, self.apart = how, apart
        self.kinds = {name: fact.kind for v in folder.versions for name, (fact, _) in compiled(v).facts.items()}
        self.steps = step_names(folder)
        self.columns: dict[str, str] = {}
        self.tables: list[pa.Table] = []
        self.beside: list[list[pa.Table]] = [[] for _ in how.case_events]
        self.rows = self.ignored = 0

    def take(self, raw: Raw) -> None:
        """One chunk more. What a column means is settled by the chunk in which it is first seen."""
        self.columns = self.how.found(raw.table.column_names) | self.columns
        chunk = Chunk(raw, self.how, self.columns, self.kinds, self.steps)
        self.apart.add(raw, chunk.faults)
        self.tables.append(chunk.table)
        for tables, table in zip(self.beside, chunk.beside, strict=True):
            tables.append(table)
        self.rows += len(raw.lines) + len(raw.broken)
        self.ignored += chunk.ignored

    def whole(self) -> pa.Table:
        """One table, its events numbered within their cases."""
        table = _joined(self.tables)
        self.tables.clear()
        if "seq" not in table.column_names or table["seq"].null_count or len(table) != self.rows:
            table = _numbered(table.drop_columns(["seq"]) if "seq" in table.column_names else table)
        beside = [_once(_joined(tables), BESIDE + n) for n, tables in enumerate(self.beside)]
        table = table.select(["case_id", "seq", *(n for n in table.column_names if n not in ("case_id", "seq"))])
        return pa.concat_tables([table, *beside], promote_options="default").unify_dictionaries().combine_chunks() if beside else table


def _joined(tables: list[pa.Table]) -> pa.Table:
    """The chunks as one table; column by column, each let go when it has been joined, so that a log is never held twice."""
    out = {}
    for name in list(dict.fromkeys(n for table in tables for n in table.column_names)):
        column = pa.concat_tables([table.select([name] if name in table.column_names else []) for table in tables], promote_options="default")
        tables[:] = [table.drop_columns([name]) if name in table.column_names else table for table in tables]
        out[name] = column.combine_chunks()[name]
    return pa.table(out)


def _numbered(table: pa.Table) -> pa.Table:
    """Events numbered within their cases, in the order of the file."""
    codes: npt.NDArray[np.int32] = table["case_id"].combine_chunks().indices.to_numpy(zero_copy_only=False)
    order = None if bool((codes[1:] >= codes[:-1]).all()) else np.argsort(codes, kind="stable")
    grouped = codes if order is None else codes[order]
    starts = np.concatenate([[0], np.flatnonzero(grouped[1:] != grouped[:-1]) + 1]) if len(grouped) else np.zeros(0, dtype=np.int64)
    within = np.arange(len(codes), dtype=np.int32)
    within -= np.repeat(starts.astype(np.int32), np.diff(starts, append=len(codes)))
    if order is None:
        return table.append_column("seq", pa.array(within))
    seq = np.empty_like(within)
    seq[order] = within
    return table.append_column("seq", pa.array(seq))


def _once(table: pa.Table, seq: int) -> pa.Table:
    """The first row of each case, all with one seq."""
    _, first = np.unique(table["case_id"].combine_chunks().indices.to_numpy(zero_copy_only=False), return_index=True)
    some = table.take(pa.array(np.sort(first)))
    return some.append_column("seq", pa.array(np.full(len(some), seq, dtype=np.int32)))
