"""日志来源 · A file as chunks of raw rows, by its name's ending."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.parsers import expat

import ijson
import pyarrow as pa

from tianping.engines.events.errors import Malformed, NoSuchLog, UnknownFormat
from tianping.engines.events.ocel import ocel_chunks
from tianping.engines.events.raw import Names, NotThisFormat, Progress, Raw
from tianping.engines.events.tabular import csv_chunks, parquet_chunks
from tianping.engines.events.xes import xes_chunks

_MALFORMED: Final = (
    pa.ArrowException, csv.Error, OverflowError, OSError, EOFError, zlib.error, expat.ExpatError, UnicodeDecodeError, LookupError,
    ijson.JSONError, NotThisFormat,
)  # fmt: skip


def chunks(path: Path, names: Names, *, encoding: str = "utf-8", progress: Progress | None = None) -> Iterator[Raw]:
    """Read a file in chunks, at least one. Raises NoSuchLog, UnknownFormat, Malformed."""
    if not path.is_file():
        raise NoSuchLog(path=path)
    name, told = path.name.lower(), progress or (lambda _: None)
    try:
        if name.endswith((".csv", ".csv.gz")):
            yield from csv_chunks(path, names, told, encoding=encoding)
        elif name.endswith(".parquet"):
            yield from parquet_chunks(path, names, told)
        elif name.endswith((".xes", ".xes.gz")):
            yield from xes_chunks(path, names, told)
        elif name.endswith((".json", ".jsonocel")):
            yield from ocel_chunks(path, names, told)
        else:
            raise UnknownFormat(path=path)
    except _MALFORMED as error:
        raise Malformed(path=path, reason=str(error).splitlines()[0] if str(error) else type(error).__name__) from None
