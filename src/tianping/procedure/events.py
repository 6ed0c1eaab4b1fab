"""事件 · What the language needs from a ledger: who did what, when it happened, when it was written, what it voids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from operator import attrgetter
from typing import Final

from tianping.procedure.roles import Signer
from tianping.procedure.tables import Tables

VOID: Final = -1
"""The step number of a pure voiding act."""


COLUMNS: Final = (
    "case_id", "seq", "track", "entity", "step", "happened", "recorded", "actor", "role", "organisation", "recorder", "voids", "into", "source",
)  # fmt: skip
"""What every event table has of its own; the answers stand beside them, so no fact may have one of these names."""


@dataclass(frozen=True, slots=True)
class Event:
    """One act of one case. ``happened`` is local time; ``entity`` is "" but on Many tracks; ``track`` is the run's track.

    A ``ghost`` is the merge of another case as seen by the runs that came from it: it ends their clocks and does nothing else. ``origin`` is the case
    that an event came from with a merge, "" in its own: numbers of several ledgers collide.
    """

    seq: int
    step: int
    track: int
    entity: str
    happened: datetime
    recorded: datetime | None = None
    voids: int | None = None
    signers: tuple[Signer, ...] = ()
    facts: Mapping[str, object] = field(default_factory=dict)
    into: str | None = None
    ghost: bool = False
    origin: str = ""

    @property
    def day(self) -> date:
        """The local date."""
        return self.happened.date()


def effective(events: Iterable[Event]) -> list[Event]:
    """更正后 · The log as it counts: voided entries and pure voids out, late entries in their place.

    An event that voids another and carries a step of its own is an amendment and counts. A void is not voided again.
    """
    listed = list(events)
    voided = {e.voids for e in listed if e.voids is not None}
    kept = [e for e in listed if e.step != VOID and (e.voids is not None or e.seq not in voided)]
    return sorted(kept, key=attrgetter("happened", "seq"))


def known_by(events: Iterable[Event], moment: datetime) -> list[Event]:
    """What had been written by a moment: events recorded (or, without a record time, happened) no later."""
    return [e for e in events if (e.recorded or e.happened) <= moment]


def end_of(day: date | datetime) -> datetime:
    """The last instant of a day; an instant is itself."""
    return day if isinstance(day, datetime) else datetime.combine(day, time.max)


def roots(cases: Mapping[str, Iterable[Event]], tables: Tables) -> dict[str, str]:
    """并案 · Case → the case that it was merged into at last. A merge into a merged case goes to its root.

    A circle, or a case of which nothing is left, is ignored.
    """
    into = {name: e.into for name, log in cases.items() for e in log if e.step != VOID and tables.steps[e.step].step.into and e.into}
    out: dict[str, str] = {}
    for name in into:
        seen, at = {name}, into[name]
        while at in into and at not in seen:
            seen.add(at)
            at = into[at]
        if at not in into and any(e.step != VOID for e in cases.get(at, ())):
            out[name] = at
    return out


def merged(cases: Mapping[str, Iterable[Event]], tables: Tables) -> dict[str, list[Event]]:
    """并案后 · The effective logs, with the Many runs of each merged case counted in the case it was merged into."""
    logs = {name: effective(log) for name, log in cases.items()}
    target = roots(logs, tables)
    out = {name: list(log) for name, log in logs.items()}
    for name, root in sorted(target.items()):
        runs: set[tuple[int, str]] = set()
        for e in logs[name]:
            if tables.tracks[e.track].many:
                out[root].append(replace(e, entity=f"{name}/{e.entity}", origin=name))
                runs.add((e.track, f"{name}/{e.entity}"))
        out[name] = [e for e in out[name] if e.origin or not tables.tracks[e.track].many]
        merge = next(e for e in logs[name] if tables.steps[e.step].step.into)
        out[root] += [replace(merge, track=t, entity=n, ghost=True, origin=name) for t, n in sorted(runs)]
    for root in set(target.values()):
        out[root].sort(key=lambda e: (e.happened, e.seq, e.entity))
    return out
