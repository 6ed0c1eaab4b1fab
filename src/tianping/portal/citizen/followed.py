"""案件进度 · One case as its party reads it: a sentence, what he must do now or nothing, the latest day with its reckoning, past, present, next.

All of it from the definition and the ledger; no sentence is written for a procedure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Final

from tianping.casework.citizens.looking import receipt_number
from tianping.casework.citizens.signing import signatures_of
from tianping.casework.engine.actors import MACHINES, OUTSIDE, Actor
from tianping.casework.engine.appointed import details
from tianping.casework.engine.facts import from_ledger
from tianping.casework.engine.registered import folders
from tianping.casework.moments import instant, local
from tianping.casework.selectors.clocks import ClockExplained
from tianping.casework.selectors.detail import StepOffer, available_steps, case_detail, clocks_explained
from tianping.casework.selectors.views import Detail, DocumentView
from tianping.law.text import T
from tianping.portal.house.clocks import Clock, chip, ruler
from tianping.portal.house.shapes import Chip, Moment, Ruler, Slip, When
from tianping.portal.house.slips import slip
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.registry import Folder
from tianping.procedure.roles import Role
from tianping.procedure.tables import STAYS, Tables, compiled

SOMEBODY: Final = T("办理人员", "an official")
YOU: Final = T("您", "you")


@dataclass(frozen=True, slots=True)
class Shown:
    """一个期限 · A clock of the case as the page draws it: whose turn it is, by when, and how the day was reckoned. ``ends``: steps that end it."""

    title: T
    who: T
    yours: bool
    chip: Chip
    when: When
    ruler: Ruler
    slip: Slip
    ends: frozenset[int]


@dataclass(frozen=True, slots=True)
class Act:
    """您可以办的 · A step that the party may take. ``must``: a clock of his ends with it. ``signed``: he has, and waits for ``others``."""

    step: str
    entity: str
    title: T
    cites: T
    must: bool
    signed: bool
    others: tuple[T, ...]
    until: When | None


@dataclass(frozen=True, slots=True)
class Met:
    """约定的日子 · A day on which people meet in the case, with hour and place where they are told."""

    title: T
    day: date
    hour: str
    place: str


@dataclass(frozen=True, slots=True)
class Followed:
    """进度 · What the page shows."""

    case_id: int
    version: int
    procedure: T
    title: str
    called: str
    numbered: bool
    institution: T
    stage: T
    over: bool
    turn: T | None
    acts: tuple[Act, ...]
    clocks: tuple[Shown, ...]
    moments: tuple[Moment, ...]
    documents: tuple[DocumentView, ...]
    parties: tuple[tuple[T, str], ...]
    organisation: int
    meetings: tuple[Met, ...]
    tables: Tables

    def step(self, code: str) -> tuple[Tables, int]:
        """A step of the case's definition, by its code."""
        return self.tables, self.tables.by_step[code]

    @property
    def todo(self) -> tuple[Act, ...]:
        """What he must do now."""
        return tuple(a for a in self.acts if a.must and not a.signed)

    @property
    def may(self) -> tuple[Act, ...]:
        """What he may do and need not."""
        return tuple(a for a in self.acts if not a.must or a.signed)


def followed(actor: Actor, case_id: int, at: datetime) -> Followed:
    """A case as a party of it (or who looks with a code) may see it. Raises NoSuchCase."""
    detail = case_detail(actor, case_id, at)
    tables = _tables(detail)
    clocks = [c for c in clocks_explained(actor, case_id, at) if c.status != "met" and c.met_on is None and not c.wait and _concerns(c, detail)]
    offers = available_steps(actor, case_id, at) if actor.roles else []
    stage = next(s for s in tables.tracks[0].stages if s.name == detail.stage)
    shown = () if stage.end else tuple(_shown(tables, detail, c, actor, at) for c in sorted(clocks, key=_due))
    acts = tuple(_acts(tables, detail, offers, clocks, actor))
    return Followed(
        case_id, detail.seq, detail.name, detail.title, detail.number or receipt_number(case_id), detail.number is not None, detail.institution,
        stage.title, stage.end, _turn(shown), acts, shown, _moments(tables, detail, shown, actor, over=stage.end), detail.documents,
        tuple((role_title(p.capacity), p.name) for p in detail.parties), detail.organisation,
        () if stage.end else tuple(_meetings(tables, detail, local(instant(at)).date())), tables,
    )  # fmt: skip


def _meetings(tables: Tables, detail: Detail, today: date) -> Iterable[Met]:
    """The days of the case itself on which people meet, from today on."""
    known = from_ledger(tables, {name: answer for name, answer in detail.facts.items() if answer})
    for name, (hour, place) in details(tables).items():
        day = known.get(name)
        if isinstance(day, date) and day >= today:
            yield Met(tables.facts[name][0].title, day, str(known.get(hour, "")).removeprefix("0"), str(known.get(place, "")))


def _tables(detail: Detail) -> Tables:
    folder: Folder = folders()[detail.procedure]
    return compiled(next(v for v in folder.versions if v.valid_from.isoformat() == detail.version))


def _due(clock: ClockExplained) -> datetime:
    return clock.due if isinstance(clock.due, datetime) else datetime(clock.due.year, clock.due.month, clock.due.day)  # noqa: DTZ001 — local


def _concerns(clock: ClockExplained, detail: Detail) -> bool:
    """A clock of the case itself, or of a run that the party sees."""
    return not clock.entity or clock.entity in {r.entity for r in detail.runs}


def _shown(tables: Tables, detail: Detail, c: ClockExplained, actor: Actor, at: datetime) -> Shown:
    clock = Clock(c.since, c.due, isinstance(c.due, datetime), c.fixed, c.provisional, days_late=c.days_late)
    who, yours = _whose(tables, detail, c, actor)
    return Shown(c.title, who, yours, chip(clock, at), clock.when, ruler(clock, at), slip(c.derivation, provisional=c.provisional), _ends(tables, c))


def _ends(tables: Tables, c: ClockExplained) -> frozenset[int]:
    return frozenset(n for row in tables.limits if row.code == c.code for n in row.until)


def _whose(tables: Tables, detail: Detail, c: ClockExplained, actor: Actor) -> tuple[T, bool]:
    """Who ends the clock: of its ending steps those that may be taken where the case stands, else all of them."""
    row = next(r for r in tables.limits if r.code == c.code)
    at = {r.track: r.stage for r in detail.runs if r.entity == c.entity}
    ends = [tables.steps[n] for n in row.until]
    here = [s for s in ends if (stage := at.get(tables.tracks[s.track].name)) and _stands(tables, s.track, stage) & s.mask] or ends
    roles = {role.code for s in here for signed in s.step.by.sets() for role in signed}
    if roles & actor.roles:
        return YOU, True
    return (here[0].step.by.words if here else SOMEBODY), False


def _stands(tables: Tables, track: int, stage: str) -> int:
    return 1 << next((n for n, s in enumerate(tables.tracks[track].stages) if s.name == stage), 0)


def _turn(clocks: Iterable[Shown]) -> T | None:
    """Whose turn it is, if a clock says so."""
    return next((c.who for c in clocks), None)


def _acts(tables: Tables, detail: Detail, offers: list[StepOffer], clocks: list[ClockExplained], actor: Actor) -> Iterable[Act]:
    ends = {n: c for c in sorted(clocks, key=_due, reverse=True) for row in tables.limits if row.code == c.code for n in row.until}
    for offer in offers:
        if not offer.may or offer.role not in actor.roles:
            continue
        number = tables.by_step[offer.step]
        clock = ends.get(number)
        due = None if clock is None else When(clock.due, clock.provisional, not clock.fixed)
        signed = False
        if offer.co_signers:
            signers = signatures_of(detail.id, offer.step, version=detail.seq, entity=offer.entity)
            signed = any(s.actor == actor.account for s in signers)
        others = tuple(role_title(r) for r in offer.co_signers)
        barred = clock is not None and tables.limits[_limit(tables, clock.code)].limit.bars
        yield Act(offer.step, offer.entity, offer.title, offer.cites.words, due is not None and not barred, signed, others, due)


def _limit(tables: Tables, code: str) -> int:
    return next(n for n, row in enumerate(tables.limits) if row.code == code)


def _moments(tables: Tables, detail: Detail, clocks: tuple[Shown, ...], actor: Actor, *, over: bool) -> tuple[Moment, ...]:
    """What was done and by which role; where it stands; what may follow."""
    past = []
    for event in detail.events:
        if event.voided or not event.step:
            continue
        names = [YOU if account == actor.account else role_title(role) for account, role in event.signers]
        who = T("、".join(n.zh for n in names), ", ".join(n.en for n in names))
        links = tuple((T(d.name, d.name), f"/my/documents/{d.id}") for d in detail.documents if d.seq == event.seq and actor.roles)
        past.append(Moment(event.title, "done", event.happened, T("{who}办理", "by {who}").fill(who=who), links))
    if over:
        return tuple(past)
    here = next(n for n, stage in enumerate(tables.tracks[0].stages) if stage.name == detail.stage)
    return (*past, Moment(tables.tracks[0].stages[here].title, "current"), *_following(tables, here, clocks, actor))


def _following(tables: Tables, here: int, clocks: tuple[Shown, ...], actor: Actor) -> Iterable[Moment]:
    """What officials may do from where the case stands: none of it is foretold. Each with who does it and by when, where a clock ends with it."""
    for row in tables.steps:
        roles = {role.code for signed in row.step.by.sets() for role in signed}
        if row.track or not row.mask >> here & 1 or row.target == STAYS or roles <= MACHINES or roles & actor.roles or roles <= OUTSIDE:
            continue
        if row.step.on is not None:
            continue
        clock = next((c for c in clocks if row.no in c.ends), None)
        if clock is None:
            yield Moment(row.step.words, "next", None, T("{who}办理", "by {who}").fill(who=row.step.by.words))
            continue
        last = clock.when.moment
        day = T(f"{last.year}年{last.month}月{last.day}日", f"{last:%Y-%m-%d}")
        yield Moment(row.step.words, "next", None, T("{who}办理，最迟{day}", "by {who}, on {day} at the latest").fill(who=row.step.by.words, day=day))


@cache
def _titles() -> dict[str, T]:
    return {role.code: role.title for role in vars(Roles).values() if isinstance(role, Role)}


def role_title(code: str) -> T:
    """A role's title by its code or bare name."""
    return _titles().get(code if code.startswith("Roles.") else f"Roles.{code}", SOMEBODY)
