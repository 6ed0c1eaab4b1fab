"""可见判断 · The one question that list, page, search, export and stream ask: in which capacities may this actor see this case?

``SEEN`` is joined to ``casework_case c``: ``s.held`` are the capacities, null when the case is not to be seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django.db import connection

from tianping.casework.engine.actors import Actor

SEEN: Final = """cross join lateral (
  select array_agg(k.capacity) as held from casework_visibility v join casework_accesskey k on k.id = v.key_id
  where v.case_id = c.id and v.key_id = any(%(keys)s::bigint[]) and v.level <= %(clearance)s
    and (%(person)s::bigint is null or not exists (select from casework_recusal r where r.case_id = v.case_id and r.person_id = %(person)s))
) s"""
_MANY: Final = f"""select c.id, s.held from casework_case c {SEEN} where c.id = any(%(cases)s::bigint[]) and s.held is not null"""  # noqa: S608 — constants

_BARRED: Final = """select from casework_case c where c.id = %(case)s
and (c.level > %(clearance)s or exists (select from casework_recusal r where r.case_id = c.id and r.person_id = %(person)s))"""


def probe_of(actor: Actor) -> dict[str, Any]:
    """What the probe asks of an actor."""
    return {"keys": list(actor.keys), "clearance": actor.clearance, "person": actor.person}


def seen(actor: Actor, cases: Iterable[int]) -> dict[int, frozenset[str]]:
    """Of some cases, those that the actor may see, each with the capacities in which it does: for exports and streams."""
    with connection.cursor() as cursor:
        cursor.execute(_MANY, probe_of(actor) | {"cases": list(cases)})
        return {case: frozenset(held) for case, held in cursor.fetchall()}


def barred(actor: Actor, case: int) -> bool:
    """Whether a seal or a recusal keeps a case from the actor, whatever its keys."""
    with connection.cursor() as cursor:
        cursor.execute(_BARRED, probe_of(actor) | {"case": case})
        return cursor.fetchone() is not None
