"""存放的指标 · Figures from roll-ups on disk: made again only when the ledger of their procedure has grown, so that a board opens at once.

Figure and list are read from the same rows, and ``made`` says when these were made.
"""

from __future__ import annotations

import fcntl
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
from django.db import connection as database

from tianping.casework.figures import Figures
from tianping.engines.measure.drill import Kept as Conserved
from tianping.engines.measure.drill import conserved, members
from tianping.engines.measure.frames import figures
from tianping.engines.measure.plan import Needs, needs
from tianping.engines.measure.rollup import Rollup
from tianping.engines.measure.store import fingerprint, keep, kept, made_for
from tianping.engines.portable.connect import connect
from tianping.procedure.measures import Conserve, Indicator, Per


@dataclass(frozen=True, eq=False)
class Kept:
    """存放 · The rows that some figures of one unit are read from, and the instant at which they were made. They are opened when they are read."""

    path: Path
    needs: Needs
    made: datetime

    @cached_property
    def rollup(self) -> Rollup:
        """The rows."""
        found = kept(connect(), self.path, self.needs)
        assert found is not None, "its schema was looked at"
        return found

    def of(self, indicators: Sequence[Indicator], by: Sequence[Per] = ()) -> pa.Table:
        """Figures by the same groups. See ``frames.figures``."""
        return figures(self.rollup, indicators, by)

    def cases(
        self, indicator: Indicator, *, part: str = "among", where: Mapping[str, object] | None = None, after: Sequence[str] = (), size: int = 50
    ) -> pa.Table:
        """The units behind a figure, page by page. See ``drill.members``."""
        return members(self.rollup, indicator, part=part, where=where, after=after, size=size)

    def conserved(self, rule: Conserve) -> Conserved:
        """Whether a whole is the sum of its parts."""
        return conserved(self.rollup, rule)


def kept_figures(listed: Sequence[Indicator | Conserve], folder: Path, *, at: datetime) -> Kept:
    """The rows for some figures of one unit: those on disk if the ledger has not grown since, else new ones made at this instant."""
    wanted = needs(listed)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{wanted.procedure.code}-{wanted.unit.__name__.lower()}-{fingerprint(wanted)[:12]}.parquet"
    note, stamp = path.with_suffix(".json"), _stamp(wanted)
    found = _read(path, note, wanted, stamp)
    if found is not None:
        return found
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        found = _read(path, note, wanted, stamp)
        if found is not None:
            return found
        keep(Figures().rollup(listed), path)
        half = note.with_name(note.name + ".part")
        half.write_text(json.dumps({"stamp": stamp, "made": at.isoformat()}), "utf-8")
        half.replace(note)
    found = _read(path, note, wanted, stamp)
    assert found is not None, "it was just written"
    return found


def _read(path: Path, note: Path, wanted: Needs, stamp: list[int]) -> Kept | None:
    if not note.is_file():
        return None
    told: dict[str, Any] = json.loads(note.read_text("utf-8"))
    if told["stamp"] != stamp:
        return None
    return Kept(path, wanted, datetime.fromisoformat(told["made"])) if made_for(path, wanted) else None


def _stamp(wanted: Needs) -> list[int]:
    """How far the ledger of a procedure has come: its cases, and their events together. Each entry moves it."""
    with database.cursor() as cursor:
        cursor.execute(
            """select count(*), coalesce(sum(c.seq), 0)::bigint, coalesce(max(c.id), 0) from casework_case c
            where c.definition_id in (select d.id from casework_definition d where d.code = %s)""",
            [wanted.procedure.code],
        )
        return [int(n) for n in cursor.fetchone()]
