"""画布 · Lines, boxes and words of an SVG, with the room that words take, so that a layout can keep them apart."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import Final
from xml.sax.saxutils import escape, quoteattr

INK: Final = "#1b1f24"
MUTED: Final = "#4b5563"
ACT: Final = "#0b4f8a"
LAW: Final = "#7a3b00"
PAPER: Final = "#ffffff"
BAND: Final = "#e9eef5"
STAGE: Final = "#f6f8fb"
RULE: Final = "#6b7280"
WAY: Final = "#c3cad4"
"""Colours: words of ink, muted, act and law stand on paper, band or stage at 4.5 to 1 or more; ``WAY`` is the guide line under a stage only."""

FONT: Final = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','Noto Sans',sans-serif"
_NARROW: Final = frozenset("iljtfrI.,:;'|!()[]- ")
_CLOSING: Final = frozenset("，。；：、！？）》〉”’")
_OPENING: Final = frozenset("（《〈“‘")
_UNITS: Final = frozenset("条日天件年月个小分次名")
_WIDE: Final = frozenset("mwMW@%◇→⇢⇠⊕×≤—…")


def width(words: str, size: float) -> float:
    """The room that words take, in pixels: a little more than any of the fonts named in :data:`FONT` needs."""
    return size * sum(_em(c) for c in words)


def _em(c: str) -> float:
    if _wide(c) or c in _WIDE:
        return 1.0
    if c in _NARROW:
        return 0.38
    return 0.72 if c.isupper() else 0.6


def wrap(words: str, size: float, room: float) -> list[str]:
    """The words in lines no wider than the room: Latin between words, Chinese between characters; an overlong word is cut."""
    lines, line = [], ""
    for piece in _pieces(words):
        if line and width((line + piece).rstrip(), size) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
        while width(line.rstrip(), size) > room and len(line) > 1:
            n = max(1, next((i for i in range(1, len(line) + 1) if width(line[:i], size) > room), len(line)) - 1)
            lines.append(line[:n])
            line = line[n:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def balanced(words: str, size: float, room: float) -> list[str]:
    """As :func:`wrap`, in the same number of lines but of about equal length: no line of a single character."""
    lines = wrap(words, size, room)
    for narrower in range(int(room), int(room / 2), -2):
        tried = wrap(words, size, narrower)
        if len(tried) > len(lines) or any(width(line, size) > narrower for line in tried):
            break
        lines = tried
    return lines


def _pieces(words: str) -> list[str]:
    """Where a line may break: after every space and around every wide character; never before a closing sign, nor inside “第205条” or “30日”."""
    out: list[str] = []
    for c in words:
        joins = bool(out) and (c == " " or not (out[-1].endswith(" ") or _wide(c) or _wide(out[-1][-1])))
        joins = joins or (bool(out) and (c in _CLOSING or out[-1][-1] in _OPENING or _number(out[-1][-1], c)))
        if joins:
            out[-1] += c
        else:
            out.append(c)
    return out


def _number(before: str, c: str) -> bool:
    """Whether a number and what belongs to it meet here."""
    return (before == "第" and c.isdigit()) or (before.isascii() and before.isdigit() and _wide(c) and c in _UNITS)


def _wide(c: str) -> bool:
    return unicodedata.east_asian_width(c) in "WF"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels: what a text covers."""

    x: float
    y: float
    width: float
    height: float
    words: str

    def meets(self, other: Box) -> bool:
        """Whether two boxes overlap."""
        aside = self.x + self.width <= other.x or other.x + other.width <= self.x
        return not aside and not (self.y + self.height <= other.y or other.y + other.height <= self.y)


@dataclass(slots=True)
class Canvas:
    """画布 · The elements drawn so far, and the boxes of their words."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def open(self, name: str, hint: str, **attributes: object) -> None:
        """Begin a group; its hint is what a reader is told when pointing at it, or by a screen reader."""
        self.parts.append(f"<g class={quoteattr(name)}{_attributes(attributes)}><title>{escape(hint)}</title>")

    def close(self) -> None:
        """End the group."""
        self.parts.append("</g>")

    def shape(self, tag: str, **attributes: object) -> None:
        """One shape: ``rect``, ``circle``, ``path`` …; underscores in names stand for hyphens."""
        self.parts.append(f"<{tag}{_attributes(attributes)}/>")

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, *, wide: float = 1.5, dash: str = "") -> None:
        """A straight line."""
        self.shape(
            "path", d=f"M{x1:g} {y1:g}L{x2:g} {y2:g}", fill="none", stroke=colour, stroke_width=wide, **({"stroke_dasharray": dash} if dash else {})
        )

    def text(self, x: float, y: float, words: str, *, size: float = 13, colour: str = INK, anchor: str = "start", bold: bool = False) -> Box:
        """Words on a base line at ``y``, on a halo of paper, and the box that they cover."""
        room = width(words, size)
        left = x - (room / 2 if anchor == "middle" else room if anchor == "end" else 0)
        box = Box(left, y - size, room, size * 1.25, words)
        self.boxes.append(box)
        weight = ' font-weight="600"' if bold else ""
        self.parts.append(f'<text x="{x:g}" y="{y:g}" font-size="{size:g}" fill="{colour}" text-anchor="{anchor}"{weight}>{escape(words)}</text>')
        return box


def _attributes(values: dict[str, object]) -> str:
    shown = ((k.replace("_", "-"), f"{v:g}" if isinstance(v, float) else str(v)) for k, v in values.items())
    return "".join(f" {k}={quoteattr(v)}" for k, v in shown)
