"""结果文件 · Clocks and findings written piece by piece, as Parquet or CSV, under their names only when they are whole."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv
import pyarrow.parquet as pq

from tianping.engines.supervise.errors import UnknownOutput
from tianping.engines.supervise.results import CLOCKS, FINDINGS
from tianping.engines.supervise.run import Piece

FORMATS: Final = ("parquet", "csv")


class Output:
    """The two tables of a run as files in a folder. Raises UnknownOutput. A run that fails leaves no half-written file."""

    def __init__(self, folder: Path, form: str) -> None:
        if form not in FORMATS:
            raise UnknownOutput(given=form)
        folder.mkdir(parents=True, exist_ok=True)
        self.paths = {name: folder / f"{name}.{form}" for name in ("clocks", "findings")}
        self._half = {name: path.with_name(path.name + ".part") for name, path in self.paths.items()}
        schemas = {"clocks": CLOCKS, "findings": FINDINGS}
        opened = pq.ParquetWriter if form == "parquet" else _Csv
        self._writers = {name: opened(half, schemas[name]) for name, half in self._half.items()}

    def write(self, piece: Piece) -> None:
        """Add the results of some cases."""
        for name, batches, schema in (("clocks", piece.clocks, CLOCKS), ("findings", piece.findings, FINDINGS)):
            if batches:
                self._writers[name].write_table(pa.Table.from_batches(batches, schema).unify_dictionaries())

    def __enter__(self) -> Output:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for writer in self._writers.values():
            writer.close()
        for name, half in self._half.items():
            if kind is None:
                half.replace(self.paths[name])
            else:
                half.unlink(missing_ok=True)


class _Csv:
    """A table as CSV; an instant at midnight is written as its day, as the log wrote it."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        self.schema = pa.schema([(f.name, f.type if pa.types.is_integer(f.type) or pa.types.is_boolean(f.type) else pa.string()) for f in schema])
        self.writer = pv.CSVWriter(path, self.schema)

    def write_table(self, table: pa.Table) -> None:
        columns = [_written(column) if pa.types.is_timestamp(column.type) else column for column in table.columns]
        self.writer.write_table(pa.table(columns, names=table.column_names).cast(self.schema))

    def close(self) -> None:
        self.writer.close()


def _written(column: pa.ChunkedArray) -> pa.ChunkedArray:
    day = column.cast(pa.date32())
    midnight = pc.equal(column, day.cast(column.type))
    return pc.if_else(midnight, day.cast(pa.string()), pc.strftime(column.cast(pa.timestamp("s"), safe=False), "%Y-%m-%dT%H:%M:%S"))
