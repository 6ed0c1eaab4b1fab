"""演示城市 · A database with the city's half-year in it, made once for each state of the sources that it comes from.
Whoever wants the half-year has a copy: the served city, and every module whose tests ask for ``half_year``."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest

from tests.conftest import ROOT
from tests.postgres import BASE, mark
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine.brought import Imported

SOURCES = (*(f"src/tianping/{part}" for part in ("law", "procedure", "engines", "casework", "institutions")), "cities/jinzhong")


@pytest.fixture(scope="session")
def played(migrated: Embedded) -> str:
    """The name of the template that holds the half-year."""
    return _template(migrated)


@pytest.fixture(scope="module")
def half_year(database: Embedded, played: str) -> Imported:
    """What the replay wrote: it stands in the module's database from the beginning."""
    cases, steps = json.loads((BASE / f"{played}.json").read_text("utf-8"))
    return Imported(cases, steps, [])


@contextmanager
def city_database(server: Embedded, name: str) -> Iterator[str]:
    """A copy of the city under a name; gone afterwards."""
    template = _template(server)
    with psycopg.connect(server.superuser_dsn(), autocommit=True) as c:
        c.execute(f"drop database if exists {name} with (force)")
        c.execute(f"create database {name} template {template} owner tianping_owner")
    yield name
    with psycopg.connect(server.superuser_dsn(), autocommit=True) as c:
        c.execute(f"drop database if exists {name} with (force)")


def environment(server: Embedded, name: str) -> dict[str, str]:
    """The variables of a process that serves a database of the tests."""
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "tianping.project.settings",
        "DATABASE_URL": server.app_dsn(name),
        "DATABASE_OWNER_URL": server.owner_dsn(name),
        "TIANPING_VAR": str(ROOT / "var" / "test-faces"),
        "TIANPING_DEMO": "1",
        "TIANPING_WARM": "0",
        "TIANPING_OUTLINES": str(ROOT / "cities" / "jinzhong" / "outlines.geojson"),
        "TIANPING_RATE_SIGN_IN": "1000000",
        "TIANPING_RATE_ADDRESS": "1000000",
        "TIANPING_RATE_ACCOUNT": "1000000",
    }


def _mark() -> str:
    """Another name for other sources."""
    found = [p for folder in SOURCES for p in sorted((ROOT / folder).rglob("*")) if p.suffix in (".py", ".toml") and p.is_file()]
    told = hashlib.sha256()
    for path in (*found, ROOT / "tests" / "playing.py"):
        told.update(path.relative_to(ROOT).as_posix().encode() + path.read_bytes())
    return f"city_{told.hexdigest()[:12]}"


def _template(server: Embedded) -> str:
    """One worker plays the half-year, the others wait. What other sources made is taken away."""
    name = _mark()
    with (BASE / "city.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(server.superuser_dsn(), autocommit=True) as c:
            known = {row[0]: row[1] for row in c.execute("select datname, datistemplate from pg_database where datname like 'city\\_%'")}
            if known.get(name):
                return name
            for old in known:
                c.execute(f"alter database {old} is_template false")
                c.execute(f"drop database {old} with (force)")
                (BASE / f"{old}.json").unlink(missing_ok=True)
            c.execute(f"create database {name} template {mark()} owner tianping_owner")
            env = environment(server, name)
            told = subprocess.run([sys.executable, "-m", "tests.playing"], check=True, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)
            (BASE / f"{name}.json").write_text(told.stdout, "utf-8")
            c.execute(f"alter database {name} is_template true")
    return name
