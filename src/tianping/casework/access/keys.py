"""钥匙的规则 · Which keys a case gets follows from its institution: that of the institution itself, and one of each institution above it.

The institution that handles a case sees it whole. An institution above it sees it masked. One that a matter is referred to gets a key of its own
while the referral is open: the engine adds and takes it with the step (``engine/write.py``). A post has a key of its own
where a case is for it alone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import connection

from tianping.casework.engine.actors import HANDLE, REFER, SUPERVISE
from tianping.casework.models import AccessKey, Organisation

CAPACITIES: Final = (HANDLE, REFER, SUPERVISE)
_MISSING: Final = """insert into casework_accesskey (organisation_id, capacity)
select o.id, w.capacity from casework_organisation o cross join unnest(%s::text[]) as w(capacity)
where o.id = any(%s::bigint[]) and not exists (select from casework_accesskey k where k.organisation_id = o.id and k.capacity = w.capacity)
on conflict do nothing"""
_KEYS: Final = f"""select o.id, k.id
from casework_organisation o cross join lateral (
  select o.id, '{HANDLE}'
  union all
  select above::bigint, '{SUPERVISE}' from unnest(string_to_array(o.path, '/')) as above where above not in ('', o.id::text)
) as w(organisation, capacity)
join casework_accesskey k on k.organisation_id = w.organisation and k.capacity = w.capacity
where o.id = any(%s::bigint[]) order by o.id, k.id"""  # noqa: S608 — constants only


def keys_for(organisation: int) -> tuple[int, ...]:
    """The keys of a new case of an institution."""
    return keys_of([organisation])[organisation]


def keys_of(organisations: Iterable[int]) -> dict[int, tuple[int, ...]]:
    """The keys of new cases of several institutions."""
    ids = list(organisations)
    make_keys(ids)
    out: dict[int, tuple[int, ...]] = dict.fromkeys(ids, ())
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, [ids])
        for organisation, key in cursor.fetchall():
            out[organisation] += (key,)
    return out


def keys_of_posts(posts: Iterable[int]) -> tuple[int, ...]:
    """The keys of some posts, made where they have none yet."""
    ids = sorted(set(posts))
    AccessKey.objects.bulk_create([AccessKey(post_id=post, capacity=HANDLE) for post in ids], ignore_conflicts=True)
    return tuple(AccessKey.objects.filter(post_id__in=ids).order_by("pk").values_list("pk", flat=True))


def above(organisation: int) -> tuple[int, ...]:
    """The keys of those who supervise an institution: its own and those above it. For a case that the institution as a whole does not see."""
    path = Organisation.objects.filter(pk=organisation).values_list("path", flat=True).first() or ""
    ids = [int(part) for part in path.split("/") if part] or [organisation]
    make_keys(ids)
    return tuple(AccessKey.objects.filter(organisation_id__in=ids, capacity=SUPERVISE).order_by("pk").values_list("pk", flat=True))


def make_keys(organisations: Iterable[int]) -> None:
    """Make the keys that institutions still lack."""
    with connection.cursor() as cursor:
        cursor.execute(_MISSING, [list(CAPACITIES), list(organisations)])
