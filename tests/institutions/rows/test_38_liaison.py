"""项目联系 · County by county the sums are the total; a project without an officer for more than three days is listed."""

from __future__ import annotations

import pytest

from tests.institutions.rows.live import office, opened, take
from tianping.casework.figures import Figures
from tianping.casework.models import Clock
from tianping.institutions.police.liaison.indicators import Liaison, LiaisonMatters
from tianping.procedure.measures import ORGANISATION

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
ROLES = ("OFFICER", "COMMAND_CENTRE")


def test_the_counties_sum_to_the_total(database: object) -> None:
    for n in range(3):
        own = office(f"county-{n}", *ROLES)
        case = opened(own, "project_liaison", "register", "COMMAND_CENTRE", {"project": f"p{n}"})
        take(own, case, "link", "COMMAND_CENTRE", {"officer": "a", "deputy": "b", "led": False}, day=1)
        for k in range(n + 1):
            take(own, case, "visit", "OFFICER", day=2 + k)
            take(own, case, "Problem.raise_", "OFFICER", {"kind": "OPINION" if k % 2 else "RISK"}, day=2 + k, entity=f"p{k}")
    figures = Figures()
    for indicator in (Liaison.visits, LiaisonMatters.opinions, LiaisonMatters.risks):
        rows = figures.of([indicator], [ORGANISATION]).to_pylist()
        ours = {r["organisation"]: r[indicator.name] for r in rows if r["organisation"].startswith("county-")}
        assert sum(r[indicator.name] or 0 for r in rows) == figures.value(indicator)
        assert sum(v or 0 for v in ours.values()) == {"visits": 6, "opinions": 2, "risks": 4}[indicator.name]


def test_a_project_without_an_officer_for_more_than_three_days_is_listed(database: object) -> None:
    own = office("county-late", *ROLES)
    case = opened(own, "project_liaison", "register", "COMMAND_CENTRE", {"project": "late"})
    clock = Clock.objects.get(case_id=case)
    assert clock.code == "ProjectLiaison.to_link"
    assert (clock.due.astimezone().date() - clock.since.astimezone().date()).days == 3
    figures = Figures()
    assert str(case) in figures.cases(Liaison.without_officer)["case_id"].to_pylist()
    take(own, case, "link", "COMMAND_CENTRE", {"officer": "a", "deputy": "b", "led": False}, day=4)
    assert Clock.objects.get(case_id=case, code="ProjectLiaison.to_link").status == "met_late"
    assert str(case) not in Figures().cases(Liaison.without_officer)["case_id"].to_pylist()
