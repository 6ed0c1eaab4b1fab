"""交换平台 · The exchange as an actor: it writes into a sender's ledger what the receiver did, and may see the cases that it writes to."""

from __future__ import annotations

from typing import Final

from tianping.casework.engine.actors import Actor
from tianping.casework.models import Case, Visibility
from tianping.procedure.referral import EXCHANGE

ACCOUNT: Final = "exchange"
ABOVE_ALL: Final = 32_767
"""Clearance: a sealed case is answered like any other."""


def exchange_at(case: Case) -> Actor:
    """The exchange, at a case."""
    keys = tuple(Visibility.objects.filter(case_id=case.pk).values_list("key_id", flat=True))
    return Actor(ACCOUNT, case.organisation_id, frozenset({EXCHANGE.code}), keys, clearance=ABOVE_ALL)
