"""排期 · Puts the steps of a path on working days and into working hours, within the limits that the path names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from tianping.casework.replay.errors import UnlawfulPath, WindowTooShort
from tianping.casework.replay.model import Path, PathStep
from tianping.law.calendar import Calendar
from tianping.law.periods import day_number, to_date

HOURS: Final = ((9 * 60, 11 * 60 + 30), (14 * 60 + 30, 17 * 60 + 30))
"""Minutes of the day between which anything happens: inside every office's hours, in summer and in winter."""
APART: Final = 5
SLOTS: Final = tuple(m for begin, end in HOURS for m in range(begin, end - APART, APART))


@dataclass(frozen=True, slots=True)
class Window:
    """期间 · The working days of a scenario, first to last."""

    calendar: Calendar
    days: tuple[date, ...]

    @classmethod
    def between(cls, calendar: Calendar, first: date, last: date) -> Window:
        """The working days from one day to another, both included."""
        span = range((last - first).days + 1)
        return cls(calendar, tuple(d for d in (first + timedelta(days=n) for n in span) if calendar.is_working(d)))

    def due(self, day: int, within: int) -> int:
        """The place of the last day of a period that begins on the day of a place."""
        return bisect_left(self.days, to_date(self.calendar.roll(day_number(self.days[day]) + within)))


def placed(path: Path, window: Window, random: Random) -> list[datetime]:
    """One moment per step, in their order; draws from ``random``. Raises WindowTooShort, UnlawfulPath."""
    gaps = [0 if s.at or s.exact or s.over else random.randint(*s.gap) for s in path.steps]
    most = sum(gaps) + sum((s.within or 0) + s.over for s in path.steps if s.exact or s.over)
    stay = random.randint(*path.stay) if path.outcome == "open" else 0
    free = len(window.days) - 1 - most - stay
    if free < 0:
        raise WindowTooShort(path=path.name, needed=most + stay + 1, held=len(window.days))
    start = free if path.outcome == "open" else random.randint(0, free)
    return _timed(path.steps, _walk(path, window, gaps, start), window, random)


def _walk(path: Path, window: Window, gaps: Sequence[int], start: int) -> list[int]:
    """The place of each step among the working days."""
    places: list[int] = []
    marks: dict[str, int] = {}
    for step, gap in zip(path.steps, gaps, strict=True):
        before = places[-1] if places else start
        place = before + gap
        if step.within is not None:
            due = window.due(marks[step.of] if step.of else before, step.within)
            if due + step.over < before:
                raise UnlawfulPath(path=path.name, step=step.mark, reason=f"> {step.within}")
            place = due + step.over if step.exact or step.over else min(place, due)
        places.append(place)
        marks[step.mark] = place
    return places


def _timed(steps: Sequence[PathStep], places: Sequence[int], window: Window, random: Random) -> list[datetime]:
    """The minute of each step: moments of one day in a drawn order of slots, "same" on the same minute, "next" a minute on."""
    starting = [p for s, p in zip(steps, places, strict=True) if not s.at]
    slots = {p: iter(sorted(random.sample(SLOTS, starting.count(p)))) for p in sorted(set(starting))}
    out: list[datetime] = []
    for step, place in zip(steps, places, strict=True):
        if step.at:
            out.append(out[-1] + timedelta(minutes=1 if step.at == "next" else 0))
        else:
            day = window.days[place]
            out.append(datetime(day.year, day.month, day.day) + timedelta(minutes=next(slots[place])))  # noqa: DTZ001 — local time
    return out
