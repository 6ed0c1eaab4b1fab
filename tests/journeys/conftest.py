"""故事的机构 · Courts of the journeys' own."""

from __future__ import annotations

import pytest

from tianping.casework.database.embedded import Embedded
from tianping.casework.models import Organisation


@pytest.fixture(scope="session")
def court(database: Embedded) -> Organisation:
    return Organisation.objects.create(code="journey-court", kind="court_basic", zh="故事法院", en="Court of the story", court_code="晋0792")


@pytest.fixture(scope="session")
def other_court(database: Embedded) -> Organisation:
    return Organisation.objects.create(code="journey-other", kind="court_basic", zh="他院", en="Another court", court_code="晋0791")
