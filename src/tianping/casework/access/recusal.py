"""回避 · Somebody with a conflict of interest no longer sees a case: not in a list, not by its number, not in a search, an export or a stream."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from tianping.casework.access.errors import NoSuchPerson, OnlyItsHandlers
from tianping.casework.access.probe import seen
from tianping.casework.access.tracing import traced
from tianping.casework.engine.actors import HANDLE, Actor
from tianping.casework.errors import NoSuchCase
from tianping.casework.models import Person, Recusal
from tianping.casework.moments import instant
from tianping.law.text import T

RECUSE: Final = T("登记回避", "record a recusal")
RETURN: Final = T("解除回避", "end a recusal")


def recuse(actor: Actor, case_id: int, person_id: int, ground: str, at: datetime) -> None:
    """Hide a case from a person, on a stated ground; the trace is written with it. Twice is once. One may recuse oneself.

    Raises NoSuchCase, OnlyItsHandlers, NoSuchPerson, ReasonNeeded.
    """
    with transaction.atomic():
        _handled(actor, case_id, RECUSE)
        if not Person.objects.filter(pk=person_id).exists():
            raise NoSuchPerson(person=person_id)
        traced(actor, case_id, "recuse", f"person:{person_id}", ground, at, of=RECUSE)
        Recusal.objects.get_or_create(person_id=person_id, case_id=case_id, defaults={"ground": ground.strip()[:200], "since": instant(at)})


def unrecuse(actor: Actor, case_id: int, person_id: int, reason: str, at: datetime) -> None:
    """Show a case again to a person who was recused; never done by that person: to it there is no such case.

    Raises NoSuchCase, OnlyItsHandlers, ReasonNeeded.
    """
    with transaction.atomic():
        _handled(actor, case_id, RETURN)
        traced(actor, case_id, "unrecuse", f"person:{person_id}", reason, at, of=RETURN)
        Recusal.objects.filter(person_id=person_id, case_id=case_id).delete()


def _handled(actor: Actor, case_id: int, act: T) -> None:
    held = seen(actor, [case_id]).get(case_id)
    if held is None:
        raise NoSuchCase(case=case_id)
    if HANDLE not in held:
        raise OnlyItsHandlers(case=case_id, act=act)
