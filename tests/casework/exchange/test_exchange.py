"""往来 · A matter is taken or sent back, answered exactly once, and both sides keep clocks of their own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.casework.conftest import actor_of
from tests.casework.exchange.stories import MONDAY, body_of, given_up, judge_at, mediated, minutes, sent, settled, taken
from tianping.casework.engine.writers import step_take
from tianping.casework.exchange.errors import AlreadyDecided, ChooseProcedure, NoReason, NoSuchOutcome, NoSuchReferral, NotYourMatter
from tianping.casework.exchange.offers import offers
from tianping.casework.exchange.services import referral_return, referral_take
from tianping.casework.models import Case, Clock, Delivery, Event, Organisation, Outbox, Party, Referral, Visibility
from tianping.casework.outbox.dispatch import drain
from tianping.procedure.contracts.matters import ConfirmationRequest, MediationRequest


def steps(case: int) -> list[str]:
    """The steps of a case."""
    return list(Event.objects.filter(case_id=case).order_by("seq").values_list("step", flat=True))


def test_what_answers_a_matter_is_found_in_the_definitions_of_the_day() -> None:
    now = [(o.procedure, o.step.name) for o in offers(MediationRequest, MONDAY.date())]
    assert now == [("online_mediation", "push"), ("online_mediation", "apply"), ("online_mediation", "apply_jointly")]
    then = [(o.procedure, o.step.code) for o in offers(MediationRequest, MONDAY.date().replace(year=2021))]
    assert ("online_mediation", "InvitedMediation.offer") in then
    assert {o.procedure for o in offers(ConfirmationRequest, MONDAY.date())} == {"judicial_confirmation"}


def test_a_matter_is_taken_mediated_and_answered_into_the_sender(court: Organisation) -> None:
    body = body_of("body.story")
    case = sent(court, body)
    drain(at=minutes(6))
    assert Referral.objects.get(case_id=case).delivered == minutes(6)
    got = taken(case, body, at=minutes(60))
    assert steps(case)[-1] == "mediation.receive"
    assert Event.objects.get(case_id=case, seq=got.sender_seq).signers == [["exchange", "EXCHANGE"]]
    receiver = Case.objects.get(pk=got.case_id)
    assert (receiver.organisation_id, receiver.source, receiver.definition.code) == (body.pk, "grid", "online_mediation")
    assert Visibility.objects.filter(case_id=receiver.pk, key__organisation=body).exists()
    mediated(receiver.pk, body, at=minutes(90))
    settled(receiver.pk, body, at=minutes(120))
    assert Case.objects.get(pk=case).stage == "out"
    drain(at=minutes(121))
    row = Case.objects.get(pk=case)
    assert (row.stage, row.lifecycle) == ("settled", 2)
    assert steps(case)[-2:] == ["mediation.answer", "PreFiling.end_settled"]
    answer = Event.objects.get(case_id=case, step="mediation.answer")
    assert (answer.happened, answer.recorded) == (minutes(120), minutes(121))
    referral = Referral.objects.get(case_id=case)
    assert (referral.state, referral.outcome, referral.ended, referral.received_id) == ("answered", "settled", minutes(120), receiver.pk)


def test_each_side_has_clocks_of_its_own(court: Organisation) -> None:
    body = body_of("body.clocks")
    case = sent(court, body)
    got = taken(case, body, at=minutes(60))
    mediated(got.case_id, body, at=minutes(90))
    ours = Clock.objects.get(case_id=case, code="PreFiling.to_be_taken")
    assert (ours.status, ours.ended) == ("met", got.sender_seq)
    theirs = set(Clock.objects.filter(case_id=got.case_id, ended__isnull=True).values_list("code", flat=True))
    assert theirs
    assert all(code.startswith("OnlineMediation.") for code in theirs)


def test_parties_and_who_acts_for_whom_come_along(court: Organisation) -> None:
    body = body_of("body.parties")
    case = sent(court, body)
    got = taken(case, body, at=minutes(60))
    rows = {p.name: p for p in Party.objects.filter(case_id=got.case_id).select_related("acts_for")}
    assert set(rows) == {"甲", "乙", "丙律师"}
    represented = rows["丙律师"].acts_for
    assert represented is not None
    assert (represented.name, represented.case_id) == ("甲", got.case_id)


def test_a_matter_that_fails_comes_back(court: Organisation) -> None:
    body = body_of("body.fails")
    case = sent(court, body)
    given_up(taken(case, body, at=minutes(60)).case_id, body, at=minutes(70))
    drain(at=minutes(71))
    assert Case.objects.get(pk=case).stage == "back"
    assert Clock.objects.get(case_id=case, code="PreFiling.to_file").status == "running"


def test_a_matter_is_sent_back_with_a_reason(court: Organisation) -> None:
    body = body_of("body.returns")
    case = sent(court, body)
    referral, actor = Referral.objects.get(case_id=case), judge_at(body)
    with pytest.raises(NoReason):
        referral_return(actor=actor, referral_id=referral.pk, reason=" ", at=minutes(30))
    with pytest.raises(NoSuchOutcome) as unknown:
        referral_return(actor=actor, referral_id=referral.pk, reason="无调解员", outcome="lost", at=minutes(30))
    assert "returned" in str(unknown.value)
    referral_return(actor=actor, referral_id=referral.pk, reason="不属于本组织调解范围", at=minutes(30))
    assert steps(case)[-2:] == ["mediation.refuse", "PreFiling.come_back"]
    referral.refresh_from_db()
    told = (referral.state, referral.outcome, referral.reason, referral.decided_by)
    assert told == ("refused", "returned", "不属于本组织调解范围", actor.account)
    with pytest.raises(AlreadyDecided):
        taken(case, body, at=minutes(40))


def test_who_has_no_part_in_such_matters_and_who_has_no_key_sends_nothing_back(court: Organisation) -> None:
    body = body_of("body.roles")
    referral = Referral.objects.get(case_id=sent(court, body))
    asked = {"referral_id": referral.pk, "reason": "不属于本组织调解范围", "at": minutes(30)}
    for actor, error in (
        (replace(judge_at(body), roles=frozenset()), NotYourMatter),
        (actor_of(body, "KEEPER"), NotYourMatter),
        (replace(judge_at(body), keys=()), NoSuchReferral),
        (replace(judge_at(body), keys=judge_at(court).keys), NoSuchReferral),
    ):
        with pytest.raises(error):
            referral_return(actor=actor, **asked)  # type: ignore[arg-type]
    assert Referral.objects.get(pk=referral.pk).state == "sent"


def test_the_receiver_says_which_procedure_and_a_stranger_finds_nothing(court: Organisation, other_court: Organisation) -> None:
    body = body_of("body.chooses")
    case = sent(court, body)
    referral = Referral.objects.get(case_id=case)
    with pytest.raises(ChooseProcedure) as several:
        referral_take(actor=judge_at(body), referral_id=referral.pk, at=minutes(30))
    assert "OnlineMediation.push" in str(several.value)
    with pytest.raises(NoSuchReferral):
        referral_take(actor=actor_of(other_court, "FILING_JUDGE"), referral_id=referral.pk, at=minutes(30), step="push")
    assert Referral.objects.get(pk=referral.pk).state == "sent"


def test_what_is_refused_on_one_side_leaves_nothing_on_the_other(court: Organisation) -> None:
    body = body_of("body.refused")
    case = sent(court, body)
    referral = Referral.objects.get(case_id=case)
    before = Case.objects.filter(organisation=body).count()
    with pytest.raises(Exception, match="OPS-201"):
        asked = {"referral_id": referral.pk, "at": minutes(30), "step": "push", "facts": {"origin": "DELEGATED"}}
        referral_take(actor=actor_of(body, "MEDIATOR"), role="Roles.MEDIATOR", **asked)  # type: ignore[arg-type]
    assert Case.objects.filter(organisation=body).count() == before
    assert steps(case)[-1] == "mediation.send"


def test_the_receiver_takes_what_the_senders_judge_pushed(court: Organisation) -> None:
    body = body_of("body.pushed")
    case = sent(court, body)
    referral = Referral.objects.get(case_id=case)
    taken = referral_take(actor=actor_of(body, "MEDIATOR"), referral_id=referral.pk, at=minutes(30), step="push", facts={"origin": "DELEGATED"})
    first = Event.objects.get(case_id=taken.case_id, seq=1)
    assert [list(s) for s in first.signers if s[1] == "Roles.FILING_JUDGE"] == [["li.ming@court", "Roles.FILING_JUDGE"]]
    assert first.recorder == f"li.ming@{body.code}"


def test_who_does_not_work_on_the_matter_takes_nothing_for_the_sender(court: Organisation) -> None:
    body = body_of("body.keeper")
    referral = Referral.objects.get(case_id=sent(court, body))
    with pytest.raises(NotYourMatter):
        referral_take(actor=actor_of(body, "KEEPER"), referral_id=referral.pk, at=minutes(30), step="push", facts={"origin": "DELEGATED"})


def test_an_equal_request_to_take_is_done_once(court: Organisation) -> None:
    body = body_of("body.once")
    case = sent(court, body)
    referral, key = Referral.objects.get(case_id=case), uuid4()
    ask = {"actor": judge_at(body), "referral_id": referral.pk, "at": minutes(30), "step": "push", "facts": {"origin": "DELEGATED"}, "key": key}
    first = referral_take(**ask)  # type: ignore[arg-type]
    again = referral_take(**ask)  # type: ignore[arg-type]
    assert (again.case_id, again.replayed) == (first.case_id, True)
    with pytest.raises(AlreadyDecided):
        referral_take(**{**ask, "key": uuid4()})  # type: ignore[arg-type]


def test_an_answer_that_the_sender_can_no_longer_take_stays_in_sight(court: Organisation) -> None:
    body = body_of("body.late")
    case = sent(court, body)
    got = taken(case, body, at=minutes(60))
    given_up(got.case_id, body, at=minutes(70))
    judge = actor_of(body, "FILING_JUDGE")
    step_take(case_id=got.case_id, step="", voids=2, actor=judge, at=minutes(80))
    drain(at=minutes(90))
    given_up(got.case_id, body, at=minutes(100))
    drain(at=minutes(101))
    second = Outbox.objects.filter(case_id=got.case_id, topic="matter.answered").latest("id")
    assert (second.done, second.tries) == (None, 1)
    assert "OPS-201" in second.error
    assert Delivery.objects.get(outbox=second).result == "failed"
    assert steps(case).count("mediation.answer") == 1
    Outbox.objects.filter(pk=second.pk).update(done=minutes(0) + timedelta(days=1))
