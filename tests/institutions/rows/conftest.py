"""各行的数据库 · Each row's checks count what they themselves have written, so each module has a database of its own."""

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
    wants = any(
        "database" in item.fixturenames for item in request.session.items if isinstance(item, pytest.Function) and item.module is request.module
    )
    if not wants:
        yield
        return
    server: Embedded = request.getfixturevalue("database")
    with own_database(server, f"t_{worker_id}_{request.module.__name__.rpartition('.')[2]}"):
        yield
