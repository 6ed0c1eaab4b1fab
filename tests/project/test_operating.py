"""运行命令 · The commands of the running city as a newcomer would give them, on a server of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.conftest import ROOT
from tianping.casework.database import lodging


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
    found = re.search(r"the password of all is (\S+),", done.stdout)
    assert found is not None
    (var / "password").write_text(found[1], "ascii")
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


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can close a folder to the server's own user")
def test_the_first_command_of_all_finds_its_database_in_a_closed_folder(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    done = call(closed / "var", "city", "load", "cities/jinzhong")
    assert done.returncode == 0, done.stderr
    assert "organisations" in done.stdout
    assert closed.stat().st_mode & 0o777 == 0o700
    home = lodging.home_of(closed / "var" / "postgres")
    assert lodging.SYSTEM in home.parents
    shutil.rmtree(home)


def test_the_demonstration_is_served_with_its_cases_and_its_api(var: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "TIANPING_VAR": str(var), "TIANPING_DEMO": "1", "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-c", "from tianping.project.cli import main; main()", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as server:
        try:
            assert "491" in _asked(port, "/?lang=en")
            assert "replay" in _asked(port, "/funnel/settled?lang=en").lower()
            assert _asked(port, "/api/v1/docs")
            said = {"username": "zhangshichuan", "password": (var / "password").read_text("ascii")}
            assert '"posts":[' in _asked(port, "/api/v1/sign-in", json.dumps(said).encode())
            with pytest.raises(HTTPError):
                _asked(port, "/api/v1/sign-in", json.dumps(said | {"username": "lishichuan"}).encode())
        finally:
            server.terminate()


def _asked(port: int, address: str, sent: bytes | None = None) -> str:
    for _ in range(240):
        try:
            with urlopen(Request(f"http://127.0.0.1:{port}{address}", sent, {"Content-Type": "application/json"})) as answer:
                return str(answer.read().decode())
        except HTTPError:
            raise
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(address)
