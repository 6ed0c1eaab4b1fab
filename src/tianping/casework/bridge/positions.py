"""位置 · How far each case had been copied, and how far it has come: the events between the two are new.

A case's events are numbered without a gap and written in one transaction with its row. So the number of the last one is a position that no order of
commits can deceive: an event that is not visible yet has not moved its case's number, and comes with the next run. Neither the clock nor the order of
transaction numbers is asked.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from tianping.casework.bridge.errors import LedgerShrank
from tianping.casework.bridge.stream import batches

_CASES: Final = "select id, seq, definition_id from casework_case order by id"
_SCHEMA: Final = pa.schema([("id", pa.int64()), ("seq", pa.int32()), ("definition_id", pa.int16())])
Longs = npt.NDArray[np.int64]
Ints = npt.NDArray[np.int32]


def _no(kind: Any) -> npt.NDArray[Any]:
    return np.zeros(0, dtype=kind)


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """位置 · Case ids in order, the number of each one's last event, and its definition."""

    ids: Longs = field(default_factory=lambda: _no(np.int64))
    seqs: Ints = field(default_factory=lambda: _no(np.int32))
    definitions: npt.NDArray[np.int16] = field(default_factory=lambda: _no(np.int16))

    @classmethod
    def standing(cls, *, plain: bool = False) -> Positions:
        """Where every case stands."""
        return cls.of(pa.Table.from_batches(list(batches(_CASES, _SCHEMA, plain=plain)), _SCHEMA))

    @classmethod
    def of(cls, table: pa.Table) -> Positions:
        """From a table of them."""
        return cls(*(table[name].to_numpy() for name in _SCHEMA.names))

    @classmethod
    def read(cls, path: Path) -> Positions:
        """As they were kept."""
        return cls.of(pq.read_table(path))

    def keep(self, path: Path) -> None:
        """Keep them in a file."""
        pq.write_table(pa.table([self.ids, self.seqs, self.definitions], schema=_SCHEMA), path, compression="zstd")

    def at(self, ids: Longs) -> tuple[Ints, Longs]:
        """(position, index) of some cases; -1 for one that is not there."""
        if not len(self.ids):
            return np.full(len(ids), -1, dtype=np.int32), np.zeros(len(ids), dtype=np.int64)
        index = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
        return np.where(self.ids[index] == ids, self.seqs[index], np.int32(-1)), index


@dataclass(frozen=True, slots=True, eq=False)
class Window:
    """区间 · What is new: of each case, the events after ``low`` and up to where it stands now."""

    now: Positions
    low: Ints

    @classmethod
    def between(cls, before: Positions, now: Positions) -> Window:
        """From one position to another. Raises LedgerShrank if a case has become shorter or is gone."""
        there, _ = now.at(before.ids)
        shorter = np.flatnonzero(there < before.seqs)
        if len(shorter):
            first = shorter[0]
            raise LedgerShrank(case=int(before.ids[first]), seq=max(0, int(there[first])), copied=int(before.seqs[first]))
        low, _ = before.at(now.ids)
        return cls(now, np.maximum(low, 0).astype(np.int32))

    @property
    def moved(self) -> npt.NDArray[np.bool_]:
        """The cases that have new events."""
        return self.now.seqs > self.low

    @property
    def events(self) -> int:
        """How many events are new."""
        return int((self.now.seqs - self.low).sum())

    def inside(self, case: Longs, seq: Ints) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.int16]]:
        """Which of some events are new, and the definition of each one's case."""
        high, index = self.now.at(case)
        if not len(self.low):
            return np.zeros(len(case), dtype=np.bool_), np.zeros(len(case), dtype=np.int16)
        return (seq <= high) & (seq > self.low[index]), self.now.definitions[index]
