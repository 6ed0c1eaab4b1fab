"""管理夹具 · The three administrators, signed in as a browser is."""

from __future__ import annotations

import pytest

from tests.portal.conftest import account, organisation
from tests.portal.desk.conftest import Seat


def administrator(kind: str) -> Seat:
    return Seat(account(kind), organisation())


@pytest.fixture
def system(database: object) -> Seat:
    return administrator("system")


@pytest.fixture
def security(database: object) -> Seat:
    return administrator("security")


@pytest.fixture
def audit(database: object) -> Seat:
    return administrator("audit")
