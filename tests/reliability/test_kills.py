"""被杀之后 · Writers and servers killed under load: nothing acknowledged is lost, nothing is half done, and what is unknown is told by its key.

A kill cannot show that a commit was synced: the page cache outlives the process. That is the gate of ``test_fsync``.
"""

from __future__ import annotations

import logging
import os
import random
import signal
import statistics
import time
from pathlib import Path

import psycopg

from tests.conftest import size
from tests.reliability.conftest import SETTINGS, Office
from tianping.casework.database.embedded import Embedded

LOG = logging.getLogger(__name__)
WRITERS = 4


def end(office: Office, pids: list[int]) -> None:
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    until = time.monotonic() + 10
    while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < until:
        time.sleep(0.01)


def flawless(found: dict[str, object]) -> None:
    for what in ("lost", "half", "doubled", "wrongly_resolved", "numbers"):
        assert found[what] == 0, found
    assert not found["stale"], "\n".join(found["stale"])  # type: ignore[arg-type]


def test_writers_that_are_killed_lose_nothing(office: Office, tmp_path: Path) -> None:
    draw, files = random.Random("kill"), list[str]()

    def hired() -> int:
        files.append(str(tmp_path / f"{len(files)}"))
        pid: int = office.ask(do="busy", file=files[-1], seed=draw.getrandbits(60))["pid"]
        return pid

    pids = [hired() for _ in range(WRITERS)]
    time.sleep(0.3)
    for _ in range(size(25, 200)):
        time.sleep(draw.uniform(0.03, 0.12))
        at = draw.randrange(WRITERS)
        end(office, [pids[at]])
        pids[at] = hired()
    time.sleep(0.3)
    end(office, pids)
    found = office.ask(do="check", files=files)
    LOG.info("writers killed: %d; %s", len(files), found)
    flawless(found)
    assert found["acknowledged"] >= len(files), "they were killed at work, not on their way"


def test_a_server_that_is_killed_with_all_its_backends_loses_nothing(office: Office, durable: Embedded, tmp_path: Path) -> None:
    draw, files, took = random.Random("server"), list[str](), list[float]()
    for n in range(WRITERS):
        files.append(str(tmp_path / f"{n}"))
    pids = [office.ask(do="busy", file=file, seed=draw.getrandbits(60))["pid"] for file in files]
    for _ in range(size(3, 20)):
        time.sleep(draw.uniform(0.4, 0.8))
        killed(durable)
        began = time.monotonic()
        with Embedded(durable.base, settings=SETTINGS) as again, psycopg.connect(again.app_dsn()) as c:
            c.execute("select 1")
        took.append(time.monotonic() - began)
    time.sleep(0.5)
    end(office, pids)
    found = office.ask(do="check", files=files)
    LOG.info("servers killed: %d; ready after median %.2f s, most %.2f s; %s", len(took), statistics.median(took), max(took), found)
    flawless(found)
    assert max(took) <= 5


def killed(server: Embedded) -> None:
    """SIGKILL to the postmaster and to every process of it, at once."""
    postmaster = int((server.log.parent / "postmaster.pid").read_text().split("\n")[0])
    children = [int(p.name) for p in Path("/proc").glob("[0-9]*") if parent(p) == postmaster]
    for pid in (postmaster, *children):
        os.kill(pid, signal.SIGKILL)


def parent(process: Path) -> int:
    try:
        return int((process / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return 0
