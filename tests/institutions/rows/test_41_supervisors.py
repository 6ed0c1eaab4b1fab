"""警风监督员 · A supervisor sees his own tips and what became of them, and nobody else's."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.institutions.rows.live import AT, office, opened, take
from tianping.casework.errors import NoSuchCase
from tianping.casework.selectors.detail import case_detail
from tianping.casework.selectors.lists import case_list


def test_a_supervisor_sees_only_his_own_tips(database: object) -> None:
    inspector = office("inspectors", "INSPECTOR")
    one, other = office("supervisor-1", "CONDUCT_SUPERVISOR"), office("supervisor-2", "CONDUCT_SUPERVISOR")
    cases = [opened(inspector, "conduct_supervisor", "appoint", "INSPECTOR", {"until": "2022-12-31"}, keys=s.keys) for s in (one, other)]
    take(one, cases[0], "Tip.give", "CONDUCT_SUPERVISOR", day=1, entity="t1")
    take(other, cases[1], "Tip.give", "CONDUCT_SUPERVISOR", day=1, entity="t1")
    take(inspector, cases[0], "Tip.take", "INSPECTOR", day=2, entity="t1")
    moment = AT + timedelta(days=3)
    assert [row.id for row in case_list(one, at=moment).rows] == [cases[0]]
    assert any(run.track == "tips" and run.stage == "handled" for run in case_detail(one, cases[0], moment).runs)
    with pytest.raises(NoSuchCase):
        case_detail(one, cases[1], moment)
    with pytest.raises(NoSuchCase):
        take(one, cases[1], "Tip.give", "CONDUCT_SUPERVISOR", day=3, entity="t2")
