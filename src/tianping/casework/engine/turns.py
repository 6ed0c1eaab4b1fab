"""轮候 · Cases that were merged are locked together, the lowest number first: what is done in one may move the clocks and the runs of another.

A merged case and the case that leads it have the mark ``joined``, which stands in the row that every step reads: other steps ask nothing more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final, TypeVar

from django.db import connection, transaction

from tianping.casework.engine.actors import Actor
from tianping.casework.engine.days import by_mark
from tianping.casework.engine.decide import Plan, planned
from tianping.casework.engine.hot import hot
from tianping.casework.engine.read import families, snapshot
from tianping.casework.engine.snapshot import Snapshot
from tianping.casework.engine.values import ordered, standing
from tianping.casework.engine.write import statement
from tianping.casework.errors import StaleCase

Result = TypeVar("Result")
TRIES: Final = 8
"""So often the lock is taken anew because a case was merged meanwhile."""
_LOCK: Final = "select id from casework_case where id = any(%(cases)s::bigint[]) order by id for update"
_JOINED: Final = "update casework_case set joined = true where id = any(%(cases)s::bigint[]) and not joined"


def in_turn(case_id: int, actor: Actor, done: Callable[[Snapshot], Result], into: int | None = None, kin: Iterable[int] = ()) -> Result:
    """Do something with a case while it and its kin, and those of the case that it is to go into, are locked. Raises NoSuchCase, StaleCase.

    ``kin``: what is known of its kin already.
    """
    held, seq = {case_id, *kin} | ({into} if into is not None else set()), 0
    for _ in range(TRIES):
        with transaction.atomic():
            hot(_LOCK, {"cases": sorted(held)})
            now = snapshot(case_id, actor)
            if into is not None:
                now = replace(now, kin=families([case_id, into], [(case_id, into)])[case_id])
            if now.kin.keys() <= held:
                return done(now)
            transaction.set_rollback(True)  # lets go of what is locked: a lower number must be locked before
        held, seq = held | now.kin.keys(), now.seq
    raise StaleCase(case=case_id, expected=seq, seq=seq)


def told(before: Snapshot, now: Snapshot, plan: Plan) -> None:
    """Write anew how the kin of a case stand that a plan has moved: few, for a run counts in one case only. Inside the transaction of the plan.
    Where the plan merges, all are marked.

    ``now``: as the plan was made on; ``before``: as it stood, where that differs.
    """
    if not now.kin:
        return
    stood, stands = before.logs(), now.logs(plan.events)
    after = replace(now, events=[*now.events, *plan.events], seq=plan.events[-1].seq)
    for case, other in now.kin.items():
        if stood[str(case)] != stands[str(case)]:
            seen = replace(other, kin={**{k: s for k, s in now.kin.items() if k != case}, now.case_id: after})
            values, branches = standing(seen, planned(seen, [], [], by_mark(now.mark)))
            row = hot(statement(opening=False, standing=True, branches=ordered(branches)), values)
            assert row is not None, "a case that is locked does not move"
    if any(e.into is not None for e in plan.events):
        with connection.cursor() as cursor:
            cursor.execute(_JOINED, {"cases": [now.case_id, *now.kin]})
