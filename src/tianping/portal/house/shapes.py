"""四种形状 · What the macros draw, as plain values: due chip, limit ruler, derivation slip, stage rail. How each is made stands beside this file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from tianping.law.citations import Citation
from tianping.law.derivation import Value
from tianping.law.text import T

Level = Literal["none", "l1", "l2", "l3", "hold", "done"]
"""none: nobody need care; l1 提醒; l2 预警; l3 告警: the limit is missed; hold: time does not run; done: ended in time."""


@dataclass(frozen=True, slots=True)
class Chip:
    """期限标 · How near a limit is: its level, and words that carry the meaning without any colour."""

    level: Level
    words: T


@dataclass(frozen=True, slots=True)
class When:
    """期限日 · A last day or instant. ``provisional``: rests on a calendar not published yet; ``earliest``: a pause is open, it may become later."""

    moment: date | datetime
    provisional: bool = False
    earliest: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """尺上一段 · A part of a ruler, in percent of its width: ``run`` (used), ``pause`` (not counted), ``over`` (past the end)."""

    kind: Literal["run", "pause", "over"]
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Label:
    """尺下文字 · Words under a ruler, at a place in percent."""

    at: float
    words: T
    anchor: Literal["start", "middle", "end"] = "middle"
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Ruler:
    """期限尺 · A limit as a line: what is used, what does not count, what is left, where today stands. ``told``: the same as a sentence."""

    spans: tuple[Span, ...]
    now: float | None
    labels: tuple[Label, ...]
    told: T


@dataclass(frozen=True, slots=True)
class Row:
    """推算一行 · What was reckoned, the article, what it arrives at. ``total``: the answer itself."""

    what: T
    cites: Citation | None
    value: Value
    total: bool = False


@dataclass(frozen=True, slots=True)
class Slip:
    """推算单 · A derivation as it is shown and printed. ``note``: why it is provisional, or which parameters it used."""

    rows: tuple[Row, ...]
    note: T | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """阶段点 · A stage on the rail: behind, here, or what normally follows; with the day or the reason beside it."""

    title: T
    state: Literal["done", "current", "next"]
    note: T | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """经过一项 · An entry of a timeline: what happened, is happening or follows, when, and a sentence on it."""

    title: T
    state: Literal["done", "current", "next"]
    when: date | datetime | None = None
    text: T | None = None
    links: tuple[tuple[T, str], ...] = ()
