"""监督报告测试 · The page holds every clock, how late the late ones were, and every rule; it needs no network and runs no script."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tianping.engines.events.read import read
from tianping.engines.supervise.run import Piece, supervise
from tianping.engines.supervise.tally import Tally
from tianping.law.text import Lang
from tianping.procedure.registry import load_folder
from tianping.project.report import write_report

HOSTILE = '<script>alert("x")</script>'


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_page_tells_everything_and_stands_alone(tmp_path: Path, lang: Lang) -> None:
    folder = load_folder(ROOT / "examples/road_traffic_fines")
    rows = [
        ("A", "Create Fine", "2020-01-01"),
        ("A", "Send Fine", "2020-04-04"),
        (HOSTILE, "Create Fine", "2020-01-01"),
        (HOSTILE, "Send Fine", "2022-01-01"),
    ]
    log = tmp_path / "log.csv"
    log.write_text("case_id,activity,date\n" + "".join(f'"{c.replace(chr(34), chr(34) * 2)}",{w},{d}\n' for c, w, d in rows), encoding="utf-8")
    report = supervise(folder, read(log, procedure=folder, mapping=folder.path / "mapping.toml").table, as_of=date(2022, 6, 1))
    tally = Tally().add(Piece(report.clocks.to_batches(), report.findings.to_batches(), report.events, report.cases))
    assert tally.late == {"Fine.to_send": [1, 0, 0, 0, 1]}
    page = write_report(tally, datetime(2022, 6, 1), folder, log.name, lang, tmp_path / "report.html").read_text(encoding="utf-8")  # noqa: DTZ001
    assert "<script" not in page and "&lt;script&gt;" in page
    assert not re.findall(r"(?:src|href)=|url\(|@import", page)
    assert "default-src 'none'" in page
    for shown in ("Fine.to_send", "2020-04-04", "2022-01-01", {"zh": "逾期多久", "en": "How late"}[lang], {"zh": "8–30 日", "en": "8–30 days"}[lang]):
        assert shown in page
