"""运行命令 · The commands of the running city as a newcomer would give them, on a server of their own."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
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

from tests.conftest import PROOF, ROOT
from tianping.casework.database import lodging
from tianping.casework.database.embedded import Embedded

CASES = 2599 + 9
"""Those of the half-year, and those that stand today."""
QUICK = {"fsync": "off"}


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tp") as name:
        Path(name).chmod(0o755)
        yield Path(name) / "var"


@pytest.fixture(scope="module")
def city(var: Path) -> Iterator[Path]:
    """The same, while its database runs: only the first tests, which watch it come and go, have each command start it and stop it."""
    with Embedded(var / "postgres", settings=QUICK):
        yield var


def call(var: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "TIANPING_VAR": str(var), "PYTHONPATH": str(ROOT / "src"), "TIANPING_LANG": "en", **variables}
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


def test_what_a_demonstration_sets_is_set_before_the_settings_are_read() -> None:
    code = "import sys, tianping.project.demo; print([m for m in sys.modules if m.startswith('tianping.project.settings')])"
    assert subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout.strip() == "[]"


def test_the_demonstration_is_served_with_its_cases_and_its_api(var: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    env = {**os.environ, "TIANPING_VAR": str(var), "TIANPING_DEMO": "1", "PYTHONPATH": str(ROOT / "src"), "TIANPING_WARM": str(int(PROOF))}
    command = [sys.executable, "-c", "from tianping.project.cli import main; main()", "serve", "--port", str(port), "--workers", "1"]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    with subprocess.Popen(command, env=env, cwd=ROOT, **quiet) as server:  # type: ignore[call-overload]  # as a terminal would start it
        try:
            assert "491" in _asked(port, "/board/?lang=en")
            assert "replay" in _asked(port, "/board/cases/settled?lang=en").lower()
            assert _asked(port, "/api/v1/docs")
            said = {"username": "zhangshichuan", "password": (var / "password").read_text("ascii")}
            assert '"posts":[' in _asked(port, "/api/v1/sign-in", json.dumps(said).encode())
            with pytest.raises(HTTPError):
                _asked(port, "/api/v1/sign-in", json.dumps(said | {"username": "lishichuan"}).encode())
        finally:
            os.killpg(server.pid, signal.SIGINT)  # Ctrl-C, which a terminal sends to all of them
            assert server.wait(60) == 0
    with pytest.raises(ProcessLookupError):
        os.killpg(server.pid, 0)


def _asked(port: int, address: str, sent: bytes | None = None) -> str:
    for _ in range(960):
        try:
            with urlopen(Request(f"http://127.0.0.1:{port}{address}", sent, {"Content-Type": "application/json"})) as answer:
                return str(answer.read().decode())
        except HTTPError:
            raise
        except OSError:
            time.sleep(0.25)
    raise TimeoutError(address)


def _all_gone(var: Path, seconds: float = 20) -> bool:
    """Whether no process is left that has the city's folder in its environment or its command."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not _with(var):
            return True
        time.sleep(0.1)
    return False


def _with(var: Path) -> list[int]:
    mark, found = str(var).encode(), list[int]()
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if int(place.name) != os.getpid() and mark in (place / "environ").read_bytes() + (place / "cmdline").read_bytes():
                found.append(int(place.name))
        except OSError:
            continue
    return found


@pytest.mark.parametrize(("way", "status", "told"), [("everybody", 0, ""), ("a process dies", 2, "CLI-205"), ("parent", 0, "")][: 3 if PROOF else 2])
def test_a_server_that_is_stopped_leaves_nothing_running(var: Path, way: str, status: int, told: str) -> None:
    """SIGTERM to the server; to every process at once, as systemd does without KillMode=mixed; and one of its processes killed."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    stopping = {**os.environ, "TIANPING_VAR": str(var), "TIANPING_DEMO": "1", "PYTHONPATH": str(ROOT / "src"), "TIANPING_WARM": "0"}
    command = [sys.executable, "-c", "from tianping.project.cli import main; main()", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=stopping, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as server:
        assert _asked(port, "/sign-in")
        own = [int(pid) for pid in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()]
        assert len(own) == 2
        if way == "parent":
            server.terminate()
        elif way == "everybody":
            for pid in (*own, server.pid):
                os.kill(pid, signal.SIGTERM)
        else:
            os.kill(own[0], signal.SIGKILL)
        said = server.communicate(timeout=60)[1]
    errors = "".join(line for line in said.splitlines(keepends=True) if not line.startswith("{"))
    assert (server.returncode, told in errors, "Traceback" in errors) == (status, True, False), said
    assert bool(errors) is bool(told), errors
    assert _all_gone(var)


def test_a_port_that_is_in_use_is_told_at_once(var: Path) -> None:
    with socket.socket() as used:
        used.bind(("127.0.0.1", 0))
        used.listen()
        port = str(used.getsockname()[1])
        for command in ("serve", "demo"):
            done = call(var, command, "--port", port)
            assert (done.returncode, "CLI-204" in done.stderr) == (2, True), done.stderr


def test_the_ledger_is_exported_and_verified_and_a_changed_line_is_found(city: Path) -> None:
    export = city / "ledger.jsonl"
    assert call(city, "ledger", "export", str(export)).returncode == 0
    found = call(city, "ledger", "verify", str(export), "--json")
    assert json.loads(found.stdout)["cases"] == CASES
    lines = export.read_text("utf-8").splitlines()
    case, seq = json.loads(lines[500])["header"][1:3]
    lines[500] = lines[500].replace('"header":[1,', '"header":[1, ')
    export.write_text("\n".join(lines), "utf-8")
    bad = call(city, "ledger", "verify", str(export))
    assert bad.returncode == 2
    assert "OPS-310" in bad.stderr
    assert f"Case {case}, event {seq} (line 501)" in bad.stderr


def test_a_city_is_loaded_and_its_tables_are_up_to_date(city: Path) -> None:
    assert call(city, "migrate").returncode == 0
    loaded = call(city, "city", "load", "cities/jinzhong")
    assert "organisations" in loaded.stdout
    assert call(city, "city", "load", "cities/nowhere").returncode == 2


def test_the_ledger_is_supervised_and_copied(city: Path) -> None:
    found = call(city, "supervise", "--ledger", "-o", str(city / "found"), "--format", "csv", "--no-html", "--json")
    assert found.returncode == 0, found.stderr
    told = json.loads(found.stdout)
    assert sum(one["cases"] for one in told.values()) == CASES
    assert not any(f["severity"] == "breach" for one in told.values() for f in one["findings"] if f["rule"].endswith((".order", ".by", ".missing")))
    assert all(Path(name).is_file() for one in told.values() for name in one["files"])
    copied = call(city, "bridge", str(city / "bridge"), "--json")
    assert json.loads(copied.stdout)["events"] == sum(one["read"]["events"] for one in told.values())
    assert json.loads(call(city, "bridge", str(city / "bridge"), "--json").stdout)["events"] == 0
    neither = call(city, "supervise")
    assert (neither.returncode, "CLI-301" in neither.stderr) == (2, True)


def test_a_backup_is_restored_into_an_empty_place_and_exports_the_same_bytes(city: Path) -> None:
    """On whatever the tests before left in the city, with a document, and with a checkpoint taken before and one after.

    The place is in a folder that is closed to the server's own user: the first command there finds its database all the same.
    """
    var, closed = city, city.parent / "closed"
    closed.mkdir(mode=0o700)
    file, other = var / "city.backup", closed / "var"
    document = var / "documents" / "ab" / "cd" / "abcd"
    document.parent.mkdir(parents=True, exist_ok=True)
    document.write_bytes(os.urandom(9 << 20))
    anchored = {"TIANPING_ANCHORS": str(var / "anchor.jsonl")}
    assert call(var, "ledger", "checkpoint", **anchored).returncode == 0
    done = call(var, "backup", str(file))
    assert done.returncode == 0, done.stderr
    restored = call(other, "restore", str(file), "--anchor", str(var / "anchor.jsonl"))
    assert restored.returncode == 0, restored.stderr
    with Embedded(other / "postgres", settings=QUICK):
        for place, export in ((var, "one.jsonl"), (other, "two.jsonl")):
            assert call(place, "ledger", "export", str(var / export)).returncode == 0
        assert (var / "one.jsonl").read_bytes() == (var / "two.jsonl").read_bytes()
        assert (other / "documents" / "ab" / "cd" / "abcd").read_bytes() == document.read_bytes()
        again = call(other, "restore", str(file))
        assert (again.returncode, "OPS-333" in again.stderr) == (2, True), again.stderr
        taken = call(other, "ledger", "checkpoint")
        assert "Nothing was written" in taken.stdout, "a server that counts its transactions anew takes nothing twice"
    if os.geteuid() == 0:
        assert closed.stat().st_mode & 0o777 == 0o700
        home = lodging.home_of(other / "postgres")
        assert lodging.SYSTEM in home.parents
        shutil.rmtree(home)


def test_a_backup_that_was_cut_or_touched_is_refused_and_nothing_is_written(city: Path) -> None:
    whole, third = (city / "city.backup").read_bytes(), city.parent / "third"
    bad = city / "bad.backup"
    for data, code in ((whole[: len(whole) // 2], "OPS-331"), (b"no backup", "OPS-331"), (whole[:-2000], "OPS-331")):
        bad.write_bytes(data)
        told = call(third, "restore", str(bad))
        assert (told.returncode, code in told.stderr) == (2, True), told.stderr
    assert not third.exists(), "not even a database was made for it"
    if PROOF:
        assert call(third, "restore", str(city / "city.backup")).returncode == 0
