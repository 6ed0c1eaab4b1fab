"""删除波及 · What was erased in the ledger is erased in its copies too: the files that still hold it are written anew without it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from tianping.casework.bridge.shape import FIRST

Erased = Mapping[str, set[tuple[int, int]]]
"""Partition (its folder's name) → (case, seq) of each event whose payload is gone."""
_KEPT: Final = {name for name, _ in FIRST}


def rewritten(folder: Path, files: Iterable[str], run: int, erased: Erased) -> dict[str, str]:
    """File → the one that takes its place. Files that hold nothing of what was erased stay."""
    out = {}
    for name in files:
        place, _, file = name.rpartition("/")
        wanted = erased.get(place)
        if wanted and _holds(folder / name, wanted):
            out[name] = f"{place}/{file.partition('.')[0].partition('-')[0]}-{run:06}.parquet"
            _without(folder / name, folder / out[name], wanted)
    return out


def _holds(path: Path, wanted: set[tuple[int, int]]) -> bool:
    cases = pa.array(sorted({case for case, _ in wanted}), pa.int64())
    with pq.ParquetFile(path) as file:
        found = (pc.any(pc.is_in(b["case_id"], cases)).as_py() for b in file.iter_batches(columns=["case_id"]))
        return any(found)


def _without(path: Path, to: Path, wanted: set[tuple[int, int]]) -> None:
    half = to.with_name(to.name + ".part")
    with pq.ParquetFile(path) as old, pq.ParquetWriter(half, old.schema_arrow, compression="zstd") as new:
        for group in range(old.num_row_groups):
            new.write_table(_emptied(old.read_row_group(group), wanted))
    half.replace(to)


def _emptied(table: pa.Table, wanted: set[tuple[int, int]]) -> pa.Table:
    """The rows with their answers taken out; texts are coded again, because a dictionary would keep what no row says any more."""
    pairs = zip(table["case_id"].to_pylist(), table["seq"].to_pylist(), strict=True)
    gone = np.fromiter((pair in wanted for pair in pairs), dtype=np.bool_, count=len(table))
    if not gone.any():
        return table
    kept = pa.array(np.arange(len(table)), mask=gone)
    for field in table.schema:
        if field.name not in _KEPT:
            values = table[field.name].combine_chunks().take(kept)
            coded = values.cast(pa.string()).dictionary_encode() if pa.types.is_dictionary(field.type) else values
            table = table.set_column(table.schema.get_field_index(field.name), field, coded)
    return table
