"""日志概览 · One look over a log before it is judged: which optional columns it fills, which steps it names, when it ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tianping.engines.portable.connect import collect

EARLIEST, LATEST, SEQ_BITS = datetime(1970, 1, 1), datetime(2242, 1, 1), 24  # noqa: DTZ001 — local times have no zone
OPTIONAL: Final = ("entity", "recorded", "voids", "actor", "role", "into")


@dataclass(frozen=True, slots=True)
class Survey:
    """What one look shows. The flags say whether a column is there and holds anything; ``facts`` names the fact columns that do."""

    events: int
    last: datetime | None
    steps: frozenset[str]
    entity: bool
    recorded: bool
    voids: bool
    actor: bool
    role: bool
    into: bool
    facts: dict[str, Any]
    packs: bool
    """Whether a second and a seq fit one number that orders the events of a case: whole seconds from 1970 on, small numbers."""


def survey(connection: Any, log: Any, facts: frozenset[str]) -> Survey:
    """Look once over a log; ``facts`` are the names that its definitions know."""
    present = [name for name in OPTIONAL if name in log.columns]
    known = [name for name in log.columns if name in facts]
    counts = {f"n_{name}": log[name].count() for name in (*present, *known)}
    when = log.happened.cast("timestamp(6)")
    counts |= {"first": when.min(), "last": when.max(), "parts": (when != when.truncate("s")).any()}
    counts |= {"low": log.seq.min(), "high": log.seq.max()}
    by_step = [_local(row) for row in collect(connection, log.group_by("step").aggregate(n=log.count(), **counts)).to_pylist()]
    filled = {name: any(row[f"n_{name}"] for row in by_step) for name in (*present, *known)}
    schema = log.schema()
    return Survey(
        events=sum(row["n"] for row in by_step),
        last=max((row["last"] for row in by_step if row["last"] is not None), default=None),
        steps=frozenset(row["step"] for row in by_step if row["step"] is not None),
        **{name: filled.get(name, False) for name in OPTIONAL},
        facts={name: schema[name] for name in known if filled[name]},
        packs=all(_packs(row) for row in by_step),
    )


def _local(row: dict[str, Any]) -> dict[str, Any]:
    """Spark gives the local times of its session, which is UTC, as instants."""
    return {name: value.replace(tzinfo=None) if isinstance(value, datetime) else value for name, value in row.items()}


def _packs(row: dict[str, Any]) -> bool:
    fits = row["first"] is None or (row["first"] >= EARLIEST and row["last"] < LATEST and not row["parts"])
    return fits and row["low"] is not None and row["low"] >= 0 and row["high"] < 1 << SEQ_BITS
