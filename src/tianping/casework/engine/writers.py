"""办案 · ``case_open`` and ``step_take``: the only writers of a live case. Two round trips: read, decide in Python, write with one compare-and-set.

A guard is decided on what was read. The compare-and-set makes sure that nothing of this case has changed since; what a guard reads of other rows must
be locked by the caller inside a transaction (see :func:`locked`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from typing import Any, Final, NamedTuple
from uuid import UUID

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, transaction

from tianping.casework.access.probe import probe_of
from tianping.casework.engine.actors import REFER, Actor
from tianping.casework.engine.appointed import unsaid
from tianping.casework.engine.clashes import told as told_of
from tianping.casework.engine.days import MARK, by_mark
from tianping.casework.engine.decide import Attempt, Plan, decide, moved
from tianping.casework.engine.facts import typed_facts
from tianping.casework.engine.hot import hot, numbers
from tianping.casework.engine.joining import check_into
from tianping.casework.engine.kept import forget, keep, kept
from tianping.casework.engine.lookups import counted, counts, looked_up
from tianping.casework.engine.numbers import allocated, kind_of, numbers_of
from tianping.casework.engine.read import snapshot
from tianping.casework.engine.registered import version_on
from tianping.casework.engine.rows import Origin, text
from tianping.casework.engine.snapshot import ARCHIVED, Snapshot
from tianping.casework.engine.titles import masked_title, vector
from tianping.casework.engine.turns import in_turn, told
from tianping.casework.engine.values import digest, filled, ordered
from tianping.casework.engine.write import statement
from tianping.casework.errors import Archived, BadAnswer, KeyReused, NoSuchStep, NotYourInstitution, StaleCase
from tianping.casework.ledger.canonical import NO_HASH, plain_bytes, sha256
from tianping.casework.moments import instant, local, written
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.procedure.events import VOID
from tianping.procedure.roles import Signer
from tianping.procedure.tables import Tables

TRIES: Final = 2
"""After so many stale answers a step takes the lock and waits for its turn."""
_NEXT: Final = f"select nextval('casework_case_id_seq'), {MARK}"


class Taken(NamedTuple):
    """办理结果 · What was written: the case, its last event and its new stage. ``replayed``: the answer of an earlier, equal request."""

    case_id: int
    seq: int
    stage: str
    replayed: bool = False


@dataclass(frozen=True, slots=True)
class NewParty:
    """当事人信息 · A party of a new case: its capacity (a role of the procedure), and whether it is a ``person`` or a ``body``."""

    name: str
    capacity: str
    kind: str = "person"
    identity: str = ""
    phone: str = ""
    minor: bool = False


@dataclass(frozen=True, slots=True)
class NewCase:
    """立案信息 · What a new case has beside its first step. ``keys`` are ``access.keys.keys_for`` its institution; with a minor it is sealed."""

    title: str
    organisation: int
    source: str = ""
    level: int = 0
    flags: tuple[str, ...] = ()
    holder: int | None = None
    lead: int | None = None
    keys: tuple[int, ...] = ()
    parties: tuple[NewParty, ...] = ()

    @property
    def sealed(self) -> int:
        """The level of sealing: what was asked for, at least 1 where a party is a minor."""
        return max(self.level, int(any(p.minor for p in self.parties)))


def case_open(
    *,
    procedure: str,
    step: str,
    actor: Actor,
    at: datetime,
    new: NewCase,
    facts: Mapping[str, object] | None = None,
    happened: datetime | None = None,
    role: str | None = None,
    co_signers: tuple[Signer, ...] = (),
    key: UUID | None = None,
    receivers: Mapping[str, int] | None = None,
) -> Taken:
    """立案 · Open a case of a procedure with its first step, under the version of the day on which the step happened.

    ``at`` is the instant of writing, ``happened`` (default ``at``) that of the act. Raises NotYourInstitution, Refusal, KeyReused, UnknownProcedure,
    NoVersionOn and what ``step_take`` raises.
    """
    if new.organisation != actor.organisation:
        raise NotYourInstitution(organisation=new.organisation)
    when = happened or at
    definition, tables = version_on(procedure, local(instant(when)).date())
    request = _request(procedure, step, facts, happened, "", None, role, co_signers, new.title)
    row = hot(_NEXT, {})
    assert row is not None
    now = Snapshot(int(row[0]), tables, new.organisation, 0, NO_HASH, mark=row[1])
    tried = _attempt(tables, step, actor.through(now.held), at, when, facts, role, co_signers)
    origin = Origin(now.case_id, new.organisation, actor.account, digest(), key, request)

    def written() -> Taken:
        plan = decide(now, _informed(now, tried), by_mark(now.mark))
        values, branches = filled(now, plan, origin, at, receivers)
        values |= {
            "definition": definition, "title": new.title, "source": new.source, "level": new.sealed, "flags": list(new.flags), "holder": new.holder,
            "lead": new.lead, "opened": instant(at), "open_key": key, "keys": list(new.keys),
            "number": _number(now, plan) if numbers_of(tables, step) else None,
        } | _titled(new)  # fmt: skip
        branches |= {"keys", "search", "parties"} if new.parties else {"keys", "search"}
        values["by"] = [k for k in new.keys if k in actor.keys] if new.sealed <= actor.clearance else []
        here = connections[DEFAULT_DB_ALIAS]
        row = hot(statement(opening=True, branches=ordered(branches)), values, here)
        if row is not None and not here.in_atomic_block and (held := frozenset((row[1] or REFER).split(",")) - {REFER}):
            opened = replace(now, held=held, by=tuple(sorted(values["by"])))
            keep(moved(opened, plan, values["head"], values["number"], row[0]), actor)
        return Taken(now.case_id, plan.events[-1].seq, plan.stage)

    try:
        if _alone(tables, step):
            with transaction.atomic():
                return written()
        return written()
    except (TianpingError, psycopg.errors.UniqueViolation) as error:
        prior = None if key is None else _opened(new.organisation, key, request)
        if prior is None:
            raise told_of(error) from error
        return prior


def step_take(
    *,
    case_id: int,
    step: str,
    actor: Actor,
    at: datetime,
    facts: Mapping[str, object] | None = None,
    happened: datetime | None = None,
    entity: str = "",
    role: str | None = None,
    co_signers: tuple[Signer, ...] = (),
    voids: int | None = None,
    into: int | None = None,
    key: UUID | None = None,
    expected_version: int | None = None,
    receivers: Mapping[str, int] | None = None,
) -> Taken:
    """办理 · Take a step of a case. ``step`` "" with ``voids`` only corrects. All or nothing; equal requests under one ``key`` are done once.

    A step that the law names for a case number gets it in the same transaction: it takes the locked path.
    Raises NoSuchCase, NoSuchStep, Refusal, BadAnswer, NoSuchEntity, OutOfTime, NothingToVoid, StaleCase, KeyReused, Archived, NotMerged.
    """
    when = happened or at
    request = _request(str(case_id), step, facts, happened, entity, voids, role, co_signers, str(into or ""))

    def decided(now: Snapshot) -> Plan:
        if now.shown[1] == ARCHIVED:
            raise Archived(case=case_id)
        if expected_version is not None and now.seq != expected_version:
            raise StaleCase(case=case_id, expected=expected_version, seq=now.seq)
        check_into(case_id, into, now.tables, step, actor)
        act = _attempt(now.tables, step, actor.through(now.held), at, when, facts, role, co_signers, entity=entity, voids=voids, into=into)
        return decide(now, _informed(now, act), by_mark(now.mark))

    def tried(now: Snapshot, *, alone: bool = False, guessed: bool = False) -> Taken | None:
        plan = decided(now)
        origin = Origin(case_id, now.organisation, actor.account, digest(), key, request)
        taken = _written(now, plan, origin, at, receivers, actor, number=_number(now, plan) if alone else None, guessed=guessed)
        if now.kin and taken is not None:
            told(now, now, plan)
        return taken

    try:
        guess = kept(case_id, actor) if into is None else None
        if guess is not None and not _alone(guess.tables, step) and (taken := _on_guess(partial(tried, guessed=True), guess)) is not None:
            return taken
        for _ in range(TRIES):
            if (now := snapshot(case_id, actor)).joined or into is not None or _alone(now.tables, step):
                break
            if (taken := tried(now)) is not None:
                return taken
        taken = in_turn(case_id, actor, partial(tried, alone=True), into, now.kin)
    except TianpingError:  # a request that is sent again is often refused, because it was done: then its answer is the earlier one
        if key is None or (taken := _replayed(case_id, key, request)) is None:
            raise
    except psycopg.errors.UniqueViolation as clash:
        if key is None or (taken := _replayed(case_id, key, request)) is None:
            raise told_of(clash) from clash
    assert taken is not None, "a case that is locked does not move"
    return taken


def _on_guess(tried: Callable[[Snapshot], Taken | None], guess: Snapshot) -> Taken | None:
    """What was kept may be old: what is refused on it is judged again on what is read."""
    try:
        return tried(guess)
    except TianpingError:
        return None


@lru_cache(4096)
def _alone(tables: Tables, step: str) -> bool:
    """Whether a step takes the locked path: it may give a number, or must know something of other cases."""
    return numbers_of(tables, step) or counts(tables, step)


def _number(now: Snapshot, plan: Plan) -> str | None:
    """The number that the plan's steps give, if the case has none yet."""
    found = kind_of(now.tables, plan.events)
    if found is None or now.number is not None:
        return None
    return allocated(now.organisation, *found)[0]


def _written(
    now: Snapshot, plan: Plan, origin: Origin, at: datetime, receivers: Mapping[str, int] | None, actor: Actor, *, number: str | None, guessed: bool
) -> Taken | None:
    values, branches = filled(now, plan, origin, at, receivers)
    values["number"] = number
    if guessed:
        values |= {"was": now.head, "row": now.row, "by": numbers(now.by), "mark": now.mark, **probe_of(actor), "keys": numbers(actor.keys)}
    here = connections[DEFAULT_DB_ALIAS]
    row = hot(statement(opening=False, branches=ordered(branches), guessed=guessed, person=actor.person is not None), values, here)
    if row is None:
        return None
    if here.in_atomic_block:  # what may still be undone is not remembered
        forget(now.case_id)
    else:
        keep(moved(now, plan, values["head"], number, row[0]), actor)
    return Taken(now.case_id, plan.events[-1].seq, plan.stage)


# ---- what is tried ---------------------------------------------------------------------------------------------------------------------


def _titled(new: NewCase) -> dict[str, Any]:
    masked = masked_title(new.title, ((p.kind, p.name) for p in new.parties))
    return {"masked": masked, "vector": vector(new.title, masked, new.keys), "parties": text([asdict(p) for p in new.parties])}


def _attempt(
    tables: Tables, step: str, actor: Actor, at: datetime, when: datetime, facts: Mapping[str, object] | None, role: str | None,
    co_signers: tuple[Signer, ...], *, entity: str = "", voids: int | None = None, into: int | None = None,
) -> Attempt:  # fmt: skip
    if step and step not in tables.by_step:
        raise NoSuchStep(procedure=tables.procedure.title, step=step)
    number = tables.by_step[step] if step else VOID
    row = tables.steps[number] if step else None
    signed = actor.signature(row, role) if row is not None else _corrector(tables, actor, role)
    answers = typed_facts(tables, facts or {}, number) if step else {}
    for name in answers:
        if tables.facts[name][0].known_by is not None:
            raise BadAnswer(fact=tables.facts[name][0].title, reason=T("由系统查比得出，不由人答", "it is counted from other cases, not answered"))
    recorded = local(instant(at))
    return Attempt(number, recorded if when is at else local(instant(when)), recorded, (signed, *co_signers), entity, answers, voids, into)


def _informed(now: Snapshot, tried: Attempt) -> Attempt:
    """The attempt with what it must know of other cases, and of the day that it moves."""
    more = looked_up(now, tried) if tried.step in counted(now.tables) else {}
    more = {**more, **unsaid(now, tried.step, tried.entity, tried.facts)}
    return tried._replace(facts={**tried.facts, **more}) if more else tried


def _corrector(tables: Tables, actor: Actor, role: str | None) -> Signer:
    wanted = [] if tables.procedure.corrects is None else [r.code for s in tables.procedure.corrects.sets() for r in s]
    held = [r for r in wanted if r in actor.roles and role in (None, r)]
    return Signer(actor.account, held[0] if held else "NONE")


# ---- the same request again ----------------------------------------------------------------------------------------------------------


def _request(
    what: str, step: str, facts: Mapping[str, object] | None, happened: datetime | None, entity: str, voids: int | None, role: str | None,
    co_signers: tuple[Signer, ...], rest: str,
) -> bytes:  # fmt: skip
    signed = [[s.actor, s.role] for s in co_signers]
    answers = {k: str(v) for k, v in (facts or {}).items()}
    when = None if happened is None else written(happened)
    return sha256(plain_bytes([what, step, answers, when, entity, voids, role, signed, rest]))


def _replayed(case_id: int, key: UUID, request: bytes) -> Taken | None:
    found = hot(
        """select e.request, c.seq, c.stage, e.seq from casework_event e join casework_case c on c.id = e.case_id
        where e.case_id = %(case)s and e.key = %(key)s""",
        {"case": case_id, "key": key},
    )
    return None if found is None else _same(case_id, key, request, found)


def _opened(organisation: int, key: UUID, request: bytes) -> Taken | None:
    found = hot(
        """select e.request, c.seq, c.stage, e.seq, c.id from casework_case c join casework_event e on e.case_id = c.id and e.seq = 1
        where c.organisation_id = %(organisation)s and c.open_key = %(key)s""",
        {"organisation": organisation, "key": key},
    )
    return None if found is None else _same(found[4], key, request, found)


def _same(case_id: int, key: UUID, request: bytes, found: tuple[Any, ...]) -> Taken:
    if found[0] is not None and bytes(found[0]) != request:  # of an erased event only the key is left
        raise KeyReused(key=key)
    return Taken(case_id, found[3], found[2], replayed=True)
