"""汇总 · What came out of a log in short, added up piece by piece: clocks by status, broken rules with their articles and some of their cases."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tianping.engines.supervise.run import Piece
from tianping.law.text import T

SHOWN: Final = 20
"""Cases kept under a rule; all of them stand in the findings table."""
DAYS: Final = (1, 8, 31, 91, 366)
"""The first day of each class of lateness: up to a week, a month, three months, a year, and more."""
STATUSES: Final = ("met", "met_late", "missed", "unused", "running", "paused")


@dataclass(slots=True)
class Broken:
    """违反的规则 · One rule that was broken: how often, under which articles, and the first cases (case, entity, happened, due)."""

    rule: str
    severity: str
    message: T
    count: int = 0
    citations: dict[str, int] = field(default_factory=dict)
    shown: list[tuple[str, str, datetime | None, datetime | None]] = field(default_factory=list)


@dataclass(slots=True)
class Tally:
    """汇总 · Counts over all pieces. ``clocks``: clock → status → how many; ``late``: clock → how many in each class of ``DAYS``."""

    events: int = 0
    cases: int = 0
    clocks: dict[str, dict[str, int]] = field(default_factory=dict)
    late: dict[str, list[int]] = field(default_factory=dict)
    broken: dict[tuple[str, str], Broken] = field(default_factory=dict)

    def add(self, piece: Piece) -> Tally:
        """Count the results of some cases."""
        self.events += piece.events
        self.cases += piece.cases
        for batch in piece.clocks:
            for row in _counted(batch, ["clock", "status"]):
                statuses = self.clocks.setdefault(row["clock"], {})
                statuses[row["status"]] = statuses.get(row["status"], 0) + row["count_all"]
            self._late(batch)
        for batch in piece.findings:
            self._findings(batch)
        return self

    def _late(self, batch: pa.RecordBatch) -> None:
        late = batch.filter(pc.greater(batch["days_late"], 0)) if len(batch) else batch
        clocks = late["clock"].dictionary.take(late["clock"].indices) if pa.types.is_dictionary(late["clock"].type) else late["clock"]
        for clock in clocks.unique().to_pylist():
            days = late["days_late"].filter(pc.equal(clocks, clock)).to_numpy(zero_copy_only=False)
            found = np.bincount(np.digitize(days, DAYS) - 1, minlength=len(DAYS))
            self.late[clock] = [a + int(b) for a, b in zip(self.late.get(clock, [0] * len(DAYS)), found, strict=True)]

    def _findings(self, batch: pa.RecordBatch) -> None:
        met = set()
        for row in _counted(batch, ["rule", "severity", "message_zh", "message_en", "citation"]):
            key = (row["rule"], row["message_zh"])
            found = self.broken.setdefault(key, Broken(row["rule"], row["severity"], T(row["message_zh"], row["message_en"])))
            found.count += row["count_all"]
            found.citations[row["citation"]] = found.citations.get(row["citation"], 0) + row["count_all"]
            met.add(key)
        for key in met:
            found = self.broken[key]
            if len(found.shown) < SHOWN:
                found.shown += _some(batch if len(met) == 1 else _of(batch, found), SHOWN - len(found.shown))

    def clocks_in_all(self) -> int:
        """How many clocks there are."""
        return sum(n for statuses in self.clocks.values() for n in statuses.values())

    def findings_in_all(self) -> int:
        """How many findings there are."""
        return sum(found.count for found in self.broken.values())

    def as_dict(self) -> dict[str, Any]:
        """The counts as plain data, clocks and rules by name."""
        clocks = [{"clock": code, "status": s, "count": n[s]} for code, n in sorted(self.clocks.items()) for s in STATUSES if s in n]
        findings = [
            {"rule": f.rule, "severity": f.severity, "zh": f.message.zh, "en": f.message.en, "count": f.count, "citations": f.citations}
            for _, f in sorted(self.broken.items())
        ]
        late = [{"clock": code, "from_day": day, "count": n} for code, row in sorted(self.late.items()) for day, n in zip(DAYS, row, strict=True)]
        return {"events": self.events, "cases": self.cases, "clocks": clocks, "late": late, "findings": findings}


def _counted(batch: pa.RecordBatch, by: list[str]) -> list[dict[str, Any]]:
    """How often each combination of values stands in the rows. The columns are coded, so that counting is adding up small numbers."""
    key, width = np.zeros(len(batch), dtype=np.int64), 1
    for name in by:
        column = batch[name] if pa.types.is_dictionary(batch[name].type) else batch[name].dictionary_encode()
        if len(column.dictionary) < 2:
            continue
        key += column.indices.to_numpy(zero_copy_only=False).astype(np.int64) * width
        width *= len(column.dictionary)
        if width > len(batch) + 1024:  # many names, few combinations: number those that there are
            there, key = np.unique(key, return_inverse=True)
            width = len(there)
    counts, row = np.bincount(key, minlength=width), np.zeros(width, dtype=np.int64)
    row[key] = np.arange(len(key))
    found = np.flatnonzero(counts)
    values: list[dict[str, Any]] = batch.select(by).take(pa.array(row[found])).to_pylist()
    return [v | {"count_all": int(n)} for v, n in zip(values, counts[found], strict=True)]


def _of(batch: pa.RecordBatch, found: Broken) -> pa.RecordBatch:
    same = pc.and_(pc.equal(batch["rule"].cast("string"), found.rule), pc.equal(batch["message_zh"].cast("string"), found.message.zh))
    return batch.filter(same)


def _some(batch: pa.RecordBatch, count: int) -> list[tuple[str, str, datetime | None, datetime | None]]:
    return [(r["case_id"], r["entity"], r["happened"], r["due"]) for r in batch.slice(0, count).to_pylist()]
