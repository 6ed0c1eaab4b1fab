"""存放 · A roll-up kept on disk, so that a board answers at once; only the cases that have changed are rolled up again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tianping.engines.measure.plan import Needs, when
from tianping.engines.measure.rollup import Rollup, rollup
from tianping.engines.measure.versions import versions
from tianping.engines.portable.connect import as_table, batches
from tianping.procedure.registry import life

_MADE = b"tianping.needs"


def keep(made: Rollup, path: Path) -> Path:
    """Write a roll-up; the file appears under its name only when it is whole."""
    schema = made.table.schema().to_pyarrow().with_metadata({_MADE: fingerprint(made.needs).encode()})
    half = path.with_name(path.name + ".part")
    with pq.ParquetWriter(half, schema, compression="zstd") as writer:
        for batch in batches(made.connection, made.table):
            writer.write_batch(batch.cast(schema))
    half.replace(path)
    return path


def kept(connection: Any, path: Path, wanted: Needs) -> Rollup | None:
    """The roll-up on disk, or None where there is none or it was made for other columns."""
    return Rollup(connection, connection.read_parquet(str(path)), wanted) if made_for(path, wanted) else None


def made_for(path: Path, wanted: Needs) -> bool:
    """Whether there is a roll-up on disk that was made for these columns."""
    return path.is_file() and (pq.read_schema(path).metadata or {}).get(_MADE, b"").decode() == fingerprint(wanted)


def refresh(connection: Any, path: Path, log: Any, wanted: Needs, *, changed: Sequence[str] | None, clocks: Any = None) -> Rollup:
    """The roll-up on disk brought up to date. ``changed``: the cases with new events since it was written; None: all of them."""
    old = None if changed is None else kept(connection, path, wanted)
    if old is None:
        keep(rollup(connection, log, wanted, clocks=clocks), path)
    elif changed:
        named = as_table(connection, pa.table({"changed_case": pa.array(list(changed), pa.string())}))
        fresh = rollup(connection, log.semi_join(named, log.case_id == named.changed_case), wanted, clocks=clocks)
        still = old.table.anti_join(named, old.table.case_id == named.changed_case)
        keep(Rollup(connection, still.union(fresh.table.select(*still.columns)), wanted), path)
    found = kept(connection, path, wanted)
    assert found is not None, "it was just written"
    return found


def fingerprint(wanted: Needs) -> str:
    """What a roll-up was made for: another set of columns makes another one."""
    held: list[object] = [wanted.unit.__name__, sorted(_name(c) for c in wanted.columns), sorted(_act(*a) for a in wanted.acts), sorted(wanted.held)]
    held.append([life(version) for version in versions(wanted.procedure)])
    return sha256(json.dumps(held).encode()).hexdigest()


def _name(column: Any) -> str:
    return f"{type(column).__name__}:{getattr(column, 'key', repr(column))}"


def _act(steps: Any, last: bool) -> str:
    return when(steps, last)
