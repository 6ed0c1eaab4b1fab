"""写案 · The statements that write a case. Each is one compare-and-set on the case's ``seq`` with everything that hangs on it: all or nothing.

Every branch hangs on ``c``: a case that has moved on matches no row there, and nothing is written. Branches that most steps do not need stand in the
statement only when the plan has something for them, so that there are few statements and each stays prepared.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Final

from tianping.casework.engine.days import MARK
from tianping.casework.engine.rows import CLOCK, FEW

_UPDATE: Final = """with c as (update casework_case c set stage = %(stage)s, lifecycle = %(lifecycle)s, seq = %(seq)s, head = %(head)s,
    due = %(due)s, facts = %(facts)s::jsonb, updated = %(recorded)s, number = coalesce(%(number)s, number)
  where id = %(case)s and seq = %(expect)s and joined = %(joined)s{guessed} returning id, level, xmin)"""
_STANDS: Final = """with c as (update casework_case c set stage = %(stage)s, lifecycle = %(lifecycle)s, due = %(due)s, facts = %(facts)s::jsonb
  where id = %(case)s and seq = %(expect)s returning id, level, xmin)"""
_GUESSED: Final = f"""
    and head = %(was)s and xmin = %(row)s::xid and {MARK} = %(mark)s
    and array(select v.key_id from casework_visibility v where v.case_id = c.id and v.key_id = any(%(keys)s::bigint[])
      and v.level <= %(clearance)s order by v.key_id) = %(by)s::bigint[]"""  # noqa: S608 — constants only
_NOT_RECUSED: Final = " and not exists (select from casework_recusal r where r.case_id = c.id and r.person_id = %(person)s)"
"""The row is the very one that the guess was made on, and the same keys open it to the actor as then, whom nothing keeps from it;
the calendar is the same."""
_INSERT: Final = """with c as (insert into casework_case (id, organisation_id, definition_id, stage, lifecycle, level, flags, seq, head, number,
    title, facts, due, source, holder_id, lead_id, opened, updated, open_key)
  values (%(case)s, %(organisation)s, %(definition)s, %(stage)s, %(lifecycle)s, %(level)s, %(flags)s, %(seq)s, %(head)s, %(number)s,
    %(title)s, %(facts)s::jsonb, %(due)s, %(source)s, %(holder)s, %(lead)s, %(opened)s, %(recorded)s, %(open_key)s) returning id, level, xmin)"""
_LAPSED: Final = """v.key_id in (select k.id from casework_accesskey k
    where k.capacity = 'refer' and k.organisation_id <> all(%(receivers)s::bigint[]) and not exists (
      select from casework_referral f where f.case_id = %(case)s and f.receiver_id = k.organisation_id
      and f.entity = any(%(live)s::text[])))"""
"""The keys of institutions to which no referral of the case is open any more."""


def _typed(columns: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {kind}" for name, kind in columns.items())


def _listed(few: int) -> str:
    """So many clocks as plain values."""
    rows = (", ".join(f"%({place})s::{kind}" for place, kind in zip(places, CLOCK.values(), strict=True)) for places in FEW[:few])
    return ", ".join(f"({row})" for row in rows)


_CLOCKS: Final = f"l as (insert into casework_clock (case_id, {', '.join(CLOCK)})"
_AGAIN: Final = """on conflict (case_id, code, entity, since_seq) do update set since = excluded.since, due = excluded.due, fixed = excluded.fixed,
    provisional = excluded.provisional, status = excluded.status, ended = excluded.ended, met_on = excluded.met_on)"""
_BRANCHES: Final = {
    "events": """e as (insert into casework_event (case_id, seq, track, entity, step, happened, recorded, voids, organisation, signers, recorder,
    "into", key, request, payload, payload_hash, hash)
  select c.id, u.seq, u.track, u.entity, u.step, u.happened, u.recorded, u.voids, %(organisation)s, u.signers, %(recorder)s, u.into, u.key,
    decode(u.request, 'hex'), u.payload, decode(u.payload_hash, 'hex'), decode(u.hash, 'hex')
  from c, jsonb_to_recordset(%(events)s::jsonb) as u(seq int, track text, entity text, step text, happened timestamptz, recorded timestamptz,
    voids int, signers jsonb, "into" bigint, key uuid, request text, payload jsonb, payload_hash text, hash text))""",
    "event": """e as (insert into casework_event (case_id, seq, track, entity, step, happened, recorded, voids, organisation, signers, recorder,
    "into", key, request, payload, payload_hash, hash)
  select c.id, %(seq)s::int, %(e_track)s::text, %(e_entity)s::text, %(e_step)s::text, %(e_happened)s::timestamptz, %(e_recorded)s::timestamptz,
    %(e_voids)s::int, %(organisation)s::int, %(e_signers)s::jsonb, %(recorder)s::text, %(e_into)s::bigint, %(e_key)s::uuid, %(e_request)s::bytea,
    %(e_payload)s::jsonb, %(e_payload_hash)s::bytea, %(head)s::bytea from c)""",
    "run": """r as (insert into casework_run (case_id, track, entity, stage, facts)
  select c.id, %(r_track)s::text, %(r_entity)s::text, %(r_stage)s::text, %(r_facts)s::jsonb from c
  on conflict (case_id, track, entity) do update set stage = excluded.stage, facts = excluded.facts)""",
    "runs": """r as (insert into casework_run (case_id, track, entity, stage, facts)
  select c.id, u.* from c, jsonb_to_recordset(%(runs)s::jsonb) as u(track text, entity text, stage text, facts jsonb)
  on conflict (case_id, track, entity) do update set stage = excluded.stage, facts = excluded.facts)""",
    "clocks": f"{_CLOCKS} select c.id, u.* from c, jsonb_to_recordset(%(clocks)s::jsonb) as u({_typed(CLOCK)}) {_AGAIN}",  # noqa: S608 — constants only
    **{f"clocks_{n}": f"{_CLOCKS} select c.id, u.* from c, (values {_listed(n)}) as u {_AGAIN}" for n in range(1, len(FEW) + 1)},  # noqa: S608
    "gone": """d as (delete from casework_clock k using c, jsonb_to_recordset(%(gone)s::jsonb) as u(code text, entity text, since_seq int)
  where k.case_id = c.id and k.code = u.code and k.entity = u.entity and k.since_seq = u.since_seq)""",
    "spans": """p as (insert into casework_pausespan (case_id, code, entity, since_seq, until_seq)
  select c.id, u.* from c, jsonb_to_recordset(%(spans)s::jsonb) as u(code text, entity text, since_seq int, until_seq int)
  on conflict (case_id, code, entity, since_seq) do update set until_seq = excluded.until_seq)""",
    "grants": """g as (insert into casework_grant (case_id, code, entity, since_seq, granted_seq)
  select c.id, u.* from c, jsonb_to_recordset(%(grants)s::jsonb) as u(code text, entity text, since_seq int, granted_seq int)
  on conflict do nothing)""",
    "struck": """ps as (delete from casework_pausespan p using c where p.case_id = c.id and not exists (select from
    jsonb_to_recordset(%(spans)s::jsonb) as u(code text, entity text, since_seq int)
    where u.code = p.code and u.entity = p.entity and u.since_seq = p.since_seq)),
  gs as (delete from casework_grant g using c where g.case_id = c.id and not exists (select from
    jsonb_to_recordset(%(grants)s::jsonb) as u(code text, entity text, since_seq int, granted_seq int)
    where u.code = g.code and u.entity = g.entity and u.since_seq = g.since_seq and u.granted_seq = g.granted_seq)),
  rs as (delete from casework_run r using c where r.case_id = c.id and not exists (select from
    jsonb_to_recordset(%(runs)s::jsonb) as u(track text, entity text) where u.track = r.track and u.entity = r.entity))""",
    "watched": """w as (insert into casework_watched (case_id, track, entity, procedure, organisation_id, stage, facts)
  select c.id, u.track, u.entity, %(procedure)s, %(organisation)s, u.stage, u.facts
  from c, jsonb_to_recordset(%(watched)s::jsonb) as u(track text, entity text, stage text, facts jsonb)
  on conflict (case_id, track, entity) do update set stage = excluded.stage, facts = excluded.facts)""",
    "unwatched": """wd as (delete from casework_watched w using c where w.case_id = c.id and not exists (select from
    jsonb_to_recordset(%(watched)s::jsonb) as u(track text, entity text) where u.track = w.track and u.entity = w.entity))""",
    "appointed": """a as (insert into casework_appointment (case_id, track, entity, fact, day, hour, place) select c.id, u.*
  from c, jsonb_to_recordset(%(appointed)s::jsonb) as u(track text, entity text, fact text, day date, hour text, place text)
  on conflict (case_id, track, entity, fact) do update set day = excluded.day, hour = excluded.hour, place = excluded.place)""",
    "unappointed": """ad as (delete from casework_appointment a using c where a.case_id = c.id and not exists (select from
    jsonb_to_recordset(%(appointed)s::jsonb) as u(track text, entity text, fact text)
    where u.track = a.track and u.entity = a.entity and u.fact = a.fact))""",
    "seen": """v as (update casework_visibility v set due = %(due)s, lifecycle = %(lifecycle)s from c where v.case_id = c.id)""",
    "unseen": f"""v as (update casework_visibility v set due = %(due)s, lifecycle = %(lifecycle)s from c where v.case_id = c.id and not {_LAPSED}),
  vd as (delete from casework_visibility v using c where v.case_id = c.id and {_LAPSED})""",  # noqa: S608 — constants only
    "keys": """v as (insert into casework_visibility (key_id, case_id, level, lifecycle, due)
  select u.key, c.id, %(level)s, %(lifecycle)s, %(due)s from c, unnest(%(keys)s::bigint[]) as u(key) on conflict do nothing)""",
    "search": """s as (insert into casework_searchrow (case_id, title, masked, tsv)
  select c.id, %(title)s, %(masked)s, %(vector)s::tsvector from c)""",
    "parties": """n as (insert into casework_party (case_id, capacity, kind, name, identity, phone, minor)
  select c.id, u.*
  from c, jsonb_to_recordset(%(parties)s::jsonb) as u(capacity text, kind text, name text, identity text, phone text, minor bool))""",
    "referrals": """f as (insert into casework_referral (case_id, entity, part, matter, sender_id, receiver_id, state, outcome, sent)
  select c.id, u.entity, u.part, u.matter, %(organisation)s, u.receiver, case when u.receiver is null then 'unaddressed' else 'sent' end, '',
    %(recorded)s
  from c, jsonb_to_recordset(%(referrals)s::jsonb) as u(entity text, part text, matter text, receiver bigint))""",
    "shown": """fk as (insert into casework_visibility (key_id, case_id, level, lifecycle, due) select k.id, c.id, c.level, %(lifecycle)s, %(due)s
  from c join casework_accesskey k on k.organisation_id = any(%(receivers)s::bigint[]) and k.capacity = 'refer' on conflict do nothing),
  fs as (update casework_searchrow s set tsv = s.tsv || (select coalesce(string_agg('''k:' || k.id || '''', ' '), '')::tsvector
    from casework_accesskey k where k.organisation_id = any(%(receivers)s::bigint[]) and k.capacity = 'refer') from c where s.case_id = c.id)""",
    "outbox": """x as (insert into casework_outbox (case_id, seq, topic, body, created, tries, error)
  select c.id, u.seq, u.topic, u.body, %(recorded)s, 0, '' from c, jsonb_to_recordset(%(outbox)s::jsonb) as u(seq int, topic text, body jsonb))""",
}

_CAPACITIES: Final = ", (select string_agg(k.capacity, ',') from casework_accesskey k where k.id = any(%(by)s::bigint[]))"


@cache
def statement(*, opening: bool, branches: tuple[str, ...], guessed: bool = False, person: bool = False, standing: bool = False) -> str:
    """The statement with these branches. It gives the version of the case's row, or no row if the case has moved on.

    ``opening``: it also gives the capacities of the keys ``by``. ``guessed``: it is decided on a case that was not read just now, so everything that
    the reading asks is asked here; of a ``person`` too. ``standing``: nothing was done in the case itself; a merge moved what stands in it.
    """
    guard = (_GUESSED if guessed else "") + (_NOT_RECUSED if guessed and person else "")
    head = _INSERT if opening else _STANDS if standing else _UPDATE.replace("{guessed}", guard)
    return ",\n".join([head, *(_BRANCHES[b] for b in branches)]) + f"\nselect xmin::text{_CAPACITIES if opening else ''} from c"
