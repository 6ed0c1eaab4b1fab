"""共同办理的同意 · A colleague consents to a step that several must take; the one who takes it signs with it while the case stands.

A consent is to one step of one run of a case at one version, in a role that the colleague holds. It runs out after a quarter of an hour. What a
party signed online stands as long as the case stands as it did: people answer an invitation by the evening, not within minutes.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Q

from tianping.casework.engine.actors import Actor
from tianping.casework.engine.read import snapshot
from tianping.casework.engine.registered import folders
from tianping.casework.errors import NoSuchStep, StaleCase
from tianping.casework.handling.errors import WrongConsent
from tianping.casework.models import Consent
from tianping.casework.moments import instant, local
from tianping.procedure.roles import Signer
from tianping.procedure.tables import compiled

LASTS: Final = timedelta(minutes=15)
NO_CASE: Final = 0
"""No case has this number: consents to open one stand under it."""
CITIZEN: Final = "citizen:"
"""How the accounts of people outside begin."""


def consented(*, case_id: int, seq: int, step: str, entity: str, role: str, actor: Actor, at: datetime) -> Consent:
    """同意办理 · Raises NoSuchCase, NoSuchStep, StaleCase, WrongConsent."""
    now = snapshot(case_id, actor)
    if step not in now.tables.by_step:
        raise NoSuchStep(procedure=now.tables.procedure.title, step=step)
    if now.seq != seq:
        raise StaleCase(case=case_id, expected=seq, seq=now.seq)
    wanted = {r.code for signed in now.tables.steps[now.tables.by_step[step]].step.by.sets() for r in signed}
    if role not in wanted or role not in actor.through(now.held).roles:
        raise WrongConsent(step=now.tables.steps[now.tables.by_step[step]].step.words)
    row, _ = Consent.objects.update_or_create(
        case_id=case_id, seq=seq, step=step, entity=entity, account=actor.account, defaults={"role": role, "given": at}
    )
    return row


def consented_to_open(*, procedure: str, step: str, role: str, actor: Actor, at: datetime) -> Consent:
    """同意登记 · Consent to a first step that a colleague of one's institution will take. Raises NoSuchStep, WrongConsent."""
    tables = compiled(folders()[procedure].on(local(instant(at)).date())) if procedure in folders() else None
    if tables is None or step not in tables.by_step:
        raise NoSuchStep(procedure=procedure, step=step)
    taken = tables.steps[tables.by_step[step]].step
    if role not in {r.code for signed in taken.by.sets() for r in signed} or role not in actor.roles:
        raise WrongConsent(step=taken.words)
    of = _opening(procedure, actor)
    row, _ = Consent.objects.update_or_create(
        case_id=NO_CASE, seq=0, step=step, entity=of, account=actor.account, defaults={"role": role, "given": at}
    )
    return row


def consents_to_open(*, procedure: str, step: str, actor: Actor, at: datetime) -> list[Consent]:
    """Which colleagues of the institution consented to a first step, and not too long ago."""
    return consents_to(case_id=NO_CASE, seq=0, step=step, entity=_opening(procedure, actor), actor=actor, at=at)


def openers_of(*, procedure: str, step: str, accounts: list[str], actor: Actor, at: datetime) -> tuple[Signer, ...]:
    """The signatures of some of those; each consent opens one case."""
    found = [c for c in consents_to_open(procedure=procedure, step=step, actor=actor, at=at) if c.account in accounts]
    Consent.objects.filter(pk__in=[c.pk for c in found]).delete()
    return tuple(Signer(c.account, c.role) for c in found)


def _opening(procedure: str, actor: Actor) -> str:
    """What a consent to open stands for: one procedure at one institution."""
    return f"{actor.organisation}:{procedure}"[:80]


def consents_to(*, case_id: int, seq: int, step: str, entity: str, actor: Actor, at: datetime) -> list[Consent]:
    """Who else has consented to a step of the case as it stands, and not too long ago."""
    fresh = Q(given__gt=at - LASTS) | Q(account__startswith=CITIZEN)
    rows = Consent.objects.filter(fresh, case_id=case_id, seq=seq, step=step, entity=entity)
    return list(rows.exclude(account=actor.account).order_by("given")[:8])


def signers_of(*, case_id: int, seq: int, step: str, entity: str, accounts: list[str], actor: Actor, at: datetime) -> tuple[Signer, ...]:
    """The signatures of some of those who consented. Whoever did not, or too long ago, is left out: the guard then refuses."""
    return tuple(
        Signer(c.account, c.role)
        for c in consents_to(case_id=case_id, seq=seq, step=step, entity=entity, actor=actor, at=at)
        if c.account in accounts
    )
