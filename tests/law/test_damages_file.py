"""案件文件与公布的标准 · The sample, every mistake a file can hold, and the published figures."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.law.test_damages import LORRY, ZERO, Given, crash, walker
from tianping.law.citations import LABELS, Status
from tianping.law.damages import (
    Accident,
    Dependant,
    Group,
    Published,
    Residence,
    parse_case,
    read_case,
    settle,
)
from tianping.law.damages.errors import (
    MissingKey,
    NotAnAmount,
    NotConsistent,
    ResidenceNeeded,
    UnknownKey,
    UnreadableCase,
    WrongValue,
)
from tianping.law.errors import TianpingError
from tianping.law.statutes import parse_citation

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "examples" / "damages" / "crash.toml"

# ---- the file


def test_the_sample_reads_and_settles() -> None:
    found = settle(read_case(SAMPLE), Given())
    losses = sum((a.total() for a in found.assessments), ZERO)
    assert found.paid() + sum(found.own.values(), ZERO) == losses == Decimal("1435242.29")
    assert found.mental_by_compulsory == {"甲 A": Decimal(50000), "乙 B": Decimal(9000)}
    assert "交强险" in found.derivation.text("zh") and "compulsory insurer" in found.derivation.text("en")


BASE = """
title = { zh = "案", en = "case" }
[accident]
on = 2022-08-10
debate_closed = 2023-05-10
region = "CN-SX"
[[vehicles]]
name = "lorry"
share = 0.8
[[victims]]
name = "A"
road = "pedestrian"
age = 40
receipts = { medical = 5000 }
"""


def test_the_smallest_case_reads() -> None:
    assert parse_case(BASE).victims[0].receipts == (("medical", Decimal(5000)),)


@pytest.mark.parametrize(
    ("old", "new", "error", "names"),
    [
        ("age = 40", "agee = 40", MissingKey, "age"),
        ('region = "CN-SX"', 'region = "CN-SX"\nincome = "high"', NotAnAmount, "income"),
        ("age = 40", "age = 40\nagee = 41", UnknownKey, "agee"),
        ("medical = 5000", 'medical = "5,000"', NotAnAmount, "5,000"),
        ("medical = 5000", "medical = 5000.005", NotAnAmount, "medical"),
        ("medical = 5000", "medical = -1", NotAnAmount, "-1"),
        ("medical = 5000", "medical = nan", NotAnAmount, "medical"),
        ("medical = 5000", "medical = true", NotAnAmount, "True"),
        ("medical = 5000", "medicin = 5000", UnknownKey, "medicin"),
        ("share = 0.8", "share = 1.8", NotAnAmount, "share"),
        ("share = 0.8", "", MissingKey, "share"),
        ("age = 40", "age = 4.5", NotAnAmount, "age"),
        ("age = 40", "age = 400", NotAnAmount, "400"),
        ('road = "pedestrian"', 'road = "horse"', WrongValue, "horse"),
        ('road = "pedestrian"', 'road = "driver"', NotConsistent, "vehicle"),
        ('road = "pedestrian"', 'road = "driver"\nvehicle = "bus"', WrongValue, "bus"),
        ("on = 2022-08-10", 'on = "yesterday"', WrongValue, "yesterday"),
        ("on = 2022-08-10", "on = 2024-08-10", NotConsistent, "accident"),
        ("age = 40", "age = 40\ngrade = 8\ncoefficient = 0.3", NotConsistent, "both"),
        ("age = 40", "age = 40\ngrade = 8\ndied = true", NotConsistent, "exclude"),
        ("age = 40", "age = 40\ngrade = 11", NotAnAmount, "grade"),
        ("age = 40", "age = 40\ncoefficient = 0", NotAnAmount, "coefficient"),
        ("age = 40", "age = 40\ndied = 1", WrongValue, "died"),
        ("age = 40", 'age = 40\ndependants = [{ name = "c", age = 6, supporters = 2 }]', NotConsistent, "dependants"),
        ("age = 40", 'age = 40\ngrade = 8\ndependants = [{ name = "c", age = 6, supporters = 0 }]', NotAnAmount, "supporters"),
        ("age = 40", "age = 40\ndependants = 3", WrongValue, "dependants"),
        ("age = 40", "age = 40\nnursing = 3", WrongValue, "nursing"),
        ("age = 40", "age = 40\nlost_income = { yearly = 1, since = 2022-08-10, until = 2022-08-01 }", NotConsistent, "ends"),
        ('name = "A"', 'name = ""', WrongValue, "name"),
        ('zh = "案"', "zh = 1", WrongValue, "zh"),
        ("[[vehicles]]", "[[vehicle]]", UnknownKey, "vehicles"),
        ("[[vehicles]]", "[[vehicles]\n", UnreadableCase, "case"),
    ],
)
def test_every_mistake_is_told_with_its_place(old: str, new: str, error: type[TianpingError], names: str) -> None:
    assert old in BASE
    with pytest.raises(error) as caught:
        parse_case(BASE.replace(old, new))
    assert names in caught.value.text("en")
    assert caught.value.text("zh")


# ---- the published figures


PARAMETERS = ROOT / "src" / "tianping" / "law" / "parameters" / "damages.toml"


@dataclass(frozen=True)
class Row:
    value: Decimal
    status: Status


def look_up(name: str, *, on: date, region: str = "CN") -> Row:
    """The table of this room as it is written, read without the loader."""
    for row in tomllib.loads(PARAMETERS.read_text(encoding="utf-8"))[name]["values"]:
        if row["region"] == region and row["from"] <= on <= row.get("until", date.max):
            return Row(Decimal(row["value"]), row["status"])
    raise LookupError(f"{name} {region} {on}")


def test_every_published_figure_has_words_dates_a_source_and_a_resolvable_article() -> None:
    for name, table in tomllib.loads(PARAMETERS.read_text(encoding="utf-8")).items():
        assert all(table["title"].partition(" | ")[::2]), name
        assert parse_citation(table["cites"]).refs
        by_region: dict[str, list[dict[str, Any]]] = {}
        for row in table["values"]:
            assert Decimal(row["value"]) > 0 and row["status"] in LABELS and all(row["source"].partition(" | ")[::2]), name
            by_region.setdefault(row["region"], []).append(row)
        for rows in by_region.values():
            for earlier, later in pairwise(rows):
                assert earlier["until"] + timedelta(days=1) == later["from"], f"{name}: the rows leave a gap or overlap"


def test_the_limits_changed_on_the_nineteenth_of_september_2020() -> None:
    for group, blameless, before, after in (
        (Group.DISABILITY, False, 110000, 180000),
        (Group.MEDICAL, False, 10000, 18000),
        (Group.PROPERTY, False, 2000, 2000),
        (Group.DISABILITY, True, 11000, 18000),
        (Group.MEDICAL, True, 1000, 1800),
        (Group.PROPERTY, True, 100, 100),
    ):
        figures = [Published(look_up).limit(group, blameless=blameless, on=day).value for day in (date(2020, 9, 18), date(2020, 9, 19))]
        assert figures == [before, after]


def test_the_sample_on_the_published_figures_says_how_far_they_were_checked() -> None:
    found = settle(read_case(SAMPLE), Published(look_up))
    assert found.paid() + sum(found.own.values(), ZERO) == Decimal("1435242.29")
    told = found.derivation.text("en")
    assert "secondary source" in told and "UNVERIFIED" in told and "as the case file states it" in told


def test_the_higher_figure_of_the_home_region_is_taken() -> None:
    def two_regions(name: str, *, on: date, region: str = "CN") -> Row:
        return Row(Decimal(50000), "verified") if region == "CN-BJ" else look_up(name, on=on, region=region)

    hurt = replace(walker(), coefficient=Decimal("0.1"), home_region="CN-BJ")
    found = settle(crash((LORRY,), (hurt,)), Published(two_regions))
    assert found.assessments[0].total() == Decimal(100000)
    assert "PI22 12; PI22 18" in {str(line.cites) for line in found.derivation.lines}
    lower = settle(crash((LORRY,), (replace(hurt, home_region="CN-SX"),)), Published(look_up))
    assert lower.assessments[0].total() == Decimal("79064.00")


def test_the_dual_standard_asks_for_the_rural_figures() -> None:
    asked = []

    def noted(name: str, *, on: date, region: str = "CN") -> Row:
        asked.append(name)
        return Row(Decimal(10000), "verified")

    hurt = replace(walker(), coefficient=Decimal("0.1"), residence=Residence.RURAL, dependants=(Dependant("c", 6, 2),))
    settle(crash((), (hurt,), on=date(2022, 4, 30)), Published(noted))
    assert asked[:2] == ["rural_net_income", "rural_consumption"]
    with pytest.raises(ResidenceNeeded):
        Published(noted).income(Accident(date(2022, 4, 30), date(2023, 1, 1), "CN-SX"), walker())


def test_two_of_one_name_are_refused() -> None:
    again = '[[vehicles]]\nname = "lorry"\nshare = 0.1\n'
    with pytest.raises(NotConsistent):
        parse_case(BASE + again)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableCase):
        read_case(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableCase):
        read_case(tmp_path / "bytes.toml")
