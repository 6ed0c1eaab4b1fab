"""读日志测试 · Logs come in whole: every row is an event, ignored, or named with its line and reason."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tianping.engines.events.read import read
from tianping.law.errors import TianpingError
from tianping.procedure.registry import Folder, load_folder

HEAD = "case_id,activity,date\n"
GOOD = "A1,Create Fine,2020-01-01\nA1,Send Fine,2020-02-01\nB2,Create Fine,2020-01-05\n"


@pytest.fixture(scope="module")
def fines() -> Folder:
    return load_folder(ROOT / "examples/road_traffic_fines")


@pytest.fixture(scope="module")
def mapping() -> Path:
    return ROOT / "examples/road_traffic_fines/mapping.toml"


def written(tmp_path: Path, text: str, name: str = "log.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_become_events_in_order(tmp_path: Path, fines: Folder, mapping: Path) -> None:
    log = read(written(tmp_path, HEAD + GOOD), procedure=fines, mapping=mapping)
    assert (log.rows, log.ignored, log.aside) == (3, 0, 0)
    got = log.table.select(["case_id", "seq", "step"]).to_pylist()
    assert [(r["case_id"], r["seq"], r["step"]) for r in got] == [("A1", 0, "Fine.create"), ("A1", 1, "Fine.send"), ("B2", 0, "Fine.create")]


def test_gzip_reads_the_same(tmp_path: Path, fines: Folder, mapping: Path) -> None:
    packed = tmp_path / "log.csv.gz"
    packed.write_bytes(gzip.compress((HEAD + GOOD).encode()))
    plain = read(written(tmp_path, HEAD + GOOD), procedure=fines, mapping=mapping)
    assert read(packed, procedure=fines, mapping=mapping).table.equals(plain.table)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (",Send Fine,2020-02-01", "no case id"),
        ("A1,Fly,2020-02-01", "unknown step “Fly”"),
        ("A1,Send Fine,yesterday", "the time “yesterday” cannot be read"),
        ("A1,,2020-02-01", "no step"),
        ("A1,Send Fine,2020-02-01,one too many", "wrong number of columns"),
    ],
)
def test_a_bad_row_is_named_and_set_aside(tmp_path: Path, fines: Folder, mapping: Path, row: str, reason: str) -> None:
    path = written(tmp_path, HEAD + GOOD + row + "\n" + "C3,Create Fine,2020-03-01\n")
    with pytest.raises(TianpingError) as stopped:
        read(path, procedure=fines, mapping=mapping)
    assert stopped.value.code == "EVT-106"
    assert "line 5" in stopped.value.text("en")
    assert reason in stopped.value.text("en")
    aside = tmp_path / "aside.csv"
    log = read(path, procedure=fines, mapping=mapping, bad="aside", aside=aside)
    assert (log.rows, len(log.table), log.aside) == (5, 4, 1)
    assert reason.split(" “")[0] in aside.read_text(encoding="utf-8")
    assert aside.read_text(encoding="utf-8").splitlines()[1].startswith("5,")


def test_ignored_activities_are_counted(tmp_path: Path, fines: Folder, mapping: Path) -> None:
    more = written(tmp_path, 'ignore = ["Letter"]\n' + mapping.read_text(encoding="utf-8"), "mapping.toml")
    log = read(written(tmp_path, HEAD + GOOD + "A1,Letter,2020-02-02\n"), procedure=fines, mapping=more)
    assert (log.rows, len(log.table), log.ignored) == (4, 3, 1)


@pytest.mark.parametrize(
    ("name", "text", "code"),
    [
        ("log.csv", "id,activity,date\nA1,Create Fine,2020-01-01\n", "EVT-104"),
        ("log.txt", HEAD + GOOD, "EVT-102"),
        ("log.csv.gz", HEAD + GOOD, "EVT-103"),
        ("log.xes", "<log><trace><event></trace></log>", "EVT-103"),
        ("log.parquet", "PAR1 not really", "EVT-103"),
    ],
)
def test_a_file_that_is_no_log_is_refused(tmp_path: Path, fines: Folder, mapping: Path, name: str, text: str, code: str) -> None:
    with pytest.raises(TianpingError) as refused:
        read(written(tmp_path, text, name), procedure=fines, mapping=mapping)
    assert refused.value.code == code
    assert refused.value.text("zh")
    assert refused.value.text("en")


def test_a_missing_file_is_named(tmp_path: Path, fines: Folder, mapping: Path) -> None:
    with pytest.raises(TianpingError) as refused:
        read(tmp_path / "none.csv", procedure=fines, mapping=mapping)
    assert refused.value.code == "EVT-101"


@pytest.mark.parametrize("text", ["columns = 3 =", '[steps]\n"X" = "Fine.fly"', "[colour]\nx = 1", '[facts]\nweight = "w"'])
def test_a_wrong_mapping_is_refused(tmp_path: Path, fines: Folder, text: str) -> None:
    with pytest.raises(TianpingError) as refused:
        read(written(tmp_path, HEAD + GOOD), procedure=fines, mapping=written(tmp_path, text, "mapping.toml"))
    assert refused.value.code == "EVT-105"


XES = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
 <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
 <global scope="event"><string key="concept:name" value="__INVALID__"/></global>
 <string key="concept:name" value="the log"/>
 <trace><string key="concept:name" value="A1"/>
  <event><string key="concept:name" value="Create Fine"/><date key="time:timestamp" value="2020-01-01T00:00:00.000+01:00"/>
   <string key="org:resource" value="561"><string key="nested" value="x"/></string></event>
  <event><date key="time:timestamp" value="2020-02-01T00:00:00.000+01:00"/><string key="concept:name" value="Send Fine"/></event>
 </trace>
 <trace><string key="concept:name" value="B&amp;2"/>
  <event><string key="concept:name" value="Create Fine"/><date key="time:timestamp" value="2020-01-05T00:00:00.000+01:00"/></event>
 </trace>
</log>"""


def test_xes_gives_the_same_events(tmp_path: Path, fines: Folder, mapping: Path) -> None:
    steps = "[steps]" + mapping.read_text(encoding="utf-8").split("[steps]")[1]
    how = written(tmp_path, steps, "mapping.toml")
    packed = tmp_path / "log.xes.gz"
    packed.write_bytes(gzip.compress(XES.encode()))
    for path in (written(tmp_path, XES, "log.xes"), packed):
        rows = read(path, procedure=fines, mapping=how).table.to_pylist()
        assert [(r["case_id"], r["seq"], r["step"], str(r["happened"]), r["actor"]) for r in rows] == [
            ("A1", 0, "Fine.create", "2020-01-01 00:00:00", "561"),
            ("A1", 1, "Fine.send", "2020-02-01 00:00:00", None),
            ("B&2", 0, "Fine.create", "2020-01-05 00:00:00", None),
        ]


def test_entities_are_not_expanded(tmp_path: Path, fines: Folder, mapping: Path) -> None:
    bomb = '<!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + XES.split("?>")[1].replace("561", "&b;")
    with pytest.raises(TianpingError) as refused:
        read(written(tmp_path, bomb, "log.xes"), procedure=fines, mapping=mapping)
    assert refused.value.code == "EVT-103"
