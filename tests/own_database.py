"""各自的数据库 · A database of a module's own, where what other tests wrote would be counted too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
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
