"""可办环节 · What may be done with a case now and by whom; and for what may not, the reasons with their article and what to do.

Each step is tried by the same guard as the real act. What the step itself asks is not held against it: the answers come with the act.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tianping.casework.engine.actors import HANDLE, MACHINES, NO_ROLE, PARTIES, Actor
from tianping.casework.engine.days import by_mark
from tianping.casework.engine.decide import why_not
from tianping.casework.engine.read import snapshot
from tianping.casework.engine.snapshot import Snapshot
from tianping.casework.errors import Reason
from tianping.casework.moments import instant, local
from tianping.law.citations import Citation
from tianping.law.text import T
from tianping.procedure.events import Event
from tianping.procedure.fold import fold_to
from tianping.procedure.grammar import Fact
from tianping.procedure.roles import Signer
from tianping.procedure.tables import StepRow

NEW_RUN = ""
"""The run of a step that begins one: its name is chosen with the act."""


@dataclass(frozen=True, slots=True)
class StepOffer:
    """可办环节 · One step in one run. ``may``: it may be taken, if the answers fit and the ``co_signers`` (roles) sign too."""

    step: str
    title: T
    track: str
    entity: str
    begins: bool
    may: bool
    reasons: tuple[Reason, ...]
    cites: Citation
    who: T
    role: str
    co_signers: tuple[str, ...]
    asks: tuple[Fact[Any], ...]
    refers: tuple[str, ...]


def available_steps(actor: Actor, case_id: int, at: datetime, *, of: Snapshot | None = None) -> list[StepOffer]:
    """Every step that concerns where the case and its runs stand, in the order of the procedure. Raises NoSuchCase.

    ``of``: the case as its caller has read it already.
    """
    now = of or snapshot(case_id, actor)
    counted, moment = actor.through(now.held), local(instant(at))
    return [_offer(now, counted, row, entity, moment) for row, entity in _concerned(now)]


def _concerned(now: Snapshot) -> Iterator[tuple[StepRow, str]]:
    log = now.shown_log()
    stages = fold_to(now.tables, log, len(log)).stage
    for row in now.tables.steps:
        if {r.code for s in row.step.by.sets() for r in s} <= MACHINES:
            continue
        for (track, entity), stage in stages.items():
            if track == row.track and row.mask >> stage & 1:
                yield row, entity
        part = now.tables.tracks[row.track].part
        if part is not None and row.mask & 1 and (part.many or (row.track, "") not in stages):
            yield row, NEW_RUN


def _offer(now: Snapshot, actor: Actor, row: StepRow, entity: str, moment: datetime) -> StepOffer:
    own = actor.signature(row)
    others = _others(row, own, paper=HANDLE in now.held)
    begins = now.tables.tracks[row.track].many and entity == NEW_RUN
    run = "\0" if begins else entity
    signers = (own, *(Signer("", role) for role in others))
    tried = Event(now.seq + 1, row.no, row.track, run, moment, moment, None, signers)
    reasons = why_not(now, tried, by_mark(now.mark))
    step = row.step
    return StepOffer(
        step.code, step.words, now.tables.tracks[row.track].name, entity, begins, not reasons, reasons, step.cites, step.by.words,
        "" if own.role == NO_ROLE else own.role, others, tuple(f for f in step.asks if f.known_by is None), tuple(r.name for r in step.opens),
    )  # fmt: skip


def _others(row: StepRow, own: Signer, *, paper: bool) -> tuple[str, ...]:
    """Who must sign beside the actor, in the smallest combination that its role belongs to; if it belongs to none, in one of parties alone.

    Parties sign on paper: whoever handles the case records it.
    """
    sets = sorted(([r.code for r in s] for s in row.step.by.sets()), key=len)
    mine = next((s for s in sets if own.role in s), None)
    if mine is None:
        return tuple(next((s for s in sets if paper and PARTIES.issuperset(s)), ()))
    mine.remove(own.role)
    return tuple(mine)
