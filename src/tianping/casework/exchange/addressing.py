"""补写收件机构 · ``referral_address``: a referral that was sent without a receiver gets one, and is delivered like any other.

Whom a matter goes to is no event of the ledger: that it was sent stands there. It is written down as a change of how the case is handled.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from tianping.casework.access.referred import opened
from tianping.casework.engine.actors import Actor
from tianping.casework.exchange.errors import STATES, AlreadyDecided, NoSuchReceiver, NoSuchReferral
from tianping.casework.handling.guard import capacities, held
from tianping.casework.models import Event, Organisation, Outbox, Referral
from tianping.casework.moments import instant, local
from tianping.law.errors import TianpingError

UNADDRESSED = "unaddressed"


def referral_address(*, actor: Actor, referral_id: int, receiver: int, at: datetime) -> None:
    """补写收件机构 · Name the receiver of a referral that has none. By who handles the case.

    Raises NoSuchReferral, AlreadyDecided, NoSuchReceiver, OnlyHandlers.
    """
    row = Referral.objects.filter(pk=referral_id).first()
    try:
        capacities(0 if row is None else row.case_id, actor)
    except TianpingError as unseen:
        raise NoSuchReferral(referral=referral_id) from unseen
    assert row is not None, "no case has the number 0"
    with held(row.case_id, actor, at=at) as h:
        row = Referral.objects.select_for_update().get(pk=referral_id)
        if row.state != UNADDRESSED:
            raise AlreadyDecided(referral=referral_id, state=STATES[row.state])
        day = local(instant(at)).date()
        stands = Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_to__isnull=True) | Q(valid_to__gte=day)
        if not Organisation.objects.filter(*stands, pk=receiver).exists():
            raise NoSuchReceiver(receiver=receiver, day=day)
        Referral.objects.filter(pk=referral_id).update(receiver_id=receiver, state="sent")
        opened([row.case_id])
        seq = Event.objects.filter(case_id=row.case_id, entity=row.entity, step=f"{row.part}.send").values_list("seq", flat=True).latest("seq")
        body = {"entity": row.entity, "part": row.part}
        Outbox.objects.create(case_id=row.case_id, seq=seq, topic="referral.sent", body=body, created=instant(at))
        h.changed("referral.addressed", f"referral:{referral_id}", receiver=receiver)
