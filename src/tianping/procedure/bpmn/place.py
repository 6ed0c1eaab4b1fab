"""BPMN 图面 · Where the nodes of a pool stand: stages in one line from left to right, each task on a row of its own in the gap after its stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tianping.procedure.bpmn.model import Flow, Node, Note, Pool
from tianping.procedure.draw.canvas import wrap

PITCH: Final = 320
TASK: Final = (140, 62)
GATEWAY: Final = 50
EVENT: Final = 36
ROW: Final = 90
HEAD: Final = 30
LEFT: Final = 180
TOP: Final = 70
NOTE: Final = 240
LETTER: Final = 12
"""The size of letters in notes, as common viewers draw them."""

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A rectangle of the diagram, in pixels."""

    x: float
    y: float
    width: float
    height: float

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.x + self.width / 2, self.y + self.height / 2


class Placed:
    """A pool with its bounds, beginning at a height of the page."""

    def __init__(self, pool: Pool, top: float) -> None:
        self.pool = pool
        rows = max((n.row for n in pool.nodes), default=0)
        self.notes_top = top + TOP + GATEWAY + ROW * (rows + 1) - 20
        columns = max(n.column for n in pool.nodes) + 1
        self.line = top + TOP
        self.notes = self._notes()
        foot = max((b.y + b.height for b in self.notes.values()), default=self.notes_top)
        self.bounds = Bounds(20, top, HEAD + LEFT + PITCH * columns + 30, foot - top + 20)
        self.nodes = {n.id: self._node(n) for n in pool.nodes}

    def _axis(self, column: int) -> float:
        """The middle of a stage's column."""
        return 20 + HEAD + LEFT + PITCH * column + GATEWAY / 2

    def _node(self, node: Node) -> Bounds:
        if node.row == 0:
            size = GATEWAY if node.kind == "exclusiveGateway" else EVENT
            x = self._axis(node.column) if node.column >= 0 else 20 + HEAD + 70
            return Bounds(x - size / 2, self.line + (GATEWAY - size) / 2, size, size)
        middle = self.line + GATEWAY + ROW * node.row
        if node.kind == "intermediateCatchEvent":
            return Bounds(self._axis(node.column) + 104, middle - EVENT / 2, EVENT, EVENT)
        return Bounds(self._axis(node.column) + 160, middle - TASK[1] / 2, *TASK)

    def _notes(self) -> dict[str, Bounds]:
        """Notes stand below the last row, those of one stage under one another, each as tall as its words in the longer language."""
        foot: dict[str, float] = {}
        out: dict[str, Bounds] = {}
        for note in self.pool.notes:
            lines = max(len(wrap(words, LETTER, NOTE - 20)) for words in (note.words.zh, note.words.en))
            y = foot.get(note.at.id, self.notes_top)
            out[note.id] = Bounds(self._axis(note.at.column) - 20, y, NOTE, 15 * lines + 14)
            foot[note.at.id] = y + out[note.id].height + 12
        return out

    def to_note(self, note: Note) -> list[Point]:
        """From the stage down between the rows, and along the left of the notes."""
        stage, box = self.nodes[note.at.id], self.notes[note.id]
        axis, middle = stage.middle[0], box.y + box.height / 2
        aside, above = box.x - 14, self.notes_top - 12
        return [(axis, stage.y + stage.height), (axis, above), (aside, above), (aside, middle), (box.x, middle)]

    def condition(self, flow: Flow) -> Bounds:
        """The conditions of a step stand above the line that leads to it."""
        _, y = self.nodes[flow.target.id].middle
        return Bounds(self._axis(flow.target.column) + 12, y - 46, 90, 40)

    def label(self, node: Node) -> Bounds:
        """The name of a stage stands above it."""
        x, _ = self.nodes[node.id].middle
        return Bounds(x - 55, self.line - 40, 110, 28)

    def way(self, flow: Flow) -> list[Point]:
        """The corners of a flow: out of a stage to the right of its axis, into one on the left of it."""
        source, target = self.nodes[flow.source.id], self.nodes[flow.target.id]
        (sx, sy), (tx, ty) = source.middle, target.middle
        if flow.source.row == 0 and flow.target.row == 0:
            return [(source.x + source.width, sy), (target.x, ty)]
        if flow.source.row == 0:
            down = (sx + 8, _foot(source, flow.source, 8))
            if sx < target.x:
                return [down, (sx + 8, ty), (target.x, ty)]
            above = ty - TASK[1] / 2 - 10
            return [down, (sx + 8, above), (tx, above), (tx, target.y)]
        if flow.target.row == 0 and tx > sx:
            return [(source.x + source.width, sy), (tx - 8, sy), (tx - 8, _foot(target, flow.target, 8))]
        if flow.target.row == 0:
            below = source.y + source.height + 10
            return [(sx, source.y + source.height), (sx, below), (tx - 8, below), (tx - 8, _foot(target, flow.target, 8))]
        return [(source.x + source.width, sy), (target.x, ty)]


def _foot(bounds: Bounds, node: Node, aside: float) -> float:
    """Where a vertical beside the axis meets the lower edge of a diamond or a circle."""
    half = bounds.height / 2
    drop = half - aside if node.kind == "exclusiveGateway" else (half**2 - aside**2) ** 0.5
    return bounds.y + half + drop
