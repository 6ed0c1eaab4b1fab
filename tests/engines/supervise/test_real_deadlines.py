"""真实截止日 · Dutch permits: the overdue list is the one that the log's own deadline and end dates give."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pyarrow.compute as pc

from tests.conftest import ROOT
from tianping.engines.events.read import read
from tianping.engines.supervise.run import supervise
from tianping.procedure.registry import load_folder


def test_the_overdue_list_is_the_logs_own(shared: Path) -> None:
    path = shared / "data/eventlogs/receipt_permits.csv.gz"
    folder = load_folder(ROOT / "examples/receipt_permits")
    log = read(path, procedure=folder, mapping=folder.path / "mapping.toml")
    report = supervise(folder, log.table)
    with gzip.open(path, "rt", encoding="utf-8") as file:
        cases = {row["case_id"]: (row["case:deadline"][:10], row["case:enddate"][:10]) for row in csv.DictReader(file)}
    assert (log.rows, report.cases, log.ignored, log.aside) == (6010, len(cases), 0, 0)
    last = str(report.as_of.date())
    overdue = {case for case, (deadline, end) in cases.items() if (end or last) > deadline}
    late = report.findings.filter(pc.equal(report.findings["rule"].cast("string"), "Receipt.to_close"))
    assert set(late["case_id"].to_pylist()) == overdue
    assert sum(1 for case in overdue if cases[case][1]) == 213
