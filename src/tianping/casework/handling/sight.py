"""可见行 · What follows for the lists when it changes who works on a case or how it stands: rows of visibility, in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from django.db import connection

from tianping.casework.access.keys import keys_of_posts, make_keys
from tianping.casework.access.titles import retitled
from tianping.casework.models import Visibility

_ROWS: Final = """insert into casework_visibility (key_id, case_id, level, lifecycle, due)
select k.id, c.id, c.level, c.lifecycle, c.due from casework_case c, casework_accesskey k where """
_OPEN: Final = _ROWS + "c.id = any(%(cases)s::bigint[]) and k.organisation_id = %(organisation)s and k.capacity = 'handle' on conflict do nothing"
_POST: Final = _ROWS + "c.id = %(case)s and k.id = %(key)s on conflict do nothing"
_TAKEN: Final = f"""with v as ({_ROWS} c.organisation_id = %(from)s and k.organisation_id = %(to)s and k.capacity = 'handle'
    and exists (select from casework_visibility w join casework_accesskey h on h.id = w.key_id
      where w.case_id = c.id and h.organisation_id = %(from)s and h.capacity = 'handle')
  on conflict do nothing returning key_id, case_id)
update casework_searchrow s set tsv = s.tsv || array_to_tsvector(array['k:' || v.key_id]) from v where s.case_id = v.case_id"""  # noqa: S608 — constants only
_CLOSE: Final = """with recursive own(case_id, organisation) as (
    select id, organisation_id from casework_case where id = any(%(cases)s::bigint[])
    union select own.case_id, o.successor_id from own join casework_organisation o on o.id = own.organisation where o.successor_id is not null)
delete from casework_visibility v using casework_accesskey k
where v.case_id = any(%(cases)s::bigint[]) and k.id = v.key_id and k.organisation_id = %(organisation)s and k.capacity = 'handle'
  and not exists (select from own where own.case_id = v.case_id and own.organisation = %(organisation)s)"""
_ABOVE: Final = """with o as (select id, path from casework_organisation where path like %(path)s || '%%'),
above as (select o.id, a::bigint as above from o, unnest(string_to_array(o.path, '/')) as a where a not in ('', o.id::text)),
gone as (delete from casework_visibility v using casework_accesskey k, casework_case c, o
  where c.organisation_id = o.id and v.case_id = c.id and k.id = v.key_id and k.capacity = 'supervise'
    and k.organisation_id <> o.id and not exists (select from above where above.id = o.id and above.above = k.organisation_id)
  returning v.case_id, v.key_id),
come as (insert into casework_visibility (key_id, case_id, level, lifecycle, due)
  select k.id, c.id, c.level, c.lifecycle, c.due from above join casework_case c on c.organisation_id = above.id
    join casework_accesskey k on k.organisation_id = above.above and k.capacity = 'supervise'
  where exists (select from casework_visibility w join casework_accesskey h on h.id = w.key_id where w.case_id = c.id and h.capacity <> 'party')
  on conflict do nothing returning case_id, key_id),
words as (select case_id, array_agg('k:' || key_id) filter (where there) as come, array_agg('k:' || key_id) filter (where not there) as gone
  from (select case_id, key_id, true as there from come union all select case_id, key_id, false from gone) w group by case_id)
update casework_searchrow s
set tsv = ts_delete(s.tsv, coalesce(w.gone, '{}')) || array_to_tsvector(coalesce(w.come, '{}')) from words w where s.case_id = w.case_id"""
_STANDS: Final = """update casework_visibility v set level = c.level, lifecycle = c.lifecycle from casework_case c
where c.id = v.case_id and c.id = %(case)s and (v.level, v.lifecycle) is distinct from (c.level, c.lifecycle)"""


def opened_to(cases: Iterable[int], organisation: int) -> None:
    """Open cases to an institution that works on them."""
    ids = list(cases)
    make_keys([organisation])
    _run(_OPEN, cases=ids, organisation=organisation)
    retitled(ids)


def closed_to(cases: Iterable[int], organisation: int) -> None:
    """Close cases to an institution that no longer works on them, but those that are its own or came to it by a merger."""
    ids = list(cases)
    _run(_CLOSE, cases=ids, organisation=organisation)
    retitled(ids)


def opened_to_post(case: int, post: int) -> bool:
    """Open a case that is for posts alone to one more of them; whether it is such a case."""
    alone = Visibility.objects.filter(case_id=case, key__post__isnull=False).exists()
    if alone:
        _run(_POST, case=case, key=keys_of_posts([post])[0])
        retitled([case])
    return alone


def taken_over(organisation: int, by: int) -> None:
    """Open every case of an institution to the one that takes over."""
    make_keys([by])
    _run(_TAKEN, **{"from": organisation, "to": by})


def supervised_from(path: str) -> None:
    """Let the institutions that now stand above a subtree supervise its cases, and no others.

    What no institution sees yet, a citizen's draft, stays his. The key by which an institution itself supervises what is
    for posts of it alone does not hang on where it stands.
    """
    make_keys(int(part) for part in path.split("/") if part)
    _run(_ABOVE, path=path)


def stands_as(case_id: int) -> None:
    """Let the lists show a case's level and lifecycle as they are now."""
    _run(_STANDS, case=case_id)


def _run(statement: str, **values: int | str | list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
