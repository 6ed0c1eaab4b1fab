"""时钟及其推导 · Every clock of a case with the lines of its reckoning: what started it, what is not counted, its last day, each with its article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tianping.casework.engine.actors import Actor
from tianping.casework.engine.days import by_mark
from tianping.casework.engine.read import snapshot
from tianping.casework.engine.snapshot import Snapshot, numbered
from tianping.casework.moments import instant, local
from tianping.law.citations import Citation
from tianping.law.derivation import Derivation
from tianping.law.text import T
from tianping.procedure.explain import explained, not_counted
from tianping.procedure.reckoning import Clocks


@dataclass(frozen=True, slots=True)
class ClockExplained:
    """时钟说明 · One clock as it stands at an instant. ``wait``: nothing may be done before; ``days_late``: 0 unless it is missed or was met late."""

    code: str
    title: T
    cites: Citation
    entity: str
    since_seq: int
    since: date | datetime
    due: date | datetime
    fixed: bool
    provisional: bool
    wait: bool
    status: str
    met_on: date | datetime | None
    days_late: int
    derivation: Derivation
    timed: bool = False
    open: bool = True
    pauses: tuple[tuple[T, date | datetime, date | datetime | None], ...] = ()
    """What it does not count: which pause, from when, until when (None: not ended)."""


def clocks_explained(actor: Actor, case_id: int, at: datetime, *, of: Snapshot | None = None) -> list[ClockExplained]:
    """The clocks of a case that the actor handles or supervises, reckoned as of an instant. Raises NoSuchCase.

    ``of``: the case as its caller has read it already.
    """
    now, moment = of or snapshot(case_id, actor), local(instant(at))
    clocks = Clocks(now.tables, [e for e in now.log() if e.happened <= moment], moment, by_mark(now.mark))
    return [
        ClockExplained(
            c.row.code, c.row.limit.words, c.row.limit.cites, c.entity, numbered(clocks.events[c.at]), c.since, c.due, c.fixed, c.provisional,
            c.row.wait, c.status, c.met_on, c.days_late, Derivation(tuple(explained(clocks, c))), c.row.timed, c.end is None,
            tuple((pause.words, since, until) for pause, since, until in not_counted(clocks, c)),
        )
        for c in clocks.all
    ]  # fmt: skip
