"""真实日志 · 113,487 real fines through DuckDB: the same tables as the arrays, to the last case, and so what is known of them from elsewhere."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from tests.conftest import ROOT
from tianping.engines.events.read import read
from tianping.engines.portable.run import PortableReport, supervise
from tianping.engines.supervise.run import Report
from tianping.engines.supervise.run import supervise as arrays
from tianping.procedure.registry import load_folder

# Ibis 12 calls a method of DuckDB 2 by its older name.
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


@pytest.fixture(scope="module")
def judged(shared: Path) -> tuple[PortableReport, PortableReport, Report]:
    folder = load_folder(ROOT / "examples/road_traffic_fines")
    log = read(shared / "data/rtfm/events.csv.gz", procedure=folder, mapping=folder.path / "mapping.toml").table
    return supervise(folder, log, way="expressions"), supervise(folder, log, way="partitions"), arrays(folder, log)


def statuses(report: Report, clock: str) -> Counter[str]:
    return Counter(report.clocks.filter(pc.equal(report.clocks["clock"].cast("string"), clock))["status"].to_pylist())


def in_order(table: pa.Table) -> pa.Table:
    plain = pa.table([c.cast(pa.string()) if pa.types.is_dictionary(c.type) else c for c in table.columns], names=table.column_names)
    return plain.sort_by([(name, "ascending") for name in table.column_names])


def test_the_known_counts_come_out(judged: tuple[PortableReport, PortableReport, Report]) -> None:
    report = judged[0]
    assert report.way == "expressions"
    assert (report.cases, report.events, str(report.as_of.date())) == (113_487, 431_111, "2012-03-26")
    assert statuses(report, "Fine.to_penalise") == Counter(met=62_249)
    assert statuses(report, "Fine.to_send")["met_late"] == 41_721
    assert statuses(report, "Fine.to_appeal")["met_late"] == 417
    assert statuses(report, "Fine.to_sue")["met_late"] == 189
    found = Counter(report.findings["rule"].to_pylist())
    assert (found["Fine.not_notified"], found["Fine.pay.closed"]) == (157, 0)


def test_every_row_is_the_arrays_row(judged: tuple[PortableReport, PortableReport, Report]) -> None:
    expressions, partitions, expected = judged
    for name in ("clocks", "findings"):
        theirs = in_order(getattr(expected, name))
        assert in_order(getattr(expressions, name)).equals(theirs)
        assert in_order(getattr(partitions, name)).equals(theirs)
