"""不停的期限 · Whether a clock runs that nobody can end any more: its run is over, and so is every run in which it could be met."""

from __future__ import annotations

from tianping.procedure.fold import State
from tianping.procedure.reckoning import Clock
from tianping.procedure.tables import Tables


def over(tables: Tables, state: State, track: int, entity: str, step: int) -> bool:
    """Whether a run has ended in a stage in which a step is not taken."""
    stage, mask = state.stage.get((track, entity), 0), tables.steps[step].mask
    return tables.tracks[track].stages[stage].end and not mask >> stage & 1


def runs_on(tables: Tables, state: State, clock: Clock) -> bool:
    """Of a duty, no right and no wait: what runs out by itself runs out. An act of another run can come as long as the case is open."""
    row = clock.row
    if clock.end is not None or clock.status != "running" or not clock.fixed or row.wait or row.limit.bars or not row.until:
        return False
    if not tables.tracks[row.track].stages[state.stage.get((row.track, clock.entity), 0)].end:
        return False
    for step in row.until:
        track = tables.steps[step].track
        if not over(tables, state, track if track in (0, row.track) else 0, clock.entity if track == row.track else "", step):
            return False
    return True
