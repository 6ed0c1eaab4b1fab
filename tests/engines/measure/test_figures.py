"""指标对照 · Every figure equals the one reckoned case by case, in total and by each group; on DuckDB and on Spark."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest

from tests.conftest import size
from tests.engines.measure.oracle import Unit, adds, lower, reckon, units
from tests.engines.measure.room import EVERY, Appraisals, Mediation, OnTime, P
from tianping.engines.generate import Generator
from tianping.engines.measure.drill import conserved, members
from tianping.engines.measure.errors import ColumnNotHeld, UnknownGroup
from tianping.engines.measure.frames import figures, within
from tianping.engines.measure.plan import needs
from tianping.engines.measure.rollup import Rollup, rollup
from tianping.engines.portable.connect import as_table, connect, has_java
from tianping.engines.supervise.encoding import rows_of_events
from tianping.engines.supervise.run import supervise
from tianping.procedure.measures import Conserve, Days, Indicator, Per, Ratio, Share
from tianping.procedure.registry import find
from tianping.procedure.tables import compiled

# Ibis 12 calls a method of DuckDB 2 by its older name; PySpark 4.3 warns of pandas 3. Neither is ours.
pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]


@pytest.fixture(scope="module")
def log() -> pa.Table:
    tables = compiled(P)
    table = rows_of_events(Generator(tables, 7, start=date(2022, 3, 1)).cases(size(400, 4000), length=14), tables)
    cases = table["case_id"].to_pylist()
    told = {"organisation": [f"court-{hash_of(c) % 3}" for c in cases], "source": [("grid", "union")[hash_of(c) % 2] for c in cases]}
    return table.append_column("organisation", pa.array(told["organisation"])).append_column("source", pa.array(told["source"]))


def hash_of(name: str) -> int:
    return int(name[1:]) * 7919


@pytest.fixture(scope="module")
def clocks(log: pa.Table) -> pa.Table:
    return supervise(find("online_mediation"), log.drop_columns(["source"]), as_of=datetime(2026, 1, 1)).clocks  # noqa: DTZ001 — a local time


@pytest.fixture(scope="module")
def connection() -> Any:
    return connect()


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    if not has_java():
        pytest.skip("no Java: Spark cannot run here")
    connection = connect("spark")
    yield connection
    connection._session.stop()


def made(connection: Any, log: pa.Table, listed: Sequence[Indicator | Conserve], clocks: pa.Table | None = None) -> Rollup:
    told = None if clocks is None else as_table(connection, clocks)
    return rollup(connection, as_table(connection, log), needs(listed), clocks=told)


def by_group(found: list[Unit], by: tuple[Per, ...]) -> dict[tuple[object, ...], list[Unit]]:
    grouped: dict[tuple[object, ...], list[Unit]] = defaultdict(list)
    for unit in found:
        grouped[tuple(unit.under(per) for per in by)].append(unit)
    return grouped


def same(got: pa.Table, listed: list[Indicator], found: list[Unit], by: tuple[Per, ...]) -> None:
    expected = by_group(found, by)
    rows = got.to_pylist()
    assert {tuple(_plain(row[p.column]) for p in by) for row in rows} == set(expected)
    for row in rows:
        own = expected[tuple(_plain(row[p.column]) for p in by)]
        for indicator in listed:
            of, among, value = reckon(indicator, own)
            assert row[f"{indicator.name}_among"] == among, indicator.name
            assert value is None if row[indicator.name] is None else row[indicator.name] == pytest.approx(value), (indicator.name, value)
            if isinstance(indicator, Share | Ratio):
                assert row[f"{indicator.name}_of"] == of


def _plain(value: object) -> object:
    return value.date() if isinstance(value, datetime) else value


@pytest.mark.parametrize("by", [(), EVERY[:1], EVERY[2:], EVERY], ids=["total", "court", "month and lane", "all"])
def test_figures_equal_those_reckoned_case_by_case(connection: Any, log: pa.Table, by: tuple[Per, ...]) -> None:
    listed = Mediation.listed()
    same(figures(made(connection, log, listed), listed, by), listed, units(log.to_pylist(), P, []), by)


def test_spark_gives_the_same_frame(spark: Any, log: pa.Table) -> None:
    listed = Mediation.listed()
    same(figures(made(spark, log, listed), listed, EVERY), listed, units(log.to_pylist(), P, []), EVERY)


def test_figures_on_limits_count_clocks(connection: Any, log: pa.Table, clocks: pa.Table) -> None:
    listed = OnTime.listed()
    found = units(log.to_pylist(), P, clocks.to_pylist())
    assert reckon(listed[0], found)[1] > 0
    same(figures(made(connection, log, listed, clocks), listed, EVERY), listed, found, EVERY)


def test_runs_of_a_part_are_counted(connection: Any, log: pa.Table) -> None:
    listed = Appraisals.listed()
    found = units(log.to_pylist(), listed[0].unit, [])
    assert len(found) > 10
    same(figures(made(connection, log, listed), listed), listed, found, ())


@pytest.mark.parametrize("indicator", Mediation.listed(), ids=lambda i: i.name)
def test_a_figure_drills_down_to_exactly_its_cases(connection: Any, log: pa.Table, indicator: Indicator) -> None:
    roll = made(connection, log, [indicator])
    found = [u for u in units(log.to_pylist(), P, []) if u.true(indicator.among)]
    if isinstance(indicator, Days):
        found = [u for u in found if u.moment(indicator.since, last=False) and u.moment(indicator.until, last=True)]
    if isinstance(indicator, Ratio):
        found = [u for u in found if adds(u, indicator.of) is not None and lower(u, indicator.per) is not None]
    assert paged(roll, indicator, "among") == sorted(u.name[0] for u in found)
    if isinstance(indicator, Share):
        assert paged(roll, indicator, "of") == sorted(u.name[0] for u in found if u.true(indicator.of))
        assert paged(roll, indicator, "rest") == sorted(u.name[0] for u in found if not u.true(indicator.of))


def paged(roll: Rollup, indicator: Indicator, part: str) -> list[str]:
    out: list[str] = []
    while page := members(roll, indicator, part=part, after=out[-1:], size=97)["case_id"].to_pylist():
        out += page
    return out


def test_a_group_drills_down_to_its_own_cases(connection: Any, log: pa.Table) -> None:
    indicator = Mediation.settled
    roll = made(connection, log, [indicator])
    got = members(roll, indicator, part="of", where={"organisation": "court-1", "source": "grid"}, size=10_000)["case_id"].to_pylist()
    found = [u for u in units(log.to_pylist(), P, []) if u.true(indicator.among) and u.true(indicator.of)]
    assert got == sorted(u.name[0] for u in found if u.under(EVERY[0]) == "court-1" and u.under(EVERY[1]) == "grid")
    assert got


def test_several_groups_are_looked_at_together(connection: Any, log: pa.Table) -> None:
    roll = made(connection, log, [Mediation.each_month])
    where = {"organisation": ["court-0", "court-2"], "source": "grid"}
    found = [u for u in units(log.to_pylist(), P, []) if u.under(EVERY[0]) != "court-1" and u.under(EVERY[1]) == "grid"]
    row = figures(within(roll, Mediation.each_month, where), [Mediation.each_month]).to_pylist()[0]
    assert (row["each_month_of"], row["each_month_among"], row["each_month"]) == reckon(Mediation.each_month, found)
    assert members(roll, Mediation.each_month, where=where, size=10_000)["case_id"].to_pylist() == sorted(u.name[0] for u in found)
    assert row["each_month_per"] == len({(u.under(EVERY[0]), u.under(EVERY[2])) for u in found})


def test_what_conserves_is_seen_to_and_what_does_not_is_shown(connection: Any, log: pa.Table) -> None:
    roll = made(connection, log, [Mediation.kept, Mediation.unkept])
    found = units(log.to_pylist(), P, [])
    kept = conserved(roll, Mediation.kept)
    assert kept.holds
    assert kept.whole == sum(kept.parts) == len(found)
    unkept = conserved(roll, Mediation.unkept)
    parts = [[u.true(p) for p in Mediation.unkept.parts] for u in found]
    assert unkept.broken == sum(sum(p) != 1 for p in parts) > 0
    assert set(unkept.first) <= {u.name[0] for u, p in zip(found, parts, strict=True) if sum(p) != 1}


def test_a_group_or_column_that_is_not_there_is_told(log: pa.Table) -> None:
    connection = connect()
    with pytest.raises(UnknownGroup):
        members(made(connection, log, [Mediation.settled]), Mediation.settled, where={"judge": "x"})
    with pytest.raises(ColumnNotHeld):
        made(connection, log.drop_columns(["source"]), [Mediation.settled])
