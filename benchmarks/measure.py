"""计时 · Contenders that take turns, so that a busy machine disturbs all of them alike; medians, never a single time."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from time import perf_counter
from typing import Final, Literal

from tianping.law.text import T

Part = Literal["ours", "peer", "limit"]
ROUNDS: Final = 7
"""How many timed turns each contender has, after one that is not timed."""


class Absent(Exception):
    """缺少数据 · What a subject needs is not on this machine; the subject is skipped by name, with this reason."""

    def __init__(self, reason: T) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Contender:
    """参赛者 · One way of doing the work: ours, a named peer's, or the least that the machine must do (the limit)."""

    name: str
    part: Part
    run: Callable[[], object]
    before: Callable[[], object] | None = None
    """What is done before each turn, and not timed."""


@dataclass(frozen=True, slots=True)
class Figure:
    """数据 · A contender's median, least and greatest time in seconds, and the units it did in a second at the median."""

    name: str
    part: Part
    seconds: float
    least: float
    most: float
    rate: float


@dataclass(frozen=True, slots=True)
class Aim:
    """目标 · A figure and the bound that it is held against."""

    what: T
    value: float
    bound: float
    at_most: bool = False

    @property
    def holds(self) -> bool:
        """Whether the figure is on the right side of its bound."""
        return self.value <= self.bound if self.at_most else self.value >= self.bound


@dataclass(frozen=True, slots=True)
class Outcome:
    """结果 · One table: what was done, how many units of it, every contender's figures, the aims and what is worth noting."""

    title: T
    unit: T
    count: int
    figures: list[Figure]
    aims: list[Aim] = field(default_factory=list)
    notes: list[T] = field(default_factory=list)

    def of(self, name: str) -> Figure:
        """The figure of one contender."""
        return next(f for f in self.figures if f.name == name)


def race(contenders: Sequence[Contender], units: int, *, rounds: int = ROUNDS) -> list[Figure]:
    """Each contender once for warmth, then ``rounds`` timed turns in alternation. ``units`` is the work of one turn."""
    for contender in contenders:
        _prepared(contender)
        contender.run()
    times: dict[str, list[float]] = {c.name: [] for c in contenders}
    for turn in range(rounds):
        for contender in contenders if turn % 2 == 0 else reversed(contenders):
            _prepared(contender)
            gc.collect()
            begun = perf_counter()
            contender.run()
            times[contender.name].append(perf_counter() - begun)
    return [figure(c, times[c.name], units) for c in contenders]


def _prepared(contender: Contender) -> None:
    if contender.before is not None:
        contender.before()


def figure(contender: Contender, times: Sequence[float], units: int) -> Figure:
    """The figures of some measured times."""
    middle = median(times)
    return Figure(contender.name, contender.part, middle, min(times), max(times), units / middle)
