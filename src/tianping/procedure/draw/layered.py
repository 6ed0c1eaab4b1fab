"""分层布局 · Boxes in layers and lines between them: words never meet, for every line has a place of its own in each layer that it crosses.

Stages stand in even layers, the words of an arrow in odd ones; a line that crosses a layer holds a narrow place there (after Sugiyama and others).
``down`` turns the whole: layers are rows then, not columns.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

GAP: Final = 26
"""Between two layers, where the lines bend."""
APART: Final = 14
"""Between two boxes of a layer."""
SWEEPS: Final = 12
Form = Literal["stage", "label", "pass"]


@dataclass(slots=True)
class Item:
    """一格 · A box of a layer: its size, and (after the layout) the place of its upper left corner. ``before`` is its extent left of its line."""

    key: str
    form: Form
    layer: int
    width: float
    height: float
    x: float = 0
    y: float = 0
    at: float = 0
    before: float = 0
    after: float = 0


@dataclass(frozen=True, slots=True)
class Way:
    """一线 · The boxes that a line visits, in its own direction."""

    key: str
    items: tuple[Item, ...]
    d: str = ""
    arrow: bool = True


@dataclass(slots=True)
class Layout:
    """布局 · Everything with its place, and the size of the whole."""

    down: bool
    items: list[Item] = field(default_factory=list)
    ways: list[Way] = field(default_factory=list)
    width: float = 0
    height: float = 0


class Layers:
    """分层 · Takes boxes and lines, and gives each its place."""

    def __init__(self, *, down: bool) -> None:
        self.down = down
        self.rows: dict[int, list[Item]] = {}
        self.ways: list[Way] = []

    def add(self, key: str, form: Form, layer: int, width: float, height: float) -> Item:
        """A box in a layer."""
        item = Item(key, form, layer, width, height)
        across = width if self.down else height
        if form != "label":
            item.before = item.after = across / 2
        else:  # words stand on their line, or to the right of it
            item.before, item.after = (4, across) if self.down else (across, 4)
        self.rows.setdefault(layer, []).append(item)
        return item

    def way(self, key: str, first: Item, last: Item, *, arrow: bool) -> None:
        """A line from a box to another; it holds a place in each layer between."""
        step = 1 if last.layer > first.layer else -1
        between = [self.add(f"{key}#{n}", "pass", n, 8, 8) for n in range(first.layer + step, last.layer, step)]
        self.ways.append(Way(key, (first, *between, last), arrow=arrow))

    def laid(self, margin: float) -> Layout:
        """The layout, with so much room around it."""
        near = self._near()
        self._order(near)
        self._place(near)
        return self._drawn(margin)

    def _near(self) -> dict[int, list[Item]]:
        near: dict[int, list[Item]] = {id(i): [] for row in self.rows.values() for i in row}
        for way in self.ways:
            for one, other in pairwise(way.items):
                near[id(one)].append(other)
                near[id(other)].append(one)
        return near

    def _order(self, near: dict[int, list[Item]]) -> None:
        """Each layer by the mean place of its neighbours, to and fro."""
        numbers = sorted(self.rows)
        for row in self.rows.values():
            for n, item in enumerate(row):
                item.at = n
        best, fewest = {n: list(self.rows[n]) for n in numbers}, self._crossings()
        for sweep in range(SWEEPS):
            step = 1 if sweep % 2 == 0 else -1
            for n in numbers[::step]:
                _sorted(self.rows[n], near, n - step)
            crossed = self._crossings()
            if crossed < fewest:
                best, fewest = {n: list(self.rows[n]) for n in numbers}, crossed
        self.rows = best
        for row in self.rows.values():
            for n, item in enumerate(row):
                item.at = n

    def _crossings(self) -> int:
        pairs: dict[int, list[tuple[float, float]]] = {}
        for way in self.ways:
            for one, other in pairwise(way.items):
                low, high = (one, other) if one.layer < other.layer else (other, one)
                pairs.setdefault(low.layer, []).append((low.at, high.at))
        return sum((a[0] - b[0]) * (a[1] - b[1]) < 0 for found in pairs.values() for n, a in enumerate(found) for b in found[:n])

    def _place(self, near: dict[int, list[Item]]) -> None:
        """Each box as close to the middle of its neighbours as those beside it allow."""
        for row in self.rows.values():
            _apart(row, [0.0] * len(row))
        for sweep in range(2 * SWEEPS):
            for n in sorted(self.rows, reverse=sweep % 2 == 1):
                row = self.rows[n]
                _apart(row, [_mean([o.at for o in near[id(i)]], i.at) for i in row])

    def _drawn(self, margin: float) -> Layout:
        rows = [self.rows[n] for n in sorted(self.rows)]
        low = min(i.at - i.before for row in rows for i in row)
        deep, along = margin, 0.0
        for row in rows:
            thick = max((i.height if self.down else i.width) for i in row)
            for item in row:
                across = margin + item.at - low
                item.at = across
                if item.form == "pass":
                    item.width, item.height = (0, thick) if self.down else (thick, 0)
                if self.down:
                    item.x, item.y = across - item.before, deep + (thick - item.height) / 2
                else:
                    item.x, item.y = deep + (thick - item.width) / 2, across - item.before
                along = max(along, across + item.after)
            deep += thick + GAP
        deep, along = deep - GAP + margin, along + margin
        ways = [Way(w.key, w.items, _path(w.items, down=self.down), w.arrow) for w in self.ways]
        return Layout(self.down, [i for row in rows for i in row], ways, along if self.down else deep, deep if self.down else along)


def _sorted(row: list[Item], near: dict[int, list[Item]], other: int) -> None:
    """A layer by the mean place of the neighbours in another one."""
    wanted = {id(i): _mean([o.at for o in near[id(i)] if o.layer == other], i.at) for i in row}
    row.sort(key=lambda i: wanted[id(i)])
    for at, item in enumerate(row):
        item.at = at


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _apart(row: list[Item], wanted: list[float]) -> None:
    """Places closest to those wanted (least squares) at which the boxes of a layer keep their order and their distance."""
    shift, shifts = 0.0, []
    for n, item in enumerate(row):
        shift += (row[n - 1].after + APART + item.before) if n else 0.0
        shifts.append(shift)
    blocks: list[tuple[float, int]] = []
    for want, moved in zip(wanted, shifts, strict=True):
        mean, size = want - moved, 1
        while blocks and blocks[-1][0] > mean:
            other, more = blocks.pop()
            mean, size = (mean * size + other * more) / (size + more), size + more
        blocks.append((mean, size))
    flat = [mean for mean, size in blocks for _ in range(size)]
    for item, place, moved in zip(row, flat, shifts, strict=True):
        item.at = place + moved


def _path(items: tuple[Item, ...], *, down: bool) -> str:
    """The line through its boxes: straight within a layer, bent between two."""
    d = ""
    for n, (one, other) in enumerate(pairwise(items)):
        ahead = other.layer > one.layer
        x1, y1 = _port(one, far=ahead, down=down)
        x2, y2 = _port(other, far=not ahead, down=down)
        d += f"{'L' if n else 'M'}{x1:g} {y1:g}"
        if abs(x1 - x2 if down else y1 - y2) < 1:
            d += f"L{x2:g} {y2:g}"
        elif down:
            d += f"C{x1:g} {(y1 + y2) / 2:g} {x2:g} {(y1 + y2) / 2:g} {x2:g} {y2:g}"
        else:
            d += f"C{(x1 + x2) / 2:g} {y1:g} {(x1 + x2) / 2:g} {y2:g} {x2:g} {y2:g}"
    return d


def _port(item: Item, *, far: bool, down: bool) -> tuple[float, float]:
    """Where a line leaves or enters a box: on the side of the later or the earlier layer."""
    if down:
        return round(item.at, 1), round(item.y + (item.height if far else 0), 1)
    return round(item.x + (item.width if far else 0), 1), round(item.at, 1)
