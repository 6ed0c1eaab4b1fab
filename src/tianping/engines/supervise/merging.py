"""并案 · The Many runs of a merged case are counted in the case it was merged into; the merge itself ends their clocks there as a ghost."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from tianping.procedure.tables import Tables

GHOST: Final = "#ghost"
"""A column of the merged table: the track of a ghost's run, null for a real event."""


def merges(table: pa.Table, tables: Tables) -> bool:
    """Whether the log merges any case into another."""
    return "into" in table.column_names and table["into"].null_count < len(table) and any(s.step.into for s in tables.steps)


def merged(table: pa.Table, tables: Tables) -> pa.Table:
    """The effective events with merged runs moved, ghosts appended, and the column ``GHOST``. Only the rows of merged cases are touched."""
    steps = [tables.by_step.get(s, -1) for s in table["step"].to_pylist()]
    names, entities = table["case_id"].to_pylist(), _entities(table)
    into = [i for i, s in enumerate(steps) if tables.steps[s].step.into]
    roots = _roots(table, into, names)
    order = sorted(range(len(names)), key=lambda i: (table["happened"][i].as_py(), table["seq"][i].as_py())) if roots else []
    first: dict[str, int] = {}
    runs: dict[str, set[tuple[int, str]]] = {}
    for i in order:
        name = names[i]
        if name not in roots:
            continue
        if tables.steps[steps[i]].step.into:
            first.setdefault(name, i)
        track = tables.steps[steps[i]].track
        if tables.tracks[track].many:
            moved = f"{name}/{entities[i]}"
            runs.setdefault(name, set()).add((track, moved))
            entities[i] = moved
            names[i] = roots[name]
    ghosts = [(first[name], roots[name], track, entity) for name in sorted(roots) for track, entity in sorted(runs.get(name, ()))]
    base = table.set_column(table.column_names.index("case_id"), "case_id", pa.array(names, pa.string()))
    base = base.drop_columns(["entity"]) if "entity" in base.column_names else base
    base = base.append_column("entity", pa.array(entities, pa.string())).append_column(GHOST, pa.nulls(len(base), pa.int16()))
    return pa.concat_tables([base, _ghosts(table, ghosts)], promote_options="permissive") if ghosts else base


def _entities(table: pa.Table) -> list[str]:
    return [e or "" for e in table["entity"].to_pylist()] if "entity" in table.column_names else [""] * len(table)


def _roots(table: pa.Table, rows: list[int], names: list[str]) -> dict[str, str]:
    """Merged case → the case it was merged into at last; a merge into a circle or into an unknown case moves nothing."""
    targets = table["into"]
    latest = sorted(rows, key=lambda i: (table["happened"][i].as_py(), table["seq"][i].as_py()))
    into = {names[i]: targets[i].as_py() for i in latest if targets[i].as_py()}
    known = set(names)
    out: dict[str, str] = {}
    for name, goal in into.items():
        seen, at = {name}, goal
        while at in into and at not in seen:
            seen.add(at)
            at = into[at]
        if at not in into and at in known:
            out[name] = at
    return out


def _ghosts(table: pa.Table, ghosts: list[tuple[int, str, int, str]]) -> pa.Table:
    rows = pa.array(np.array([g[0] for g in ghosts], dtype=np.int64))
    return pa.table(
        {
            "case_id": pa.array([g[1] for g in ghosts], pa.string()),
            "seq": table["seq"].take(rows),
            "step": table["step"].take(rows),
            "happened": table["happened"].take(rows),
            "entity": pa.array([g[3] for g in ghosts], pa.string()),
            GHOST: pa.array([g[2] for g in ghosts], pa.int16()),
        }
    )
