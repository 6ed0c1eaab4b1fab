"""向人民汇报 · An opinion is followed from its author to the answer; nothing is published before."""

from __future__ import annotations

import pytest

from tests.institutions.rows.live import office, opened, take, why
from tianping.casework.errors import Refusal
from tianping.casework.models import Event, Run


def test_an_opinion_is_followed_to_its_answer(database: object) -> None:
    own = office("bureau-40", "COMMAND_CENTRE", "INVITED")
    case = opened(own, "report_to_people", "plan", "COMMAND_CENTRE", {"level": "COUNTY"})
    take(own, case, "invite", "COMMAND_CENTRE", {"invited": 3}, day=1)
    take(own, case, "hold", "COMMAND_CENTRE", {"came": 3}, day=2)
    take(own, case, "Opinion.collect", "INVITED", day=2, entity="o1")
    take(own, case, "Opinion.assign", "COMMAND_CENTRE", day=3, entity="o1")
    with pytest.raises(Refusal) as refused:
        take(own, case, "publish", "COMMAND_CENTRE", day=4)
    assert why(refused) == ["ReportToPeople.unanswered"]
    take(own, case, "Opinion.answer", "COMMAND_CENTRE", day=5, entity="o1")
    assert Run.objects.get(case_id=case, track="opinions", entity="o1").stage == "answered"
    told = Event.objects.filter(case_id=case, entity="o1").order_by("seq").values_list("step", flat=True)
    assert list(told) == ["Opinion.collect", "Opinion.assign", "Opinion.answer"]
    take(own, case, "publish", "COMMAND_CENTRE", day=6)
