"""表格日志 · CSV and Parquet files as raw rows, chunk by chunk."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as pv
import pyarrow.parquet as pq

from tianping.engines.events.raw import ROWS, Names, NotThisFormat, Progress, Raw, unpacked

NOT_UTF8: Final = "line {line}: not UTF-8 · 不是 UTF-8 编码（可在对照文件写 encoding，如 gb18030）"
BLOCK: Final = 8 << 20
"""Bytes of CSV at a time."""


def csv_chunks(path: Path, names: Names, told: Progress, *, encoding: str) -> Iterator[Raw]:
    """The rows of a CSV file; blank lines are passed over. Raises ArrowInvalid, OSError, UnicodeDecodeError, LookupError."""
    with path.open("rb") as file:
        first = unpacked(file, path).readline().decode("utf-8-sig" if encoding == "utf-8" else encoding)
    wanted = names(next(csv.reader([first]), []))
    broken: dict[int, str] = {}

    def odd(row: pv.InvalidRow) -> str:
        broken[row.number] = row.text
        return "skip"

    with path.open("rb") as file:
        size, line, told_of = max(path.stat().st_size, 1), 2, 0
        source = unpacked(file, path)
        reader = _opened(_Checked(source) if encoding == "utf-8" else source, wanted, odd, encoding)
        for table in _tables(iter(reader), reader.schema):
            lines = np.arange(line, line + len(table) + len(broken), dtype=np.int64)
            lines = lines[~np.isin(lines, list(broken))][: len(table)]
            line = int(lines[-1]) + 1 if len(lines) else line
            new = list(broken.items())[told_of:]
            told_of += len(new)
            yield Raw(table, lines, new)
            told(file.tell() / size)


class _Checked(io.RawIOBase):
    """A file whose bytes are UTF-8, or an error that names the line: Arrow itself would drop a bad row that it cannot decode."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__()
        self.file, self.line, self.decoder = file, 1, codecs.getincrementaldecoder("utf-8")()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self.file.read(size)
        try:
            self.decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            raise NotThisFormat(NOT_UTF8.format(line=self.line + error.object[: error.start].count(b"\n"))) from None
        self.line += data.count(b"\n")
        return data


def _tables(batches: Iterator[pa.RecordBatch], schema: pa.Schema) -> Iterator[pa.Table]:
    """The batches as tables; an empty one if there is none."""
    count = 0
    for batch in batches:
        count += 1
        yield pa.Table.from_batches([batch])
    if not count:
        yield schema.empty_table()


def _opened(file: BinaryIO | _Checked, wanted: list[str], odd: Callable[[pv.InvalidRow], str], encoding: str) -> pv.CSVStreamingReader:
    """One thread, because only then does a bad row know its number; texts are coded as they are parsed."""
    text = pa.dictionary(pa.int32(), pa.string())
    return pv.open_csv(
        file,
        read_options=pv.ReadOptions(use_threads=False, block_size=BLOCK, encoding=encoding),
        parse_options=pv.ParseOptions(invalid_row_handler=odd, newlines_in_values=True),
        convert_options=pv.ConvertOptions(
            include_columns=wanted, column_types=dict.fromkeys(wanted, text), strings_can_be_null=True, null_values=[""]
        ),
    )


def parquet_chunks(path: Path, names: Names, told: Progress) -> Iterator[Raw]:
    """The rows of a Parquet file. Raises ArrowInvalid, OSError."""
    schema = pq.read_schema(path)
    texts = [f.name for f in schema if pa.types.is_string(f.type) or pa.types.is_dictionary(f.type)]
    wanted = [*names(schema.names), *(["seq"] if "seq" in schema.names else [])]
    with pq.ParquetFile(path, read_dictionary=texts) as file:
        count, line = max(file.metadata.num_rows, 1), 1
        # group by group: a batch across two groups would carry the dictionaries of both
        batches = (b for group in range(file.num_row_groups) for b in file.iter_batches(ROWS, row_groups=[group], columns=wanted))
        for table in _tables(batches, pa.schema([file.schema_arrow.field(n) for n in wanted])):
            yield Raw(table, np.arange(line, line + len(table), dtype=np.int64), [])
            line += len(table)
            told((line - 1) / count)
