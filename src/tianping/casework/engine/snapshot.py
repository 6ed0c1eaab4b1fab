"""案件快照 · A case as it stands: its row, its whole ledger and its clocks, read in one statement. Pure data; nothing here knows the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import NamedTuple

from tianping.casework.engine.actors import HANDLE
from tianping.casework.moments import DAYS
from tianping.procedure.events import Event, effective, merged, roots
from tianping.procedure.reckoning import Clock
from tianping.procedure.supervision import Judged
from tianping.procedure.tables import Tables

ClockKey = tuple[str, str, int]
"""(limit's code, entity, number of the trigger)"""

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
        numbered(events[clock.at]),
        midnight(clock.since),
        midnight(clock.due),
        row.timed,
        clock.fixed,
        clock.provisional,
        clock.status,
        None if clock.end is None else numbered(events[clock.end]),
        None if clock.met_on is None else midnight(clock.met_on),
        awaited=not row.wait and not row.limit.bars,
    )


def numbered(event: Event) -> int:
    """The number of an event as clocks and spans name it: below zero it is one of the ledger that the run came from with a merge."""
    return -event.seq if event.origin else event.seq


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
    joined: bool = False
    """Whether it has ever been merged with another."""
    kin: Mapping[int, Snapshot] = field(default_factory=dict)
    """The cases that it was merged with, whichever went into which, and those that these were merged with; none of them has kin of its own here."""

    def log(self, new: Iterable[Event] = ()) -> list[Event]:
        """The log as it counts, as supervision joins it: with runs that came from other cases, without its own where they went into another."""
        return self.logs(new)[str(self.case_id)] if self.kin else effective([*self.events, *new])

    def logs(self, new: Iterable[Event] = ()) -> dict[str, list[Event]]:
        """The logs of the case and of its kin, by their numbers."""
        written = {str(case): other.events for case, other in self.kin.items()}
        return merged({**written, str(self.case_id): [*self.events, *new]}, self.tables)

    def placed(self, tried: Event) -> tuple[list[Event], Event]:
        """The log in which an event is judged, and the event as it stands there: what is done in a run that went elsewhere is judged there."""
        if not self.kin:
            return effective([*self.events, tried]), tried
        own = str(self.case_id)
        for name, log in self.logs([tried]).items():
            for e in log:
                if e.seq == tried.seq and not e.ghost and (e.origin or name) == own:
                    return log, e
        raise AssertionError("a step that is tried stands in a log")

    def place(self, entity: str) -> tuple[int, str]:
        """The case in which a run counts, and what it is called there."""
        if not self.kin or not entity:
            return self.case_id, entity
        own, cases = str(self.case_id), (self, *self.kin.values())
        root = roots({str(now.case_id): effective(now.events) for now in cases}, self.tables).get(own)
        return (self.case_id, entity) if root is None else (int(root), f"{own}/{entity}")

    def shown_log(self) -> list[Event]:
        """The log as the case's own pages and forms read it: its own runs by their own names wherever they went, and those that came."""
        if not self.kin:
            return effective(self.events)
        came = [e for e in self.log() if e.origin]
        return sorted([*effective(self.events), *came], key=lambda e: (e.happened, e.seq, e.entity))
