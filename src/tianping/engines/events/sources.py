"""日志来源 · CSV, Parquet and XES files as raw rows of text, each with the line it stands on; nothing is understood yet."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, cast
from xml.parsers import expat

import numpy as np
import pyarrow as pa
import pyarrow.csv as pv
import pyarrow.parquet as pq

from tianping.engines.events.errors import Malformed, NoSuchLog, UnknownFormat

Names = Callable[[list[str]], list[str]]
"""Given the columns present, those to read."""


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """Rows as they stand: columns of text (or typed, from Parquet), the line of each, and rows that do not even split into columns."""

    table: pa.Table
    lines: np.ndarray[tuple[int, ...], np.dtype[np.int64]]
    broken: list[tuple[int, str]]


def open_source(path: Path, names: Names) -> Raw:
    """Read a file by its name's ending. Raises NoSuchLog, UnknownFormat, Malformed."""
    if not path.is_file():
        raise NoSuchLog(path=path)
    name = path.name.lower()
    try:
        if name.endswith((".csv", ".csv.gz")):
            return _csv(path, names)
        if name.endswith(".parquet"):
            return _parquet(path, names)
        if name.endswith((".xes", ".xes.gz")):
            return _xes(path, names)
        if name.endswith((".json", ".jsonocel")):
            return _ocel(path, names)
    except (pa.ArrowInvalid, OSError, EOFError, zlib.error, expat.ExpatError, UnicodeDecodeError, json.JSONDecodeError, _NotOcel) as error:
        raise Malformed(path=path, reason=str(error).splitlines()[0] if str(error) else type(error).__name__) from None
    raise UnknownFormat(path=path)


def _opened(path: Path) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path, "rb")) if path.name.lower().endswith(".gz") else path.open("rb")


# ---- CSV ---------------------------------------------------------------------------------------------------------------------------


def _csv(path: Path, names: Names) -> Raw:
    with _opened(path) as file:
        data = file.read()
    first = data.split(b"\n", 1)[0].decode("utf-8-sig")
    header = next(iter(_header(first)), [])
    wanted = names(header)
    broken: list[tuple[int, str]] = []

    def odd(row: pv.InvalidRow) -> str:
        broken.append((0 if row.number is None else row.number, row.text))
        return "skip"

    table = _parsed(data, wanted, odd, threads=True)
    if broken:
        broken.clear()
        table = _parsed(data, wanted, odd, threads=False)
    taken = {number for number, _ in broken}
    lines = np.arange(2, 2 + len(table) + len(taken), dtype=np.int64)
    if taken:
        lines = lines[~np.isin(lines, sorted(taken))]
    return Raw(table, lines[: len(table)], broken)


def _header(line: str) -> Iterator[list[str]]:

    yield from csv.reader(io.StringIO(line))


def _parsed(data: bytes, wanted: list[str], odd: Callable[[pv.InvalidRow], str], *, threads: bool) -> pa.Table:
    return pv.read_csv(
        pa.BufferReader(data),
        read_options=pv.ReadOptions(use_threads=threads),
        parse_options=pv.ParseOptions(invalid_row_handler=odd, newlines_in_values=b'"' in data),
        convert_options=pv.ConvertOptions(
            include_columns=wanted, column_types=dict.fromkeys(wanted, pa.string()), strings_can_be_null=True, null_values=[""]
        ),
    )


# ---- Parquet -----------------------------------------------------------------------------------------------------------------------


def _parquet(path: Path, names: Names) -> Raw:
    file = pq.ParquetFile(path)
    present = file.schema_arrow.names
    texts = [f.name for f in file.schema_arrow if pa.types.is_string(f.type) or pa.types.is_dictionary(f.type)]
    wanted = [*names(present), *(["seq"] if "seq" in present else [])]
    table = pq.ParquetFile(path, read_dictionary=texts).read(columns=wanted)
    return Raw(table, np.arange(1, len(table) + 1, dtype=np.int64), [])


# ---- XES ---------------------------------------------------------------------------------------------------------------------------

_ATTRIBUTES: Final = frozenset({"string", "date", "int", "float", "boolean", "id"})


def _xes(path: Path, names: Names) -> Raw:
    """Every attribute of events, and those of traces as ``case:…``; nested attributes, lists and headers are passed over."""
    gather = _Xes()
    parser = expat.ParserCreate()
    gather.listen(parser)
    with _opened(path) as file:
        parser.ParseFile(file)
    count = len(gather.lines)
    columns = {key: pa.array(values + [None] * (count - len(values)), pa.string()) for key, values in gather.columns.items()}
    wanted = names(list(columns))
    return Raw(pa.table({n: columns[n] for n in wanted}), np.array(gather.lines, dtype=np.int64), [])


class _Xes:
    """Gathers the columns of a log while the parser runs through it. An event's line is where its element begins."""

    def __init__(self) -> None:
        self.columns: dict[str, list[str | None]] = {}
        self.lines: list[int] = []
        self.depth = 0
        self.inside = ""
        self.level = 0
        self.trace: dict[str, str] = {}
        self.event: dict[str, str] = {}
        self.line = 0
        self.parser: expat.XMLParserType

    def listen(self, parser: expat.XMLParserType) -> None:
        """Hear a parser. Entities are refused: a log has no use for them, and they can be made to grow without end."""
        self.parser = parser
        parser.StartElementHandler, parser.EndElementHandler = self.start, self.end
        parser.EntityDeclHandler = self._entity

    def _entity(self, name: str, *_: object) -> None:
        raise expat.ExpatError(f"entity {name}")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        name = tag.rpartition(":")[2]
        if name in ("trace", "event"):
            self.inside, self.level = name, self.depth
            if name == "trace":
                self.trace = {}
            else:
                self.event, self.line = {}, self.parser.CurrentLineNumber
        elif name in _ATTRIBUTES and self.depth == self.level + 1 and self.inside:
            key, value = attributes.get("key"), attributes.get("value")
            if key is not None and value is not None:
                if self.inside == "event":
                    self.event[key] = value
                else:
                    self.trace[f"case:{key}"] = value

    def end(self, _tag: str) -> None:
        if self.depth == self.level and self.inside:
            if self.inside == "event":
                self._take()
                self.inside, self.level = "trace", self.depth - 1
            else:
                self.inside = ""
        self.depth -= 1

    def _take(self) -> None:
        at = len(self.lines)
        self.lines.append(self.line)
        for values in (self.trace, self.event):
            for key, value in values.items():
                column = self.columns.get(key)
                if column is None:
                    column = self.columns[key] = []
                if len(column) < at:
                    column.extend([None] * (at - len(column)))
                column.append(value)


# ---- OCEL 2.0 ----------------------------------------------------------------------------------------------------------------------

OCEL_CASE: Final = "case"
"""The object type that is the case, where a log does not say otherwise by having only one type."""


class _NotOcel(ValueError):
    """JSON that is not an object-centric log."""


def _ocel(path: Path, names: Names) -> Raw:
    """Events with their attributes; ``case_id`` is the related object of the case type. The line is the event's ordinal."""
    with path.open(encoding="utf-8") as file:
        data = json.load(file)
    try:
        types = {o["id"]: o["type"] for o in data["objects"]}
        case_type = OCEL_CASE if OCEL_CASE in types.values() or len(set(types.values())) != 1 else next(iter(types.values()))
        rows = [_ocel_row(event, types, case_type) for event in data["events"]]
    except (KeyError, TypeError, AttributeError) as error:
        raise _NotOcel(f"OCEL 2.0: {error}") from None
    present = list(dict.fromkeys(key for row in rows for key in row))
    wanted = names(present)
    table = pa.table({n: pa.array([row.get(n) for row in rows], pa.string()) for n in wanted})
    return Raw(table, np.arange(1, len(rows) + 1, dtype=np.int64), [])


def _ocel_row(event: dict[str, Any], types: dict[str, str], case_type: str) -> dict[str, str]:
    row = {"step": event["type"], "happened": event["time"]}
    row |= {a["name"]: str(a["value"]) for a in event.get("attributes", ()) if a.get("value") is not None}
    cases = [r["objectId"] for r in event.get("relationships", ()) if types.get(r["objectId"]) == case_type]
    if cases:
        row["case_id"] = cases[0]
    return {key: value for key, value in row.items() if value != ""}
