"""流程轨 · A track as rows for a narrow page: each stage, under it what may be done there, and at the left the lines that lead on.

The words are a list that any page can wrap; a row's lines are told by lane, from its top, through it, or to its foot. Arrows that find no lane are
told by their words alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from tianping.law.citations import Citation
from tianping.law.text import T
from tianping.procedure.draw.flow import Flow, Kind

LANES: Final = 5
"""At most so many lines stand side by side."""
Reach = Literal["through", "down", "up"]


@dataclass(frozen=True, slots=True)
class Strand:
    """一股线 · A line in a row: its lane, how far it goes in the row, and whether it ends here with an arrow."""

    lane: int
    reach: Reach
    kind: Kind
    head: bool = False
    tail: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """一行 · A stage, a step or a limit. ``to``: the stages that it leads to; ``also``: further stages in which it may be taken."""

    kind: Literal["start", "stage", "end", "step", "system", "stay", "limit"]
    code: str
    words: T | None
    cites: Citation | None
    to: tuple[int, ...]
    also: tuple[int, ...]
    stage: int
    strands: tuple[Strand, ...]


@dataclass(frozen=True, slots=True)
class Rail:
    """流程轨 · The rows, and how many lanes they need."""

    rows: tuple[Row, ...]
    lanes: int


@dataclass(slots=True)
class _Line:
    first: int
    last: int
    kind: Kind
    target: int
    lane: int = -1


def rail(flow: Flow) -> Rail:
    """The rows of a track, in the order of the longest way from the beginning."""
    order = sorted(flow.drawn, key=lambda s: (flow.depth[s], flow.track.stages[s].end, s))
    rows: list[Row] = []
    lines: list[_Line] = []
    begun: list[tuple[int, tuple[int, ...], Kind]] = []
    place = {stage: n for n, stage in enumerate(order)}
    for stage in order:
        here = flow.track.stages[stage]
        rows.append(Row("start" if stage == 0 else "end" if here.end else "stage", here.code if stage else "", None, None, (), (), stage, ()))
        for arrow in (a for a in flow.arrows if min(a.sources, key=place.__getitem__) == stage):
            begun.append((len(rows), arrow.targets, arrow.kind))
            also = tuple(s for s in arrow.sources if s != stage)
            rows.append(Row(arrow.kind, arrow.code, arrow.words, arrow.cites, arrow.targets, also, stage, ()))
        for note in flow.notes.get(stage, ()):
            rows.append(Row("limit" if note.kind == "limit" else "stay", note.code, note.words, note.cites, (), (), stage, ()))
    at = {row.stage: n for n, row in enumerate(rows) if row.words is None}
    for n, targets, kind in begun:
        lines += [_Line(n, at[t], kind, at[t]) for t in targets]
    lanes = _laned(lines, len(rows))
    return Rail(tuple(_with(row, n, lines) for n, row in enumerate(rows)), lanes)


def _laned(lines: list[_Line], count: int) -> int:
    """Gives each line the nearest free lane, short lines first; returns how many lanes are used."""
    taken: list[set[int]] = [set() for _ in range(count)]
    used = 0
    for line in sorted(lines, key=lambda x: abs(x.last - x.first)):
        span = range(min(line.first, line.last), max(line.first, line.last) + 1)
        lane = next(n for n in range(len(lines) + 1) if all(n not in taken[row] for row in span))
        if lane >= LANES:
            continue
        line.lane, used = lane, max(used, lane + 1)
        for row in span:
            taken[row].add(lane)
    return used


def _with(row: Row, n: int, lines: list[_Line]) -> Row:
    strands: list[Strand] = []
    for line in (x for x in lines if x.lane >= 0):
        low, high = sorted((line.first, line.last))
        if not low <= n <= high:
            continue
        reach: Reach = "through" if low < n < high else "down" if n == low else "up"
        strands.append(Strand(line.lane, reach, line.kind, head=n == line.target, tail=n == line.first))
    return Row(row.kind, row.code, row.words, row.cites, row.to, row.also, row.stage, tuple(strands))
