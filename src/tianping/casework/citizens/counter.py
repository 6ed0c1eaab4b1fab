"""窗口核验 · A clerk looks at the identity card of somebody who stands before him, and binds that identity to the telephone that the person holds.

The person shows the telephone to be his by a code for this purpose only. Who checked, where, when, on which card and why is written down in the
same transaction; the institution that made a check may withdraw it, with a reason, and what was opened by it is closed again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction

from tianping.casework.access.policy import at_the_counter
from tianping.casework.changes import changed
from tianping.casework.citizens.errors import BoundToAnother, NoSuchCheck, NotAtTheCounter
from tianping.casework.citizens.people import closed_to_former, identity_written, joined, name_of
from tianping.casework.citizens.phones import COUNTER, code_sent, phone_of, shown
from tianping.casework.engine.actors import Actor
from tianping.casework.handling.errors import BadWords
from tianping.casework.models import Change, Citizen, Party
from tianping.casework.moments import instant, local
from tianping.casework.security.audit import Kind, noted
from tianping.law.identifiers import ResidentId, mask_name, mask_phone
from tianping.law.text import T

BY: Final = "counter"
CARDS: Final = {
    "RESIDENT": T("居民身份证", "Resident identity card"),
    "TEMPORARY": T("临时居民身份证", "Temporary identity card"),
    "RESIDENCE": T("港澳台居民居住证", "Residence permit of a resident of Hong Kong, Macao or Taiwan"),
}
"""What was looked at. Each bears a number of 18 characters."""
PAGE: Final = 20
MOST: Final = 200
MADE, UNMADE = "citizen.identified", "citizen.unidentified"
CARD: Final = T("所看的证件", "the card")
REASON: Final = T("理由", "the reason")


@dataclass(frozen=True, slots=True)
class At:
    """窗口 · Who stands at the counter: the actor, its account's number, when, and from where."""

    actor: Actor
    account: int
    at: datetime
    address: str | None = None

    def may(self) -> None:
        """Raises NotAtTheCounter."""
        if not self.actor.roles & at_the_counter():
            raise NotAtTheCounter


@dataclass(frozen=True, slots=True)
class Card:
    """证件 · What stands on the card, which card it is, and what for it was looked at."""

    kind: str
    name: str
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class Check:
    """一次核验 · As the list of an institution shows it: masked. ``stands``: it may be withdrawn."""

    number: int
    at: datetime
    account: str
    withdrawn: bool
    card: str
    reason: str
    name: str
    phone: str
    stands: bool


def counter_code(given: str, by: At) -> tuple[str, str]:
    """Send a code to the telephone of who stands there: the number as it is kept, and the code (in a demonstration).

    Raises NotAtTheCounter, NotAPhone, NoTexts, TooMuch.
    """
    by.may()
    phone = phone_of(given)
    return phone, code_sent(phone, at=by.at, purpose=COUNTER)


def checked(given: str, code: str, card: Card, by: At) -> Citizen:
    """Bind the identity of the card to the telephone. What is on the card is read before the code, so that a slip of the pen costs no code.

    Raises NotAtTheCounter, NotAPhone, BadWords, BadResidentId, BadCode, BoundToAnother.
    """
    by.may()
    phone, name, why = phone_of(given), name_of(card.name), _reason(card.reason)
    if card.kind not in CARDS:
        raise BadWords(field=CARD, reason=T("请选一项", "choose one"))
    number = ResidentId.parse(card.number, not_after=local(instant(by.at)).date()).number
    citizen = shown(phone, code, at=by.at, purpose=COUNTER)
    with transaction.atomic():
        citizen = Citizen.objects.select_for_update().get(pk=citizen.pk)
        if citizen.identified is not None and citizen.identity != number:
            raise BoundToAnother
        who: dict[str, Any] = {"account": by.actor.account, "organisation": by.actor.organisation, "reason": why}
        identity_written(citizen, name, number, BY, at=by.at, body={"card": card.kind}, **who)
        noted(Kind.IDENTIFIED, at=by.at, actor=by.account, subject=citizen.pk, address=by.address, organisation=by.actor.organisation, card=card.kind)
        joined(citizen, at=by.at)
    return citizen


@transaction.atomic
def check_withdrawn(number: int, reason: str, by: At) -> None:
    """Take a check of the own institution back: the person is unknown again, and cases that only his identity opened are closed to him.

    Raises NotAtTheCounter, BadWords, NoSuchCheck.
    """
    by.may()
    row = Change.objects.filter(pk=number, act=MADE, organisation=by.actor.organisation).first()
    citizen = None if row is None else Citizen.objects.select_for_update().filter(pk=_citizen(row)).first()
    if row is None or citizen is None or not _stands(row, citizen, _last([row.subject])):
        raise NoSuchCheck
    why = _reason(reason)
    Citizen.objects.filter(pk=citizen.pk).update(name="", identity="", identified=None, identified_by="")
    claimed = Change.objects.filter(act="party.claimed", account=citizen.account).values_list("subject", flat=True)
    parties = Party.objects.filter(pk__in=[int(s.partition(":")[2]) for s in claimed], citizen=citizen).exclude(identity="")
    cases = sorted(set(parties.values_list("case_id", flat=True)))
    parties.update(citizen=None)
    for case in cases:
        closed_to_former(case)
    who: dict[str, Any] = {"account": by.actor.account, "organisation": by.actor.organisation, "reason": why}
    changed(UNMADE, at=by.at, subject=citizen.account, body={"check": row.pk, "cases": cases}, **who)
    noted(Kind.UNIDENTIFIED, at=by.at, actor=by.account, subject=citizen.pk, address=by.address, organisation=by.actor.organisation, check=row.pk)


def checks_of(by: At, *, before: int | None = None) -> list[Check]:
    """The newest checks of the institution, and what was withdrawn, at most a page. Raises NotAtTheCounter."""
    by.may()
    rows = Change.objects.filter(organisation=by.actor.organisation, act__in=[MADE, UNMADE]).order_by("-id")
    if before is not None:
        rows = rows.filter(pk__lt=before)
    listed = list(rows[:PAGE])
    people = Citizen.objects.in_bulk([_citizen(r) for r in listed])
    last = _last(r.subject for r in listed)
    return [_check(r, people.get(_citizen(r)), last) for r in listed]


def _check(row: Change, citizen: Citizen | None, last: dict[str, int]) -> Check:
    name, phone = ("", "") if citizen is None else (mask_name(citizen.name) if citizen.name else "", mask_phone(citizen.phone))
    stands = citizen is not None and _stands(row, citizen, last)
    return Check(row.pk, row.at, row.account, row.act == UNMADE, str(row.body.get("card", "")), row.reason, name, phone, stands)


def _stands(row: Change, citizen: Citizen, last: dict[str, int]) -> bool:
    """A check stands while it is the last word on who somebody is."""
    return row.act == MADE and citizen.identified_by == BY and last.get(row.subject) == row.pk


def _last(subjects: Iterable[str]) -> dict[str, int]:
    """The last word on each person."""
    rows = Change.objects.filter(subject__in=list(subjects), act__in=[MADE, UNMADE]).order_by("subject", "-id").distinct("subject")
    return dict(rows.values_list("subject", "pk"))


def _citizen(row: Change) -> int:
    return int(row.subject.partition(":")[2])


def _reason(given: str) -> str:
    plain = given.strip()
    if not 1 < len(plain) <= MOST or not plain.isprintable():
        raise BadWords(field=REASON, reason=T(f"写明为何事核验，2至{MOST}字", f"say what for, 2 to {MOST} characters"))
    return plain
