"""移送与环节核对 · Between institutions: matters that somebody answers; and parts of a step that belong to this procedure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tianping.procedure.check import refusals as no
from tianping.procedure.check.refusals import Refusal
from tianping.procedure.check.words import tracks
from tianping.procedure.grammar import One, Procedure, Stage
from tianping.procedure.names import Named
from tianping.procedure.referral import Heard, Matter, Referral
from tianping.procedure.tables import StepRow, Tables
from tianping.procedure.time import Limit


def parts(tables: Tables) -> Iterator[Refusal]:
    """Other parts that a step or limit names: they stand in this procedure, and an outcome is one of its matter's."""
    mine: set[object] = {s.step for s in tables.steps} | {row.limit for row in tables.limits} | set(tables.procedure.of(One))
    for row in tables.steps:
        yield from (no.Stranger(where=row.step.code, stranger=part.code or "?") for part in _named(row) if part not in mine)
        if isinstance(row.step.on, Heard):
            yield from _heard(row.step.code, row.step.on)
    for limit in tables.limits:
        for step in limit.limit.law_at.steps if limit.limit.law_at is not None else ():
            if step not in mine:
                yield no.Stranger(where=limit.code, stranger=step.code or "?")


def _named(row: StepRow) -> list[Named]:
    step = row.step
    cause: list[Named] = [step.on] if isinstance(step.on, Limit) else [step.on.referral] if isinstance(step.on, Heard) else []
    return [*cause, *([step.not_by] if step.not_by is not None else []), *step.opens]


def _heard(where: str, heard: Heard) -> Iterator[Refusal]:
    possible = heard.referral.matter.outcomes()
    for outcome in heard.outcomes:
        if outcome not in possible:
            yield no.WrongOutcome(where=where, outcome=outcome.title, matter=heard.referral.matter.title)


def receivers(procedure: type[Procedure], among: Iterable[type[Procedure]]) -> Iterator[Refusal]:
    """Referrals whose matter has no outcomes, or — looked for among all procedures — none that ends one of them."""
    answered = _answered(among)
    for referral in procedure.of(Referral):
        matter = referral.matter
        if not matter.outcomes() or (answered is not None and matter not in answered):
            yield no.NoReceiver(where=referral.code, matter=matter.title)


def _answered(among: Iterable[type[Procedure]]) -> set[type[Matter]] | None:
    """The matters that some procedure's stage answers; None when there are no procedures to look among."""
    procedures = list(among)
    if not procedures:
        return None
    stages = [stage for p in procedures for track in tracks(p) for stage in track.of(Stage)]
    return {s.answers.owner for s in stages if s.answers is not None and s.answers.owner is not None}
