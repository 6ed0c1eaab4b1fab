"""每日汇总 · Once a day each recipient gets what came since the last time in one piece; each notice stands in exactly one digest."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import connection, transaction

from tianping.casework.alarms.scan import TURN
from tianping.casework.moments import local

_DIGEST: Final = """
with d as (
  insert into casework_digest (organisation_id, post_id, roles, day, made, warnings, alarms)
  select organisation_id, post_id, roles, %(day)s, %(at)s, count(*) filter (where kind = 'warning'), count(*) filter (where kind = 'alarm')
  from casework_notice where digest_id is null and made <= %(at)s group by organisation_id, post_id, roles
  on conflict do nothing returning id, organisation_id, post_id, roles
)
update casework_notice n set digest_id = d.id from d
where n.digest_id is null and n.made <= %(at)s and n.organisation_id = d.organisation_id and n.post_id is not distinct from d.post_id
  and n.roles = d.roles"""


def digest_make(*, at: datetime) -> int:
    """汇总 · Put together the local day's digests; a recipient who has today's gets the rest tomorrow. How many notices went into them."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s)", [TURN])
        cursor.execute(_DIGEST, {"day": local(at).date(), "at": at})
        return int(cursor.rowcount)
