"""参数页面 · A figure is added with its source; what stood before is kept, and a citizen's calculator takes the new one at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from tests.portal.administration.conftest import administrator
from tests.portal.administration.test_pages import HOME, days, key
from tests.portal.desk.conftest import Seat
from tianping.casework.models import CityParameter, SecurityEvent
from tianping.casework.parameters.held import held, held_parameter
from tianping.law.errors import TianpingError
from tianping.law.parameters import Parameter, laid_over, parameter, parameters
from tianping.portal.citizen.ways import _wage

WHERE = f"{HOME}parameters"
INCOME = "urban_disposable_income"


def form(**more: object) -> dict[str, object]:
    return {
        "name": INCOME, "region": "CN-SX", "value": "43,500", "status": "verified", "zh": "试验用来源", "en": "made up for the test",
        **days("start", date(2025, 1, 1)), **days("end", date(2025, 12, 31)), **key(), **more,
    }  # fmt: skip


def test_a_figure_is_added_and_holds_at_once(system: Seat) -> None:
    with pytest.raises(TianpingError):
        held_parameter()(INCOME, on=date(2025, 6, 1), region="CN-SX")
    assert "写一个数" in system.post(WHERE, form(value="many"), 422).text
    assert "选择一项" in system.post(WHERE, form(name="income"), 422).text
    assert "早于" in system.post(WHERE, form() | days("end", date(2024, 1, 1)), 409).text
    assert "不小于零" in system.post(WHERE, form(value="-1"), 409).text
    assert "没有“nothing_2030”" in system.post(WHERE, form(other="nothing_2030"), 409).text
    assert CityParameter.objects.count() == 0
    system.post(WHERE, form())
    found = held_parameter()(INCOME, on=date(2025, 6, 1), region="CN-SX")
    assert (found.value, found.source.zh, found.status) == (Decimal(43_500), "试验用来源", "verified")
    assert parameter(INCOME, on=date(2024, 6, 1), region="CN-SX") == held_parameter()(INCOME, on=date(2024, 6, 1), region="CN-SX")
    page = system.get(WHERE)
    assert "43,500" in page
    assert system.account.username in page
    row = CityParameter.objects.get()
    assert SecurityEvent.objects.filter(kind="parameter_added", subject=row.pk, actor=system.account.pk).exists()
    assert "已在册" in system.post(WHERE, form(), 409).text


def test_a_later_figure_takes_the_place_of_a_part_and_the_former_is_kept(system: Seat) -> None:
    system.post(WHERE, form(value="41000", zh="更正") | days("start", date(2024, 7, 1)) | days("end", date(2024, 12, 31)))
    look = held_parameter()
    assert look(INCOME, on=date(2024, 6, 30), region="CN-SX").value == Decimal(41_327), "what stands in the tables, until the day before"
    assert look(INCOME, on=date(2024, 7, 1), region="CN-SX").value == Decimal(41_000)
    assert "已被替换" in system.get(WHERE)
    assert "41,327" in system.get(WHERE)


def test_another_year_of_a_yearly_series_is_the_citizens_wage(system: Seat) -> None:
    system.post(
        WHERE,
        form(
            name="",
            other="employed_average_wage_2025",
            value="98000",
            **days("end", date(1, 1, 1)) | {"end-year": "", "end-month": "", "end-day": ""},
        ),
    )
    assert (_wage().value, _wage().source.zh) == (Decimal(98_000), "2025 年就业人员年平均工资（试验用来源）")


def test_figures_laid_over_never_overlap() -> None:
    table = parameters()
    base = table[INCOME][0]

    def new(start: date, end: date | None) -> Parameter:
        return Parameter(INCOME, base.title, Decimal(1), "CN-SX", start, end, base.cites, "verified", base.source)

    for spans in (
        [(date(2023, 3, 1), date(2023, 4, 1))],
        [(date(2022, 1, 1), None)],
        [(date(2023, 6, 1), date(2024, 6, 1)), (date(2024, 1, 1), None), (date(2023, 1, 1), date(2023, 1, 1))],
    ):
        rows = [p for p in laid_over(table, [new(*s) for s in spans])[INCOME] if p.region == "CN-SX"]
        assert all(one.end is not None and one.end < other.start for one, other in pairwise(rows)), rows
        last = spans[-1]
        assert any(p.value == 1 and (p.start, p.end) == last for p in rows)


def test_no_figure_is_changed_and_nobody_else_adds_one(system: Seat) -> None:
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("update casework_cityparameter set value = 1")
    before = CityParameter.objects.count()
    for kind in ("security", "audit", ""):
        administrator(kind).post(WHERE, form(value="1"), 404)
    assert CityParameter.objects.count() == before
    assert held() != parameters()
