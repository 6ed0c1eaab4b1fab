"""XES 日志 · XES files (IEEE 1849) as raw rows: every attribute of events, those of traces as ``case:…``; nested attributes are passed over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from tianping.engines.events.raw import ROWS, Names, Progress, Raw, unpacked

_ATTRIBUTES: Final = frozenset({"string", "date", "int", "float", "boolean", "id"})
_READ: Final = 1 << 20


def xes_chunks(path: Path, names: Names, told: Progress) -> Iterator[Raw]:
    """The events of an XES file, in chunks; an event's line is where its element begins. Raises ExpatError."""
    gather = _Gather()
    size = max(path.stat().st_size, 1)
    with path.open("rb") as file:
        source, first = unpacked(file, path), True
        while data := source.read(_READ):
            gather.parser.Parse(data, False)
            told(file.tell() / size)
            if len(gather.lines) >= ROWS:
                yield gather.chunk(names)
                first = False
        gather.parser.Parse(b"", True)
    if gather.lines or first:
        yield gather.chunk(names)
    told(1.0)


class _Gather:
    """Gathers the columns of a log while the parser runs through it."""

    def __init__(self) -> None:
        self.columns: dict[str, list[str | None]] = {}
        self.lines: list[int] = []
        self.depth = 0
        self.inside = ""
        self.level = 0
        self.trace: dict[str, str] = {}
        self.event: dict[str, str] = {}
        self.line = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self._start, self._end
        self.parser.EntityDeclHandler = self._entity

    def chunk(self, names: Names) -> Raw:
        """What has been gathered since the last chunk; a column once seen stays a column."""
        count = len(self.lines)
        columns = {key: pa.array(values + [None] * (count - len(values)), pa.string()) for key, values in self.columns.items()}
        lines = np.array(self.lines, dtype=np.int64)
        self.lines, self.columns = [], {key: [] for key in self.columns}
        return Raw(pa.table({name: columns[name] for name in names(list(columns))}), lines, [])

    def _entity(self, name: str, *_: object) -> None:
        """Entities are refused: a log has no use for them, and they can be made to grow without end."""
        raise expat.ExpatError(f"entity {name}")

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
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

    def _end(self, _tag: str) -> None:
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
