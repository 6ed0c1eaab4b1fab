"""并案 · The Many runs of a merged case are counted in the case it was merged into; the merge itself ends their clocks there as a ghost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tianping.engines.supervise.encoded import Codes, Flags, Steps
from tianping.procedure.columnar import Ints
from tianping.procedure.tables import Tables

GHOST: Final = "#ghost"
"""A column of the merged table: the track of a ghost's run, null for a real event."""
NONE: Final = np.int32(-1)


def merges(table: pa.Table, tables: Tables) -> bool:
    """Whether the log merges any case into another."""
    return "into" in table.column_names and table["into"].null_count < len(table) and any(s.step.into for s in tables.steps)


@dataclass(frozen=True, slots=True, eq=False)
class Merger:
    """Effective events: which step each is, the code of its case and the names behind the codes, and when it stands in its case."""

    table: pa.Table
    tables: Tables
    step: Steps
    case: Codes
    names: pa.Array
    micro: Ints
    seq: Codes

    def merged(self) -> pa.Table:
        """The events with merged runs moved, ghosts appended, and the column ``GHOST``; the table itself if nothing moves."""
        into = np.array([s.step.into for s in self.tables.steps], dtype=np.bool_)
        rows = np.flatnonzero(into[self.step])
        rows = rows[np.lexsort((self.seq[rows], self.micro[rows]))]
        root = self._roots(rows)
        track: npt.NDArray[Any] = np.array([s.track for s in self.tables.steps], dtype=np.int16)[self.step]
        many = np.array([t.many for t in self.tables.tracks], dtype=np.bool_)
        moved: Flags = (root[self.case] != NONE) & many[track]
        if not moved.any():
            return self.table
        entity = _texts(self.table, "entity")
        at = pa.array(np.flatnonzero(moved))
        there = pc.binary_join_element_wise(self.names.take(pa.array(self.case[moved])), entity.take(at), "/")
        base = _with(self.table, "case_id", self._named(np.where(moved, root[self.case], self.case)))
        base = _with(base, "entity", pc.replace_with_mask(entity, pa.array(moved), there))
        base = base.append_column(GHOST, pa.nulls(len(base), pa.int16()))
        runs = pa.table({"case": self.case[moved], "track": track[moved], "entity": there})
        return pa.concat_tables([base, self._ghosts(rows, root, runs)], promote_options="permissive").unify_dictionaries()

    def _named(self, codes: npt.NDArray[Any]) -> pa.DictionaryArray:
        return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), self.names)

    def _roots(self, rows: Ints) -> Codes:
        """Case → the case it was merged into at last; a merge into a circle or into an unknown case moves nothing."""
        goals = pc.fill_null(pc.index_in(self.table["into"].take(pa.array(rows)).cast(pa.string()), self.names.cast(pa.string())), -2)
        given = self.table["into"].take(pa.array(rows)).is_valid().to_numpy()
        # a name may stand in the dictionary of a case that has no event left: such a case is not known
        present = np.zeros(len(self.names) + 2, dtype=np.bool_)
        present[self.case] = True
        goal = goals.to_numpy()
        into = dict(zip(self.case[rows][given].tolist(), np.where(present[goal], goal, -2)[given].tolist(), strict=True))
        out: Codes = np.full(len(self.names), NONE, dtype=np.int32)
        for case, goal in into.items():
            seen, at = {case}, goal
            while at in into and at not in seen:
                seen.add(at)
                at = into[at]
            if at not in into and at >= 0:
                out[case] = at
        return out

    def _ghosts(self, rows: Ints, root: Codes, runs: pa.Table) -> pa.Table:
        """One for each run that moved, at the first merge of the case it came from."""
        cases, first = np.unique(self.case[rows], return_index=True)
        merge = np.zeros(len(self.names), dtype=np.int64)
        merge[cases] = rows[first]
        distinct = (
            runs.group_by(["case", "track", "entity"]).aggregate([]).sort_by([("case", "ascending"), ("track", "ascending"), ("entity", "ascending")])
        )
        came_from = distinct["case"].to_numpy()
        at = pa.array(merge[came_from])
        columns = {name: self.table[name].take(at) for name in ("seq", "step", "happened")}
        return pa.table({"case_id": self._named(root[came_from]), **columns, "entity": distinct["entity"], GHOST: distinct["track"]})


def ties(table: pa.Table) -> Ints:
    """The rank of each row's entity: where merged runs share numbers, they stand in the order of their names."""
    coded = _texts(table, "entity").dictionary_encode()
    rank = np.empty(len(coded.dictionary), dtype=np.int64)
    rank[pc.sort_indices(coded.dictionary).to_numpy()] = np.arange(len(rank))
    out: Ints = rank[coded.indices.to_numpy()]
    return out


def _with(table: pa.Table, name: str, column: pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, column) if name in table.column_names else table.append_column(name, column)


def _texts(table: pa.Table, name: str) -> pa.Array:
    if name not in table.column_names:
        return pa.array(np.full(len(table), ""), pa.string())
    return table[name].combine_chunks().cast(pa.string()).fill_null("")
