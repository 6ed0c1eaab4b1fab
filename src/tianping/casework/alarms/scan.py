"""扫描 · Open clocks by their due day, in one statement: whoever must be told now, and has not been, is told.

Told of are clocks that somebody must act on, that are fixed (no pause is open) and whose case is neither suspended nor archived. A limit that is
extended has another due day, so it is told of again; what was told of the old day no longer stands. After a time without a worker the latest of the
missed repeats is told, not all of them. Nothing is told twice: the key of a notice is the clock, its due day, the kind, the level and the repeat.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any, Final

from django.db import connection, transaction

from tianping.casework.alarms.limits import specials
from tianping.casework.moments import local

TURN: Final = 8_203_412
"""The lock under which scans take turns: two that write the same keys in another order would wait for each other."""
EVER: Final = "-infinity"
"""Before all that ever began, as the database writes it."""
_TURN: Final = "select pg_advisory_xact_lock(%s), set_config('enable_nestloop', 'off', true)"
# Just after a large import the planner knows nothing of the tables yet, expects one clock, and goes through all rules for each of them: measured,
# with 100,000 open clocks and 6,700 of them near their end, more than 30 s against 1.4 s by hashing.
_SCAN: Final = """
with special as materialized (
  select s.* from jsonb_to_recordset(%(limits)s::jsonb) as s(definition smallint, code text, silent boolean, leads float8[])
), held as materialized (
  select distinct p.organisation_id as organisation, q.role from casework_post p join casework_postrole q on q.post_id = p.id
  where daterange(p.valid_from, p.valid_to, '[]') @> %(day)s::date and daterange(q.valid_from, q.valid_to, '[]') @> %(day)s::date
), rules as materialized (
  select distinct on (o.id, r.timed, r.kind, r.level) o.id as organisation, r.timed, r.kind, r.level, r.shift, r.repeat, r.off, r.basis,
    array(select h.role from held h where h.organisation = o.id and h.role = any(r.roles) order by h.role)::varchar[] as roles
  from casework_organisation o cross join casework_alarmrule r left join casework_organisation a on a.id = r.organisation_id
  where r.organisation_id is null or r.organisation_id = o.id or (a.path <> '' and starts_with(o.path, a.path))
  order by o.id, r.timed, r.kind, r.level, r.organisation_id is null, r.organisation_id = o.id desc, length(a.path) desc
), near as materialized (
  select k.case_id, k.code, k.entity, k.since_seq, k.due, k.timed, k.provisional, c.organisation_id, s.leads,
    k.due + case when k.timed then interval '0' else interval '1 day' end as over,
    (select p.id from (
        select g.post_id, g.code = '' from casework_charge g where g.case_id = c.id and g.code in (k.code, '')
        union all values (c.holder_id, null::boolean), (c.lead_id, null)) as w(post, general)
      join casework_post p on p.id = w.post and daterange(p.valid_from, p.valid_to, '[]') @> %(day)s::date
      order by w.general nulls last, p.id <> c.holder_id limit 1) as post
  from casework_clock k join casework_case c on c.id = k.case_id left join special s on s.definition = c.definition_id and s.code = k.code
  where k.ended is null and k.fixed and k.awaited and k.status <> 'met' and c.lifecycle in (0, 2) and s.silent is not true
    and k.since >= %(since)s::timestamptz
    and k.due <= %(at)s + greatest(%(lead)s::interval, (select max(shift) from casework_alarmrule where kind = 'warning'))
), told as (
  select n.*, r.kind, r.level, r.roles, t.occurrence
  from near n join rules r on r.organisation = n.organisation_id and r.timed = n.timed and not r.off
  cross join lateral (select case r.kind when 'warning' then n.due - r.shift else n.over + r.shift end as start) b
  cross join lateral (select case
      when r.kind = 'warning' and %(at)s >= n.over then -1
      when r.kind = 'warning' and r.level = 1 and r.basis = 'policy' and cardinality(n.leads) > 0
        then (select count(*) - 1 from unnest(n.leads) l where n.due - make_interval(secs => l) <= %(at)s)
      when %(at)s < b.start then -1
      when r.repeat is null then 0
      else floor(extract(epoch from %(at)s - b.start) / extract(epoch from r.repeat)) end::int as occurrence) t
  where t.occurrence >= 0
)
insert into casework_notice (case_id, code, entity, since_seq, due, timed, kind, level, occurrence, provisional, organisation_id, post_id,
  roles, made, seen_by)
select t.case_id, t.code, t.entity, t.since_seq, t.due, t.timed, t.kind, t.level, t.occurrence, t.provisional, t.organisation_id,
  case when t.level = 1 then t.post end, case when t.level = 1 then '{}' else t.roles end, %(at)s, ''
from told t
where not exists (select from casework_notice p where p.case_id = t.case_id and p.code = t.code and p.entity = t.entity and p.since_seq = t.since_seq
  and p.due = t.due and p.kind = t.kind and p.level = t.level and (p.occurrence = t.occurrence or p.seen is not null))
order by t.due, t.case_id, t.code, t.entity, t.since_seq, t.kind, t.level on conflict do nothing"""


def scan(*, at: datetime, since: datetime | None = None) -> int:
    """扫描 · Tell whoever must be told at an instant. How many notices were made; twice at one instant makes none.

    ``since``: nobody is told of limits that began before.
    """
    found = specials()
    longest = max((s.leads[0] for s in found if s.leads), default=timedelta(0))
    rows = [{"definition": s.definition, "code": s.code, "silent": s.silent, "leads": [d.total_seconds() for d in s.leads]} for s in found]
    values: dict[str, Any] = {"limits": json.dumps(rows), "day": local(at).date(), "at": at, "lead": longest, "since": since or EVER}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TURN, [TURN])
        cursor.execute(_SCAN, values)
        return int(cursor.rowcount)
