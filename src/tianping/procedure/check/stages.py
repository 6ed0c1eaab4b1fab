"""阶段核对 · Every stage can be reached, can be left towards an end, and does not let a case wait for ever unnoticed."""

from __future__ import annotations

from collections.abc import Iterator

from tianping.procedure.check import refusals as no
from tianping.procedure.check.reach import Reach, Ways
from tianping.procedure.check.refusals import Refusal
from tianping.procedure.grammar import Stage
from tianping.procedure.tables import STAYS, LimitRow, Tables

Standing = tuple[int, int]
"""(track number, stage number)"""


def stages(tables: Tables, ways: Ways) -> Iterator[Refusal]:
    """Tracks without a way in, stages that cannot be reached or left, merges that do not end."""
    for reach in ways.tracks:
        if reach.reachable == {0}:
            yield no.NoWayIn(where=reach.track.track.__name__)
            continue
        yield from (no.UnreachableStage(where=s.code) for i, s in enumerate(reach.track.stages) if i not in reach.reachable)
        yield from (no.DeadEnd(where=s.code) for s in _dead_ends(reach))
    for row in tables.steps:
        if row.step.into and (row.target == STAYS or not tables.track_of(row.no).stages[row.target].end):
            yield no.MergeDoesNotEnd(where=row.step.code)


def _dead_ends(reach: Reach) -> list[Stage]:
    """Reachable stages with no way to an end. A region (One) may have no end at all: it then says how the case stands, not how far it is."""
    track = reach.track
    ends = {i for i, stage in enumerate(track.stages) if stage.end}
    if not ends and track.part is not None and not track.many:
        return []
    return [track.stages[i] for i in sorted(reach.reachable - {0}) if not reach.onward({i}) & ends]


def waiting(tables: Tables, ways: Ways) -> Iterator[Refusal]:
    """Stages in which no limit can run and no reason is given."""
    covered: set[Standing] = set()
    regions: dict[int, set[Standing]] = {}
    for row in tables.limits:
        regions[row.no] = _region(tables, ways, row, regions)
        if not row.wait:
            covered |= regions[row.no]
    for reach in ways.tracks:
        for i, stage in enumerate(reach.track.stages):
            if i and i in reach.reachable and not stage.end and not stage.no_limit and (reach.track.no, i) not in covered:
                yield no.NoLimitRuns(where=stage.code)


def _region(tables: Tables, ways: Ways, row: LimitRow, regions: dict[int, set[Standing]]) -> set[Standing]:
    """Where a track may stand while a clock of the limit runs, on the tracks of its triggers and of the acts that end it."""
    lapses = {s.no for s in tables.steps if s.step.on is row.limit}
    stop = frozenset({*row.until, *row.waived, *lapses})
    begins = regions[row.parent] if row.parent != STAYS else {(tables.steps[s].track, i) for s in row.since for i in _after(tables, ways, s)}
    if row.limit.until is None and not lapses:
        return begins
    out = {(track, i) for track, start in begins for i in ways.tracks[track].onward({start}, without=stop)}
    for number in row.until:
        step = tables.steps[number]
        if all(track != step.track for track, _ in begins):
            out |= {(step.track, i) for i in ways.tracks[step.track].sources(step) if i}
    return out


def _after(tables: Tables, ways: Ways, number: int) -> set[int]:
    step = tables.steps[number]
    return ways.tracks[step.track].after(step) if ways.possible(number) else set()
