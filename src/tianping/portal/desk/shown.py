"""形状 · Clocks of the casework as the house draws them: chip, date, ruler, slip."""

from __future__ import annotations

from tianping.casework.engine.snapshot import ClockRow
from tianping.casework.selectors.clocks import ClockExplained
from tianping.portal.house.clocks import Clock, Paused


def stored(row: ClockRow) -> Clock:
    """A clock as it is stored: good for a list, which asks nothing more of the case."""
    return Clock(row.since, row.due, row.timed, row.fixed, row.provisional, row.ended is not None)


def reckoned(clock: ClockExplained) -> Clock:
    """A clock as it was reckoned for the case page, with what it does not count."""
    pauses = tuple(Paused(title, since, until) for title, since, until in clock.pauses)
    ended = not clock.open or clock.status in ("met", "met_late")
    return Clock(clock.since, clock.due, clock.timed, clock.fixed, clock.provisional, ended, clock.days_late, pauses)
