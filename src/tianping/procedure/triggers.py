"""起算与终结 · Which events open a clock and which end it, in one case. Positions are indexes in the effective log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

from tianping.procedure.events import Event
from tianping.procedure.tables import STAYS, LimitRow, PauseRow, Tables


class Opened(NamedTuple):
    """One clock before reckoning: where it was triggered, and how it ended (``by`` is "" while it is open)."""

    entity: str
    at: int
    since: datetime
    end: int | None
    by: str


class Triggers:
    """The clocks, pauses and grants of one case's effective log."""

    def __init__(self, tables: Tables, events: list[Event]) -> None:
        self.tables, self.events = tables, events
        self.taken: dict[int, list[int]] = {}
        for at, event in enumerate(events):
            self.taken.setdefault(event.step, []).append(at)
        self._ends: dict[int, list[int]] = {}

    def positions(self, steps: tuple[int, ...]) -> list[int]:
        """Where one of some steps was taken, in order."""
        if len(steps) == 1:
            return self.taken.get(steps[0], [])
        found = [at for step in steps if step in self.taken for at in self.taken[step]]
        return sorted(set(found)) if len(found) > 1 else found

    def opened(self, row: LimitRow) -> list[Opened]:
        """The clocks of a limit that is anchored on steps, stages or a date fact."""
        out: list[Opened] = []
        seen, many = False, self.tables.tracks[row.track].many
        for at in self.positions(row.since):
            event = self.events[at]
            if event.ghost:
                continue
            since = event.happened if row.fact is None else self._since(row, event)
            if since is None or (row.first and seen):
                continue
            seen = True
            out.append(self._closed(row, event.entity if many else "", at, since))
        return out

    def chained(self, row: LimitRow, entity: str, at: int, since: datetime) -> Opened:
        """The clock of a limit that begins on another limit's last day; its parent was triggered at ``at``."""
        return self._closed(row, entity, at, since)

    def _since(self, row: LimitRow, event: Event) -> datetime | None:
        if row.fact is None:
            return event.happened
        answer = self.answers(event).get(row.fact.name)
        if isinstance(answer, datetime):
            return answer
        return datetime(answer.year, answer.month, answer.day) if isinstance(answer, date) else None  # noqa: DTZ001 — a local date

    def answers(self, event: Event) -> dict[str, object]:
        """What an event answers, with what its step sets by itself."""
        own = {k: v for k, v in event.facts.items() if v is not None}
        return own | {f.name: v for f, v in self.tables.steps[event.step].step.sets}

    def _closed(self, row: LimitRow, entity: str, at: int, since: datetime) -> Opened:
        restart = row.since if row.parent == STAYS else self.tables.limits[row.parent].since
        begin = at if row.fact is not None else at + 1
        ends = self._ends.get(row.no)
        if ends is None:
            ends = self._ends[row.no] = self.positions((*row.until, *restart))
        for i in ends:
            if i < begin:
                continue
            event = self.events[i]
            if not self.touches(row, entity, event):
                continue
            if event.step in row.until:
                return Opened(entity, at, since, i, "until")
            again = i > at and not row.first and event.step in restart and not event.ghost
            if again and (row.fact is None or self._since(row, event) is not None):
                return self._waived(row, entity, at, since, i, "restart")
        return self._waived(row, entity, at, since, None, "") if row.waived else Opened(entity, at, since, None, "")

    def _waived(self, row: LimitRow, entity: str, at: int, since: datetime, end: int | None, by: str) -> Opened:
        for i in self.positions(row.waived) if row.waived else ():
            if at < i < (len(self.events) if end is None else end) and self.touches(row, entity, self.events[i]):
                return Opened(entity, at, since, i, "waived")
        return Opened(entity, at, since, end, by)

    def touches(self, row: LimitRow, entity: str, event: Event) -> bool:
        """Whether an event can end a clock of this run: an act of the case touches every run, an act of a run only its own."""
        if not self.tables.tracks[row.track].many:
            return not event.ghost
        if event.track == row.track:
            return event.entity == entity
        return not event.ghost

    def spans(self, pause: PauseRow, row: LimitRow, entity: str) -> Iterator[tuple[int, int | None]]:
        """(position where it began, position where it ended or None) of each span of a pause that a clock's run may exclude."""
        many = self.tables.tracks[row.track].many
        for i in self.positions(pause.since):
            event = self.events[i]
            other = many and event.track == row.track and event.entity != entity
            if event.ghost or other:
                continue
            yield i, self._ended(pause, i)

    def _ended(self, pause: PauseRow, at: int) -> int | None:
        begun = self.events[at]
        for i in self.positions(pause.until):
            e = self.events[i]
            if i > at and e.track == begun.track and e.entity == begun.entity and not e.ghost:
                return i
        return None

    def acts(self, step: int, row: LimitRow, entity: str, after: int, before: int | None) -> list[int]:
        """Positions of a step between two positions, in the clock's run if the step stands on it."""
        same = self.tables.tracks[row.track].many and self.tables.steps[step].track == row.track
        stop = len(self.events) if before is None else before
        return [
            i for i in self.taken.get(step, ()) if after < i < stop and not self.events[i].ghost and (not same or self.events[i].entity == entity)
        ]
