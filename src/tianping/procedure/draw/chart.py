"""流程图 · A track as a picture of boxes and arrows: where every box, line and word stands. Colours are the page's own: only classes are named.

``None`` where the track is too wide for a page either way; then a list of rows tells it better (see ``rail.py``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tianping.law.citations import Citation
from tianping.law.text import Lang, T
from tianping.procedure.draw.canvas import balanced, width, wrap
from tianping.procedure.draw.flow import Arrow, Flow, Note
from tianping.procedure.draw.layered import Item, Layers, Layout

WIDEST: Final = 1148
MARGIN: Final = 12
BOX: Final = 150
LABEL: Final = 122
TITLE, SMALL = 15.5, 14.0
LINE, FINE = 21, 19
PAD: Final = 10
FEW: Final = 3
"""So many limits, and steps that stay, are named in a box; more are counted."""
START: Final = T("开始", "Start")
MORE: Final = T("另有 {n} 个期限", "{n} more limits")
COUNTED: Final = T("在此可办 {n} 个环节", "{n} steps may be taken here")


@dataclass(frozen=True, slots=True)
class Words:
    """一行字 · A line of words on its base line; ``kind`` is title, words, law or note."""

    x: float
    y: float
    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Box:
    """一框 · A stage, or the words of an arrow. ``code`` is what it tells of, ``hint`` that in full."""

    x: float
    y: float
    width: float
    height: float
    kind: str
    code: str
    hint: str
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """一线 · The path of an arrow or of a dashed limit."""

    d: str
    kind: str
    arrow: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """流程图 · Everything with its place."""

    width: float
    height: float
    stages: tuple[Box, ...]
    labels: tuple[Box, ...]
    lines: tuple[Line, ...]


def chart(flow: Flow, lang: Lang, *, home: str = "") -> Chart | None:
    """The picture of a track; from left to right, else downwards, else None. ``home``: the statute that is cited by article alone."""
    for down in (False, True):
        made = _Charting(flow, lang, home, down=down).made()
        if made.width <= WIDEST:
            return made
    return None


def short(cites: Citation, lang: Lang, home: str) -> str:
    """``第205条``: the first article as a picture names it; another law than ``home`` by its name."""
    ref = cites.refs[0]
    numbered = isinstance(ref.statute.articles, int)
    span = ref.article + (f"–{ref.last}" if ref.last else "")
    where = (f"第{span}条" if lang == "zh" else f"art. {span}") if numbered else f"“{ref.article}”"
    name = "" if ref.statute.key == home or not numbered else ref.statute.short.pick(lang)
    more = ("等" if lang == "zh" else " …") if len(cites.refs) > 1 else ""
    return f"{name}{'' if lang == 'zh' else ' ' if name else ''}{where}{more}"


class _Charting:
    def __init__(self, flow: Flow, lang: Lang, home: str, *, down: bool) -> None:
        self.flow, self.lang, self.home = flow, lang, home
        self.layers = Layers(down=down)
        self.lines: dict[str, list[tuple[str, str]]] = {}
        self.told: dict[str, tuple[str, str, str]] = {}
        self.kinds: dict[str, str] = {}

    def made(self) -> Chart:
        """The picture."""
        stages = {s: self._stage(s) for s in self.flow.drawn}
        for n, arrow in enumerate(self.flow.arrows):
            self._arrow(n, arrow, stages)
        return self._drawn(self.layers.laid(MARGIN))

    # ---- what stands in a box ------------------------------------------------------------------------------------------------

    def _stage(self, number: int) -> Item:
        stage = self.flow.track.stages[number]
        title = stage.title if number else START
        key = f"stage{number}"
        words = [(line, "title") for line in balanced(title.pick(self.lang), TITLE, BOX - 2 * PAD)]
        self.lines[key] = words + self._notes(self.flow.notes.get(number, ()))
        kind = "start" if number == 0 else "end" if stage.end else "stage"
        self.told[key] = (kind, stage.code if number else "", title.pick(self.lang))
        return self.layers.add(key, "stage", 2 * self.flow.depth[number], BOX, _tall(self.lines[key]) + 2 * PAD)

    def _notes(self, notes: tuple[Note, ...]) -> list[tuple[str, str]]:
        """Limits in the colour of the law, steps that stay after a hollow dot; many of either are counted, the table has them all."""
        limits = [n for n in notes if n.kind == "limit"]
        staying = [n for n in notes if n.kind != "limit"]
        out = [line for n in limits[:FEW] for line in self._noted("", n, "law")]
        if len(limits) > FEW:
            out += self._wrapped(MORE.fill(n=len(limits) - FEW).pick(self.lang), "law")
        if len(staying) > FEW:
            return out + self._wrapped(COUNTED.fill(n=len(staying)).pick(self.lang), "note")
        return out + [line for n in staying for line in self._noted("○ ", n, "note")]

    def _noted(self, mark: str, note: Note, kind: str) -> list[tuple[str, str]]:
        return self._wrapped(f"{mark}{note.words.pick(self.lang)} {short(note.cites, self.lang, self.home)}", kind)

    def _wrapped(self, said: str, kind: str) -> list[tuple[str, str]]:
        return [(line, kind) for line in wrap(said, SMALL, BOX - 2 * PAD)]

    # ---- arrows --------------------------------------------------------------------------------------------------------------

    def _arrow(self, number: int, arrow: Arrow, stages: dict[int, Item]) -> None:
        """An arrow by way of its words; sources behind the target have words of their own."""
        top = max(stages[t].layer for t in arrow.targets)
        ahead = [s for s in arrow.sources if stages[s].layer < top]
        back = [s for s in arrow.sources if s not in ahead]
        for part, sources in (("", ahead), ("b", back)):
            if not sources:
                continue
            key = f"{part}{number}"
            layer = max(stages[s].layer for s in sources) + 1 if not part else max(top + 1, min(stages[s].layer for s in sources) - 1)
            label = self._label(key, arrow, layer)
            for source in sources:
                self._way(f"{key}<{source}", arrow, stages[source], label, arrow_head=False)
            for target in arrow.targets:
                self._way(f"{key}>{target}", arrow, label, stages[target], arrow_head=arrow.kind != "limit")

    def _way(self, key: str, arrow: Arrow, first: Item, last: Item, *, arrow_head: bool) -> None:
        self.kinds[key] = arrow.kind
        self.layers.way(key, first, last, arrow=arrow_head)

    def _label(self, key: str, arrow: Arrow, layer: int) -> Item:
        law = arrow.kind == "limit"
        words = [(line, "law" if law else "words") for line in balanced(arrow.words.pick(self.lang), SMALL, LABEL - 8)]
        words += [(line, "law") for line in wrap(short(arrow.cites, self.lang, self.home), SMALL, LABEL - 8)]
        name = f"label{key}"
        self.lines[name], self.told[name] = words, (arrow.kind, arrow.code, f"{arrow.words.pick(self.lang)}\n{arrow.cites.text(self.lang)}")
        widest = max(width(line, SMALL) for line, _ in words)
        return self.layers.add(name, "label", layer, min(LABEL, widest + 8) if self.layers.down else LABEL, _tall(words) + 2)

    # ---- the picture ---------------------------------------------------------------------------------------------------------

    def _drawn(self, layout: Layout) -> Chart:
        boxes = {i.key: self._box(i, layout) for i in layout.items if i.form != "pass"}
        lines = [Line(w.d, self.kinds[w.key], w.arrow) for w in layout.ways]
        lines += [Line(_through(i, layout), self.told[i.key][0], arrow=False) for i in layout.items if i.form == "label"]
        return Chart(
            round(layout.width),
            round(layout.height),
            tuple(b for k, b in boxes.items() if k.startswith("stage")),
            tuple(b for k, b in boxes.items() if not k.startswith("stage")),
            tuple(lines),
        )

    def _box(self, item: Item, layout: Layout) -> Box:
        kind, code, hint = self.told[item.key]
        middle = item.form == "stage" or not layout.down
        x = item.x + (item.width / 2 if middle else 12)
        y = item.y + (PAD if item.form == "stage" else 0)
        out: list[Words] = []
        for text, what in self.lines[item.key]:
            y += _line(what)
            out.append(Words(round(x, 1), round(y - 5, 1), text, what))
        return Box(round(item.x, 1), round(item.y, 1), item.width, item.height, kind, code, hint, tuple(out))


def _through(item: Item, layout: Layout) -> str:
    if layout.down:
        return f"M{item.at:g} {item.y:g}V{item.y + item.height:g}"
    return f"M{item.x:g} {item.at:g}H{item.x + item.width:g}"


def _line(kind: str) -> int:
    return LINE if kind == "title" else FINE


def _tall(lines: list[tuple[str, str]]) -> float:
    return sum(_line(kind) for _, kind in lines)
