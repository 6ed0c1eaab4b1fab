"""其他机关的程序 · The procedures of all others, walked at random (see ``machines``)."""

from __future__ import annotations

import pytest

from tests.casework.machines import OTHERS, named, walked
from tianping.casework.models import Organisation
from tianping.procedure.grammar import Procedure


@pytest.mark.parametrize("version", OTHERS, ids=named(OTHERS))
def test_no_walk_leads_out_of_the_law(court: Organisation, version: type[Procedure]) -> None:
    walked(court, version)
