"""各自的数据库 · A database of a module's own, where what other tests wrote would be counted too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from tests.postgres import mark
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine import registered


@contextmanager
def own_database(server: Embedded, name: str) -> Iterator[None]:
    """Django speaks to a new database made from the template, and to the worker's again afterwards."""
    default = connections["default"]
    before = default.settings_dict["NAME"]
    with psycopg.connect(server.superuser_dsn(), autocommit=True) as c:
        c.execute(f"drop database if exists {name} with (force)")
        c.execute(f"create database {name} template {mark()} owner tianping_owner")
    _switched(name)
    try:
        yield
    finally:
        _switched(before)
        with psycopg.connect(server.superuser_dsn(), autocommit=True) as c:
            c.execute(f"drop database if exists {name} with (force)")


def _switched(name: str) -> None:
    default = connections["default"]
    default.close()
    if hasattr(default, "close_pool"):
        default.close_pool()
    default.settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name
    for known in (registered.tables_of, registered._number):  # numbers of definitions are the database's own
        known.cache_clear()


@pytest.fixture(scope="module", autouse=True)
def alone(request: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    """A database of the module's own, where the module asks for one at all; a conftest that names this fixture gives it to its folder."""
    own = [item for item in request.session.items if isinstance(item, pytest.Function) and item.module is request.module]
    if not any("database" in item.fixturenames for item in own):
        yield
        return
    server: Embedded = request.getfixturevalue("database")
    with own_database(server, f"t_{worker_id}_{request.module.__name__.rpartition('.')[2]}"):
        yield
