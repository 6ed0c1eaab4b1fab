"""另一服务器 · Debian's PostgreSQL 15, named by DATABASE_URL: migrated, played, verified, backed up; two roles kept apart by their secrets."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from tests.conftest import ROOT, size
from tianping.casework.database.lodging import Lodging, system_user

PROGRAMS = Path("/usr/lib/postgresql/15/bin")
PLAY = """
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo
from tianping.project.running import database
with database(migrate=True):
    from tianping.casework.city.load import load
    from tianping.casework.city.pack import read_pack
    from tianping.casework.replay.plan import plan
    from tianping.casework.replay.run import run
    from tianping.casework.replay.scenario import read_scenario
    city = Path("cities/jinzhong")
    pack, scenario = read_pack(city), read_scenario(city / "scenarios/half_year_2021.toml")
    scenario = replace(scenario, shares=scenario.shares[:SHARES])
    done = run(plan(scenario, pack), load(pack, replay=True), at=datetime(2021, 12, 31, 18, tzinfo=ZoneInfo("Asia/Shanghai")))
    print(len(done.cases), done.steps)
"""


@dataclass(frozen=True, slots=True)
class Debian:
    """A server that an administrator runs: both roles have secrets, nobody is trusted."""

    var: Path
    socket: Path

    def dsn(self, user: str, password: str) -> str:
        return f"host={self.socket} user={user} password={password} dbname=tianping"

    def call(self, *words: str, refused: str = "", **more: str) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, "TIANPING_VAR": str(self.var), "PYTHONPATH": str(ROOT / "src"), "TIANPING_LANG": "en"}
        env |= {"DATABASE_URL": self.dsn("tianping_app", "a1"), "DATABASE_OWNER_URL": self.dsn("tianping_owner", "o1"), **more}
        start = ["-c", words[1]] if words[0] == "-c" else ["-c", "from tianping.project.cli import main; main()", *words]
        done = subprocess.run([sys.executable, *start], check=False, capture_output=True, text=True, env=env, cwd=ROOT)
        assert refused in done.stderr
        assert done.returncode == (2 if refused else 0), done.stderr
        return done


@pytest.fixture(scope="module")
def debian() -> Iterator[Debian]:
    if not (PROGRAMS / "postgres").exists():
        pytest.skip("Debian's PostgreSQL 15 is not installed (apt-get install postgresql-15)")
    with tempfile.TemporaryDirectory(prefix="tp") as name:
        Path(name).chmod(0o755)
        home = Lodging(Path(name) / "pg", PROGRAMS, system_user() if os.geteuid() == 0 else None)
        home.home.mkdir()
        for folder in (home.data, home.socket):
            home.make(folder)
        secret = home.data.parent / "secret"
        secret.write_text("s1")
        secret.chmod(0o644)
        ran = {"capture_output": True, "cwd": "/", **home.identity()}
        words = ["-U", "postgres", "--auth=scram-sha-256", f"--pwfile={secret}", "-E", "UTF8", "--locale=C", "--no-sync"]
        subprocess.run([PROGRAMS / "initdb", *words, "-D", home.data], check=True, **ran)
        options = f"-c listen_addresses='' -c unix_socket_directories={home.socket} -c fsync=off"
        subprocess.run([PROGRAMS / "pg_ctl", "-w", "-D", home.data, "-l", home.data / "log", "-o", options, "start"], check=True, **ran)
        try:
            with psycopg.connect(f"host={home.socket} user=postgres password=s1", autocommit=True) as god:
                god.execute("create role tianping_owner login password 'o1'")
                god.execute("create role tianping_app login password 'a1'")
                god.execute("create database tianping owner tianping_owner")
            yield Debian(Path(name) / "var", home.socket)
        finally:
            subprocess.run([PROGRAMS / "pg_ctl", "-w", "-m", "immediate", "-D", home.data, "stop"], check=True, **ran)


def test_a_city_is_played_verified_and_backed_up_on_postgresql_15(debian: Debian) -> None:
    debian.call("migrate", refused="permission denied for schema public", DATABASE_OWNER_URL="")
    debian.call("migrate")
    cases, _ = debian.call("-c", PLAY.replace("SHARES", str(size(3, 100)))).stdout.split()
    export, backup = debian.var / "ledger.jsonl", debian.var / "backup"
    debian.call("ledger", "checkpoint")
    debian.call("ledger", "export", str(export))
    assert json.loads(debian.call("ledger", "verify", str(export), "--json").stdout)["cases"] == int(cases)
    debian.call("backup", str(backup))
    before = export.read_bytes()
    with psycopg.connect(f"host={debian.socket} user=postgres password=s1", autocommit=True) as god:
        god.execute("drop database tianping with (force)")
        god.execute("create database tianping owner tianping_owner")
    debian.call("restore", str(backup))
    debian.call("ledger", "export", str(export))
    assert export.read_bytes() == before


def test_the_two_roles_are_kept_apart_by_their_secrets(debian: Debian) -> None:
    for user, password in (("tianping_owner", "a1"), ("postgres", "a1"), ("tianping_app", ""), ("tianping_app", "o1")):
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(debian.dsn(user, password))
    refused = (psycopg.errors.InsufficientPrivilege, psycopg.errors.RestrictViolation)
    for statement in (
        "set session_replication_role = replica", "alter table casework_event disable trigger all", "delete from casework_event",
        "truncate casework_event", "set role tianping_owner", "update casework_event set recorder = 'x'", "update casework_event set payload = null",
    ):  # fmt: skip
        with psycopg.connect(debian.dsn("tianping_app", "a1"), autocommit=True) as app, pytest.raises(refused):
            app.execute(statement)
