"""案件页 · One case as the desk shows it: where it stands, its clocks, what may be done and what not yet, its ledger, people, papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from tianping.casework.access.masking import PartyView
from tianping.casework.alarms.leads import Leads, leads_of
from tianping.casework.engine.actors import HANDLE, REFER, Actor
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.engine.read import snapshot
from tianping.casework.engine.registered import folders
from tianping.casework.handling.marks import mark_words
from tianping.casework.ledger.errors import BadLedger, UnreadableLedger
from tianping.casework.ledger.verify import verify
from tianping.casework.selectors.detail import ClockExplained, Detail, StepOffer, available_steps, case_detail, clocks_explained
from tianping.casework.selectors.named import Names, names_of
from tianping.casework.selectors.views import EventView
from tianping.law.text import T
from tianping.portal.desk.fields import said
from tianping.portal.desk.shown import reckoned
from tianping.portal.desk.steps import cited, others, unlocks
from tianping.portal.desk.worklist import LIFECYCLES
from tianping.portal.house.clocks import chip, ruler
from tianping.portal.house.rails import rail
from tianping.portal.house.shapes import Chip, Ruler, Slip, Stop, When
from tianping.portal.house.slips import slip
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.roles import Role
from tianping.procedure.tables import Tables, compiled

ROLES: dict[str, T] = {code: role.title for role in vars(Roles).values() if isinstance(role, Role) for code in (role.code, role.name)}
"""What a role is called, by its code and by its bare name."""


@dataclass(frozen=True, slots=True)
class ClockShown:
    """期限 · A clock of the case: whose limit, its chip, date, ruler and derivation. ``open``: somebody still waits for it."""

    title: T
    cites: T
    entity: str
    open: bool
    chip: Chip
    when: When
    ruler: Ruler
    slip: Slip
    wait: bool


@dataclass(frozen=True, slots=True)
class CanDo:
    """可以办 · A step that may be taken, where its form is, and who must sign beside whoever takes it."""

    title: T
    href: str
    entity: str
    joint: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class CannotDo:
    """不能办 · A step that may not be taken now: why, under which article, and what to do first (and where)."""

    title: T
    entity: str
    code: str
    reasons: tuple[tuple[T, T | None, T | None, str], ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """经过一条 · An event of the ledger: what, when, by whom in which role, and what was answered."""

    seq: int
    title: T
    entity: str
    happened: datetime
    recorded: datetime
    late: bool
    who: tuple[tuple[str, T], ...]
    facts: tuple[tuple[T, T], ...]
    voids: int | None
    voided: bool
    erased: bool
    hash: str
    correctable: bool


@dataclass(frozen=True, slots=True)
class CasePage:
    """案件页 · Everything of one case that one actor may see at an instant."""

    detail: Detail
    handles: bool
    state: T | None
    rail: tuple[Stop, ...]
    clocks: tuple[ClockShown, ...]
    can: tuple[CanDo, ...]
    cannot: tuple[CannotDo, ...]
    elsewhere: tuple[tuple[T, T, T], ...]
    entries: tuple[Entry, ...]
    parties: tuple[tuple[PartyView, T], ...]
    known: tuple[tuple[T, T], ...]
    flags: tuple[T, ...]
    names: Names
    verified: bool | None
    """Whether the ledger's chain holds; None where the actor does not see all of it."""
    done: Entry | None = None

    @property
    def version(self) -> int:
        """The version of the case that the page shows."""
        return self.detail.seq


def case_page(actor: Actor, case_id: int, at: datetime, done: int | None = None) -> CasePage:
    """The page of a case. ``done``: the event that was just written. Raises NoSuchCase."""
    detail = case_detail(actor, case_id, at)
    if detail.capacities <= {REFER}:
        return _carried(detail)
    now = snapshot(case_id, actor)
    offers = available_steps(actor, case_id, at, of=now)
    leads = leads_of([detail.organisation])[detail.organisation]
    explained = sorted(clocks_explained(actor, case_id, at, of=now), key=lambda c: (not c.open, not c.fixed, _sorted(c.due)))
    clocks = [_clock(c, at, leads) for c in explained]
    waiting, elsewhere = others(offers)
    accounts = {signer for e in detail.events for signer, _ in e.signers}
    names = names_of(
        organisations={n for r in detail.referrals for n in (r.sender, r.receiver) if n is not None},
        posts=(detail.holder, detail.lead),
        accounts=accounts,
    )
    handles = HANDLE in detail.capacities
    correctable = handles and _may_correct(now.tables, actor)
    entries = tuple(_entry(now.tables, e, names, correctable=correctable) for e in reversed(detail.events))
    moves = [(e.step, e.happened) for e in detail.events if not e.entity and e.voids is None and not e.voided]
    return CasePage(
        detail=detail, handles=handles, state=None if detail.lifecycle == 0 else LIFECYCLES[detail.lifecycle],
        rail=rail(now.tables, moves, following=detail.lifecycle < 2), clocks=tuple(clocks),
        can=tuple(_can(o, detail.id) for o in offers if o.may),
        cannot=tuple(cannot_do(now.tables, o, offers, detail.id) for o in waiting),
        elsewhere=tuple((o.title, o.who, o.cites.words) for o in elsewhere), entries=entries,
        parties=tuple((p, role_title(p.capacity)) for p in detail.parties), known=_known(now.tables, detail),
        flags=_flags(now.tables, detail), names=names, verified=_verified(detail), done=next((e for e in entries if e.seq == done), None),
    )  # fmt: skip


def _carried(detail: Detail) -> CasePage:
    """What a receiver sees of the sender's case: what was carried, nothing that may be done here."""
    names = names_of(organisations={n for r in detail.referrals for n in (r.sender, r.receiver) if n is not None})
    tables = compiled(folders()[detail.procedure].on(date.fromisoformat(detail.version)))
    told = tuple((tables.facts[name][0].title, said(tables, name, value)) for name, value in detail.facts.items() if name in tables.facts)
    return CasePage(detail, False, None, (), (), (), (), (), (), (), told, (), names, None)


def role_title(code: str) -> T:
    """What a role is called."""
    return ROLES.get(code, T(code, code))


def _clock(clock: ClockExplained, at: datetime, leads: Leads) -> ClockShown:
    shape = reckoned(clock)
    return ClockShown(
        clock.title, clock.cites.words, clock.entity, not shape.ended and clock.open, chip(shape, at, leads), shape.when, ruler(shape, at),
        slip(clock.derivation, provisional=clock.provisional), clock.wait,
    )  # fmt: skip


def _sorted(due: date | datetime) -> datetime:
    return due if isinstance(due, datetime) else datetime(due.year, due.month, due.day)  # noqa: DTZ001 — a local date


def step_href(case_id: int, offer: StepOffer) -> str:
    """Where the form of a step is."""
    return f"/desk/cases/{case_id}/do/{offer.step}" + (f"?entity={offer.entity}" if offer.entity else "")


def _can(offer: StepOffer, case_id: int) -> CanDo:
    return CanDo(offer.title, step_href(case_id, offer), offer.entity, tuple(role_title(r) for r in offer.co_signers))


def cannot_do(tables: Tables, offer: StepOffer, offers: Sequence[StepOffer], case_id: int) -> CannotDo:
    """Why a step may not be taken now."""
    reasons = []
    for reason in offer.reasons:
        first = unlocks(tables, offer, reason, offers)
        words = reason.text if first else T(f"{reason.text.zh}。{reason.todo.zh}", f"{reason.text.en}. {reason.todo.en}")
        reasons.append((words, cited(reason.cites), None if first is None else first.title, "" if first is None else step_href(case_id, first)))
    return CannotDo(offer.title, offer.entity, offer.step, tuple(reasons))


def _entry(tables: Tables, event: EventView, names: Names, *, correctable: bool) -> Entry:
    facts = _answers(tables, event.facts)
    who = tuple((names.accounts.get(signer, _party(signer)), role_title(role)) for signer, role in event.signers)
    can = correctable and bool(event.step) and not event.voided and event.voids is None and not event.erased
    return Entry(
        event.seq, event.title, event.entity, event.happened, event.recorded, event.recorded.date() != event.happened.date(), who, facts,
        event.voids, event.voided, event.erased, event.hash, can,
    )  # fmt: skip


def _party(signer: str) -> str:
    """A signer who has no account: a party on paper is told by the role alone."""
    return "" if signer.startswith(("party:", "paper:")) else signer


def _may_correct(tables: Tables, actor: Actor) -> bool:
    corrects = tables.procedure.corrects
    return corrects is not None and any({r.code for r in signed} <= actor.roles for signed in corrects.sets())


def _known(tables: Tables, detail: Detail) -> tuple[tuple[T, T], ...]:
    """What is known of the case: every answer that stands."""
    return _answers(tables, detail.facts)


def _answers(tables: Tables, facts: Mapping[str, object]) -> tuple[tuple[T, T], ...]:
    """Questions and what was answered; what was left open or taken back is not told."""
    return tuple(
        (tables.facts[name][0].title, said(tables, name, value)) for name, value in facts.items() if name in tables.facts and value not in (None, "")
    )


def _flags(tables: Tables, detail: Detail) -> tuple[T, ...]:
    answered = [tables.facts[n][0].mark for n, v in detail.facts.items() if n in tables.facts and tables.facts[n][0].flag and v is True]
    return (*answered, *map(mark_words, detail.flags))


def _verified(detail: Detail) -> bool | None:
    """Whether the chain of the case holds, reckoned again from what is stored, and ends where the case says."""
    if HANDLE not in detail.capacities:
        return None
    try:
        found = verify(ledger_lines([detail.id]), digest=settings.TIANPING_DIGEST)
    except (BadLedger, UnreadableLedger):
        return False
    seq, head = found.heads.get(detail.id, (0, b""))
    return (seq, head.hex()) == (detail.seq, detail.head)
