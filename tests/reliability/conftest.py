"""可靠性 · Real servers with fsync, real processes, real kills. A migrated data directory is made once; each test file has a copy of its own."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT
from tests.postgres import mark
from tianping.casework.database.embedded import DATABASE, Embedded

SETTINGS = {"shared_buffers": "64MB", "max_connections": "120", "max_wal_size": "256MB", "track_io_timing": "off"}
KEPT = ROOT / "var" / "reliability"


def empty_database() -> Path:
    """A tar of a stopped server whose tables are migrated; made again when a migration changes."""
    KEPT.mkdir(parents=True, exist_ok=True)
    whole = KEPT / f"{mark()}.tar"
    with (KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not whole.exists():
            with tempfile.TemporaryDirectory(prefix="tp") as name:
                Path(name).chmod(0o755)
                base = Path(name) / "pg"
                with Embedded(base, settings=SETTINGS | {"fsync": "off"}) as server:
                    env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "tianping.project.settings"}
                    env |= {"DATABASE_OWNER_URL": server.owner_dsn(), "TIANPING_DATABASE_ROLE": "owner", "TIANPING_VAR": name}
                    subprocess.run([sys.executable, "-m", "tianping.project.upgrading"], check=True, env=env, cwd=ROOT)
                with tarfile.open(whole.with_suffix(".part"), "w") as tar:
                    tar.add(base, "pg")
                whole.with_suffix(".part").rename(whole)
    return whole


@pytest.fixture(scope="module")
def base() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tp") as name:
        Path(name).chmod(0o755)
        with tarfile.open(empty_database()) as tar:
            tar.extraction_filter = lambda member, _: member  # our own archive, as it was; Python before 3.11.4 knows no filter and passes this over
            tar.extractall(name, numeric_owner=True)
        yield Path(name) / "pg"


@pytest.fixture(scope="module")
def durable(base: Path) -> Iterator[Embedded]:
    """A server whose commits are on the disk before they are acknowledged."""
    with Embedded(base, settings=SETTINGS) as server:
        yield server


class Office:
    """办公室 · A process that has everything loaded and forks writers: to start one costs milliseconds, to kill one is to kill a process."""

    def __init__(self, dsn: str, var: Path) -> None:
        env = {**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "DATABASE_URL": dsn, "TIANPING_VAR": str(var)}
        command = [sys.executable, "-m", "tests.reliability.writers"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env, cwd=ROOT)

    def ask(self, **said: Any) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(said) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, "the office was closed"
        found: dict[str, Any] = json.loads(answer)
        assert "error" not in found, found["error"]
        return found

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(20)
        assert self.process.stdout is not None
        self.process.stdout.close()


@pytest.fixture(scope="module")
def office(durable: Embedded, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    office = Office(durable.app_dsn(DATABASE), tmp_path_factory.mktemp("var"))
    office.ask(do="found")
    yield office
    office.close()
