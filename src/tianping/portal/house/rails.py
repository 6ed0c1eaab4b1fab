"""阶段轨 · From a definition and a case's log to the stages behind it, the one in which it stands, and those that normally follow."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from tianping.law.text import T
from tianping.portal.house.shapes import Stop
from tianping.procedure.draw.order import layers
from tianping.procedure.tables import STAYS, Tables, TrackRow


def rail(tables: Tables, steps: Iterable[tuple[str, date | datetime]], *, track: int = 0, following: bool = True) -> tuple[Stop, ...]:
    """The rail of one run. ``steps``: codes of the steps taken on it in order, each with its day. Not ``following``: it ends where the run is."""
    row, known = tables.tracks[track], {s.step.code: s for s in tables.steps if s.track == track}
    been: list[tuple[int, date | datetime]] = []
    for code, when in steps:
        taken = known.get(code)
        if taken is None or taken.target == STAYS:
            continue
        been = [b for b in been if b[0] != taken.target]  # a stage that was left and come back to stands where it is now
        been.append((taken.target, when))
    behind = [Stop(row.stages[stage].title, "done", _on(when)) for stage, when in been[:-1]]
    if not been:
        return tuple(_ahead(tables, row, 0))
    here, when = been[-1]
    over = row.stages[here].end
    now = Stop(row.stages[here].title, "done" if over else "current", _on(when))
    passed = {stage for stage, _ in been}
    return (*behind, now, *(_ahead(tables, row, here, passed) if following and not over else ()))


def _ahead(tables: Tables, row: TrackRow, stage: int, passed: set[int] | None = None) -> list[Stop]:
    """The way that the law writes first: to what a limit waits for; else forward, to an end only where nothing else follows."""
    depth, seen, out = layers(tables, row), {*(passed or ()), stage}, []
    while not row.stages[stage].end:
        targets = [s.target for s in tables.steps if s.track == row.no and s.mask >> stage & 1 and s.target != STAYS and s.target not in seen]
        if not targets:
            break
        onward = [t for t in targets if not row.stages[t].end and depth[t] > depth[stage]]
        owed = _dutiful(tables, row, stage)
        stage = ([t for t in targets if t in owed and depth[t] > depth[stage]] or onward or targets)[0]
        seen.add(stage)
        out.append(Stop(row.stages[stage].title, "next"))
    return out


def _dutiful(tables: Tables, row: TrackRow, stage: int) -> set[int]:
    """The stages that the acts lead to which some limit waits for."""
    duties = {n for limit in tables.limits for n in limit.until}
    return {s.target for s in tables.steps if s.no in duties and s.track == row.no and s.mask >> stage & 1}


def _on(when: date | datetime) -> T:
    words = f"{when.month}-{when.day:02}"
    return T(words, words)
