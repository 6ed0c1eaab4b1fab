"""封存与归档 · A case is sealed to a level that few may look behind, and opened again; a closed one is archived, and fetched back to be worked on."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from tianping.casework.engine.actors import Actor
from tianping.casework.engine.snapshot import ARCHIVED, CLOSED
from tianping.casework.handling.errors import NotNow
from tianping.casework.handling.guard import held, why
from tianping.casework.handling.sight import stands_as
from tianping.casework.models import Case, Party
from tianping.law.text import T

LEVELS: Final = range(4)
SEAL, UNSEAL, ARCHIVE, FETCH = T("封存", "seal it"), T("解除封存", "unseal it"), T("归档", "archive it"), T("调出归档案件", "fetch it back")


def sealed(*, case_id: int, level: int, actor: Actor, at: datetime, reason: str) -> None:
    """封存 · Only who may look behind a level sees the case from now on; nobody seals above what they may see. Raises NotNow, WhyNeeded."""
    _levelled(case_id, level, actor, at, why(reason, SEAL), SEAL)


def unsealed(*, case_id: int, level: int = 0, actor: Actor, at: datetime, reason: str) -> None:
    """解除封存 · Down to a level; a case with a minor stays at 1. Raises NotNow, WhyNeeded."""
    _levelled(case_id, level, actor, at, why(reason, UNSEAL), UNSEAL)


def _levelled(case_id: int, level: int, actor: Actor, at: datetime, reason: str, act: T) -> None:
    with held(case_id, actor, at=at) as h:
        before = h.case.level
        if level not in LEVELS or (level <= before if act is SEAL else level >= before):
            raise NotNow(
                case=case_id, act=act, reason=T(f"现为 {before} 级，要求 {level} 级", f"it is at level {before}, level {level} is asked for")
            )
        if level > actor.clearance:
            raise NotNow(case=case_id, act=act, reason=T(f"您的权限为 {actor.clearance} 级", f"your clearance is {actor.clearance}"))
        if level == 0 and Party.objects.filter(case_id=case_id, minor=True).exists():
            raise NotNow(case=case_id, act=act, reason=T("当事人中有未成年人", "one of its parties is a minor"))
        Case.objects.filter(pk=case_id).update(level=level)
        stands_as(case_id)
        h.changed("case.sealed" if act is SEAL else "case.unsealed", f"case:{case_id}", reason=reason, before=before, after=level)


def archived(*, case_id: int, actor: Actor, at: datetime) -> None:
    """归档 · A closed case leaves the working lists; nothing is done in it until it is fetched back. Raises NotNow."""
    with held(case_id, actor, at=at) as h:
        if h.case.lifecycle != CLOSED:
            raise NotNow(case=case_id, act=ARCHIVE, reason=T("尚未结案或已归档", "it is not closed, or archived already"))
        _moved(case_id, ARCHIVED)
        h.changed("case.archived", f"case:{case_id}")


def fetched(*, case_id: int, actor: Actor, at: datetime, reason: str) -> None:
    """调出 · An archived case is a closed one again. Raises NotNow, WhyNeeded."""
    with held(case_id, actor, at=at) as h:
        if h.case.lifecycle != ARCHIVED:
            raise NotNow(case=case_id, act=FETCH, reason=T("没有归档", "it is not archived"))
        said = why(reason, FETCH)
        _moved(case_id, CLOSED)
        h.changed("case.fetched", f"case:{case_id}", reason=said)


def _moved(case_id: int, lifecycle: int) -> None:
    Case.objects.filter(pk=case_id).update(lifecycle=lifecycle)
    stands_as(case_id)
