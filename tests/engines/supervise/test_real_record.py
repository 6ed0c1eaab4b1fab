"""真实日志 · 113,487 real fines: what is known of them from elsewhere comes out, to the last case."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow.compute as pc
import pytest

from tests.conftest import ROOT, size
from tianping.engines.events.read import read
from tianping.engines.events.write import write
from tianping.engines.supervise.run import Report, supervise
from tianping.procedure.registry import load_folder


@pytest.fixture(scope="module")
def fines(shared: Path) -> Report:
    folder = load_folder(ROOT / "examples/road_traffic_fines")
    log = read(shared / "data/rtfm/events.csv.gz", procedure=folder, mapping=folder.path / "mapping.toml")
    assert (log.rows, log.ignored, log.aside) == (431_111, 0, 0)
    return supervise(folder, log.table)


def statuses(report: Report, clock: str) -> Counter[str]:
    some = report.clocks.filter(pc.equal(report.clocks["clock"].cast("string"), clock))
    return Counter(some["status"].to_pylist())


def rules(report: Report) -> Counter[str]:
    return Counter(report.findings["rule"].to_pylist())


def test_nothing_is_lost(fines: Report) -> None:
    assert (fines.cases, fines.events) == (113_487, 431_111)
    assert str(fines.as_of.date()) == "2012-03-26"


def test_the_penalty_date_is_predicted_in_every_case(fines: Report) -> None:
    assert statuses(fines, "Fine.to_penalise") == Counter(met=62_249)
    clocks = fines.clocks.filter(pc.equal(fines.clocks["clock"].cast("string"), "Fine.to_penalise"))
    assert pc.all(pc.equal(clocks["due"], clocks["met_on"])).as_py()


def test_late_acts_are_counted_to_the_last_case(fines: Report) -> None:
    assert statuses(fines, "Fine.to_send")["met_late"] == 41_721
    assert statuses(fines, "Fine.to_appeal")["met_late"] == 417
    assert statuses(fines, "Fine.to_sue")["met_late"] == 189
    assert statuses(fines, "Fine.to_sue")["met_late"] + statuses(fines, "Fine.to_sue")["met"] == 427


def test_appeals_before_the_notification_are_flagged(fines: Report) -> None:
    assert rules(fines)["Fine.not_notified"] == 157


@pytest.mark.parametrize("name", ["log.xes", "log.xes.gz", "log.json"])
def test_the_same_record_in_another_form_is_judged_the_same(shared: Path, tmp_path: Path, name: str) -> None:
    folder = load_folder(ROOT / "examples/road_traffic_fines")
    table = read(shared / "data/rtfm/events.csv.gz", procedure=folder, mapping=folder.path / "mapping.toml").table
    some = table.slice(0, size(20_000, len(table)))
    write(some, tmp_path / name)
    back = read(tmp_path / name, procedure=folder)
    assert (back.rows, len(back.table), back.ignored, back.aside) == (len(some), len(some), 0, 0)
    ours, theirs = supervise(folder, some), supervise(folder, back.table)
    assert (ours.cases, ours.as_of) == (theirs.cases, theirs.as_of)
    for table, other in ((ours.clocks, theirs.clocks), (ours.findings, theirs.findings)):
        assert table.num_rows
        assert sorted(map(str, table.to_pylist())) == sorted(map(str, other.to_pylist()))


def test_no_payment_follows_credit_collection(fines: Report) -> None:
    assert rules(fines)["Fine.pay.closed"] == 0
