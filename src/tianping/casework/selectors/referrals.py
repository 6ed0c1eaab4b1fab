"""移送收发 · What was sent to an institution and by it. Of the sender's case the receiver sees only what was carried, and that while it is open."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from tianping.casework.access.probe import SEEN, probe_of
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.registered import tables_of
from tianping.casework.selectors.pages import LONGEST, Mark, Page, marked
from tianping.law.text import T
from tianping.procedure.grammar import Fact
from tianping.procedure.referral import Referral
from tianping.procedure.tables import Tables

STATES: Final = ("unaddressed", "sent", "taken", "answered", "refused")
OPEN: Final = ("sent", "taken")
_RECUSED: Final = "array(select r.case_id from casework_recusal r where r.person_id = %(person)s)"
_SIDE: Final = {
    "refer": f"""cross join unnest(%(states)s::text[]) as t(state) cross join lateral (
    select f.id from casework_referral f join casework_case c on c.id = f.case_id
    where f.receiver_id = k.organisation_id and f.state = t.state and f.id < %(after)s and c.level <= %(clearance)s
      and f.case_id <> all({_RECUSED}) and coalesce(f.received_id, 0) <> all({_RECUSED}) order by f.id desc limit %(size)s) w""",  # noqa: S608
    "handle": f"""cross join lateral (
    select f.id from casework_referral f join casework_case c on c.id = f.case_id
    where f.sender_id = k.organisation_id and f.state = any(%(states)s) and f.id < %(after)s and c.level <= %(clearance)s
      and f.case_id <> all({_RECUSED}) order by f.id desc limit %(size)s) w""",  # noqa: S608 — constants only
}
_REFERRALS: Final = """with z as materialized (
  select distinct w.id from casework_accesskey k {side}
  where k.id = any(%(keys)s::bigint[]) and k.capacity = '{capacity}' order by w.id desc limit %(size)s)
select f.id, f.case_id, f.entity, f.part, f.sender_id, f.receiver_id, f.received_id, f.state, f.outcome, f.sent, f.ended, c.definition_id,
  c.facts, s.held is not null, f.reason
from z join casework_referral f on f.id = z.id join casework_case c on c.id = f.case_id {seen} order by f.id desc"""


@dataclass(frozen=True, slots=True)
class ReferralRow:
    """移送行 · One referral as one of its sides sees it. ``case``: the sender's, where the reader may still see something of it."""

    id: int
    case: int | None
    entity: str
    part: str
    matter: T
    sender: int
    receiver: int | None
    received: int | None
    state: str
    outcome: str
    sent: datetime
    ended: datetime | None
    carried: Mapping[str, Any]
    asked: tuple[Fact[Any], ...] = ()
    """The questions of what was carried."""
    reason: str = ""
    """Why it was sent back."""
    called: T | None = None
    """The outcome in words."""


def referral_inbox(actor: Actor, *, after: str | None = None, size: int = 50, state: str | None = None) -> Page[ReferralRow]:
    """What was sent to the actor's institution, newest first. Raises BadMark."""
    return _page(actor, "refer", after, size, state)


def referral_outbox(actor: Actor, *, after: str | None = None, size: int = 50, state: str | None = None) -> Page[ReferralRow]:
    """What the actor's institution sent, newest first. Raises BadMark."""
    return _page(actor, "handle", after, size, state)


WAITING: Final = 99
"""So many of what waits are counted; more are as many as these."""
NEWEST: Final = 500
"""Among so many of the newest are unseen notices counted: those of limits that have ended since stay in the table."""
MESSAGES: Final = ("judge_message", "submitted")
"""The procedure of a message to a judge, and the stage in which nobody has read it."""
_WAITING: Final = f"""select (select count(*) from (
  select from casework_accesskey k join casework_visibility v on v.key_id = k.id and v.lifecycle = 0 and v.level <= %(clearance)s
  join casework_case c on c.id = v.case_id and c.stage = %(unread)s join casework_definition d on d.id = c.definition_id and d.code = %(message)s
  where k.id = any(%(keys)s::bigint[]) and k.post_id is not null and c.id <> all({_RECUSED}) limit %(most)s) m), (select count(*) from (
  select from casework_accesskey k join casework_referral f on f.receiver_id = k.organisation_id and f.state = 'sent'
  join casework_case c on c.id = f.case_id and c.level <= %(clearance)s
  where k.id = any(%(keys)s::bigint[]) and k.capacity = 'refer' and f.case_id <> all({_RECUSED}) limit %(most)s) w), (select count(*) from (
  select from (select n.case_id, n.code, n.entity, n.since_seq, n.due from casework_notice n
    where n.organisation_id = %(place)s and n.seen is null and n.case_id <> all({_RECUSED})
    and (n.post_id = %(post)s or n.post_id is null and (n.roles = '{{}}' or n.roles && %(roles)s::varchar[])) order by n.id desc limit %(newest)s) n
  where exists (select from casework_clock c where c.case_id = n.case_id and c.code = n.code and c.entity = n.entity and c.since_seq = n.since_seq
    and c.due = n.due and c.ended is null and c.fixed) limit %(most)s) t)"""  # noqa: S608


@dataclass(frozen=True, slots=True)
class Waits:
    """等着的 · How many messages to one's posts nobody has read, matters wait to be taken or sent back, and notices that stand nobody has seen."""

    messages: int
    matters: int
    notices: int


def inbox_waiting(actor: Actor) -> Waits:
    """What waits for the actor, :data:`WAITING` of each at most, in one statement. Of notices: as ``alarms.notices`` lists them."""
    own = {"place": actor.organisation, "post": actor.post, "roles": sorted(actor.roles), "newest": NEWEST}
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, probe_of(actor) | own | {"most": WAITING, "message": MESSAGES[0], "unread": MESSAGES[1]})
        row = cursor.fetchone()
    assert row is not None
    return Waits(*row)


def referral_for(actor: Actor, number: int, *, sent: bool = False) -> ReferralRow | None:
    """One matter that was sent to the actor's institution, or (``sent``) by it, if it may see it."""
    page = _page(actor, "handle" if sent else "refer", Mark(number + 1).text(), 1, None)
    return next((r for r in page.rows if r.id == number), None)


def carried(tables: Tables, part: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Of a case's answers, those that a referral carries to its receiver."""
    referral = next(t.part for t in tables.tracks if t.name == part)
    assert isinstance(referral, Referral)
    return {fact.name: facts[fact.name] for fact in referral.carries if fact.name in facts}


def _page(actor: Actor, capacity: str, after: str | None, size: int, state: str | None) -> Page[ReferralRow]:
    size = max(1, min(size, LONGEST))
    mark = marked(after, by_due=False)
    values = probe_of(actor) | {
        "after": 2**63 - 1 if mark is None else mark.case,
        "size": size,
        "states": list(STATES if state is None else (state,)),
    }
    with connection.cursor() as cursor:
        cursor.execute(_REFERRALS.format(side=_SIDE[capacity], capacity=capacity, seen=SEEN), values)
        rows = tuple(_row(r, own=capacity == "handle") for r in cursor.fetchall())
    return Page(rows, Mark(rows[-1].id).text() if len(rows) == size else "")


def _row(r: tuple[Any, ...], *, own: bool) -> ReferralRow:
    number, case, entity, part, sender, receiver, received, state, outcome, sent, ended, definition, facts, seen, reason = r
    tables = tables_of(definition)
    referral = next(t.part for t in tables.tracks if t.name == part)
    assert isinstance(referral, Referral)
    told = carried(tables, part, facts_of(facts)) if own or (seen and state in OPEN) else {}
    shown = case if seen else None
    called = referral.matter.called(outcome) if outcome else None
    return ReferralRow(
        number, shown, entity, part, referral.matter.title, sender, receiver, received, state, outcome, sent, ended, told, referral.carries, reason,
        called,
    )  # fmt: skip


def facts_of(found: Any) -> Mapping[str, Any]:
    """A case's answers: Django leaves jsonb as text on a bare cursor."""
    loaded: Mapping[str, Any] = json.loads(found) if isinstance(found, str) else found
    return loaded
