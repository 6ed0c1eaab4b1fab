"""办一件案件 · Opens and moves live cases in few words, for the checks of the rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from tests.casework.conftest import actor_of
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, Taken, case_open, step_take
from tianping.casework.errors import Refusal
from tianping.casework.models import Organisation
from tianping.procedure.roles import Signer

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2021, 6, 1, 9, tzinfo=SHANGHAI)


def office(code: str, *roles: str, kind: str = "office") -> Actor:
    """Somebody at an institution of his own, in some roles."""
    made, _ = Organisation.objects.get_or_create(code=code, defaults={"kind": kind, "zh": code, "en": code})
    return actor_of(made, *roles)


def opened(
    own: Actor, procedure: str, step: str, role: str, facts: dict[str, Any] | None = None, *, day: float = 0, keys: tuple[int, ...] = (), co: str = ""
) -> int:
    """A new case; ``day`` after AT. ``co``: the role of a second signer."""
    new = NewCase(procedure, own.organisation, keys=(*own.keys, *keys))
    signers = (Signer("co.signer", f"Roles.{co}"),) if co else ()
    taken: Taken = case_open(
        procedure=procedure, step=step, actor=own, at=AT + timedelta(days=day), new=new, facts=facts or {}, role=f"Roles.{role}", co_signers=signers
    )
    return taken.case_id


def take(own: Actor, case: int, step: str, role: str, facts: dict[str, Any] | None = None, *, day: float = 0, entity: str = "", co: str = "") -> None:
    """A step; ``day`` after AT."""
    signers = (Signer("co.signer", f"Roles.{co}"),) if co else ()
    step_take(
        case_id=case, step=step, actor=own, at=AT + timedelta(days=day), facts=facts or {}, role=f"Roles.{role}", entity=entity, co_signers=signers
    )


def why(refused: pytest.ExceptionInfo[Refusal]) -> list[str]:
    """The rules that a refusal names."""
    return [r.rule for r in refused.value.reasons]
