"""演示城市 · A database with the city's half-year in it, made once for each state of the sources that it comes from; each worker has a copy."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from tests.conftest import ROOT
from tests.postgres import BASE, mark
from tianping.casework.database.embedded import Embedded

SOURCES = ("src/tianping/law", "src/tianping/procedure", "src/tianping/casework", "src/tianping/institutions", "cities/jinzhong")


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
    for path in (*found, ROOT / "tests" / "faces" / "playing.py"):
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
            c.execute(f"create database {name} template {mark()} owner tianping_owner")
            subprocess.run(
                [sys.executable, "-m", "tests.faces.playing"], check=True, env=environment(server, name), cwd=ROOT, stdout=subprocess.DEVNULL
            )
            c.execute(f"alter database {name} is_template true")
    return name
