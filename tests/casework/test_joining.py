"""并案 · A case is merged into another of its procedure that the actor handles, and into nothing else; no way leads back."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.casework.conftest import actor_of
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.errors import BadAnswer, NoSuchCase, NotMerged
from tianping.casework.models import Case, Event, Organisation

MONDAY = datetime(2026, 3, 2, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


def opened(chief: Actor) -> int:
    new = NewCase("王某盗窃案", chief.organisation, keys=chief.keys)
    return case_open(procedure="criminal_case", step="CriminalCase.open_case", actor=chief, at=MONDAY, new=new).case_id


def merged(case: int, into: int | None, chief: Actor) -> None:
    step_take(case_id=case, step="CriminalCase.merge", actor=chief, at=MONDAY + timedelta(days=1), into=into)


def test_a_case_goes_into_another_that_its_chief_handles(court: Organisation, other_court: Organisation) -> None:
    chief = actor_of(court, "CHIEF")
    first, second, third = (opened(chief) for _ in range(3))
    elsewhere = opened(actor_of(other_court, "CHIEF"))
    judge = actor_of(court, "FILING_JUDGE")
    facts = {"suit": "ORDINARY", "qualifies": True}
    suit = case_open(
        procedure="pre_filing", step="PreFiling.receive", actor=judge, at=MONDAY, new=NewCase("甲诉乙", court.pk, keys=judge.keys), facts=facts
    ).case_id  # fmt: skip
    for goal, error in ((elsewhere, NoSuchCase), (10**12, NoSuchCase), (suit, NotMerged), (first, NotMerged)):
        with pytest.raises(error):
            merged(first, goal, chief)
    with pytest.raises(BadAnswer):
        step_take(case_id=first, step="CriminalCase.transfer", actor=chief, at=MONDAY + timedelta(days=1), into=second)
    assert Event.objects.filter(case_id=first).count() == 1
    merged(first, second, chief)
    assert (Case.objects.get(pk=first).stage, Event.objects.get(case_id=first, seq=2).into) == ("merged", second)
    merged(second, third, chief)
    with pytest.raises(NotMerged):
        merged(third, first, chief)
