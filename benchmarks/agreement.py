"""一致 · The columnar reckoning against the scalar one on random clocks: every counting rule and length, pauses that overlap, touch or stay open."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from time import perf_counter
from typing import Final

import numpy as np

from benchmarks.measure import Aim, Contender, Outcome, figure
from tianping.law.calendar import calendar
from tianping.law.periods import COUNTINGS, Counting, Period
from tianping.law.reckoning import Span, due_day, due_second
from tianping.law.text import T
from tianping.procedure.columnar import OPEN, Ints, Lengths, Spans, arrays, due, due_seconds

COUNT: Final = 1_000_000
CLOCKS: Final = T("个随机期限", "random clocks")
DIFFERENT: Final = T("结果不同的", "answers that differ")
FIRST_DAY, LAST_DAY = 12_784, 20_800
"""Triggers from 2005-01-01 to 2026-12-13, past the end of the published calendar."""


@dataclass(frozen=True, slots=True)
class Clock:
    """One random clock: day and second of the trigger, length in days, length in seconds, counting rule, pauses (from the trigger on)."""

    day: int
    length: Period
    seconds: int
    counting: Counting
    pauses: tuple[Span, ...]


def random_clocks(count: int, seed: int) -> list[Clock]:
    """Clocks with nought to four pauses each; three in a hundred of the pauses are still open."""
    random, rules = Random(seed), list(COUNTINGS.values())
    return [_clock(random, rules) for _ in range(count)]


def _clock(random: Random, rules: list[Counting]) -> Clock:
    day = random.randrange(FIRST_DAY, LAST_DAY)
    kind = random.randrange(3)
    length = Period(months=random.randrange(30), days=random.randrange(20)) if kind == 0 else Period(days=random.randrange(200))
    length = Period(working=random.randrange(90)) if kind == 2 else length
    starts = [day + random.randrange(-30, 200) for _ in range(random.randrange(5))]
    pauses = tuple((s, None if random.random() < 0.03 else s + random.randrange(90)) for s in starts)
    return Clock(day, length, random.randrange(400_000), random.choice(rules), pauses)


def scalar(clocks: list[Clock]) -> list[tuple[tuple[int, bool], tuple[int, bool]]]:
    """(last day, fixed?) and (last second, fixed?) of each clock, one at a time; for hours a pause's days are taken as thousands of seconds."""
    cal = calendar()
    return [
        (
            due_day(c.day, c.length, c.pauses, c.counting, cal),
            due_second(c.day * 1000, Period(seconds=c.seconds), [(s * 1000, None if e is None else e * 1000) for s, e in c.pauses]),
        )
        for c in clocks
    ]


def columnar(clocks: list[Clock]) -> tuple[tuple[Ints, Ints], tuple[Ints, Ints]]:
    """The same answers, all clocks at once."""
    day = np.array([c.day for c in clocks], dtype=np.int64)
    parts = [[getattr(c.length, name) for c in clocks] for name in ("months", "days", "working")]
    length = Lengths(*(np.array(p, dtype=np.int64) for p in parts))
    month_end, rolls = (np.array([getattr(c.counting, name) for c in clocks], dtype=np.bool_) for name in ("month_end", "rolls"))
    rows = [(i, s, int(OPEN) if e is None else e) for i, c in enumerate(clocks) for s, e in c.pauses]
    clock, start, end = np.array(rows, dtype=np.int64).reshape(-1, 3).T
    last, fixed = due(day, length, month_end, rolls, Spans(clock, start, end), arrays(calendar()))
    seconds = Spans(clock, start * 1000, np.where(end == OPEN, OPEN, end * 1000))
    second, held = due_seconds(day * 1000, np.array([c.seconds for c in clocks], dtype=np.int64), seconds)
    return (last, fixed.astype(np.int64)), (second, held.astype(np.int64))


def differences(clocks: list[Clock]) -> list[Clock]:
    """The clocks on which the two disagree."""
    days, seconds = columnar(clocks)
    found = []
    for i, (clock, (by_day, by_second)) in enumerate(zip(clocks, scalar(clocks), strict=True)):
        if (int(days[0][i]), bool(days[1][i])) != by_day or (int(seconds[0][i]), bool(seconds[1][i])) != by_second:
            found.append(clock)
    return found


def run() -> list[Outcome]:
    """A million random clocks, and how long each side took."""
    clocks = random_clocks(COUNT, 11)
    different = len(differences(clocks))
    figures = []
    for name, part, work in (("columnar, with the making of arrays", "ours", columnar), ("scalar", "limit", scalar)):
        begun = perf_counter()
        work(clocks)
        figures.append(figure(Contender(name, "ours" if part == "ours" else "limit", lambda: None), [perf_counter() - begun], COUNT))
    paused = sum(bool(c.pauses) for c in clocks)
    note = T("{n} 个有扣除期间，共 {m} 段", "{n} with pauses, {m} pauses in all").fill(n=f"{paused:,}", m=f"{sum(len(c.pauses) for c in clocks):,}")
    return [Outcome(T("列式与逐个计算一致", "columnar equals scalar"), CLOCKS, COUNT, figures, [Aim(DIFFERENT, different, 0, at_most=True)], [note])]
