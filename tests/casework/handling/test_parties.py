"""当事人 · Parties join, are represented, replaced and leave; everybody sees them masked; a minor seals the case."""

from __future__ import annotations

from typing import Any

import pytest

from tests.casework.handling.conftest import MONDAY, Scene, cleared
from tianping.casework.errors import NoSuchCase
from tianping.casework.models import Case, Change, Party
from tianping.casework.parties.changes import PartyData, parties_of, party_added, party_left, party_replaced
from tianping.casework.parties.errors import BadParty, NotAParty, Represented

RESIDENT = "140799195701010011"


def data(**given: Any) -> PartyData:
    return PartyData(**{"name": "张三丰", "capacity": "Roles.APPLICANT", "phone": "13800001234"} | given)


def added(scene: Scene, **given: Any) -> int:
    return party_added(case_id=scene.case, party=data(**given), actor=scene.judge, at=MONDAY)


def test_a_party_is_shown_masked_and_a_body_by_its_name(scene: Scene) -> None:
    added(scene, identity="G12345678")
    added(scene, name="晋中示例商贸有限公司", kind="body", capacity="Roles.OPPONENT", phone="")
    person, body = parties_of(case_id=scene.case, actor=scene.judge)
    assert (person.name, person.phone, body.name, body.phone) == ("张某某", "138****1234", "晋中示例商贸有限公司", "")
    assert "1234567" not in person.identity
    with pytest.raises(NoSuchCase):
        parties_of(case_id=scene.case, actor=scene.stranger)


def test_a_representative_goes_with_whom_it_represents(scene: Scene) -> None:
    party = added(scene)
    lawyer = added(scene, name="李律", acts_for=party, authority="特别授权")
    with pytest.raises(Represented):
        added(scene, name="王律", acts_for=lawyer, authority="一般授权")
    with pytest.raises(Represented):
        added(scene, name="王律", acts_for=party)
    with pytest.raises(NotAParty):
        added(scene, name="王律", acts_for=10**9, authority="一般授权")
    heir = party_replaced(case_id=scene.case, party=party, by=data(name="张小丰"), actor=scene.judge, at=MONDAY, reason="原告死亡，继承人参加诉讼")
    assert [p.id for p in parties_of(case_id=scene.case, actor=scene.judge)] == [heir]
    everybody = Party.objects.filter(case_id=scene.case).order_by("pk")
    assert [(p.pk, p.left is None, p.replaces_id) for p in everybody] == [(party, False, None), (lawyer, False, None), (heir, True, party)]
    assert len(parties_of(case_id=scene.case, actor=scene.judge, everybody=True)) == 3
    with pytest.raises(NotAParty):
        party_left(case_id=scene.case, party=party, actor=scene.judge, at=MONDAY, reason="再退")
    party_left(case_id=scene.case, party=heir, actor=scene.judge, at=MONDAY, reason="撤回参加")
    assert list(Change.objects.filter(case_id=scene.case).order_by("pk").values_list("act", flat=True)) == [
        "party.added", "party.added", "party.replaced", "party.left",
    ]  # fmt: skip


def test_no_trace_holds_a_name_or_a_number(scene: Scene) -> None:
    added(scene, identity="G12345678")
    text = str(list(Change.objects.filter(case_id=scene.case).values()))
    assert not [word for word in ("张三丰", "G12345678", "13800001234") if word in text]


def test_a_minor_seals_the_case(scene: Scene) -> None:
    added(scene, minor=True)
    assert Case.objects.get(pk=scene.case).level == 1
    with pytest.raises(NoSuchCase):
        parties_of(case_id=scene.case, actor=scene.judge)
    assert parties_of(case_id=scene.case, actor=cleared(scene.judge, 1))


@pytest.mark.parametrize(
    "given",
    [
        {"name": " "},
        {"name": "x" * 121},
        {"kind": "ghost"},
        {"capacity": "Roles.NOBODY"},
        {"capacity": "Roles.SYSTEM"},
        {"identity": RESIDENT[:-1] + ("0" if RESIDENT[-1] != "0" else "1")},
        {"identity": "91140799000000010A", "kind": "body"},
        {"phone": "1" * 31},
        {"name": "a\0b"},
    ],
)
def test_what_the_papers_cannot_say_is_refused(scene: Scene, given: dict[str, Any]) -> None:
    with pytest.raises(BadParty):
        added(scene, **given)
    assert not Party.objects.filter(case_id=scene.case).exists()
    assert not Change.objects.filter(case_id=scene.case).exists()
