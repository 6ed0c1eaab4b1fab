"""办理线 · Every run (a case's main track, a region, a suspect, a unit …) of an encoded log, and searches along it.

A position is a row index. ``group`` is the case, or the run on a Many track. Searches use one composite key, group times width plus row, which is
sorted, so that "the next relevant event of its run" is a binary search and never a loop.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from tianping.engines.supervise.encoded import Encoded, Flags, Steps, starts_of
from tianping.procedure.columnar import Ints
from tianping.procedure.tables import STAYS, Tables

NONE = np.int64(-1)


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Some rows, sorted by group and row, as composite keys."""

    keys: Ints
    rows: Ints
    width: int

    def after(self, group: Ints, row: Ints, *, also_at: bool = False) -> Ints:
        """The first mark of the group after each row (or at it); -1 if there is none."""
        at = np.searchsorted(self.keys, group * self.width + row, side="left" if also_at else "right")
        return self._taken(at, group)

    def before(self, group: Ints, row: Ints, *, also_at: bool = False) -> Ints:
        """The index into the marks of the last one of the group before each row (or at it); -1 if there is none."""
        at = np.searchsorted(self.keys, group * self.width + row, side="right" if also_at else "left") - 1
        same = (at >= 0) & (self.keys[np.maximum(at, 0)] >= group * self.width) if len(self.keys) else np.zeros(len(group), dtype=np.bool_)
        return np.where(same, at, NONE)

    def between(self, group: Ints, after: Ints, before: Ints) -> tuple[Ints, Ints]:
        """(first index, index past the last) of the marks of the group strictly between two rows."""
        low = np.searchsorted(self.keys, group * self.width + after, side="right")
        high = np.searchsorted(self.keys, group * self.width + before, side="left")
        return low.astype(np.int64), np.maximum(high, low).astype(np.int64)

    def _taken(self, at: Ints, group: Ints) -> Ints:
        if not len(self.keys):
            return np.full(len(group), NONE)
        clipped = np.minimum(at, len(self.keys) - 1)
        same = (at < len(self.keys)) & (self.keys[clipped] < (group + 1) * self.width)
        return np.where(same, self.rows[clipped], NONE)


class Runs:
    """The runs of a log under a definition: stages before each event, groups, marks."""

    def __init__(self, tables: Tables, log: Encoded) -> None:
        self.tables, self.log = tables, log
        self.width = max(len(log), 1)
        self.targets = np.array([STAYS if s.target == STAYS else s.target for s in tables.steps], dtype=np.int16)
        self.masks = np.array([s.mask for s in tables.steps], dtype=np.int64)
        self.many = [t.no for t in tables.tracks if t.many]

    @cached_property
    def run(self) -> Ints:
        """The run of each row: for Many tracks a number of its own for each (case, entity), else the case."""
        case = self.log.case.astype(np.int64)
        if not self.many:
            return case
        return case * (len(self.log.entities) + 1) + self.log.entity

    @cached_property
    def last_row(self) -> Ints:
        """Case → its last row."""
        ends = np.flatnonzero(starts_of(self.log.case))
        return np.append(ends[1:], len(self.log)) - 1 if len(ends) else ends

    @cached_property
    def before(self) -> Steps:
        """The stage in which each event's run stood before it (0 is NEW)."""
        out = np.zeros(len(self.log), dtype=np.int16)
        if len(self.tables.tracks) == 1 and self.log.ghost is None:
            self._fill(out, None, self.log.case)
            return out
        for track in self.tables.tracks:
            rows = self.rows_on(track.no)
            group = self.run[rows] if track.many else self.log.case[rows]
            if track.many and len(rows):
                order = np.argsort(group, kind="stable")
                rows, group = rows[order], group[order]
            self._fill(out, rows, group)
        return out

    def rows_on(self, track: int) -> Ints:
        """The rows of a track, ghosts left out."""
        mine = self.log.track == track
        if self.log.ghost is not None:
            mine &= ~self.log.ghost
        return np.flatnonzero(mine)

    def _fill(self, out: Steps, rows: Ints | None, group: npt.NDArray[Any]) -> None:
        """Forward-fill of targets along sorted groups: a step that stays hands on what was before it."""
        step = self.log.step if rows is None else self.log.step[rows]
        if not len(step):
            return
        new = starts_of(group)
        target = self.targets[step]
        stays = target == STAYS
        if stays.any():
            position = np.where(~stays | new, np.arange(len(step), dtype=np.int32), 0)
            np.maximum.accumulate(position, out=position)
            target = target[position]
            target[target == STAYS] = 0
        before = np.zeros(len(step), dtype=np.int16)
        before[1:] = target[:-1]
        before[new] = 0
        if rows is None:
            out[:] = before
        else:
            out[rows] = before

    @cached_property
    def _by_step(self) -> tuple[Ints, Ints]:
        """Every row but ghosts, sorted by step, and where each step's rows begin."""
        real = None if self.log.ghost is None else np.flatnonzero(~self.log.ghost)
        step = self.log.step if real is None else self.log.step[real]
        order = np.argsort(step, kind="stable")
        bounds = np.concatenate([[0], np.cumsum(np.bincount(step, minlength=len(self.tables.steps)))])
        return order if real is None else real[order], bounds

    def with_steps(self, steps: Iterable[int], *, ghosts: bool = False) -> Ints:
        """The rows of some steps, in order."""
        chosen = list(steps)
        if len(chosen) == 1 and not (ghosts and self.log.ghost is not None):
            rows, bounds = self._by_step
            return rows[bounds[chosen[0]] : bounds[chosen[0] + 1]]
        wanted = np.zeros(len(self.tables.steps), dtype=np.bool_)
        wanted[chosen] = True
        hit = wanted[self.log.step]
        if self.log.ghost is not None and not ghosts:
            hit &= ~self.log.ghost
        return np.flatnonzero(hit)

    def by_case(self, rows: Ints) -> Marks:
        """Rows as marks of their cases; rows are in order already."""
        return Marks(self.log.case[rows] * np.int64(self.width) + rows, rows, self.width)

    def by_run(self, rows: Ints) -> Marks:
        """Rows as marks of their runs."""
        keys = self.run[rows] * self.width + rows
        order = np.argsort(keys, kind="stable")
        return Marks(keys[order], rows[order], self.width)

    def split(self, steps: Iterable[int], track: int) -> tuple[Ints, Ints]:
        """The rows of some steps that stand on a track's own runs (ghosts too), and those of other tracks."""
        rows = self.with_steps(steps, ghosts=True)
        own = self.log.track[rows] == track
        foreign = rows[~own]
        if self.log.ghost is not None:
            foreign = foreign[~self.log.ghost[foreign]]
        return rows[own], foreign


def earliest(a: Ints, b: Ints) -> Ints:
    """The smaller of two rows, where -1 is none."""
    return np.where(a < 0, b, np.where(b < 0, a, np.minimum(a, b)))


def flags(rows: Ints, count: int) -> Flags:
    """Row numbers as a mask."""
    out = np.zeros(count, dtype=np.bool_)
    out[rows] = True
    return out
