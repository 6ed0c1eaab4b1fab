"""命令行测试 · As a newcomer would call it: answers, errors in words, exit status, both languages, no traceback."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import warnings
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from tests.conftest import ROOT
from tianping.project.cli import main


def call(*words: str, lang: str = "en", more: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A command, in this process: everything but the start of Python, which ``afresh`` tries."""
    out, err, status = StringIO(), StringIO(), 0
    env = patch.dict(os.environ, {"TIANPING_LANG": lang} | (more or {}))
    with env, patch.object(sys, "argv", ["tianping", *words]), chdir(ROOT), redirect_stdout(out), redirect_stderr(err), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            main()
        except SystemExit as end:
            status = int(end.code or 0)
    return subprocess.CompletedProcess(words, status, out.getvalue(), err.getvalue())


def afresh(*words: str, lang: str = "en", more: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """A command as a newcomer calls it, in a process of its own."""
    paths = {"PYTHONPATH": str(ROOT / "src"), "TIANPING_LANG": lang, "PYTHONIOENCODING": "utf-8"} | (more or {})
    command = [sys.executable, "-c", "from tianping.project.cli import main; main()", *words]
    return subprocess.run(command, cwd=ROOT, env=os.environ | paths, capture_output=True, text=True, encoding="utf-8", check=False)


def test_due_tells_the_day_and_how() -> None:
    got = afresh("law", "due", "appeal_judgment", "--from", "2022-09-22")
    assert got.returncode == 0
    assert "2022-10-08" in got.stdout.splitlines()[-1]
    assert "Civil Procedure Law" in got.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("law", "due", "no_such_rule", "--from", "2022-09-22"), "LAW-301"),
        (("law", "due", "appeal_judgment", "--from", "soon"), "CLI-101"),
        (("law", "due", "appeal_judgment", "--from", "1950-01-01"), "LAW-"),
        (("law", "due", "trial_ordinary", "--from", "2022-03-01", "--pause", "2022-05-01..2022-04-01"), "LAW-"),
        (("law", "due", "summons_criminal", "--from", "2022-10-01T09:30", "--pause", "2022-10-01T10:00..2022-10-01T09:00"), "LAW-131"),
        (("law", "rules", "--lang", "fr"), "CLI-102"),
        (("law", "due", "appeal_judgment"), "CLI-107"),
        (("law", "divine"), "CLI-107"),
        (("law", "rules", "--loud"), "CLI-107"),
        (("supervise", "log.csv"), "CLI-301"),
        (("procedures", "show", "nothing"), "PRO-401"),
        (("supervise", "none.csv", "-p", "examples/road_traffic_fines"), "EVT-101"),
    ],
)
def test_errors_speak(words: tuple[str, ...], code: str) -> None:
    for lang, following in (("zh", "下一步"), ("en", "Next")):
        got = (afresh if code == "CLI-107" else call)(*words, lang=lang)
        assert got.returncode == 2
        assert code in got.stderr
        assert following in got.stderr or "--lang" in words
        assert "Traceback" not in got.stderr


def test_a_small_log_is_supervised(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("case_id,activity,date\nA,Create Fine,2020-01-01\nA,Send Fine,2020-09-01\n", encoding="utf-8")
    got = afresh("supervise", str(log), "-p", "examples/road_traffic_fines", "-o", str(tmp_path / "out"), "--format", "csv")
    assert got.returncode == 0, got.stderr
    assert "met_late" in got.stdout
    rows = (tmp_path / "out/findings.csv").read_text(encoding="utf-8").splitlines()
    assert rows[0].replace('"', "") == "case_id,track,entity,rule,severity,happened,due,citation,message_zh,message_en"
    assert '"Fine.to_send"' in rows[1]
    assert "2020-09-01" in rows[1]
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "Fine.to_send" in page
    assert "<script" not in page
    assert "http://" not in page.replace("http-equiv", "")


def test_the_tour_runs() -> None:
    for lang in ("zh", "en"):
        got = call("tour", "--lang", lang)
        assert got.returncode == 0, got.stdout + got.stderr
        assert "✓" in got.stdout
        assert "✗" not in got.stdout


def test_the_worked_cases_come_out() -> None:
    got = call("procedures", "test", "examples/road_traffic_fines")
    assert got.returncode == 0, got.stdout
    assert call("procedures", "list").stdout.count("road_traffic_fine") == 1


def test_a_code_that_is_listed_can_be_named() -> None:
    for words in (("show",), ("check",), ("test",), ("draw", "--format", "mermaid")):
        got = call("procedures", words[0], "road_traffic_fine", *words[1:], "--json")
        assert got.returncode == 0, got.stderr
        assert json.loads(got.stdout)


def test_events_after_the_day_asked_for_are_counted_apart(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG, encoding="utf-8")
    got = supervised(log, "--as-of", "2020-06-01")
    assert (got["read"]["events"], got["read"]["later"], got["events"], got["cases"]) == (4, 1, 3, 2)
    assert {(c["clock"], c["status"]): c["count"] for c in got["clocks"]} == {("Fine.to_send", "met"): 1, ("Fine.to_send", "missed"): 1}
    told = call("supervise", str(log), "-p", "road_traffic_fine", "-o", str(tmp_path / "out"), "--as-of", "2020-06-01").stdout
    assert told.splitlines()[0] == "read 4 rows: 4 events, 0 ignored, 0 set aside; 1 later ones left out"


@pytest.mark.parametrize(("variables", "word"), [({"LC_ALL": "zh_CN.UTF-8"}, "下一步"), ({"LC_ALL": "C", "LANG": "zh_CN.UTF-8"}, "Next")])
def test_the_locale_chooses_the_language(variables: dict[str, str], word: str) -> None:
    assert word in afresh("law", "due", "nothing", "--from", "2022-09-22", lang="", more=variables).stderr


LOG = "case_id,activity,date\nA,Create Fine,2020-01-01\nA,Send Fine,2020-09-01\nB,Create Fine,2020-01-01\nB,Send Fine,2020-02-01\n"


def supervised(log: Path, *words: str) -> dict[str, Any]:
    got = call("supervise", str(log), "-p", "examples/road_traffic_fines", "-o", str(log.parent / "out"), "--json", *words)
    assert got.returncode == 0, got.stderr
    found: dict[str, Any] = json.loads(got.stdout)
    return found


@pytest.mark.parametrize("form", ["parquet", "csv"])
@pytest.mark.parametrize("backend", ["arrays", "duckdb"])
def test_backends_tell_the_same(tmp_path: Path, backend: str, form: str) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG, encoding="utf-8")
    expected = supervised(log)
    got = supervised(log, "--backend", backend, "--format", form, "--no-html")
    assert (got["clocks"], got["findings"], got["read"]) == (expected["clocks"], expected["findings"], expected["read"])
    assert {Path(f).suffix for f in got["files"]} == {f".{form}"}
    assert all(Path(f).stat().st_size for f in got["files"])


def test_the_same_log_as_xes_needs_no_other_mapping(tmp_path: Path) -> None:
    log, xes = tmp_path / "log.csv", tmp_path / "log.xes"
    log.write_text(LOG, encoding="utf-8")
    traces: dict[str, list[str]] = {}
    for case, what, day in (line.split(",") for line in LOG.splitlines()[1:]):
        event = f'<event><string key="concept:name" value="{what}"/><date key="time:timestamp" value="{day}T00:00:00.000+01:00"/></event>'
        traces.setdefault(case, []).append(event)
    body = "".join(f'<trace><string key="concept:name" value="{c}"/>{"".join(events)}</trace>' for c, events in traces.items())
    xes.write_text(f'<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">{body}</log>', encoding="utf-8")
    assert supervised(xes)["findings"] == supervised(log)["findings"] != []


def test_rows_that_are_no_events_are_set_aside(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text(LOG + "C,Create Fine,someday\n", encoding="utf-8")
    got = supervised(log, "--bad", "aside")
    assert got["read"] == {"rows": 5, "events": 4, "ignored": 0, "aside": 1, "later": 0}
    aside = next(Path(f) for f in got["files"] if f.endswith("set_aside.csv"))
    assert "someday" in aside.read_text(encoding="utf-8")


BROKEN = {
    "no_date.csv": ("case_id,activity\nA,Create Fine\n", "EVT-104"),
    "bad_time.csv": ("case_id,activity,date\nA,Create Fine,soon\n", "EVT-106"),
    "strange.csv": ("case_id,activity,date\nA,Dance,2020-01-01\n", "EVT-106"),
    "empty.csv": ("", "EVT-104"),
    "only_head.csv": ("case_id,activity,date\n", "SUP-103"),
    "broken.xes": ("<log><trace><event></trace></log>", "EVT-103"),
    "entity.xes": ('<!DOCTYPE log [<!ENTITY a "b">]><log>&a;</log>', "EVT-103"),
    "broken.json": ('{"events": [', "EVT-103"),
    "other.json": ('{"a": 1}', "EVT-103"),
    "broken.csv.gz": ("case_id,activity,date\n", "EVT-103"),
    "broken.parquet": ("PAR1", "EVT-103"),
    "log.pdf": ("", "EVT-102"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_log_that_cannot_be_read_is_told_in_words(tmp_path: Path, name: str) -> None:
    text, code = BROKEN[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    for lang, following in (("zh", "下一步"), ("en", "Next")):
        got = call("supervise", str(tmp_path / name), "-p", "examples/road_traffic_fines", "-o", str(tmp_path / "out"), lang=lang)
        assert got.returncode == 2, got.stdout + got.stderr
        assert code in got.stderr and following in got.stderr
        assert "Traceback" not in got.stderr
    assert not list((tmp_path / "out").glob("*.p*"))


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--backend", "abacus"), "SUP-203"),
        (("--backend", "duckdb", "--way", "magic"), "SUP-206"),
        (("--format", "xlsx"), "SUP-104"),
        (("--bad", "keep"), "EVT-107"),
        (("--as-of", "soon"), "CLI-101"),
        (("--mapping", "none.toml"), "EVT-101"),
    ],
)
def test_a_choice_that_does_not_exist_is_told_in_words(tmp_path: Path, words: tuple[str, ...], code: str) -> None:
    (tmp_path / "log.csv").write_text(LOG, encoding="utf-8")
    got = call("supervise", str(tmp_path / "log.csv"), "-p", "examples/road_traffic_fines", "-o", str(tmp_path / "out"), *words)
    assert got.returncode == 2
    assert code in got.stderr
    assert "Traceback" not in got.stderr


def test_a_run_on_arrays_loads_no_pandas_and_leaves_it_to_others() -> None:
    told = "; ".join(
        (
            "import sys, pyarrow as pa",
            "from tianping.project.starting import without_pandas",
            "without_pandas()",
            "assert pa.array([1, None]).to_pylist() == [1, None] and 'pandas' not in sys.modules",
            "import pandas",
            "assert not any('NotToBeFound' in repr(f) for f in sys.meta_path)",
        )
    )
    subprocess.run([sys.executable, "-c", told], check=True, env=os.environ | {"PYTHONPATH": str(ROOT / "src")})


def test_every_listing_speaks_json() -> None:
    for words in (("procedures", "list"), ("procedures", "show", "online_mediation"), ("procedures", "check", "online_mediation"), ("law", "rules")):
        got = call(*words, "--json")
        assert got.returncode == 0, got.stderr
        assert json.loads(got.stdout)
