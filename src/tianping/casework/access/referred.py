"""移送的可见性 · Cases whose referrals were written in a set, as an import does: each open one opens its case to the receiver.

A live step does the same in its own write.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import connection

from tianping.casework.access.keys import make_keys
from tianping.casework.models import Referral

_OPENED: Final = """with o as (
  select f.case_id, k.id as key from casework_referral f join casework_accesskey k on k.organisation_id = f.receiver_id and k.capacity = 'refer'
  where f.case_id = any(%s::bigint[]) and f.state in ('sent', 'taken')
), v as (
  insert into casework_visibility (key_id, case_id, level, lifecycle, due)
  select o.key, c.id, c.level, c.lifecycle, c.due from o join casework_case c on c.id = o.case_id on conflict do nothing
)
update casework_searchrow s set tsv = s.tsv || w.words
from (select case_id, string_agg(quote_literal('k:' || key), ' ')::tsvector as words from o group by case_id) w where s.case_id = w.case_id"""


def opened(cases: Iterable[int]) -> None:
    """Open cases to the institutions to which a referral of them is open."""
    ids = list(cases)
    make_keys(set(Referral.objects.filter(case_id__in=ids, state__in=("sent", "taken")).values_list("receiver_id", flat=True)))
    with connection.cursor() as cursor:
        cursor.execute(_OPENED, [ids])
