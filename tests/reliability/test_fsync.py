"""落盘 · A commit that was acknowledged is on the disk: the server itself counts the syncs of its log. And many writers on the same cases."""

from __future__ import annotations

import json
import logging
import random
import time
from pathlib import Path
from uuid import UUID

import psycopg

from tests.conftest import size
from tests.reliability.conftest import Office
from tests.reliability.test_kills import flawless
from tianping.casework.database.embedded import Embedded

LOG = logging.getLogger(__name__)
CROWD = 32


def synced(server: Embedded) -> int:
    """How often the log was synced since the server began. Sessions report when they end."""
    time.sleep(0.3)
    with psycopg.connect(server.superuser_dsn(), autocommit=True) as c:
        c.execute("select pg_stat_force_next_flush()")
        row = c.execute("select coalesce(sum(fsyncs), 0)::bigint from pg_stat_io where object = 'wal'").fetchone()
    assert row is not None
    return int(row[0])


def test_every_commit_that_is_acknowledged_was_synced_and_the_gate_sees_one_that_was_not(office: Office, durable: Embedded) -> None:
    count = 500
    office.ask(do="steady", count=3)  # what is written once only
    before = synced(durable)
    office.ask(do="steady", count=count)
    with_sync = (synced(durable) - before) / count
    before = synced(durable)
    office.ask(do="steady", count=count, options=" -c synchronous_commit=off")
    without = (synced(durable) - before) / count
    LOG.info("syncs of the log per commit: %.3f; control without synchronous commit: %.3f", with_sync, without)
    assert with_sync >= 1.0
    assert without < 0.1, "the control must fail the gate, or the gate sees nothing"


def test_many_writers_on_the_same_cases_lose_no_update_and_do_nothing_twice(office: Office, tmp_path: Path) -> None:
    draw, each = random.Random("crowd"), size(20, 320)
    cases = office.ask(do="shared", count=size(12, 96))["cases"]
    keys = [str(UUID(int=draw.getrandbits(128), version=4)) for _ in range(len(cases) * 2)]
    files = [tmp_path / str(n) for n in range(CROWD)]
    for n, file in enumerate(files):
        office.ask(do="crowd", file=str(file), seed=n, count=each, cases=cases, keys=keys)
    until = time.monotonic() + 300
    while not all(file.exists() and file.stat().st_size for file in files) and time.monotonic() < until:
        time.sleep(0.05)
    answers = [tuple(row) for file in files for row in json.loads(file.read_text("utf-8"))]
    assert len(answers) == CROWD * each
    taken = [(case, seq) for _, case, seq, replayed in answers if isinstance(seq, int) and not replayed]
    assert len(taken) == len(set(taken)), "two writers were told that they wrote the same event"
    done = [key for key, _, seq, replayed in answers if key in keys and isinstance(seq, int) and not replayed]
    assert len(done) == len(set(done)), "a request under one key was done twice"
    found = office.ask(do="check", files=[])
    flawless(found)
    refused = {seq for _, _, seq, _ in answers if not isinstance(seq, int)}
    LOG.info("%d requests on %d cases: %d written, the others refused %s or replayed", len(answers), len(cases), len(taken), refused)
    assert len(taken) >= CROWD
    assert {"OPS-201", "OPS-204"} <= refused, "they did get into each other's way"
