"""不停的期限 · Whether a clock runs that nobody can end any more: its run is over, and so is every run in which it could be met."""

from __future__ import annotations

from tianping.procedure.fold import State
from tianping.procedure.reckoning import Clock
from tianping.procedure.tables import StepRow, Tables


def runs_on(tables: Tables, state: State, clock: Clock) -> bool:
    """Of a duty, no right and no wait: what runs out by itself runs out. An act of another run can come as long as the case is open."""
    row, stages = clock.row, state.stage
    if clock.end is not None or clock.status != "running" or not clock.fixed or row.wait or row.limit.bars or not row.until:
        return False
    if not tables.tracks[row.track].stages[stages.get((row.track, clock.entity), 0)].end:
        return False
    case = stages.get((0, ""), 0)
    at = {0: case} | {row.track: stages.get((row.track, clock.entity), 0)}
    open_case = not tables.tracks[0].stages[case].end
    return not any(_may_come(tables, tables.steps[number], at, open_case=open_case) for number in row.until)


def _may_come(tables: Tables, step: StepRow, at: dict[int, int], *, open_case: bool) -> bool:
    if step.track not in at:
        return open_case
    stage = at[step.track]
    return not tables.tracks[step.track].stages[stage].end or bool(step.mask >> stage & 1)
