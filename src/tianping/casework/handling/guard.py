"""承办判断 · May this actor change how a case is handled? The case's row is locked, so that what was asked still holds when it is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from tianping.casework.access.probe import seen
from tianping.casework.changes import changed
from tianping.casework.engine.actors import HANDLE, Actor
from tianping.casework.errors import NoSuchCase
from tianping.casework.handling.errors import OnlyHandlers, WhyNeeded
from tianping.casework.models import Case
from tianping.casework.moments import instant, local
from tianping.law.text import T

WHY_MOST = 400


@dataclass(frozen=True, slots=True)
class Held:
    """在办案件 · A case that the actor handles, locked until the transaction ends."""

    case: Case
    actor: Actor
    at: datetime

    @property
    def day(self) -> date:
        """The local day of the change."""
        return local(instant(self.at)).date()

    def changed(self, act: str, subject: str, *, reason: str = "", **body: object) -> None:
        """Write the change down."""
        place = {"case_id": self.case.pk, "organisation": self.actor.organisation}
        changed(act, account=self.actor.account, at=self.at, subject=subject, reason=reason, body=body, **place)


def capacities(case_id: int, actor: Actor) -> frozenset[str]:
    """In which capacities the actor sees the case. Raises NoSuchCase."""
    found = seen(actor, [case_id]).get(case_id)
    if found is None:
        raise NoSuchCase(case=case_id)
    return found


@contextmanager
def held(case_id: int, actor: Actor, *, at: datetime, capacity: str = HANDLE) -> Iterator[Held]:
    """A transaction on a case that the actor handles (or sees in another capacity). Raises NoSuchCase, OnlyHandlers."""
    with transaction.atomic():
        case = Case.objects.select_for_update().filter(pk=case_id).first()
        if capacity not in capacities(case_id, actor):
            raise OnlyHandlers(case=case_id)
        assert case is not None, "a case that is seen is there"
        yield Held(case, actor, at)


def why(reason: str, act: T) -> str:
    """A reason that says something. Raises WhyNeeded."""
    if not reason.strip() or len(reason) > WHY_MOST:
        raise WhyNeeded(act=act)
    return reason.strip()
