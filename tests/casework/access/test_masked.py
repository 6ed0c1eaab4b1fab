"""字段脱敏 · Whatever the parties are called: no name, number or telephone of theirs reaches somebody who may not have it, by any way of reading."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.casework.access.people import MONDAY, filed, institution, somebody
from tests.conftest import size
from tianping.casework.access.masking import reveal_party
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewParty, step_take
from tianping.casework.models import Case, Organisation
from tianping.casework.selectors.detail import available_steps, case_detail, clocks_explained
from tianping.casework.selectors.lists import case_list, referral_inbox
from tianping.casework.selectors.search import case_search

SURNAMES = ["张", "李", "欧阳", "上官", "张李"]
GIVEN = st.text("三四五丰锋婉儿", min_size=1, max_size=2)
PEOPLE = st.builds(
    lambda surname, given, n: NewParty(surname + given, "Roles.APPLICANT", "person", f"14079919800101{n:04d}", f"1380013{n:04d}"),
    st.sampled_from(SURNAMES), GIVEN, st.integers(0, 9999),
)  # fmt: skip


@pytest.fixture(scope="module")
def city(database: object) -> Organisation:
    return institution()


@pytest.fixture(scope="module")
def judge(city: Organisation) -> Actor:
    return somebody(institution(city), "FILING_JUDGE")


@pytest.fixture(scope="module")
def president(city: Organisation) -> Actor:
    return somebody(city, "PRESIDENT")


@pytest.fixture(scope="module")
def body(database: object) -> Organisation:
    return institution(kind="docked_body")


@pytest.fixture(scope="module")
def mediator(body: Organisation) -> Actor:
    return somebody(body, "MEDIATOR")


def read(actor: Actor, case: int) -> str:
    """Everything of the case that the actor can read, as text."""
    rows = [r for r in case_list(actor, at=MONDAY, size=200).rows if r.id == case]
    found = [r for r in case_search(actor, "合同纠纷", at=MONDAY, size=200).rows if r.id == case]
    said = [repr(case_detail(actor, case, MONDAY)), repr(rows), repr(found), repr(referral_inbox(actor))]
    if "refer" not in rows[0].capacities:
        said += [repr(clocks_explained(actor, case, MONDAY)), repr(available_steps(actor, case, MONDAY))]
    assert rows
    assert found
    return "\n".join(said)


@settings(max_examples=size(25, 400))
@given(st.lists(PEOPLE, min_size=2, max_size=3, unique_by=lambda p: p.name))
def test_no_name_and_no_number_gets_out(
    judge: Actor, president: Actor, mediator: Actor, body: Organisation, parties: list[NewParty],
) -> None:  # fmt: skip
    others = tuple(replace(p, capacity="Roles.OPPONENT") for p in parties[1:])
    title = "与".join(p.name for p in parties) + "合同纠纷"
    case = filed(judge, title=title, parties=(parties[0], *others)).case_id
    facts = {"suitable": True, "consents": True}
    step_take(case_id=case, step="refer", actor=judge, at=MONDAY, facts=facts, role="Roles.FILING_JUDGE", receivers={"mediation": body.pk})
    note = f"{parties[0].name}，电话{parties[0].phone}，证件{parties[0].identity}"
    Case.objects.filter(pk=case).update(facts={"note": note})
    handler, above, receiver = read(judge, case), read(president, case), read(mediator, case)
    assert note not in receiver
    for party in parties:
        assert party.name not in above
        assert party.name not in receiver
        for number in (party.identity, party.phone):
            assert number not in above
            assert number not in receiver
            assert handler.count(number) == note.count(number)
    detail = case_detail(judge, case, MONDAY)
    assert [reveal_party(judge, case, p.id, "送达", MONDAY).name for p in detail.parties] == [p.name for p in parties]
    assert all(p.name not in (s.name for s in detail.parties) for p in parties)
