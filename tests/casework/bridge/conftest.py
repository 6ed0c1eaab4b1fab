"""桥的数据库 · What is copied is counted against the whole ledger, so each module has a ledger of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.own_database import own_database
from tianping.casework.database.embedded import Embedded


def _wanted(request: pytest.FixtureRequest) -> bool:
    own = [item for item in request.session.items if isinstance(item, pytest.Function) and item.module is request.module]
    return any("database" in item.fixturenames for item in own)


@pytest.fixture(scope="module", autouse=True)
def alone(request: pytest.FixtureRequest, worker_id: str) -> Iterator[None]:
    """Only where a module asks for the database at all."""
    if not _wanted(request):
        yield
        return
    server: Embedded = request.getfixturevalue("database")
    with own_database(server, f"t_{worker_id}_{request.module.__name__.rpartition('.')[2]}"):
        yield
