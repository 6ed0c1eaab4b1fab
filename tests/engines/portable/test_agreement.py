"""后端一致 · DuckDB and Spark find what the arrays find, row by row, on random logs of every definition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tests.conftest import PROOF, ROOT, size
from tests.procedure.concepts import Inquest
from tests.procedure.sample import Trial
from tianping.engines.generate import Generator
from tianping.engines.portable.connect import connect, has_java
from tianping.engines.portable.relational.words import missing
from tianping.engines.portable.run import supervise as portable
from tianping.engines.portable.survey import Survey
from tianping.engines.supervise.encoding import rows_of_events
from tianping.engines.supervise.run import supervise as arrays
from tianping.procedure.grammar import Fact, Procedure
from tianping.procedure.registry import Folder, folders, load_folder
from tianping.procedure.tables import compiled

PATHS = [*folders().values(), *(p.parent for p in sorted((ROOT / "examples").glob("*/procedure.py")))]
SAMPLE = Folder(ROOT / "tests/procedure", (Trial,))
CONCEPTS = Folder(ROOT / "tests/procedure", (Inquest,))
FOLDERS = [*(load_folder(path) for path in PATHS), SAMPLE, CONCEPTS]
VERSIONS = [(folder, version) for folder in FOLDERS for version in folder.versions]
NAMES = [f"{folder.code}-{version.valid_from}" for folder, version in VERSIONS]
BY_CODE = {folder.code: folder for folder in FOLDERS}
NOTHING = Survey(0, None, frozenset(), entity=True, recorded=True, voids=True, actor=True, role=True, into=False, facts={}, packs=True)
EXPRESSED = sorted(f.code for f in FOLDERS if not any(missing(compiled(v), NOTHING) for v in f.versions))
# Spark is slow to start each query: a few definitions at the bar, every one in the proof.
ON_SPARK = [
    (f, v) for f, v in VERSIONS if PROOF or (v is f.current and f.code in ("criminal_case", "first_instance_civil", "incident", "sample_inquest"))
]
CASES = size(40, 300)
# Ibis 12 calls a method of DuckDB 2 by its older name; PySpark 4.3 warns of pandas 3. Neither is ours.
pytestmark = [
    pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
]


@pytest.fixture(scope="module")
def duckdb() -> Iterator[Any]:
    connection = connect("duckdb")
    yield connection
    connection.disconnect()


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    if not has_java():
        pytest.skip("no Java: Spark cannot run here")
    connection = connect("spark")
    yield connection
    connection._session.stop()


def log_of(version: type[Procedure], seed: int, cases: int) -> pa.Table:
    """Random cases of one version."""
    tables = compiled(version)
    return rows_of_events(Generator(tables, seed, start=version.valid_from).cases(cases), tables)


def rows(table: pa.Table) -> Counter[tuple[object, ...]]:
    return Counter(zip(*(table[name].to_pylist() for name in table.column_names), strict=True))


def compare(folder: Folder, log: pa.Table, connection: Any, way: str) -> str:
    as_of = max(log["happened"].to_pylist()) - timedelta(days=100)
    expected = arrays(folder, log, as_of=as_of, workers=1)
    got = portable(folder, log, as_of=as_of, connection=connection, way=way)
    assert (got.events, got.cases, got.as_of) == (expected.events, expected.cases, expected.as_of)
    for name in ("clocks", "findings"):
        ours, theirs = getattr(got, name), getattr(expected, name)
        assert ours.schema == theirs.schema
        mine, other = rows(ours), rows(theirs)
        assert mine == other, (name, len(mine - other), len(other - mine), list((mine - other) + (other - mine))[:6])
    # A limit that starts from a date among the answers may find none in so few random cases.
    assert len(expected.clocks) or not any(not isinstance(row.limit.since, Fact) for version in folder.versions for row in compiled(version).limits)
    return got.way


def test_what_does_not_fit_memory_is_not_spilled_where_one_stands(duckdb: Any) -> None:
    ((place,),) = duckdb.con.sql("select current_setting('temp_directory')").fetchall()
    assert Path(place).is_absolute() and not Path(place).is_relative_to(Path.cwd())


@pytest.mark.parametrize(("folder", "version"), VERSIONS, ids=NAMES)
def test_partitions_on_duckdb_agree_with_arrays(folder: Folder, version: type[Procedure], duckdb: Any) -> None:
    assert compare(folder, log_of(version, 1, CASES), duckdb, "partitions") == "partitions"


@pytest.mark.parametrize("code", EXPRESSED if PROOF else EXPRESSED[::3])  # every definition is judged by partitions above
def test_expressions_on_duckdb_agree_with_arrays(code: str, duckdb: Any) -> None:
    folder = BY_CODE[code]
    # Merges are judged by partitions; without them the same definition is expressed.
    assert compare(folder, log_of(folder.current, 2, CASES).drop_columns(["into"]), duckdb, "expressions") == "expressions"


def test_definitions_that_can_be_expressed_are_found() -> None:
    assert {"incident", "pre_filing", "receipt_permits", "road_traffic_fine", "service_of_process"} <= set(EXPRESSED)
    assert "criminal_case" not in EXPRESSED


def test_cases_of_two_versions_in_one_log_are_each_judged_by_their_own(duckdb: Any) -> None:
    folder = BY_CODE["pre_filing"]
    parts = []
    for version in folder.versions:
        log = log_of(version, 3, 20)
        parts.append(log.set_column(0, "case_id", pc.binary_join_element_wise(log["case_id"], str(version.valid_from), "-")))
    log = pa.concat_tables(parts)
    compare(folder, log, duckdb, "expressions")
    compare(folder, log, duckdb, "partitions")


def test_events_that_do_not_fit_one_number_are_counted_by_a_window(duckdb: Any) -> None:
    folder = BY_CODE["road_traffic_fine"]
    log = log_of(folder.current, 4, CASES)
    later = pc.add(log["happened"], pa.scalar(timedelta(microseconds=7), pa.duration("us")))
    log = log.set_column(log.column_names.index("happened"), "happened", later)
    assert compare(folder, log, duckdb, "expressions") == "expressions"
    assert compare(folder, log, duckdb, "auto") == "partitions"


@pytest.mark.parametrize("code", ["receipt_permits", "road_traffic_fine"][: size(1, 2)])
def test_expressions_on_spark_agree_with_arrays(code: str, spark: Any) -> None:
    folder = BY_CODE[code]
    assert compare(folder, log_of(folder.current, 2, 15), spark, "auto") == "expressions"


@pytest.mark.parametrize(("folder", "version"), ON_SPARK, ids=[f"{f.code}-{v.valid_from}" for f, v in ON_SPARK])
def test_partitions_on_spark_agree_with_arrays(folder: Folder, version: type[Procedure], spark: Any) -> None:
    assert compare(folder, log_of(version, 1, 12), spark, "partitions") == "partitions"
