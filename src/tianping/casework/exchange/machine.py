"""机器办理人 · The exchange and the system as actors: what no person does, they write, and may see the cases that they write to."""

from __future__ import annotations

from typing import Final

from tianping.casework.engine.actors import Actor
from tianping.casework.models import Case, Visibility
from tianping.procedure.contracts.roles import Roles
from tianping.procedure.referral import EXCHANGE

ABOVE_ALL: Final = 32_767
"""Clearance: a sealed case is answered like any other, and its time runs out like any other's."""


def exchange_at(case: Case) -> Actor:
    """交换平台 · The exchange, at a case."""
    return _machine("exchange", EXCHANGE.code, case)


def system_at(case: Case) -> Actor:
    """系统 · The system, at a case."""
    return _machine("system", Roles.SYSTEM.code, case)


def _machine(account: str, role: str, case: Case) -> Actor:
    keys = tuple(Visibility.objects.filter(case_id=case.pk).values_list("key_id", flat=True))
    return Actor(account, case.organisation_id, frozenset({role}), keys, clearance=ABOVE_ALL)
