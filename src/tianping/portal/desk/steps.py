"""环节说明 · What a definition says of a step before it is taken: what it will cause, what is due next, and what must come first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tianping.casework.engine.actors import MACHINES
from tianping.casework.engine.snapshot import ClockRow
from tianping.casework.errors import Reason
from tianping.casework.selectors.offers import StepOffer
from tianping.law.statutes.index import parse_citation
from tianping.law.text import T
from tianping.procedure.columns import FactColumn, TimesColumn
from tianping.procedure.expressions import columns
from tianping.procedure.referral import Heard
from tianping.procedure.tables import STAYS, LimitRow, StepRow, Tables

ENTERS: Final = T("进入阶段：{what}", "Enters the stage: {what}")
ENDS: Final = T("结案：{what}", "Ends in: {what}")
STARTS: Final = T("开始计算：{what}", "Starts the clock: {what}")
MEETS: Final = T("办结期限：{what}", "Meets the limit: {what}")
PAUSES: Final = T("开始扣除：{what}", "Time stops counting: {what}")
RESUMES: Final = T("恢复计时：{what}", "Time counts again: {what}")
SENDS: Final = T("发出：{what}", "Sends: {what}")
WAITS: Final = T("等：{what}", "Waits for: {what}")
PROLONGS: Final = T("延长期限：{what}", "Extends the limit: {what}")


@dataclass(frozen=True, slots=True)
class Effect:
    """后果 · One thing that a step causes, and under which article."""

    words: T
    cites: T


def effects(tables: Tables, row: StepRow) -> list[Effect]:
    """What taking a step will cause, as the definition says it: stage, clocks, pauses, extensions, referrals."""
    return list(_effects(tables, row))


def _effects(tables: Tables, row: StepRow) -> Iterator[Effect]:
    if row.target != STAYS:
        stage = tables.tracks[row.track].stages[row.target]
        yield Effect((ENDS if stage.end else ENTERS).fill(what=stage.title), row.step.cites.words)
    for limit in tables.limits:
        cites = limit.limit.cites.words
        if row.no in limit.until:
            yield Effect(MEETS.fill(what=limit.limit.words), cites)
        if row.no in limit.since:
            yield Effect(STARTS.fill(what=limit.limit.words), cites)
        for extension in limit.extensions:
            if row.no == extension.grant:
                yield Effect(PROLONGS.fill(what=limit.limit.words), extension.extension.cites.words)
    for pause in tables.pauses:
        if row.no in pause.since:
            yield Effect(PAUSES.fill(what=pause.pause.words), pause.pause.cites.words)
        if row.no in pause.until:
            yield Effect(RESUMES.fill(what=pause.pause.words), pause.pause.cites.words)
    for referral in row.step.opens:
        yield Effect(SENDS.fill(what=referral.matter.title), referral.send.cites.words)


@dataclass(frozen=True, slots=True)
class Next:
    """下一步 · What is to be done next and under which article; ``step`` "": the case itself is to be looked at."""

    words: T
    cites: T
    step: str
    entity: str
    limit: T | None = None


def next_step(tables: Tables, stage: str, clock: ClockRow | None) -> Next | None:
    """What is due next: the act that ends the clock which runs out first; else the first act of the stage, or what it waits for.

    An act that no person takes is waited for.
    """
    track = tables.tracks[0]
    number = next((n for n, s in enumerate(track.stages) if s.name == stage), 0)
    limit = None if clock is None else limit_of(tables, clock.code)
    if clock is not None and limit is not None:
        acts = [tables.steps[n] for n in limit.until]
        here = next((a for a in acts if _by_people(a) and (a.track or a.mask >> number & 1)), None)
        if here is None:
            return Next(WAITS.fill(what=acts[0].step.words if acts else limit.limit.words), limit.limit.cites.words, "", "")
        return Next(here.step.words, limit.limit.cites.words, here.step.code, clock.entity if here.track else "", limit.limit.words)
    moves = [s for s in tables.steps if s.track == 0 and s.mask >> number & 1 and s.target not in (STAYS, number)]
    first = next((s for s in moves if _by_people(s) and s.step.on is None), None)
    if first is not None:
        return Next(first.step.words, first.step.cites.words, first.step.code, "")
    heard = next((s for s in moves if isinstance(s.step.on, Heard)), None)
    if heard is None or not isinstance(heard.step.on, Heard):
        return None
    return Next(WAITS.fill(what=heard.step.on.referral.matter.title), heard.step.cites.words, "", "")


def _by_people(row: StepRow) -> bool:
    """Whether a person takes the step, and not the system or the exchange alone."""
    return not {r.code for signed in row.step.by.sets() for r in signed} <= MACHINES


def limit_of(tables: Tables, code: str) -> LimitRow | None:
    """The limit of a code."""
    return next((row for row in tables.limits if row.code == code), None)


def unlocks(tables: Tables, offer: StepOffer, reason: Reason, offers: Sequence[StepOffer]) -> StepOffer | None:
    """The step that may be taken now and that a refused one waits for: it asks what is unknown, or it is what must have been done."""
    row = tables.steps[tables.by_step[offer.step]]
    wanted = set(_wanted(tables, row, reason))
    return next((o for o in offers if o.may and o.step in wanted and o.step != offer.step), None)


def _wanted(tables: Tables, row: StepRow, reason: Reason) -> Iterator[str]:
    for ground, _ in row.guards:
        if ground.code != reason.rule:
            continue
        for column in columns(ground.rule):
            if isinstance(column, FactColumn):
                yield from (s.step.code for s in tables.steps if column.fact in s.step.asks or any(f is column.fact for f, _ in s.step.sets))
            elif isinstance(column, TimesColumn):
                yield column.step.code
            else:
                part = tables.part(column.part)
                yield from (s.step.code for s in tables.steps if s.track == part.no)
    for missing in row.missing:
        yield from (tables.steps[n].step.code for n in missing or ())


def others(offers: Iterable[StepOffer]) -> tuple[list[StepOffer], list[StepOffer]]:
    """Of the steps that may not be taken: those that wait for something, and those that somebody else takes."""
    waiting: list[StepOffer] = []
    elsewhere: list[StepOffer] = []
    for offer in offers:
        if not offer.may:
            (elsewhere if any(r.rule.endswith(".by") for r in offer.reasons) else waiting).append(offer)
    return waiting, elsewhere


def cited(text: str) -> T | None:
    """An article as a refusal names it (``CPL23 152``), in words; none where it names none."""
    return parse_citation(text).words if text else None
