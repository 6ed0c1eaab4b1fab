"""回答模型 · Cases, ledgers, clocks, steps, parties and referrals as the API answers them. What is shown was decided by ``casework.selectors``."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ninja import Schema

from tianping.casework.access.masking import PartyView
from tianping.casework.engine.facts import plain
from tianping.casework.engine.snapshot import ClockRow
from tianping.casework.exchange.addressing import UNADDRESSED
from tianping.casework.exchange.errors import Unaddressed
from tianping.casework.moments import instant
from tianping.casework.selectors.clocks import ClockExplained
from tianping.casework.selectors.detail import Detail, EventView, ReferralView
from tianping.casework.selectors.lists import CaseRow, ReferralRow
from tianping.casework.selectors.offers import StepOffer
from tianping.law.derivation import Derivation
from tianping.law.text import T
from tianping.portal.api.problems import Why, Words
from tianping.portal.api.procedures import Both, both

Facts = dict[str, bool | int | str | None]


class CaseShown(Schema):
    """案件（列表） · A case of a list. ``lifecycle``: 0 active, 1 suspended, 2 closed, 3 archived."""

    id: int
    number: str | None
    title: str
    procedure: str
    stage: str
    lifecycle: int
    flags: list[str]
    organisation: int
    source: str
    due: datetime | None
    opened: datetime
    updated: datetime
    version: int


class CasePage(Schema):
    """案件一页 · A page of cases. ``next`` goes on; null at the end."""

    items: list[CaseShown]
    next: str | None


class SignerShown(Schema):
    """签署 · Who signed, in which role."""

    actor: str
    role: str


class EventShown(Schema):
    """台账行 · One act. ``hash`` is its link of the chain."""

    seq: int
    step: str
    title: Both
    entity: str
    happened: datetime
    recorded: datetime
    voids: int | None
    voided: bool
    signers: list[SignerShown]
    facts: Facts
    recorder: str
    hash: str
    erased: bool


class ClockShown(Schema):
    """时钟 · A clock as last written. ``due`` is the last day (its first instant), or for limits of hours the instant itself (``timed``)."""

    code: str
    entity: str
    since: datetime
    due: datetime
    timed: bool
    fixed: bool
    provisional: bool
    status: str


class RunShown(Schema):
    """线 · Where one run stands."""

    track: str
    entity: str
    stage: str
    title: Both
    facts: Facts


class PartyShown(Schema):
    """当事人 · A party; masked unless revealed."""

    id: int
    capacity: str
    kind: str
    name: str
    identity: str
    phone: str
    minor: bool
    acts_for: int | None
    masked: bool


class Notice(Schema):
    """提示 · Something that is not in order and that somebody must see to: its code, what it is, what to do."""

    code: str
    what: Both
    todo: Both


class ReferralShown(Schema):
    """移送 · A matter sent. ``case``: the sender's, where it may still be seen; ``received``: the receiver's own.

    ``notice``: that no receiver was named, so that nobody has it.
    """

    id: int
    case: int | None
    entity: str
    part: str
    matter: Both
    sender: int
    receiver: int | None
    received: int | None
    state: str
    outcome: str
    sent: datetime
    ended: datetime | None
    carried: Facts
    notice: Notice | None


class ReferralPage(Schema):
    """移送一页 · A page of referrals."""

    items: list[ReferralShown]
    next: str | None


class CaseWhole(CaseShown):
    """案件（详情） · A case as the one who asks may see it: runs, ledger, clocks, parties, referrals."""

    procedure_version: date
    name: Both
    institution: Both
    stage_title: Both
    head: str
    facts: Facts
    holder: int | None
    lead: int | None
    capacities: list[str]
    ledger: list[EventShown]
    clocks: list[ClockShown]
    runs: list[RunShown]
    parties: list[PartyShown]
    referrals: list[ReferralShown]


class LineShown(Schema):
    """推导行 · One line of a reckoning: words, what it arrives at, the article."""

    what: Both
    value: Both
    article: Both
    cites: str


class ClockDerived(Schema):
    """时钟及推导 · A clock reckoned now, with every line of how. ``due`` and ``met_on``: a day, or for limits of hours a local time."""

    code: str
    title: Both
    cites: str
    entity: str
    since_seq: int
    since: str
    due: str
    fixed: bool
    provisional: bool
    wait: bool
    status: str
    met_on: str | None
    days_late: int
    derivation: list[LineShown]


class StepShown(Schema):
    """可办环节 · A step that concerns where the case stands. ``may``: it can be taken if answers fit and co-signers sign; else why not."""

    step: str
    title: Both
    track: str
    entity: str
    begins: bool
    may: bool
    reasons: list[Why]
    article: str
    who: Both
    role: str
    co_signers: list[str]
    asks: list[str]
    refers: list[str]
    at: str


class FoundShown(Schema):
    """检索结果 · A case and its title."""

    id: int
    title: str


class FoundPage(Schema):
    """检索一页 · A page of what was found."""

    items: list[FoundShown]
    next: str | None


def facts(given: Mapping[str, Any]) -> Facts:
    """Answers as plain values: an amount and a day as text."""
    return {name: plain(value) for name, value in given.items()}  # type: ignore[misc]  # plain gives what JSON holds


def row(c: CaseRow) -> CaseShown:
    """A case of a list."""
    return CaseShown(
        id=c.id, number=c.number, title=c.title, procedure=c.procedure, stage=c.stage, lifecycle=c.lifecycle, flags=list(c.flags),
        organisation=c.organisation, source=c.source, due=c.due, opened=c.opened, updated=c.updated, version=c.version,
    )  # fmt: skip


def whole(d: Detail) -> CaseWhole:
    """A case, whole."""
    return CaseWhole(
        id=d.id, number=d.number, title=d.title, procedure=d.procedure, stage=d.stage, lifecycle=d.lifecycle, flags=list(d.flags),
        organisation=d.organisation, source=d.source, due=_utc(d.due), opened=instant(d.opened), updated=instant(d.updated), version=d.seq,
        procedure_version=date.fromisoformat(d.version), name=both(d.name), institution=both(d.institution), stage_title=both(d.stage_title),
        head=d.head,
        facts=facts(d.facts), holder=d.holder, lead=d.lead, capacities=sorted(d.capacities), ledger=[_event(e) for e in d.events],
        clocks=[_clock(c) for c in d.clocks], parties=[party(p) for p in d.parties], referrals=[_referral(d.id, f) for f in d.referrals],
        runs=[RunShown(track=r.track, entity=r.entity, stage=r.stage, title=both(r.title), facts=facts(r.facts)) for r in d.runs],
    )  # fmt: skip


def party(p: PartyView) -> PartyShown:
    """A party."""
    return PartyShown(
        id=p.id,
        capacity=p.capacity,
        kind=p.kind,
        name=p.name,
        identity=p.identity,
        phone=p.phone,
        minor=p.minor,
        acts_for=p.acts_for,
        masked=p.masked,
    )


def referral(r: ReferralRow) -> ReferralShown:
    """A referral of an inbox or outbox."""
    return ReferralShown(
        id=r.id, case=r.case, entity=r.entity, part=r.part, matter=both(r.matter), sender=r.sender, receiver=r.receiver, received=r.received,
        state=r.state, outcome=r.outcome, sent=r.sent, ended=r.ended, carried=facts(r.carried), notice=_notice(r.state, r.case, r.entity),
    )  # fmt: skip


def _notice(state: str, case: int | None, entity: str) -> Notice | None:
    if state != UNADDRESSED:
        return None
    error = Unaddressed(case=case, entity=entity)
    return Notice(code=error.code, what=both(error.message), todo=both(error.advice))


def derived(c: ClockExplained) -> ClockDerived:
    """A clock with its derivation."""
    return ClockDerived(
        code=c.code, title=both(c.title), cites=str(c.cites), entity=c.entity, since_seq=c.since_seq, since=c.since.isoformat(),
        due=c.due.isoformat(),
        fixed=c.fixed, provisional=c.provisional, wait=c.wait, status=c.status, met_on=None if c.met_on is None else c.met_on.isoformat(),
        days_late=c.days_late, derivation=_lines(c.derivation),
    )  # fmt: skip


def offer(o: StepOffer, procedure: str, case: int) -> StepShown:
    """A step that concerns a case, with its address."""
    reasons = [Why(rule=r.rule, zh=_words(r.text, r.todo, "zh"), en=_words(r.text, r.todo, "en"), article=r.cites) for r in o.reasons]
    return StepShown(
        step=o.step, title=both(o.title), track=o.track, entity=o.entity, begins=o.begins, may=o.may, reasons=reasons, article=str(o.cites),
        who=both(o.who), role=o.role, co_signers=list(o.co_signers), asks=[f.name for f in o.asks], refers=list(o.refers),
        at=f"/api/v1/cases/{case}/steps/{procedure}/{o.step}",
    )  # fmt: skip


def _words(what: T, todo: T, lang: Any) -> Words:
    return Words(what=what.pick(lang), todo=todo.pick(lang))


def _event(e: EventView) -> EventShown:
    signers = [SignerShown(actor=actor, role=role) for actor, role in e.signers]
    return EventShown(
        seq=e.seq, step=e.step, title=both(e.title), entity=e.entity, happened=instant(e.happened), recorded=instant(e.recorded), voids=e.voids,
        voided=e.voided, signers=signers, facts=facts(e.facts), recorder=e.recorder, hash=e.hash, erased=e.erased,
    )  # fmt: skip


def _clock(c: ClockRow) -> ClockShown:
    return ClockShown(
        code=c.code,
        entity=c.entity,
        since=instant(c.since),
        due=instant(c.due),
        timed=c.timed,
        fixed=c.fixed,
        provisional=c.provisional,
        status=c.status,
    )


def _referral(case: int, f: ReferralView) -> ReferralShown:
    return ReferralShown(
        id=f.id, case=case, entity=f.entity, part=f.part, matter=both(f.matter), sender=f.sender, receiver=f.receiver, received=f.received,
        state=f.state, outcome=f.outcome, sent=f.sent, ended=f.ended, carried=facts(f.carried), notice=_notice(f.state, case, f.entity),
    )  # fmt: skip


def _lines(derivation: Derivation) -> list[LineShown]:
    return [
        LineShown(
            what=both(x.what),
            value=Both(zh=x.shown("zh"), en=x.shown("en")),
            article=Both(zh=x.cites.text("zh") if x.cites else "", en=x.cites.text("en") if x.cites else ""),
            cites=str(x.cites) if x.cites else "",
        )
        for x in derivation.lines
    ]


def _utc(moment: datetime | None) -> datetime | None:
    return None if moment is None else instant(moment)
