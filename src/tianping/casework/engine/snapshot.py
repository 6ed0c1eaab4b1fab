"""案件快照 · A case as it stands: its row, its whole ledger and its clocks, read in one statement. Pure data; nothing here knows the database."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from tianping.casework.engine.actors import HANDLE
from tianping.casework.moments import DAYS
from tianping.procedure.events import Event
from tianping.procedure.reckoning import Clock
from tianping.procedure.supervision import Judged
from tianping.procedure.tables import Tables

ClockKey = tuple[str, str, int]
"""(limit's code, entity, seq of the trigger)"""

ACTIVE, SUSPENDED, CLOSED, ARCHIVED = range(4)


class ClockRow(NamedTuple):
    """时钟行 · A clock as stored. ``since``, ``due``, ``met_on``: local instants, midnight for limits of days. ``ended``: the event that ended it."""

    code: str
    entity: str
    since_seq: int
    since: datetime
    due: datetime
    timed: bool
    fixed: bool
    provisional: bool
    status: str
    ended: int | None
    met_on: datetime | None
    awaited: bool
    """Whether somebody must act by then: neither a Wait nor a mere right."""

    @property
    def key(self) -> ClockKey:
        """What tells it from the others of its case."""
        return self[:3]


def clock_row(clock: Clock, events: list[Event]) -> ClockRow:
    """A reckoned clock as a row."""
    row = clock.row
    return ClockRow(
        row.code,
        clock.entity,
        clock.since_seq,
        midnight(clock.since),
        midnight(clock.due),
        row.timed,
        clock.fixed,
        clock.provisional,
        clock.status,
        None if clock.end is None else events[clock.end].seq,
        None if clock.met_on is None else midnight(clock.met_on),
        awaited=not row.wait and not row.limit.bars,
    )


@lru_cache(DAYS)
def midnight(moment: date | datetime) -> datetime:
    """An instant as it is, a day as its first instant."""
    return moment if isinstance(moment, datetime) else datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 — a local date


@dataclass(frozen=True, slots=True)
class Snapshot:
    """快照 · A case before a step. ``seq`` 0 and no events: a case about to be opened."""

    case_id: int
    tables: Tables
    organisation: int
    seq: int
    head: bytes
    events: list[Event] = field(default_factory=list)
    clocks: dict[ClockKey, ClockRow] = field(default_factory=dict)
    shown: tuple[datetime | None, int] = (None, ACTIVE)
    """Due day and lifecycle as the lists show them."""
    number: str | None = None
    erased: frozenset[int] = frozenset()
    """Events whose payload was erased: what they answered is unknown."""
    held: frozenset[str] = frozenset({HANDLE})
    """In which capacities the actor sees the case: whoever opens one handles it."""
    row: str = ""
    """Which version of the case's row this was, as the database tells them apart."""
    by: tuple[int, ...] = ()
    """Which of the actor's keys open the case to it, the least first: as the database lists them to compare."""
    mark: str = ""
    """Of the calendar that held when it was read."""
    judged: Judged | None = field(default=None, compare=False, repr=False)
    """How the case was judged with its last step, if that was here: the next step goes on from there."""
