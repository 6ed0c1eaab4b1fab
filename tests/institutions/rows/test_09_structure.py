"""内设机构 · The twelve offices of the report have 73 units; a ninth unit in an office of sixty is refused."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tests.casework.conftest import actor_of
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.models import Organisation
from tianping.institutions.establishment.structure.indicators import KIND, Structure

AT = datetime(2019, 5, 6, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


def office(name: str) -> Actor:
    made = Organisation.objects.create(code=f"structure-{name}", kind="procuratorate", zh=name, en=name)
    return actor_of(made, "POLITICAL_DEPARTMENT", "ESTABLISHMENT_OFFICE")


def drafted(own: Actor, level: str, staffing: int, business: int, support: int) -> int:
    new = NewCase("内设机构方案", own.organisation, keys=own.keys)
    facts = {"level": level, "staffing": staffing}
    case = case_open(procedure="unit_plan", step="draft", actor=own, at=AT, new=new, facts=facts, role="Roles.POLITICAL_DEPARTMENT").case_id
    for n, kind in enumerate(["BUSINESS"] * business + ["SUPPORT"] * support, 1):
        take(own, case, "Unit.propose", "POLITICAL_DEPARTMENT", 1, entity=f"u{n}", facts={"name": f"第{n}部", "kind": kind})
    return case


def take(own: Actor, case: int, step: str, role: str, day: int, **given: object) -> None:
    step_take(case_id=case, step=step, actor=own, at=AT + timedelta(days=day), role=f"Roles.{role}", **given)  # type: ignore[arg-type]


def in_force(own: Actor, level: str, staffing: int, business: int, support: int) -> None:
    case = drafted(own, level, staffing, business, support)
    take(own, case, "approve", "ESTABLISHMENT_OFFICE", 2)
    take(own, case, "take_effect", "POLITICAL_DEPARTMENT", 3)
    for n in range(1, business + support + 1):
        take(own, case, "Unit.set_up", "POLITICAL_DEPARTMENT", 4, entity=f"u{n}", facts={"front_line": 3})


def test_a_ninth_unit_in_an_office_of_sixty_is_refused(database: object) -> None:
    own = office("sixty")
    case = drafted(own, "BASIC", 60, 5, 4)
    with pytest.raises(Refusal) as refused:
        take(own, case, "approve", "ESTABLISHMENT_OFFICE", 2)
    assert [r.rule for r in refused.value.reasons] == ["UnitPlan.over_cap"]
    take(own, case, "Unit.drop", "POLITICAL_DEPARTMENT", 2, entity="u9")
    take(own, case, "approve", "ESTABLISHMENT_OFFICE", 2)
    take(own, case, "withdraw", "POLITICAL_DEPARTMENT", 3)


def test_the_offices_of_the_report_have_73_units(database: object) -> None:
    before = Figures().value(Structure.units)
    in_force(office("city"), "CITY", 150, 8, 7)
    in_force(office("yuci"), "BASIC", 80, 5, 3)
    for n in range(10):
        in_force(office(f"basic-{n}"), "BASIC", 45, 3, 2)
    figures = Figures()
    assert figures.value(Structure.units) - before == 73
    assert figures.value(Structure.business) == 8 + 5 + 30
    rows = {row["kind"] if "kind" in row else row[KIND.column]: row["units"] for row in figures.of([Structure.units], [KIND]).to_pylist()}
    assert rows == {"BUSINESS": 43, "SUPPORT": 30}
