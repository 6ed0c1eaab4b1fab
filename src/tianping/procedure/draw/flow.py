"""图的内容 · What the diagram of one track consists of: stages, the steps between them, and the limits that run from one to another.

A step that stays, and a limit that begins and ends in the same stage or elsewhere, is a note of its stage.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tianping.law.citations import Citation
from tianping.law.text import T
from tianping.procedure.draw.labels import LIMIT, limit_kind
from tianping.procedure.draw.order import layers, sources
from tianping.procedure.tables import STAYS, LimitRow, Tables, TrackRow

Kind = Literal["step", "system", "limit"]
FAR = 2
"""A limit that ends in more stages than this is a note, not so many lines."""


@dataclass(frozen=True, slots=True)
class Note:
    """注记 · A line inside a stage: a step that stays there, or a limit that runs there. ``code`` is the name of what it tells."""

    code: str
    kind: Kind
    words: T
    cites: Citation


@dataclass(frozen=True, slots=True)
class Arrow:
    """箭头 · From some stages to some stages: one step, or one limit. Stages are numbers of the track."""

    code: str
    kind: Kind
    words: T
    cites: Citation
    sources: tuple[int, ...]
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Flow:
    """流程 · One track. ``depth`` is the place of each stage on the longest way from the beginning; a stage nothing leads to is not drawn."""

    track: TrackRow
    depth: tuple[int, ...]
    drawn: tuple[int, ...]
    arrows: tuple[Arrow, ...]
    notes: dict[int, tuple[Note, ...]]


def flow(tables: Tables, track: TrackRow) -> Flow:
    """The diagram of a track, before anything has a place."""
    notes: dict[int, list[Note]] = {}
    arrows: list[Arrow] = []
    depth = layers(tables, track)
    for row in (s for s in tables.steps if s.track == track.no):
        kind: Kind = "step" if row.step.on is None else "system"
        stays = [s for s in sources(row, track) if row.target in (STAYS, s)]
        moves = tuple(s for s in sources(row, track) if s not in stays)
        if moves:
            arrows.append(Arrow(row.step.code, kind, row.step.words, row.step.cites, moves, (row.target,)))
        for stage in stays:
            notes.setdefault(stage, []).append(Note(row.step.code, kind, row.step.words, row.step.cites))
    for limit in tables.limits:
        _limit(tables, track, limit, depth, arrows, notes)
    drawn = {0, *notes, *(s for a in arrows for s in (*a.sources, *a.targets))}
    return Flow(track, tuple(depth), tuple(sorted(drawn)), tuple(arrows), {stage: tuple(listed) for stage, listed in notes.items()})


def limit_length(row: LimitRow) -> T:
    """``期限 30日`` in words: its kind, and its lengths where they vary."""
    lengths = list(dict.fromkeys(r.period.text for r in row.rows))
    kind = LIMIT[limit_kind(row)]
    return T(f"{kind.zh} " + "或".join(x.zh for x in lengths), f"{kind.en}: " + " or ".join(x.en for x in lengths))


def _limit(tables: Tables, track: TrackRow, row: LimitRow, depth: list[int], arrows: list[Arrow], notes: dict[int, list[Note]]) -> None:
    """A limit as a dashed line where it leads on, else as a note of the stage in which it begins."""
    since = _stages(tables, track, _since(tables, row))
    if not since:
        return
    start = min(since, key=lambda s: depth[s])
    ends = _stages(tables, track, row.until)
    words = T(f"{row.limit.words.zh}：{limit_length(row).zh}", f"{row.limit.words.en}: {limit_length(row).en}")
    elsewhere = any(tables.steps[s].track != track.no for s in row.until)
    if ends and not elsewhere and len(ends) <= FAR and all(depth[e] > depth[start] for e in ends):
        arrows.append(Arrow(row.code, "limit", words, row.limit.cites, (start,), tuple(ends)))
    else:
        notes.setdefault(start, []).append(Note(row.code, "limit", words, row.limit.cites))


def _since(tables: Tables, row: LimitRow) -> tuple[int, ...]:
    while row.parent != STAYS:
        row = tables.limits[row.parent]
    return row.since


def told_under(tables: Tables, row: LimitRow) -> int:
    """The track under which a limit is told: where its first trigger stands."""
    since = _since(tables, row)
    return tables.steps[since[0]].track if since else row.track


def _stages(tables: Tables, track: TrackRow, steps: tuple[int, ...]) -> list[int]:
    """The stages of a track in which the case stands after any of some steps."""
    found: dict[int, None] = {}
    for row in (tables.steps[s] for s in steps if tables.steps[s].track == track.no):
        found |= dict.fromkeys([row.target] if row.target != STAYS else sources(row, track)[:1])
    return list(found)
