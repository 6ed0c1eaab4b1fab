"""分区 · Any definition on any engine: the engine brings the events of a case together and streams them; the arrays judge whole cases.

For the words that the expressions do not hold. Nothing is held whole: DuckDB sorts on disk if it must, Spark judges each partition where it lies.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tianping.engines.portable.connect import as_table, batches, collect, is_spark
from tianping.engines.supervise.results import CLOCKS, FINDINGS
from tianping.engines.supervise.run import PIECE, Piece, judged
from tianping.law.calendar import Calendar, calendar
from tianping.procedure.registry import Folder, load_folder

GROUP: Final = "merged_group"
"""The column that keeps merged cases together: the first of the cases that were merged into one another, else the case itself."""


def partitioned(connection: Any, folder: Folder, log: Any, moment: datetime, cal: Calendar) -> Iterator[Piece]:
    """The results of a log, piece by piece, each of whole cases."""
    grouped, key = _grouped(connection, log)
    if is_spark(connection):
        yield from _on_spark(connection, folder, grouped, key, moment, cal)
        return
    ordered = grouped.order_by([key, "case_id"] if key != "case_id" else [key])
    for chunk in chunks(batches(connection, ordered), key):
        yield from judged(folder, chunk, moment, cal=cal, workers=1)


def chunks(stream: Iterable[pa.RecordBatch], key: str = "case_id", size: int = PIECE) -> Iterator[pa.Table]:
    """Ordered batches as tables of about ``size`` rows that end where a value of ``key`` ends; ``GROUP`` is left out."""
    held: list[pa.RecordBatch] = []
    count = 0
    for batch in stream:
        held.append(batch)
        count += len(batch)
        if count < size:
            continue
        table = pa.Table.from_batches(held)
        cut = _last_start(table[key])
        if cut:
            yield _bare(table.slice(0, cut))
            table = table.slice(cut)
        held, count = table.to_batches(), len(table)
    if count:
        yield _bare(pa.Table.from_batches(held))


def _bare(table: pa.Table) -> pa.Table:
    """Without ``GROUP``, the cases coded: they stand together, so that neighbours are compared and no text is hashed."""
    bare = (table.drop_columns([GROUP]) if GROUP in table.column_names else table).combine_chunks()
    cases = bare["case_id"].chunk(0).cast(pa.string())
    new = np.ones(len(cases), dtype=np.bool_)
    new[1:] = pc.not_equal(cases.slice(1), cases.slice(0, len(cases) - 1)).to_numpy(zero_copy_only=False)
    codes = pa.array(np.cumsum(new, dtype=np.int32) - np.int32(1))
    coded = pa.DictionaryArray.from_arrays(codes, cases.filter(pa.array(new)))
    return bare.set_column(bare.column_names.index("case_id"), "case_id", coded)


def _last_start(groups: pa.ChunkedArray) -> int:
    """The row at which the last value of an ordered column begins."""
    same = pc.equal(groups, groups[len(groups) - 1]).to_numpy()
    return int(np.argmax(same))


# ---- merged cases ------------------------------------------------------------------------------------------------------------


def _grouped(connection: Any, log: Any) -> tuple[Any, str]:
    """The log and the column that keeps its cases together: merges are few, so who belongs to whom is found here and joined as a small table."""
    heads = _heads(connection, log)
    if not heads:
        return log, "case_id"
    small = as_table(connection, pa.table({"merged_case": pa.array(heads.keys(), pa.string()), "head": pa.array(heads.values(), pa.string())}))
    joined = log.left_join(small, log.case_id == small.merged_case)
    return joined.mutate(**{GROUP: joined["head"].fill_null(joined.case_id)}).drop("merged_case", "head"), GROUP


def _heads(connection: Any, log: Any) -> dict[str, str]:
    """Case → the head of its group, for the cases that a merge touches."""
    if "into" not in log.columns:
        return {}
    pairs = collect(connection, log.filter(log["into"].notnull()).select("case_id", "into").distinct()).to_pylist()
    head: dict[str, str] = {}

    def find(case: str) -> str:
        while head.get(case, case) != case:
            case = head[case]
        return case

    for pair in pairs:
        one, other = sorted((find(pair["case_id"]), find(pair["into"])))
        head[other] = one
        head.setdefault(one, one)
    return {case: find(case) for case in head}


# ---- Spark -------------------------------------------------------------------------------------------------------------------

_TEXTS: Final = ("case_id", "track", "entity", "rule", "severity", "clock", "status", "citation", "message_zh", "message_en")
WIRE: Final = pa.schema(
    [("kind", pa.string())]
    + [(f.name, pa.string() if f.name in _TEXTS else f.type) for f in (*CLOCKS, *(f for f in FINDINGS if f.name not in CLOCKS.names))]
    + [("events", pa.int64()), ("cases", pa.int64())]
)
"""Clocks, findings and the account of each piece in one table, for Spark hands back one."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a worker finds the definitions: the folder, or where there is none the classes by name."""

    path: str
    names: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, folder: Folder) -> Address:
        """The address of a folder."""
        return cls(str(folder.path), tuple((v.__module__, v.__qualname__) for v in folder.versions))

    def folder(self) -> Folder:
        """The folder at this address."""
        path = Path(self.path)
        if (path / "procedure.py").is_file():
            return load_folder(path)
        return Folder(path, tuple(getattr(import_module(module), name) for module, name in self.names))


def _on_spark(connection: Any, folder: Folder, grouped: Any, key: str, moment: datetime, cal: Calendar) -> Iterator[Piece]:
    frame = connection._session.sql(connection.compile(grouped)).repartition(key).sortWithinPartitions(key, "case_id")
    address, makeup = Address.of(folder), cal.makeup_counts
    other = None if cal is calendar(makeup_counts=makeup) else cal  # the table's own need not travel

    def work(stream: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        days = calendar(makeup_counts=makeup) if other is None else other
        where = address.folder()
        for chunk in chunks(stream, key):
            for piece in judged(where, chunk, moment, cal=days, workers=1):
                yield from _wired(piece)

    # The zone is UTC on both sides, so that a local time comes back as it was written.
    wired = frame.mapInArrow(work, _spark_schema()).toArrow()
    yield from _unwired(wired)


def _spark_schema() -> str:
    names = {pa.string(): "string", pa.int32(): "int", pa.int64(): "bigint", pa.bool_(): "boolean", pa.timestamp("us"): "timestamp_ntz"}
    return ", ".join(f"`{f.name}` {names[f.type]}" for f in WIRE)


def _wired(piece: Piece) -> Iterator[pa.RecordBatch]:
    for kind, found in (("clock", piece.clocks), ("finding", piece.findings)):
        yield from (_row(batch, kind) for batch in found)
    account = pa.RecordBatch.from_pydict({"events": pa.array([piece.events], pa.int64()), "cases": pa.array([piece.cases], pa.int64())})
    yield _row(account, "account")


def _row(batch: pa.RecordBatch, kind: str) -> pa.RecordBatch:
    """A batch in the columns of ``WIRE``."""
    count = batch.num_rows
    columns = [batch[f.name].cast(f.type) if f.name in batch.schema.names else pa.nulls(count, f.type) for f in WIRE]
    columns[0] = pa.array([kind] * count, pa.string())
    return pa.RecordBatch.from_arrays(columns, schema=WIRE)


def _unwired(wired: pa.Table) -> Iterator[Piece]:
    parts = {kind: wired.filter(pc.equal(wired["kind"], kind)) for kind in ("clock", "finding", "account")}
    clocks = parts["clock"].select(CLOCKS.names).cast(CLOCKS).to_batches()
    findings = parts["finding"].select(FINDINGS.names).cast(FINDINGS).to_batches()
    account = parts["account"]
    yield Piece(clocks, findings, pc.sum(account["events"]).as_py() or 0, pc.sum(account["cases"]).as_py() or 0)
