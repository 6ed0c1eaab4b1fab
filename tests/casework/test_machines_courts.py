"""法院的程序 · The procedures of the courts, walked at random (see ``machines``)."""

from __future__ import annotations

import pytest

from tests.casework.machines import COURTS, named, walked
from tianping.casework.models import Organisation
from tianping.procedure.grammar import Procedure


@pytest.mark.parametrize("version", COURTS, ids=named(COURTS))
def test_no_walk_leads_out_of_the_law(court: Organisation, version: type[Procedure]) -> None:
    walked(court, version)
