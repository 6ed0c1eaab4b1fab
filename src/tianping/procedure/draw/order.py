"""次序 · Stages from left to right by the longest way from NEW, ends last; circles are cut where they close."""

from __future__ import annotations

from tianping.procedure.tables import STAYS, StepRow, Tables, TrackRow


def layers(tables: Tables, track: TrackRow) -> list[int]:
    """Per stage of a track, the number of moves on the longest way to it from NEW; a way back does not count. Unreachable stages are 0."""
    forward = _forward(len(track.stages), [s for s in tables.steps if s.track == track.no])
    depth = [0] * len(track.stages)
    for stage in _sorted(forward):
        for target in forward[stage]:
            depth[target] = max(depth[target], depth[stage] + 1)
    return depth


def columns(tables: Tables, track: TrackRow) -> list[int]:
    """The stages of a track in the order in which they are drawn: NEW first, end stages last, by layer and then as written."""
    depth = layers(tables, track)
    return sorted(range(len(track.stages)), key=lambda i: (i != 0, track.stages[i].end, depth[i], i))


def sources(step: StepRow, track: TrackRow) -> list[int]:
    """The stages in which a step may be taken."""
    return [i for i in range(len(track.stages)) if step.mask >> i & 1]


def _forward(count: int, steps: list[StepRow]) -> dict[int, list[int]]:
    """The moves without those that lead back to a stage on the way: a depth-first walk from NEW, in the order written."""
    moves: dict[int, list[int]] = {i: [] for i in range(count)}
    for step in steps:
        for source in range(count):
            if step.mask >> source & 1 and step.target not in (STAYS, source) and step.target not in moves[source]:
                moves[source].append(step.target)
    on_way: set[int] = set()
    done: set[int] = set()
    forward: dict[int, list[int]] = {i: [] for i in range(count)}

    def walk(stage: int) -> None:
        on_way.add(stage)
        for target in moves[stage]:
            if target not in on_way:
                forward[stage].append(target)
                if target not in done:
                    walk(target)
        on_way.discard(stage)
        done.add(stage)

    walk(0)
    return forward


def _sorted(forward: dict[int, list[int]]) -> list[int]:
    """Each stage before those it leads to."""
    waiting = {i: sum(i in targets for targets in forward.values()) for i in forward}
    ready, out = [i for i, n in waiting.items() if n == 0], []
    while ready:
        stage = ready.pop(0)
        out.append(stage)
        for target in forward[stage]:
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    return out
