"""可达 · What may follow what on one track: the graph of stages that every check of order reads."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from tianping.procedure.tables import STAYS, StepRow, Tables, TrackRow


class Reach:
    """可达关系 · The ways of one track. Stages are numbered as in the tables; 0 is NEW."""

    def __init__(self, tables: Tables, track: TrackRow) -> None:
        self.track = track
        self.steps: list[StepRow] = [s for s in tables.steps if s.track == track.no]
        self.moves: dict[int, set[int]] = {i: set() for i in range(len(track.stages))}
        for step in self.steps:
            for source in self.sources(step):
                if step.target != STAYS:
                    self.moves[source].add(step.target)

    def sources(self, step: StepRow) -> list[int]:
        """The stages in which a step may be taken."""
        return [i for i in range(len(self.track.stages)) if step.mask >> i & 1]

    def after(self, step: StepRow) -> set[int]:
        """The stages in which the track may stand right after a step."""
        return {step.target} if step.target != STAYS else {s for s in self.sources(step) if s in self.reachable}

    def onward(self, start: Iterable[int], *, without: frozenset[int] = frozenset()) -> set[int]:
        """The stages reached from these, themselves included, without taking some steps (by number)."""
        seen, waiting = set(start), list(start)
        while waiting:
            stage = waiting.pop()
            for step in self.steps:
                if step.target != STAYS and step.no not in without and step.mask >> stage & 1 and step.target not in seen:
                    seen.add(step.target)
                    waiting.append(step.target)
        return seen

    @cached_property
    def reachable(self) -> set[int]:
        """The stages that can be reached from NEW, NEW included."""
        return self.onward({0})

    def possible(self, step: StepRow) -> bool:
        """Whether a step can ever be taken."""
        return any(s in self.reachable for s in self.sources(step))

    def can_follow(self, first: StepRow, second: StepRow) -> bool:
        """Whether the second step can be taken some time after the first, in one run."""
        later = self.onward(self.after(first))
        return self.possible(first) and any(s in later for s in self.sources(second))


class Ways:
    """全部线的可达关系 · The graphs of all tracks of a procedure; between tracks everything possible may follow."""

    def __init__(self, tables: Tables) -> None:
        self.tables = tables
        self.tracks = [Reach(tables, track) for track in tables.tracks]

    def possible(self, number: int) -> bool:
        """Whether a step (by number) can ever be taken."""
        step = self.tables.steps[number]
        return self.tracks[step.track].possible(step)

    def can_follow(self, first: int, second: int) -> bool:
        """Whether the second step can follow the first: in one run on one track, freely between tracks and between runs."""
        one, other = self.tables.steps[first], self.tables.steps[second]
        if one.track == other.track:
            return self.tracks[one.track].can_follow(one, other)
        return self.possible(first) and self.possible(second)
