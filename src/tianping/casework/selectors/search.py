"""标题检索 · The cases whose title holds some words, newest first: every one that LIKE would find among those that the actor may see.

First the newest of its cases are read and compared: a common word is found there at once. Only what lies behind them is asked of the index, where the
words stand as pairs of characters beside the keys that open the case; what it gives is compared again. Who does not handle a case searches its
masked title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from tianping.casework.access.errors import NothingToSearch
from tianping.casework.access.probe import SEEN, probe_of
from tianping.casework.engine.actors import HANDLE, Actor
from tianping.casework.engine.titles import MASKED, UNKNOWN, WHOLE, lexeme, quoted
from tianping.casework.models import AccessKey
from tianping.casework.selectors.pages import LONGEST, Mark, Page, marked

NEWEST: Final = 3_000
"""How many of the newest cases are compared before the index is asked."""
WORDS: Final = 8
LENGTH: Final = 40
_FITS: Final = """((s.full and t.title like all(%(likes)s::text[])) or (not s.full and t.masked like all(%(likes)s::text[])))"""
_NEWEST: Final = f"""with lists as materialized (
  select k.capacity = '{HANDLE}' as full, array(
    select v.case_id from casework_visibility v where v.key_id = k.id and v.level = l.level and v.case_id < %(case)s
    order by v.case_id desc limit %(each)s) as ids
  from casework_accesskey k cross join generate_series(0, %(clearance)s) as l(level) where k.id = any(%(keys)s::bigint[])
), floor as (select coalesce(max(ids[%(each)s]), 0) as id from lists), looked as materialized (
  select w.id, bool_or(lists.full) as full from lists cross join unnest(lists.ids) as w(id), floor
  where w.id >= floor.id and w.id <> all(array(select r.case_id from casework_recusal r where r.person_id = %(person)s)) group by w.id
)
select t.case_id, s.full, t.title, t.masked, floor.id from floor left join (looked s join casework_searchrow t on t.case_id = s.id) on {_FITS}
order by t.case_id desc limit %(size)s"""  # noqa: S608 — constants only
_INDEXED: Final = f"""with found as materialized (
  select t.case_id, t.title, t.masked from casework_searchrow t where t.tsv @@ %(words)s::tsquery and t.case_id < %(case)s
    and (t.title like all(%(likes)s::text[]) or t.masked like all(%(likes)s::text[]))
)
select t.case_id, s.full, t.title, t.masked from (select *, case_id as id from found order by case_id desc offset 0) t
cross join lateral (select t.case_id as id) c
cross join lateral (select '{HANDLE}' = any(x.held) as full, x.held from (select s.held from (select 1) one {SEEN}) x) s
where s.held is not null and {_FITS} order by t.case_id desc limit %(size)s"""  # noqa: S608 — constants only


@dataclass(frozen=True, slots=True)
class Found:
    """检索结果 · One case and its title as the actor sees it."""

    id: int
    title: str


def case_search(actor: Actor, text: str, *, at: datetime, after: str | None = None, size: int = 50) -> Page[Found]:
    """A page of the cases whose title holds every word of a text. Raises NothingToSearch, BadMark."""
    words = _words(text)
    size = max(1, min(size, LONGEST))
    if not actor.keys:
        return Page(())
    mark = marked(after, by_due=False)
    likes = ["%" + w.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%" for w in words]
    each = max(50, NEWEST // (len(actor.keys) * (actor.clearance + 1)))
    values = probe_of(actor) | {"at": at, "case": 2**63 - 1 if mark is None else mark.case, "likes": likes, "each": each, "size": size}
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, values)
        read = cursor.fetchall()
        floor = read[0][4]
        rows = [r[:4] for r in read if r[0] is not None]
        if len(rows) < size and floor:
            cursor.execute(_INDEXED, values | {"case": floor, "words": _query(words, actor), "size": size - len(rows)})
            rows += cursor.fetchall()
    return Page(tuple(map(_found, rows)), Mark(rows[-1][0]).text() if len(rows) == size else "")


def _words(text: str) -> list[str]:
    words = list(dict.fromkeys(text.replace("\0", " ").split()))[:WORDS]
    if not words or any(len(w) > LENGTH for w in words):
        raise NothingToSearch(longest=LENGTH)
    return words


def _query(words: Sequence[str], actor: Actor) -> str:
    """The pairs of every word and one of the keys: of the whole title for those who handle, of the masked one for the others."""
    handle = set(AccessKey.objects.filter(pk__in=actor.keys, capacity=HANDLE).values_list("pk", flat=True))
    sides = ((WHOLE, [k for k in actor.keys if k in handle]), (MASKED, [k for k in actor.keys if k not in handle]))
    return " | ".join(f"({_pairs(words, mark)} & ({' | '.join(quoted(lexeme(k)) for k in keys)}))" for mark, keys in sides if keys)


def _pairs(words: Sequence[str], mark: str) -> str:
    """A single character is the beginning of a pair."""
    pieces = {(w[i : i + 2], "" if len(w) > 1 else ":*") for w in words for i in range(max(1, len(w) - 1))}
    return " & ".join(f"({quoted(p)}{more} | {quoted(mark + p)}{more})" for p, more in sorted(pieces))


def _found(row: tuple[Any, ...]) -> Found:
    case, full, title, masked = row
    return Found(case, title if full else (masked or UNKNOWN))
