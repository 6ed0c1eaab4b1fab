"""原始行 · What every reader of a log hands over: rows as they stand, chunk by chunk, each with its line; nothing is understood yet."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Names = Callable[[list[str]], list[str]]
"""Given the columns present, those to read."""
Progress = Callable[[float], None]
"""Told now and then which part (0 to 1) of the file has been read."""
ROWS: Final = 500_000
"""Rows to a chunk, about."""


@dataclass(frozen=True, slots=True, eq=False)
class Raw:
    """A chunk of rows as they stand: columns of text (or typed, from Parquet), the line of each, and rows that do not split into columns."""

    table: pa.Table
    lines: npt.NDArray[np.int64]
    broken: list[tuple[int, str]]


class NotThisFormat(ValueError):
    """A file that is well formed, but not what its name promises."""


def unpacked(file: BinaryIO, path: Path) -> BinaryIO:
    """The bytes of a file, gunzipped if its name says so."""
    return cast(BinaryIO, gzip.GzipFile(fileobj=file)) if path.name.lower().endswith(".gz") else file
