"""故事的机构 · Courts of the journeys' own; each story is told in a database of its own, for it drains the outbox and reads the whole ledger."""

from __future__ import annotations

import pytest

from tianping.casework.models import Organisation


@pytest.fixture(scope="module")
def court(database: object) -> Organisation:
    return Organisation.objects.create(code="journey-court", kind="court_basic", zh="故事法院", en="Court of the story", court_code="晋0792")


@pytest.fixture(scope="module")
def other_court(database: object) -> Organisation:
    return Organisation.objects.create(code="journey-other", kind="court_basic", zh="他院", en="Another court", court_code="晋0791")
