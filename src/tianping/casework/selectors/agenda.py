"""日历 · Which cases are due between two days (of each the clock that runs out first), and where people meet, as the actor may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection

from tianping.casework.access.probe import SEEN, probe_of
from tianping.casework.engine.actors import REFER, Actor
from tianping.casework.engine.snapshot import CLOSED
from tianping.casework.engine.titles import UNKNOWN
from tianping.casework.moments import instant, local

MOST: Final = 1_000
"""Dates to a calendar, at most: who has more narrows the span."""
_DATES: Final = f"""with z as materialized (
  select distinct w.case_id, w.due from unnest(%(keys)s::bigint[]) as k(key) cross join generate_series(0, %(clearance)s) as l(level)
  cross join lateral (select v.case_id, v.due from casework_visibility v
    where v.key_id = k.key and v.level = l.level and v.lifecycle = 0
      and coalesce(v.due, 'infinity'::timestamptz) >= %(since)s and coalesce(v.due, 'infinity'::timestamptz) < %(until)s
    order by coalesce(v.due, 'infinity'::timestamptz), v.case_id limit %(most)s) w
  order by w.due, w.case_id limit %(most)s)
select c.id, c.due, c.number, t.masked, d.code, k.code, k.provisional
from z join casework_case c on c.id = z.case_id join casework_definition d on d.id = c.definition_id
left join casework_searchrow t on t.case_id = c.id {SEEN}
left join lateral (select k.code, k.provisional from casework_clock k where k.case_id = c.id and k.ended is null and k.fixed and k.awaited
  and k.due = c.due order by k.code limit 1) k on true
where s.held is not null and (%(holder)s::bigint is null or c.holder_id = %(holder)s) order by c.due, c.id"""  # noqa: S608 — constants only
_MEETINGS: Final = f"""select c.id, a.day, c.number, t.masked, d.code, a.fact, a.entity, a.hour, a.place, c.organisation_id, c.holder_id
from casework_appointment a join casework_case c on c.id = a.case_id join casework_definition d on d.id = c.definition_id
left join casework_searchrow t on t.case_id = c.id {SEEN}
where a.day >= %(first)s and a.day <= %(last)s and s.held <> array['{REFER}']::varchar[] and (%(holder)s::bigint is null or c.holder_id = %(holder)s)
  and (c.lifecycle < {CLOSED} or (c.updated at time zone 'Asia/Shanghai')::date >= a.day)
order by a.day, nullif(a.hour, ''), c.id, a.fact, a.entity limit %(most)s"""  # noqa: S608 — constants only


@dataclass(frozen=True, slots=True)
class Due:
    """到期 · A case on the day on which its next limit ends. ``limit``: the limit's code."""

    case: int
    due: datetime
    number: str | None
    title: str
    procedure: str
    limit: str | None
    provisional: bool


@dataclass(frozen=True, slots=True)
class Meeting:
    """日程 · A case on a day on which people meet in it; ``fact``: the answer of its definition that says so; ``hour`` and ``place`` "": not told."""

    case: int
    day: date
    number: str | None
    title: str
    procedure: str
    fact: str
    entity: str
    hour: str
    place: str
    organisation: int
    holder: int | None


def meetings_between(actor: Actor, first: date, last: date, holder: int | None = None) -> list[Meeting]:
    """The hearings and the like of a span of days, in order, :data:`MOST` at most; none of a case that was closed before the day."""
    if not actor.keys:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_MEETINGS, probe_of(actor) | {"first": first, "last": last, "holder": holder, "most": MOST})
        return [Meeting(case, day, number, masked or UNKNOWN, *more) for case, day, number, masked, *more in cursor.fetchall()]


def due_between(actor: Actor, first: date, last: date, holder: int | None = None) -> list[Due]:
    """The dates of a span of days, in order, :data:`MOST` at most. ``holder``: of the cases that this post holds."""
    if not actor.keys:
        return []
    since, until = (instant(datetime(d.year, d.month, d.day)) for d in (first, last + timedelta(days=1)))  # noqa: DTZ001 — local days
    with connection.cursor() as cursor:
        cursor.execute(_DATES, probe_of(actor) | {"since": since, "until": until, "holder": holder, "most": MOST})
        return [
            Due(case, local(due), number, masked or UNKNOWN, code, limit, bool(provisional))
            for case, due, number, masked, code, limit, provisional in cursor.fetchall()
        ]
