"""读文件 · A file of cases as rows with their lines: CSV in UTF-8 or GB18030, workbooks, JSON Lines. Each row is a mapping of column → value."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Final
from xml.etree.ElementTree import ParseError

from tianping.casework.intake.errors import NO_NUMBER, NOT_A_ROW, NUL, WIDTH, MissingColumn, TooLarge, UnknownImport, UnreadableImport
from tianping.casework.intake.mapping import ImportMapping
from tianping.law.text import T

if TYPE_CHECKING:
    from openpyxl import Workbook

ROWS: Final = 1_000_000
"""Rows that one import takes."""
CELL: Final = 100_000
"""Characters in a cell, and in all cells of a line of JSON together ten times as many."""
UNPACKED: Final = 512 << 20
"""Bytes that a workbook may unpack to."""
RATIO: Final = 200
"""How many times larger than the file: beyond it a workbook was made to fill a disk."""
BROKEN: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, ParseError, SyntaxError, csv.Error, ArithmeticError, AttributeError, EOFError, LookupError, OSError,
    RuntimeError, TypeError, ValueError,
)  # fmt: skip
"""What readers of broken files raise: they are other people's, and say it in many ways."""
_STRANGE: Final = re.compile("[\\x00\\ud800-\\udfff]")
LARGEST: Final = 1e18
Told = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Row:
    """一行 · The line on which it begins (of a workbook: the row's number), its values, and what is wrong with it as a row."""

    line: int
    values: dict[str, Any] = field(default_factory=dict)
    fault: T | None = None


def rows(path: Path, mapping: ImportMapping, told: Told) -> Iterator[Row]:
    """The rows of a file. Raises UnknownImport, UnreadableImport, TooLarge, MissingColumn."""
    readers = {".csv": _csv, ".xlsx": _workbook, ".jsonl": _lines}
    if path.suffix.lower() not in readers:
        raise UnknownImport(path=path.name)
    if not path.is_file():
        raise UnreadableImport(path=path.name, reason=T("没有这个文件", "there is no such file"))
    count = 0
    try:
        for row in readers[path.suffix.lower()](path, mapping, told):
            count += 1
            if count > ROWS:
                raise TooLarge(path=path.name, reason=T("超过 {n} 行", "more than {n} rows").fill(n=ROWS))
            yield _kept(row)
    except BROKEN as error:
        if "field larger than field limit" in str(error):
            raise TooLarge(path=path.name, reason=LONG_CELL) from None
        raise UnreadableImport(path=path.name, reason=str(error).splitlines()[0] if str(error) else type(error).__name__) from None


def _kept(row: Row) -> Row:
    """The row, with a fault if a cell holds what no database keeps: NUL, half of a character, a number without end."""
    for column, value in row.values.items():
        if (isinstance(value, str) and _STRANGE.search(value)) or _STRANGE.search(column):
            clean = {_STRANGE.sub("?", c): _STRANGE.sub("?", v) if isinstance(v, str) else v for c, v in row.values.items()}
            return Row(row.line, clean, row.fault or NUL.fill(column=_STRANGE.sub("?", column)[:40]))
        if isinstance(value, int | float) and not abs(value) < LARGEST:
            return Row(row.line, row.values | {column: ""}, row.fault or NO_NUMBER.fill(column=column[:40]))
    return row


LONG_CELL: Final = T(f"有一格超过 {CELL} 个字符", f"a cell has more than {CELL} characters")


def _present(head: list[str], mapping: ImportMapping, *, named: bool) -> None:
    """Every column that a mapping file names is there; without a file, only those of the case and its acts must be."""
    wanted = list(mapping.named()) if named else [mapping.columns[n] for n in ("case", "step", "happened")]
    missing = [column for column in wanted if column not in head]
    if missing:
        raise MissingColumn(column=missing[0], present=", ".join(head) or "—")


def _named(mapping: ImportMapping) -> bool:
    return dict(mapping.columns) != {name: name for name in mapping.columns}


# ---- CSV -----------------------------------------------------------------------------------------------------------------------------


def encoding_of(path: Path) -> str:
    """UTF-8 (with or without its mark) if every byte is, else GB18030."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while block := file.read(1 << 20):
                decoder.decode(block)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return "gb18030"
    return "utf-8-sig"


def _csv(path: Path, mapping: ImportMapping, told: Told) -> Iterator[Row]:
    given = mapping.encoding.lower()
    encoding = encoding_of(path) if not given else "utf-8-sig" if given in ("utf-8", "utf8") else given
    size = max(path.stat().st_size, 1)
    before = csv.field_size_limit(CELL)
    try:
        with path.open("rb") as raw, io.TextIOWrapper(raw, encoding=encoding, newline="") as text:
            first = text.readline(CELL)
            text.seek(0)
            reader = csv.reader(text, delimiter=max(",;\t", key=first.count), strict=True)
            head = [name.strip() for name in next(reader, [])]
            _present(head, mapping, named=_named(mapping))
            line = reader.line_num + 1
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    wide = len(cells) != len(head)
                    yield Row(line, fault=WIDTH) if wide else Row(line, dict(zip(head, cells, strict=True)))
                if line % 1_000 == 0:
                    told(raw.tell() / size)
                line = reader.line_num + 1
    finally:
        csv.field_size_limit(before)


# ---- JSON Lines ----------------------------------------------------------------------------------------------------------------------


def _lines(path: Path, _mapping: ImportMapping, told: Told) -> Iterator[Row]:
    size, number = max(path.stat().st_size, 1), 0
    with path.open("rb") as file:
        while line := _line(file, path):
            number += 1
            text = line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
            if text:
                yield _object(number, text)
            if number % 1_000 == 0:
                told(file.tell() / size)


def _line(file: BinaryIO, path: Path) -> bytes:
    line = file.readline(10 * CELL)
    if len(line) == 10 * CELL and not line.endswith(b"\n"):
        raise TooLarge(path=path.name, reason=T("有一行超过 {n} 字节", "a line has more than {n} bytes").fill(n=10 * CELL))
    return line


def _object(number: int, text: str) -> Row:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        return Row(number, fault=NOT_A_ROW.fill(reason=str(error).splitlines()[0]))
    if not isinstance(found, dict) or any(isinstance(v, dict | list) for v in found.values()):
        return Row(number, fault=NOT_A_ROW.fill(reason="{…}"))
    return Row(number, found)


# ---- workbooks -----------------------------------------------------------------------------------------------------------------------


def _workbook(path: Path, mapping: ImportMapping, told: Told) -> Iterator[Row]:
    from openpyxl import load_workbook  # noqa: PLC0415 — only for this format

    _not_a_bomb(path)
    with path.open("rb") as file:  # a workbook that is damaged leaves its file open otherwise
        yield from _sheet(load_workbook(file, read_only=True, data_only=True), path, mapping, told)


def _sheet(book: Workbook, path: Path, mapping: ImportMapping, told: Told) -> Iterator[Row]:
    try:
        if mapping.sheet and mapping.sheet not in book.sheetnames:
            raise MissingColumn(column=mapping.sheet, present=", ".join(book.sheetnames))
        sheet = book[mapping.sheet] if mapping.sheet else book.worksheets[0]
        whole = max(sheet.max_row or 1, 1)
        sheet.reset_dimensions()
        found = sheet.iter_rows(values_only=True)
        head = ["" if name is None else str(name).strip() for name in next(found, ())]
        _present(head, mapping, named=_named(mapping))
        for number, cells in enumerate(found, 2):
            if any(isinstance(cell, str) and len(cell) > CELL for cell in cells):
                raise TooLarge(path=path.name, reason=LONG_CELL)
            if any(cell not in (None, "") for cell in cells):
                yield Row(number, dict(zip(head, cells, strict=False)))
            if number % 1_000 == 0:
                told(min(1.0, number / whole))
    finally:
        book.close()


def _not_a_bomb(path: Path) -> None:
    """A workbook is a zip: what it says that it unpacks to is bounded before a byte is unpacked, and zipfile holds it to its word."""
    with zipfile.ZipFile(path) as packed:
        size = sum(part.file_size for part in packed.infolist())
    if size > UNPACKED or size > RATIO * max(path.stat().st_size, 100_000):
        raise TooLarge(path=path.name, reason=T("解开后有 {n} MB", "it unpacks to {n} MB").fill(n=size >> 20))
