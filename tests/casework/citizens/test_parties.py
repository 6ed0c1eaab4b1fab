"""当事人 · A citizen is a party of his own cases only: he sees what a party sees, acts in his own role, and is nobody elsewhere."""

from __future__ import annotations

import io
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.casework.citizens.conftest import AT, Court, citizen, number_of
from tianping.casework.citizens.acting import own, party_at, party_step
from tianping.casework.citizens.errors import WrongLook
from tianping.casework.citizens.looking import code_made, look, looked, receipt_number
from tianping.casework.citizens.people import identity_written, joined
from tianping.casework.citizens.signing import party_signed, signatures_of
from tianping.casework.documents.errors import NoSuchDocument
from tianping.casework.documents.filing import document_filed, document_handed_in, document_read, document_shown
from tianping.casework.engine.writers import NewCase, NewParty, case_open, step_take
from tianping.casework.errors import NoSuchCase, Refusal, StaleCase
from tianping.casework.handling.consents import consents_to
from tianping.casework.models import Case, Citizen, Event, Organisation, Party
from tianping.casework.parties.changes import PartyData, party_added, party_left
from tianping.casework.selectors.detail import available_steps, case_detail
from tianping.casework.selectors.lists import case_list
from tianping.casework.selectors.named import ONLINE, names_of
from tianping.casework.selectors.search import case_search


def pushed(court: Court, *parties: NewParty) -> int:
    """A dispute that the court offers to mediate."""
    new = NewCase("张三诉李四买卖合同纠纷", court.organisation.pk, keys=court.judge.keys, parties=parties)
    facts = {"origin": "DELEGATED"}
    judge = "Roles.FILING_JUDGE"
    return case_open(procedure="online_mediation", step="push", actor=court.judge, at=AT, new=new, facts=facts, role=judge).case_id


def sides(court: Court) -> tuple[int, Citizen, Citizen]:
    one, other = citizen(), citizen()
    case = pushed(
        court, NewParty("张三", "Roles.APPLICANT", phone=one.phone), NewParty("李四", "Roles.OPPONENT", phone=other.phone),
    )  # fmt: skip
    assert joined(one, at=AT) == joined(other, at=AT) == 1
    return case, one, other


def test_who_shows_the_telephone_of_a_party_becomes_it(court: Court) -> None:
    case, one, other = sides(court)
    assert joined(one, at=AT) == 0
    assert [r.id for r in case_list(own(one), at=AT).rows] == [case]
    assert party_at(one, case).roles == {"Roles.APPLICANT"} and party_at(other, case).roles == {"Roles.OPPONENT"}
    with pytest.raises(NoSuchCase):
        party_at(citizen(), case)


def test_another_identity_is_another_person(court: Court) -> None:
    who = citizen()
    case = pushed(court, NewParty("张三", "Roles.APPLICANT", phone=who.phone, identity=number_of(7)))
    assert joined(who, at=AT) == 0, "its identity is written, his is not known"
    identity_written(who, "王五", number_of(8), "counter", at=AT)
    assert joined(who, at=AT) == 0
    identity_written(who, "张三", number_of(7), "counter", at=AT)
    assert joined(who, at=AT) == 1 and party_at(who, case)


def test_a_sealed_case_is_not_there(court: Court) -> None:
    who = citizen()
    case = pushed(court, NewParty("张小三", "Roles.APPLICANT", phone=who.phone, minor=True))
    assert joined(who, at=AT) == 1
    with pytest.raises(NoSuchCase):
        party_at(who, case)
    assert not case_list(own(who), at=AT).rows


def test_who_left_sees_it_no_more(court: Court) -> None:
    case, one, other = sides(court)
    party = Party.objects.get(case_id=case, citizen=one)
    code = code_made(one, case, at=AT)
    party_left(case_id=case, party=party.pk, actor=court.judge, at=AT, reason="撤回")
    with pytest.raises(NoSuchCase):
        party_at(one, case)
    with pytest.raises(NoSuchCase):
        look(*looked(receipt_number(case), code, at=AT, address="::1"))
    assert not case_list(own(one), at=AT).rows and case_list(own(other), at=AT).rows
    party_added(case_id=case, party=PartyData("张三", "Roles.APPLICANT", phone=one.phone), actor=court.judge, at=AT)
    assert joined(one, at=AT) == 1 and party_at(one, case)


def test_a_party_finds_its_case_by_the_masked_title(court: Court) -> None:
    case, one, _ = sides(court)
    assert [r.id for r in case_search(own(one), "买卖合同", at=AT).rows] == [case]
    assert not case_search(own(citizen()), "买卖合同", at=AT).rows


# ---- what a party sees ---------------------------------------------------------------------------------------------------------------


def test_a_party_sees_what_was_done_and_not_what_others_answered(court: Court) -> None:
    case, one, _ = sides(court)
    seen = case_detail(party_at(one, case), case, AT)
    assert seen.title == "张某诉李某买卖合同纠纷" and seen.facts == {} and seen.capacities == {"party"}
    assert [e.step for e in seen.events] == ["OnlineMediation.push"] and seen.events[0].facts == {}
    assert seen.events[0].signers == (("", "Roles.FILING_JUDGE"),) and seen.events[0].recorder == ""
    assert {p.name for p in seen.parties} == {"张某", "李某"}


def test_documents_are_his_own_or_shown(court: Court) -> None:
    case, one, other = sides(court)
    mine = document_handed_in(case_id=case, name="欠条.txt", file=io.BytesIO(b"x"), actor=party_at(one, case), at=AT, seq=1)
    inner = document_filed(case_id=case, name="阅卷.txt", file=io.BytesIO(b"y"), actor=court.judge, at=AT)
    assert [d.id for d in case_detail(party_at(one, case), case, AT).documents] == [mine.pk]
    assert not case_detail(party_at(other, case), case, AT).documents
    for document, actor in ((inner.pk, one), (mine.pk, other)):
        with pytest.raises(NoSuchDocument):
            document_read(document=document, actor=party_at(actor, case), at=AT)
    document_shown(case_id=case, document=inner.pk, actor=court.judge, at=AT)
    assert document_read(document=inner.pk, actor=party_at(other, case), at=AT)[1].read_bytes() == b"y"
    assert [d.id for d in case_detail(party_at(one, case), case, AT).documents] == [mine.pk, inner.pk]


def test_a_party_files_nothing_as_an_official_does(court: Court) -> None:
    case, one, _ = sides(court)
    with pytest.raises(NoSuchCase):
        document_filed(case_id=case, name="a.txt", file=io.BytesIO(b"x"), actor=party_at(one, case), at=AT)


# ---- what a party does ---------------------------------------------------------------------------------------------------------------


def test_a_party_declines_an_invitation_to_mediate(court: Court) -> None:
    case, _, other = sides(court)
    offered = {o.step for o in available_steps(party_at(other, case), case, AT) if o.may}
    assert "OnlineMediation.dissent" in offered and "OnlineMediation.agree_alone" not in offered
    assert party_step(other, case, "OnlineMediation.dissent", at=AT).stage == "failed"
    last = Event.objects.filter(case_id=case).latest("seq")
    assert last.signers == [[other.account, "Roles.OPPONENT"]] and last.recorder == other.account


def test_a_party_does_not_act_for_an_institution(court: Court) -> None:
    case, one, _ = sides(court)
    party_step(one, case, "OnlineMediation.agree_alone", at=AT)
    with pytest.raises(Refusal):
        party_step(one, case, "OnlineMediation.appoint", at=AT, facts={"left_to_court": True})


def test_both_sides_agree_one_after_the_other(court: Court) -> None:
    case, one, other = sides(court)
    step = "OnlineMediation.agree"
    first = party_signed(one, case, step, at=AT, version=1, key=uuid4())
    assert first.taken is None and first.waits == ("Roles.OPPONENT",) and Case.objects.get(pk=case).seq == 1
    assert party_signed(one, case, step, at=AT, version=1, key=uuid4()).taken is None, "twice is not both"
    taken = party_signed(other, case, step, at=AT, version=1, key=uuid4()).taken
    assert taken is not None and taken.stage == "both"
    assert {s[0] for s in Event.objects.get(case_id=case, seq=2).signers} == {one.account, other.account}


def test_a_signature_is_for_the_case_as_it_stood_and_the_same_answers(court: Court) -> None:
    case, one, other = sides(court)
    party_signed(one, case, "OnlineMediation.agree", at=AT, version=1, key=uuid4())
    with pytest.raises(StaleCase):
        party_signed(other, case, "OnlineMediation.agree", at=AT, version=2, key=uuid4())
    party_step(one, case, "OnlineMediation.agree_alone", at=AT)
    assert not signatures_of(case, "OnlineMediation.agree", version=2)


def test_a_mediator_takes_the_step_with_the_parties_signatures(court: Court) -> None:
    case, one, other = sides(court)
    for who in (one, other):
        party_signed(who, case, "OnlineMediation.agree", at=AT, version=1, key=uuid4())
    step_take(case_id=case, step="appoint", actor=court.judge, at=AT, facts={"left_to_court": True})
    step_take(case_id=case, step="accept", actor=court.judge, at=AT, facts={"conflict": False})
    step_take(case_id=case, step="begin", actor=court.judge, at=AT, facts={"manner": "VIDEO"})
    settle = "OnlineMediation.settle"
    for who in (one, other):
        assert party_signed(who, case, settle, at=AT, version=5, key=uuid4()).taken is None
    with pytest.raises(Refusal):
        step_take(case_id=case, step=settle, actor=court.judge, at=AT, role="Roles.MEDIATOR")
    signers = signatures_of(case, settle, version=5)
    assert step_take(case_id=case, step=settle, actor=court.judge, at=AT, role="Roles.MEDIATOR", co_signers=signers).stage == "settled"


# ---- number and code -----------------------------------------------------------------------------------------------------------------


def test_a_code_shows_one_case_and_does_nothing(court: Court) -> None:
    case, one, _ = sides(court)
    code = code_made(one, case, at=AT)
    found = looked(receipt_number(case).lower(), code.lower().replace("-", " "), at=AT, address="::1")
    actor = look(*found)
    assert found == (case, one.pk) and case_detail(actor, case, AT).seq == 1
    with pytest.raises(Refusal):
        step_take(case_id=case, step="dissent", actor=actor, at=AT)
    with pytest.raises(NoSuchCase):
        case_detail(actor, pushed(court), AT)


def test_a_wrong_code_an_old_code_and_another_case_are_answered_alike(court: Court) -> None:
    case, one, _ = sides(court)
    old = code_made(one, case, at=AT)
    code_made(one, case, at=AT)
    other, someone, _ = sides(court)
    for number, code in ((case, old), (case, "2222-2222"), (other, old), (case + 10**6, old)):
        with pytest.raises(WrongLook):
            looked(receipt_number(number), code, at=AT, address=f"10.0.0.{number % 200}")
    assert code_made(someone, other, at=AT) != old


def test_a_case_is_found_by_its_number_as_people_type_it(court: Court) -> None:
    case, one, _ = sides(court)
    Case.objects.filter(pk=case).update(number=f"（2026）晋0702诉前调{case}号")
    code = code_made(one, case, at=AT)
    assert looked(f"(2026)晋0702诉前调 {case} 号", code, at=AT, address="::2")[0] == case


def test_no_key_belongs_to_nobody_or_to_two(court: Court) -> None:
    from django.db import IntegrityError, transaction  # noqa: PLC0415

    from tianping.casework.models import AccessKey  # noqa: PLC0415

    who = citizen()
    both = {"capacity": "party", "citizen": who, "organisation": court.organisation}
    for given in ({"capacity": "party"}, {"capacity": "handle", "citizen": who}, both):
        with pytest.raises(IntegrityError), transaction.atomic():
            AccessKey.objects.create(**given)
    assert Organisation.objects.filter(pk=court.organisation.pk).exists()


def test_the_desk_finds_the_parties_signatures_and_a_name_that_is_masked(court: Court) -> None:
    case, one, other = sides(court)
    identity_written(other, "李四", number_of(9), "counter", at=AT)
    later = AT + timedelta(hours=5)
    party_signed(one, case, "agree", at=AT, version=1, key=uuid4())
    found = consents_to(case_id=case, seq=1, step="OnlineMediation.agree", entity="", actor=court.judge, at=later)
    assert [(c.account, c.role) for c in found] == [(one.account, "Roles.APPLICANT")]
    names = names_of(accounts=[one.account, other.account, "nobody", "citizen:x"]).accounts
    assert names == {one.account: ONLINE, other.account: "李某"}
