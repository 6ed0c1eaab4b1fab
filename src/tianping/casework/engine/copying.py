"""成批写表 · Arrow tables into PostgreSQL by COPY, while the next block is being judged: one thread writes, on the connection of the import."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv

from tianping.casework.moments import instants
from tianping.procedure.columnar import Ints

_PIECE: Final = 1 << 17
"""Bytes handed over at once."""
TURN: Final = 0.0005
"""Seconds."""
_HOW: Final = pv.WriteOptions(include_header=False, quoting_style="needed")
"""Every text in quotation marks, and nothing at all for null: as PostgreSQL tells an empty text from none."""


@contextmanager
def often() -> Iterator[None]:
    """Let the threads of this process take turns every half millisecond: whoever writes to a socket waits for its turn after each part, five
    milliseconds long where the other thread reckons, and the database stands idle meanwhile.
    """
    before = sys.getswitchinterval()
    sys.setswitchinterval(TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def copied(raw: Any, tables: Mapping[str, pa.Table]) -> None:
    """Write each table of ``casework_<name>`` by its columns' names. ``raw`` is psycopg's connection, inside a transaction."""
    with raw.cursor() as cursor:
        for name, table in tables.items():
            if table.num_rows:
                listed = ", ".join(f'"{column}"' for column in table.column_names)
                with cursor.copy(f"copy casework_{name} ({listed}) from stdin (format csv)") as copy:
                    for piece in csv(table):
                        copy.write(piece)


def csv(table: pa.Table) -> list[memoryview]:
    """A table as CSV, in pieces. In one chunk, for before an empty one Arrow's writer forgets what it has written (26.0)."""
    sink = pa.BufferOutputStream()
    pv.write_csv(table.combine_chunks(), sink, _HOW)
    whole = memoryview(sink.getvalue().to_pybytes())  # a view of the sink itself does not keep its memory
    return [whole[n : n + _PIECE] for n in range(0, len(whole), _PIECE)]


def instants_column(micro: Ints, without: npt.NDArray[np.bool_] | None = None) -> pa.Array:
    """Microseconds of local time as ``moments.written`` writes them (Arrow writes times with a zone thirty times slower)."""
    known = micro if without is None else np.where(without, 0, micro)
    days = pa.array(instants(known), pa.int64(), mask=without).cast(pa.timestamp("us")).cast(pa.string())
    return pc.binary_join_element_wise(pc.replace_substring(days, " ", "T", max_replacements=1), "Z", "")
