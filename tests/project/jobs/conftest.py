"""工作进程的数据库 · A database of the worker's tests alone: it delivers nothing that other tests left behind."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connections

from tests.postgres import mark
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine import registered


def _turned(name: str) -> str:
    """Point Django at another database; the old one's name. What was learnt of the old one is forgotten."""
    default = connections["default"]
    old = default.settings_dict["NAME"]
    default.close()
    default.close_pool()  # type: ignore[attr-defined]
    default.settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name
    registered._numbers.clear()
    registered.tables_of.cache_clear()
    return str(old)


@pytest.fixture(scope="module")
def own(database: Embedded, worker_id: str) -> Iterator[str]:
    """The connection string of an empty database, to which Django is connected meanwhile."""
    name = f"w_{worker_id}"
    with psycopg.connect(database.superuser_dsn(), autocommit=True) as c:
        c.execute(f"drop database if exists {name} with (force)")
        c.execute(f"create database {name} template {mark()} owner tianping_owner")
    old = _turned(name)
    yield database.app_dsn(name)
    _turned(old)


@pytest.fixture(scope="module")
def owner(own: str, database: Embedded, worker_id: str) -> str:
    """The connection string of the tables' owner."""
    return database.owner_dsn(f"w_{worker_id}")
