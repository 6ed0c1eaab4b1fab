"""文件 · Blocks of cases as a file: CSV, workbook, OCEL 2.0, XES or Parquet. Written beside its name; it appears when it is whole."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from tianping.casework.extracts.cells import LONGEST, cell, defused
from tianping.casework.extracts.errors import UnknownExtract
from tianping.casework.extracts.tables import CASES, CLOCKS, Block, day, fitted, whole_schema
from tianping.engines.events.mapping import SEQ
from tianping.engines.events.write import write_stream

FORMATS: Final = ("csv", "xlsx", "ocel", "xes", "parquet")
TABLES: Final = ("events", "cases", "clocks")
SHEET: Final = 1_048_000
"""Rows to a sheet; what is more goes to a further one."""
Notes = list[tuple[str, str]]
"""What the workbook's first sheet says: words and value."""


@dataclass(slots=True)
class Counted:
    """How many cases and events were written."""

    cases: int = 0
    events: int = 0

    def through(self, blocks: Iterable[Block]) -> Iterator[Block]:
        """The blocks, counted as they pass."""
        for block in blocks:
            self.cases += len(block.rows)
            self.events += sum(len(table) for _, table in block.events)
            yield block


def written(blocks: Iterable[Block], half: Path, form: str, *, procedure: str | None, table: str, notes: Notes) -> Counted:
    """Write blocks in a format. Raises UnknownExtract, CannotWrite."""
    if form not in FORMATS:
        raise UnknownExtract(given=form, known=", ".join(FORMATS))
    if table not in TABLES:
        raise UnknownExtract(given=table, known=", ".join(TABLES))
    count = Counted()
    counted = count.through(blocks)
    if form == "csv":
        _csv(counted, half, procedure, table)
    elif form == "xlsx":
        _Workbook(half, whole_schema(procedure).names).fill(counted, notes)
    elif form == "parquet":
        _parquet(counted, half, whole_schema(procedure))
    else:
        write_stream((t for block in counted for _, t in block.events), half, form)
    return count


def _parquet(blocks: Iterable[Block], half: Path, schema: pa.Schema) -> None:
    with pq.ParquetWriter(half, schema, compression="zstd") as writer:
        for block in blocks:
            tables = [fitted(table, schema) for _, table in block.events]
            writer.write_table(pa.concat_tables(tables).unify_dictionaries())


def _events(block: Block) -> Iterator[dict[str, Any]]:
    for _, table in block.events:
        for batch in table.to_batches(max_chunksize=10_000):
            yield from batch.to_pylist()


def _rows(block: Block, table: str) -> Iterable[Mapping[str, Any]]:
    return {"events": _events, "cases": Block.cases, "clocks": Block.clocks}[table](block)


def _csv(blocks: Iterable[Block], half: Path, procedure: str | None, table: str) -> None:
    """With a mark at its head by which spreadsheets know UTF-8."""
    schema = whole_schema(procedure)
    names = {"events": schema.names, "cases": CASES, "clocks": CLOCKS}[table]
    names = [*(n for n in names if n != "notice"), *(["notice"] if "notice" in schema.names else [])]
    with half.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([SEQ if n == "seq" else n for n in names])
        for block in blocks:
            writer.writerows([cell(row.get(n)) for n in names] for row in _rows(block, table))


class _Workbook:
    """A workbook that keeps one row in memory: what it is, then cases, events and clocks, each on as many sheets as they need."""

    def __init__(self, path: Path, events: list[str]) -> None:
        from xlsxwriter import Workbook  # noqa: PLC0415 — only for this format

        quiet = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self.book = Workbook(str(path), quiet | {"default_date_format": "yyyy-mm-dd hh:mm"})
        self.bold = self.book.add_format({"bold": True})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        notice = ["notice"] if "notice" in events else []
        self.about = self.book.add_worksheet("说明 About")
        self.heads = {"cases": [*CASES, *notice], "events": events, "clocks": [*CLOCKS, *notice]}
        self.titles = {"cases": "案件 Cases", "events": "事件 Events", "clocks": "期限 Clocks"}
        self.sheets: dict[str, Any] = {}
        self.at = dict.fromkeys(TABLES, SHEET + 1)
        self.number = dict.fromkeys(TABLES, 0)

    def fill(self, blocks: Iterable[Block], notes: Notes) -> None:
        """Write every block and close the book."""
        with self.book:
            for row, note in enumerate(notes):
                for column, text in enumerate(note):
                    self.about.write_string(row, column, defused(text), self.bold if not column else None)
            for table in self.heads:
                self._sheet(table)
            for block in blocks:
                for table in self.heads:
                    for found in _rows(block, table):
                        self._row(table, found)

    def _sheet(self, table: str) -> None:
        self.number[table] += 1
        more = f" {self.number[table]}" if self.number[table] > 1 else ""
        self.sheets[table], self.at[table] = self.book.add_worksheet(self.titles[table] + more), 1
        for column, name in enumerate(self.heads[table]):
            self.sheets[table].write_string(0, column, name, self.bold)
        self.sheets[table].freeze_panes(1, 1)

    def _row(self, table: str, found: Mapping[str, Any]) -> None:
        if self.at[table] > SHEET:
            self._sheet(table)
        sheet, row = self.sheets[table], self.at[table]
        for column, name in enumerate(self.heads[table]):
            value = found.get(name)
            if value is None:
                continue
            value = day(value) if isinstance(value, datetime) else value
            if isinstance(value, str):
                sheet.write_string(row, column, defused(value)[:LONGEST])
            elif isinstance(value, bool):
                sheet.write_boolean(row, column, value)
            elif isinstance(value, datetime | date):
                self._when(sheet, row, column, value)
            else:
                sheet.write_number(row, column, value)
        self.at[table] += 1

    def _when(self, sheet: Any, row: int, column: int, value: date) -> None:
        """Workbooks know no day before 1900."""
        if value.year < 1900:
            sheet.write_string(row, column, value.isoformat())
        elif isinstance(value, datetime):
            sheet.write_datetime(row, column, value)
        else:
            sheet.write_datetime(row, column, value, self.day)
