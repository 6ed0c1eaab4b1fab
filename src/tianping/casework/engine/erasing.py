"""删除内容 · ``erase_payload``: what was said in an event is gone for good; that it was said, by whom and when, and who erased it, stays.

The act is an event of the chain, signed by two different people who may correct the ledger. The database erases nothing that no act names. With it go
the answers that the case's own rows repeat, and the digest of the request, which has no salt. Dead rows and the write-ahead log go with the next
vacuum and the next cycle of the log; backups and exports that were made before still hold it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final

from tianping.casework.engine.actors import Actor
from tianping.casework.engine.days import by_mark
from tianping.casework.engine.decide import Plan, planned
from tianping.casework.engine.hot import hot
from tianping.casework.engine.kept import forget
from tianping.casework.engine.rows import Origin
from tianping.casework.engine.snapshot import Snapshot
from tianping.casework.engine.turns import in_turn, told
from tianping.casework.engine.values import digest, filled, ordered
from tianping.casework.engine.write import statement
from tianping.casework.engine.writers import Taken
from tianping.casework.errors import NotErasable, NothingToErase, UnknownGround
from tianping.casework.ledger.checkpoints import anchored_or_refused
from tianping.casework.moments import instant, local
from tianping.law.text import T
from tianping.procedure.events import VOID, Event
from tianping.procedure.roles import Signer

NO_EVENT: Final = T("没有此步", "there is none")
NO_PAYLOAD: Final = T("内容已经删除", "it was erased before")
AN_ERASURE: Final = T("删除决定本身不能删除", "it is an act of erasure itself")
_PAYLOAD: Final = "select payload is null, payload ? 'erases' from casework_event where case_id = %(case)s and seq = %(seq)s"
_ERASE: Final = "update casework_event set payload = null, request = null where case_id = %(case)s and seq = %(seq)s"


@cache
def grounds() -> Mapping[str, T]:
    """The grounds that may be given, from ``erasing.toml``."""
    rows: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("erasing.toml").read_text("utf-8"))["ground"]
    return {row["code"]: T(row["zh"], row["en"]) for row in rows}


def erase_payload(*, actor: Actor, case_id: int, seq: int, ground: str, at: datetime, co_signers: tuple[Signer, ...]) -> Taken:
    """Erase what was said in an event, by an act of two people. Raises UnknownGround, NotErasable, NothingToErase, NotAnchored, NoSuchCase."""
    if ground not in grounds():
        raise UnknownGround(ground=ground, known=", ".join(grounds()))
    anchored_or_refused(at)

    def erased(now: Snapshot) -> Taken:
        signers = _signed(now, actor.through(now.held), co_signers)
        _there(case_id, seq)
        when = local(instant(at))
        act = Event(now.seq + 1, VOID, 0, "", when, when, None, signers)
        after = replace(now, events=[replace(e, facts={}) if e.seq == seq else e for e in now.events])
        plan = planned(after, [act], [], by_mark(now.mark))
        _unmoved(now, plan, seq)
        _written(after, plan, Origin(case_id, now.organisation, actor.account, digest()), at, {"erases": seq, "ground": ground})
        told(now, after, plan)
        hot(_ERASE, {"case": case_id, "seq": seq})
        return Taken(case_id, act.seq, plan.stage)

    taken = in_turn(case_id, actor, erased)
    forget(case_id)
    return taken


def _signed(now: Snapshot, actor: Actor, co_signers: tuple[Signer, ...]) -> tuple[Signer, ...]:
    """The signatures, if they are those of two different people who may correct this ledger. Raises NotErasable."""
    who = now.tables.procedure.corrects
    wanted = [] if who is None else [role.code for one in who.sets() for role in one]
    own = Signer(actor.account, next((r for r in wanted if r in actor.roles), "NONE"))
    signers = (own, *co_signers)
    if who is None or not (2 * who).satisfied([s for s in signers if s.actor]):
        raise NotErasable(
            reason=T("须由{who}中的两人共同决定", "two people must decide it together, each {who}").fill(who=T("", "") if who is None else who.words)
        )
    return signers


def _there(case_id: int, seq: int) -> None:
    row = hot(_PAYLOAD, {"case": case_id, "seq": seq})
    reason = NO_EVENT if row is None else NO_PAYLOAD if row[0] else AN_ERASURE if row[1] else None
    if reason is not None:
        raise NothingToErase(seq=seq, reason=reason)


def _unmoved(now: Snapshot, plan: Plan, seq: int) -> None:
    """An answer on which the case's own course hangs cannot go while the case stands on it."""
    if plan.lifecycle != now.shown[1]:
        raise NotErasable(reason=T("删除第 {seq} 步将改变案件状态", "without event {seq} the case would stand elsewhere").fill(seq=seq))


def _written(now: Snapshot, plan: Plan, origin: Origin, at: datetime, said: Mapping[str, object]) -> None:
    values, branches = filled(now, plan, origin, at, said=said)
    row = hot(statement(opening=False, branches=ordered(branches)), values)
    assert row is not None, "a case that is locked does not move"
