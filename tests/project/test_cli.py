"""命令行测试 · As a newcomer would call it: answers, errors in words, exit status, both languages, no traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT


def call(*words: str, lang: str = "en") -> subprocess.CompletedProcess[str]:
    paths = {"PYTHONPATH": str(ROOT / "src"), "TIANPING_LANG": lang, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", "from tianping.project.cli import main; main()", *words]
    return subprocess.run(command, cwd=ROOT, env=os.environ | paths, capture_output=True, text=True, encoding="utf-8", check=False)


def test_due_tells_the_day_and_how() -> None:
    got = call("law", "due", "appeal_judgment", "--from", "2022-09-22")
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
        (("law", "rules", "--lang", "fr"), "CLI-102"),
        (("procedures", "show", "nothing"), "PRO-401"),
        (("supervise", "none.csv", "-p", "examples/road_traffic_fines"), "EVT-101"),
    ],
)
def test_errors_speak(words: tuple[str, ...], code: str) -> None:
    for lang, following in (("zh", "下一步"), ("en", "Next")):
        got = call(*words, lang=lang)
        assert got.returncode == 2
        assert code in got.stderr
        assert following in got.stderr or "--lang" in words
        assert "Traceback" not in got.stderr


def test_a_small_log_is_supervised(tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("case_id,activity,date\nA,Create Fine,2020-01-01\nA,Send Fine,2020-09-01\n", encoding="utf-8")
    got = call("supervise", str(log), "-p", "examples/road_traffic_fines", "-o", str(tmp_path / "out"), "--format", "csv")
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


def test_the_demo_runs() -> None:
    for lang in ("zh", "en"):
        got = call("demo", "--lang", lang)
        assert got.returncode == 0, got.stdout + got.stderr
        assert "✓" in got.stdout
        assert "✗" not in got.stdout


def test_the_worked_cases_come_out() -> None:
    got = call("procedures", "test", "examples/road_traffic_fines")
    assert got.returncode == 0, got.stdout
    assert call("procedures", "list").stdout.count("road_traffic_fine") == 1
