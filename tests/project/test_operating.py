"""运行命令 · The commands of the running city as a newcomer would give them, on a server of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tp") as name:
        Path(name).chmod(0o755)
        yield Path(name) / "var"


def call(var: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "TIANPING_VAR": str(var), "PYTHONPATH": str(ROOT / "src"), "TIANPING_LANG": "en"}
    command = [sys.executable, "-c", "from tianping.project.cli import main; main()", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, env=env, cwd=ROOT)


def test_the_demo_plays_the_half_year_and_stops(var: Path) -> None:
    done = call(var, "demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    last = done.stdout.strip().splitlines()[-1].split()
    assert last == ["total", "1264", "1149", "491", "149", "115"]
    assert "the password of all is" in done.stdout
    assert "zhangshichuan" in done.stdout


def test_the_ledger_is_exported_and_verified_and_a_changed_line_is_found(var: Path) -> None:
    export = var / "ledger.jsonl"
    assert call(var, "ledger", "export", str(export)).returncode == 0
    found = call(var, "ledger", "verify", str(export), "--json")
    assert json.loads(found.stdout)["cases"] == 2599
    lines = export.read_text("utf-8").splitlines()
    case, seq = json.loads(lines[500])["header"][1:3]
    lines[500] = lines[500].replace('"header":[1,', '"header":[1, ')
    export.write_text("\n".join(lines), "utf-8")
    bad = call(var, "ledger", "verify", str(export))
    assert bad.returncode == 2
    assert "OPS-310" in bad.stderr
    assert f"Case {case}, event {seq} (line 501)" in bad.stderr


def test_a_city_is_loaded_and_its_tables_are_up_to_date(var: Path) -> None:
    assert call(var, "migrate").returncode == 0
    loaded = call(var, "city", "load", "cities/jinzhong")
    assert "organisations" in loaded.stdout
    assert call(var, "city", "load", "cities/nowhere").returncode == 2


def test_the_ledger_is_supervised_and_copied(var: Path) -> None:
    found = call(var, "supervise", "--ledger", "-o", str(var / "found"), "--format", "csv", "--no-html", "--json")
    assert found.returncode == 0, found.stderr
    told = json.loads(found.stdout)
    assert sum(one["cases"] for one in told.values()) == 2599
    assert not any(f["severity"] == "breach" for one in told.values() for f in one["findings"] if f["rule"].endswith((".order", ".by", ".missing")))
    assert all(Path(name).is_file() for one in told.values() for name in one["files"])
    copied = call(var, "bridge", str(var / "bridge"), "--json")
    assert json.loads(copied.stdout)["events"] == sum(one["read"]["events"] for one in told.values())
    assert json.loads(call(var, "bridge", str(var / "bridge"), "--json").stdout)["events"] == 0
    neither = call(var, "supervise")
    assert (neither.returncode, "CLI-301" in neither.stderr) == (2, True)
