"""页面背后 · What officials do while a citizen waits: the same services as the desk's, on the served city's own database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings

from tests.casework.conftest import actor_of
from tests.faces.conftest import Served
from tests.postgres import _switched
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine.writers import NewCase, NewParty, case_open, step_take
from tianping.casework.models import Organisation

COURT = "court.yuci"


@dataclass(frozen=True, slots=True)
class Officials:
    """机构的人 · Somebody of the court with a role."""

    court: Organisation

    def __call__(self, case: int, step: str, role: str, facts: Mapping[str, object] | None = None) -> None:
        """Takes a step of a case."""
        step_take(case_id=case, step=step, actor=actor_of(self.court, role), at=datetime.now(UTC), facts=facts)

    def opened(self, procedure: str, step: str, role: str, facts: Mapping[str, object], parties: Mapping[str, str]) -> int:
        """Opens a case with parties: capacity and telephone."""
        actor = actor_of(self.court, role)
        named = tuple(NewParty(name, f"Roles.{c}", phone=phone) for name, (c, phone) in zip(("张示例", "李样例"), parties.items(), strict=True))
        new = NewCase("张示例与李样例买卖合同纠纷", self.court.pk, keys=actor.keys, parties=named)
        return case_open(procedure=procedure, step=step, actor=actor, at=datetime.now(UTC), new=new, facts=facts).case_id


@contextmanager
def behind(served: Served, server: Embedded) -> Iterator[Officials]:
    """The tests' connection speaks to the served database for a while."""
    before = str(settings.DATABASES["default"]["NAME"])
    _switched(served.database, server)
    try:
        yield Officials(Organisation.objects.get(code=COURT))
    finally:
        _switched(before, server)
