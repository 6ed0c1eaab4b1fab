"""参数表测试 · Figures by name, day and region; what is not held is an error, never a guess; tables that contradict themselves are refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.conftest import ROOT
from tianping.law.damages import Published, read_case, settle
from tianping.law.errors import TianpingError
from tianping.law.parameters import parameter, parameters, read_table

ROW = '{{ region = "CN", from = {a}, {until}value = "{v}", status = "{s}", source = "甲 | a" }}'


def table(*rows: str) -> str:
    return '[wage]\ntitle = "工资 | Wage"\ncites = "CTPL 23"\nvalues = [' + ", ".join(rows) + "]"


def row(start: str, value: str = "1", until: str = "", status: str = "verified") -> str:
    return ROW.format(a=start, v=value, s=status, until=f"until = {until}, " if until else "")


def test_the_figure_in_force_is_found() -> None:
    assert parameter("compulsory_disability", on=date(2020, 9, 18)).value == Decimal(110_000)
    later = parameter("compulsory_disability", on=date(2020, 9, 19))
    assert (later.value, later.status) == (Decimal(180_000), "secondary")
    assert later.source.zh and later.source.en and later.cites.in_force(date(2021, 1, 1))


def test_what_is_not_held_is_refused() -> None:
    for name, day, region, code in (
        ("nothing", date(2024, 1, 1), "CN", "LAW-201"),
        ("average_staff_wage", date(2024, 1, 1), "CN-SX", "LAW-202"),
        ("urban_consumption", date(2024, 1, 1), "CN-BJ", "LAW-202"),
    ):
        with pytest.raises(TianpingError) as refused:
            parameter(name, on=day, region=region)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (table(row("2020-01-01"), row("2021-01-01")), "LAW-204"),
        (table(row("2020-01-01", until="2021-01-01"), row("2021-01-01")), "LAW-204"),
        (table(row("2020-01-01", value="many")), "LAW-203"),
        (table(row("2020-01-01", value="NaN")), "LAW-203"),
        (table(row("2020-01-01", until="2019-01-01")), "LAW-203"),
        (table(row("2020-01-01", status="sure")), "LAW-203"),
        ("[wage]\nvalues = 3 3", "LAW-203"),
        ('[wage]\ntitle = "工资 | Wage"\nvalues = [{ region = "CN" }]', "LAW-203"),
    ],
)
def test_a_table_that_cannot_be_right_is_refused(text: str, code: str) -> None:
    with pytest.raises(TianpingError) as refused:
        read_table(text, "table.toml")
    assert refused.value.code == code


def test_every_figure_has_its_source_in_both_languages() -> None:
    for rows in parameters().values():
        assert rows and all(p.source.zh and p.source.en and p.title.zh and p.title.en for p in rows)


def test_the_sample_crash_is_settled_by_the_tables() -> None:
    settled = settle(read_case(ROOT / "examples/damages/crash.toml"), Published(parameter))
    assert settled.derivation.text("zh") and settled.derivation.text("en")
