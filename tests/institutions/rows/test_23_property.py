"""涉案财物 · The investigator is never the keeper, every item stands in one place, and ten planted faults."""

from __future__ import annotations

import pytest

from tests.casework.conftest import actor_of
from tests.conftest import size
from tests.institutions.rows.live import AT, office, opened, take, why
from tests.institutions.rows.planting import answered, fault, later, planted, signed, twice, without
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import Refusal
from tianping.casework.figures import Figures
from tianping.casework.models import Organisation
from tianping.institutions.police.property.indicators import Property
from tianping.procedure.roles import Signer

pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")
ROLES = ("OFFICER", "KEEPER", "CHIEF", "INSPECTOR")


def test_the_investigator_is_never_the_keeper(database: object) -> None:
    own = office("store", *ROLES)
    keeper = actor_of(Organisation.objects.get(pk=own.organisation), *ROLES, name="feng.guan")
    case = opened(own, "case_property", "open_register", "OFFICER")
    take(own, case, "Item.extract", "OFFICER", entity="i1", co="OFFICER")
    take(own, case, "Item.seize", "OFFICER", {"claimed": False}, entity="i1", co="CHIEF")
    with pytest.raises(Refusal) as refused:
        take(own, case, "Item.hand_in", "KEEPER", entity="i1", co="OFFICER")
    assert why(refused) == ["Item.hand_in.not_by"]
    with pytest.raises(Refusal) as refused:
        take(keeper, case, "Item.hand_in", "KEEPER", entity="i1", co="OFFICER")
    assert why(refused) == ["Item.hand_in.not_by"], "who brings it extracted it too"
    bringer = (Signer("wang.jing", "Roles.OFFICER"),)
    step_take(case_id=case, step="Item.hand_in", actor=keeper, at=AT, facts={}, role="Roles.KEEPER", entity="i1", co_signers=bringer)
    assert Figures().value(Property.in_store) >= 1


def test_every_item_stands_in_one_place(database: object) -> None:
    own = office("store-two", *ROLES)
    before = Figures().value(Property.items)
    case = opened(own, "case_property", "open_register", "OFFICER")
    for n in range(3):
        take(own, case, "Item.extract", "OFFICER", entity=f"i{n}", co="OFFICER")
    figures = Figures()
    assert figures.value(Property.items) == before + 3
    assert figures.conserved(Property.accounted).holds


FILE, CODE, CRIME = "administrative.yaml", "case_property", "criminal.yaml"
FAULTS = [
    fault(CODE, FILE, 1, later("Item.hand_in", hours=2), "Item.hand_in_time"),
    fault(CODE, FILE, 1, signed("Item.hand_in", "周警 KEEPER", "王警 OFFICER"), "Item.hand_in.not_by"),
    fault(CODE, FILE, 1, signed("Item.extract", "周警 OFFICER"), "Item.extract.by"),
    fault(CODE, FILE, 1, twice("Item.seize"), "Item.seize.count"),
    fault(CODE, FILE, 1, without("Item.seize"), "Item.no_basis"),
    fault(CODE, FILE, 1, answered("Item.seize", claimed=True), "Item.not_to_be_seized"),
    fault(CODE, FILE, 1, later("Item.take_back", days=1), "Item.loan_time"),
    fault(CODE, FILE, 1, without("Item.extend_seizure"), "Item.seizure_time"),
    fault(CODE, FILE, 1, without("Item.sell"), "CaseProperty.something_left"),
    fault(CODE, FILE, 1, answered("Item.confiscate", nature="CONTRABAND"), "Item.sellable"),
]


def test_ten_planted_faults_are_found_and_none_elsewhere() -> None:
    seen, wanted = planted(FAULTS, count=size(60, 600))
    assert seen == wanted
