"""起算与终结（列式） · Which rows open the clocks of a limit and which rows end them: searches along cases and runs, no loop over clocks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tianping.engines.supervise.encoded import Flags, starts_of
from tianping.engines.supervise.runs import NONE, Marks, Runs, earliest
from tianping.procedure.columnar import Ints
from tianping.procedure.tables import STAYS, LimitRow

OPEN_END, UNTIL, RESTART, WAIVED = 0, 1, 2, 3
Ways = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True, eq=False)
class OpenedClocks:
    """One limit's clocks before reckoning. ``at``: trigger rows; ``since``: day or second counted from; ``end``: ending rows or -1; ``by``: how."""

    at: Ints
    case: Ints
    run: Ints
    entity: Ints
    since: Ints
    end: Ints
    by: Ways

    def __len__(self) -> int:
        return len(self.at)

    def where(self, keep: Flags) -> OpenedClocks:
        """Some of the clocks."""
        return OpenedClocks(self.at[keep], self.case[keep], self.run[keep], self.entity[keep], self.since[keep], self.end[keep], self.by[keep])


class Search:
    """Searches for the rows that can touch the clocks of a limit: its own run's, and those of acts that touch every run."""

    def __init__(self, runs: Runs, row: LimitRow) -> None:
        self.runs, self.row = runs, row
        self.many = runs.tables.tracks[row.track].many
        self._marks: dict[tuple[int, ...], tuple[Marks | None, Marks]] = {}

    def _of(self, steps: tuple[int, ...]) -> tuple[Marks | None, Marks]:
        if steps not in self._marks:
            if self.many:
                own, foreign = self.runs.split(steps, self.row.track)
                self._marks[steps] = (self.runs.by_run(own), self.runs.by_case(foreign))
            else:
                self._marks[steps] = (None, self.runs.by_case(self.runs.with_steps(steps)))
        return self._marks[steps]

    def after(self, steps: tuple[int, ...], case: Ints, run: Ints, row: Ints, *, also_at: bool = False) -> Ints:
        """The first row of the steps that touches each clock after a row; -1 if there is none."""
        if not steps:
            return np.full(len(row), NONE)
        own, general = self._of(steps)
        found = general.after(case, row, also_at=also_at)
        return found if own is None else earliest(own.after(run, row, also_at=also_at), found)

    def marks(self, step: int, case: Ints, run: Ints) -> tuple[Marks, Ints]:
        """The marks of one step and the group to look in: the run if the step stands on the clock's Many track, else the case."""
        rows = self.runs.with_steps([step])
        if self.many and self.runs.tables.steps[step].track == self.row.track:
            return self.runs.by_run(rows), run
        return self.runs.by_case(rows), case


def opened(runs: Runs, row: LimitRow) -> OpenedClocks:
    """The clocks of a limit that is anchored on steps, stages or a date fact."""
    log = runs.log
    at = runs.with_steps(row.since)
    if row.fact is not None:
        fact = log.facts.get(row.fact.name)
        at = at[fact.known[at]] if fact is not None else at[:0]
    if row.first and len(at):
        at = at[starts_of(log.case[at])]
    case = log.case[at].astype(np.int64)
    run = runs.run[at] if runs.tables.tracks[row.track].many else case
    entity = log.entity[at].astype(np.int64) if runs.tables.tracks[row.track].many else np.zeros(len(at), dtype=np.int64)
    if row.fact is not None:
        days = log.facts[row.fact.name].values[at].astype(np.int64) if len(at) else np.zeros(0, dtype=np.int64)
        since = days * 86_400 if row.timed else days
    else:
        since = log.second[at] if row.timed else log.day[at].astype(np.int64)
    restart = () if row.first else row.since
    return ended(runs, row, OpenedClocks(at, case, run, entity, since, at, np.zeros(len(at), dtype=np.int8)), restart)


def ended(runs: Runs, row: LimitRow, clocks: OpenedClocks, restart: tuple[int, ...]) -> OpenedClocks:
    """The clocks with the rows that end them: the first ``until``; else a waiving act before a restart; else the restart."""
    search = Search(runs, row)
    until = search.after(row.until, clocks.case, clocks.run, clocks.at, also_at=row.fact is not None)
    again = _answered(runs, row, clocks) if row.fact is not None else _without_ghosts(runs, search.after(restart, clocks.case, clocks.run, clocks.at))
    by_until = (until >= 0) & ((again < 0) | (until <= again))
    end = np.where(by_until, until, again)
    by = np.where(by_until, UNTIL, np.where(again >= 0, RESTART, OPEN_END)).astype(np.int8)
    if row.waived:
        waived = search.after(row.waived, clocks.case, clocks.run, clocks.at)
        released = ~by_until & (waived >= 0) & ((again < 0) | (waived < again))
        end, by = np.where(released, waived, end), np.where(released, WAIVED, by).astype(np.int8)
    return OpenedClocks(clocks.at, clocks.case, clocks.run, clocks.entity, clocks.since, end, by)


def _answered(runs: Runs, row: LimitRow, clocks: OpenedClocks) -> Ints:
    """The next answer of the date fact in the same run: clocks of one run follow each other."""
    order = np.argsort(clocks.run * runs.width + clocks.at, kind="stable")
    following = np.full(len(order), NONE)
    if len(order) > 1:
        at, run = clocks.at[order], clocks.run[order]
        following[order[:-1]] = np.where(run[1:] == run[:-1], at[1:], NONE)
    assert row.fact is not None
    return following


def _without_ghosts(runs: Runs, rows: Ints) -> Ints:
    """A restart is never a ghost: the merge act is not a trigger of any run."""
    if runs.log.ghost is None or not len(rows):
        return rows
    return np.where((rows >= 0) & runs.log.ghost[np.maximum(rows, 0)], NONE, rows)


def chained(runs: Runs, row: LimitRow, parent: OpenedClocks, due: Ints, lapsed: Flags, *, parent_timed: bool) -> OpenedClocks:
    """The clocks of a limit that begins on another limit's last day, for those parents that ran out."""
    kept = parent.where(lapsed)
    since = due[lapsed]
    if parent_timed != row.timed:
        since = since * 86_400 if row.timed else since // 86_400
    fresh = OpenedClocks(kept.at, kept.case, kept.run, kept.entity, since, kept.at, kept.by)
    return ended(runs, row, fresh, runs.tables.limits[row.parent].since if row.parent != STAYS else ())
