"""真实数据库 · A PostgreSQL of the tests' own, one database for each test module, made from one migrated template. Nothing is rolled back or mocked:
each test makes cases of its own, as the application's role, which cannot switch the ledger's triggers off."""

from __future__ import annotations

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connections

from tests.conftest import ROOT
from tianping.casework.database.embedded import Embedded

BASE = ROOT / "var" / "test-postgres"
QUICK = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "max_connections": "200", "autovacuum": "off"}
"""Databases of a test live for seconds: there is nothing in them worth sweeping."""


@pytest.fixture(scope="session")
def server() -> Iterator[Embedded]:
    with Embedded(BASE, settings=QUICK) as running:
        yield running


@pytest.fixture(scope="session")
def migrated(server: Embedded) -> Embedded:
    """The server with the migrated template in it."""
    _template(server)
    return server


@pytest.fixture(scope="module")
def database(migrated: Embedded, worker_id: str, django_db_blocker: object, request: pytest.FixtureRequest) -> Iterator[Embedded]:
    """Django's connection, to a database of this module's own: no test counts, drains or meets what another module wrote. Where a test of the module
    asks for the half-year, it is a copy of the city that was played."""
    name = f"t_{worker_id}_{hashlib.sha256(request.module.__name__.encode()).hexdigest()[:12]}"
    server = migrated
    wants = any("half_year" in getattr(item, "fixturenames", ()) for item in request.session.items if item.path == request.path)
    template = request.getfixturevalue("played") if wants else mark()
    django_db_blocker.unblock()  # type: ignore[attr-defined]
    with psycopg.connect(server.superuser_dsn(), autocommit=True) as c:
        c.execute(f"drop database if exists {name} with (force)")
        c.execute(f"create database {name} template {template} owner tianping_owner")
        _switched(name, server)
        yield server
        connections["default"].close()
        c.execute(f"drop database if exists {name} with (force)")


def _switched(name: str, server: Embedded) -> None:
    default = connections["default"]
    default.close()
    if hasattr(default, "close_pool"):
        default.close_pool()
    default.settings_dict.update({"NAME": name, "HOST": str(server.socket), "USER": "tianping_app", "PASSWORD": ""})
    settings.DATABASES["default"].update({"NAME": name, "HOST": str(server.socket)})
    from tianping.casework.engine import registered  # noqa: PLC0415 — a process that only makes a database sets Django up later

    registered.tables_of.cache_clear()  # numbers of definitions are the database's own
    registered._numbers.clear()


@cache
def mark() -> str:
    """The template's name: another one for other migrations, of our own apps or of those that others wrote. One for a whole run."""
    files = [f for app in apps.get_app_configs() for f in sorted((Path(app.path) / "migrations").glob("0*.py"))]
    return "tpl_" + hashlib.sha256(b"".join(f.name.encode() + f.read_bytes() for f in files)).hexdigest()[:12]


def _template(server: Embedded) -> None:
    """One worker migrates, the others wait."""
    with (BASE / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with psycopg.connect(server.superuser_dsn(), autocommit=True) as c:
            if c.execute("select 1 from pg_database where datname = %s and datistemplate", [mark()]).fetchone():
                return
            c.execute(f"drop database if exists {mark()} with (force)")
            c.execute(f"create database {mark()} owner tianping_owner")
            env = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "tianping.project.settings"}
            env |= {"DATABASE_OWNER_URL": server.owner_dsn(mark()), "TIANPING_DATABASE_ROLE": "owner", "TIANPING_VAR": str(ROOT / "var" / "test")}
            subprocess.run([sys.executable, "-m", "tianping.project.upgrading"], check=True, env=env, cwd=ROOT)
            c.execute(f"alter database {mark()} is_template true")
