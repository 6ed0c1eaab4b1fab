"""一起纠纷 · Pushed by the court, settled in the union's room, applied for together, confirmed, performed or enforced: three ledgers, one story."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.casework.conftest import actor_of
from tests.casework.exchange.stories import BOTH, MONDAY, body_of, judge_at, mediated, parties, sent, settled, taken
from tests.journeys.telling import at, found
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.exporting import ledger_lines
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import NoSuchCase, Refusal
from tianping.casework.exchange.services import referral_take
from tianping.casework.ledger.verify import verify
from tianping.casework.models import Case, Clock, Organisation, Referral
from tianping.casework.outbox.dispatch import drain
from tianping.casework.selectors.detail import case_detail
from tianping.procedure.roles import Signer

DUE = date(2026, 4, 30)


@pytest.fixture(scope="module")
def story(database: object, court: Organisation) -> tuple[int, int, int]:
    """(the court's case, the union's case, the confirmation) at their ends."""
    return told(court, body_of("union-room"))


def told(court: Organisation, union: Organisation) -> tuple[int, int, int]:
    """Up to the ruling, served on both, with the day by which the agreement is to be performed."""
    first = sent(court, union)
    second = taken(first, union, at=MONDAY + timedelta(hours=1)).case_id
    mediated(second, union, at=MONDAY + timedelta(days=1))
    settled(second, union, at=MONDAY + timedelta(days=10))
    drain(at=MONDAY + timedelta(days=10, minutes=1))
    third = confirmed(second, union, court)
    return first, second, third


def confirmed(case: int, union: Organisation, court: Organisation) -> int:
    """The parties ask together; the court hears them and confirms."""
    when = MONDAY + timedelta(days=12)
    party = Actor("Roles.APPLICANT", union.pk, frozenset(BOTH), judge_at(union).keys)
    step_take(
        case_id=case, step="confirmation.send", actor=party, at=when, entity="confirmation-1", role=BOTH[0], co_signers=parties(BOTH[1]),
        receivers={"confirmation": court.pk},
    )  # fmt: skip
    judge = actor_of(court, "FILING_JUDGE", "JUDGE", "CLERK")
    referral = Referral.objects.get(case_id=case, part="confirmation")
    opened = referral_take(
        actor=Actor(judge.account, court.pk, judge.roles | frozenset(BOTH), judge.keys), referral_id=referral.pk, at=when + timedelta(hours=2),
        step="apply", role=BOTH[0], co_signers=(Signer("乙", BOTH[1]),),
        facts={"effective": when.date() - timedelta(days=2), "self_run": False, "inviting": True, "connected": True, "level_fits": True},
    )  # fmt: skip
    for day, step, facts, role in (
        (1, "accept", {"bar": "NONE"}, "FILING_JUDGE"),
        (3, "verify", {}, "JUDGE"),
        (4, "confirm", {"defect": "NONE"}, "JUDGE"),
    ):
        step_take(case_id=opened.case_id, step=step, actor=judge, at=when + timedelta(days=day), facts=facts, role=f"Roles.{role}")
    drain(at=when + timedelta(days=4, minutes=1))
    clerk = actor_of(court, "CLERK")
    for receipt in ("p1", "p2"):
        step_take(case_id=opened.case_id, step="Receipt.serve", actor=clerk, at=when + timedelta(days=5), entity=receipt)
    step_take(case_id=opened.case_id, step="Performance.await_", actor=clerk, at=when + timedelta(days=5), entity="o1", facts={"perform_by": DUE})
    return opened.case_id


def party_of(court: Organisation, *roles: str) -> Actor:
    """A party, as the court writes down what it does."""
    return Actor("party", court.pk, frozenset(roles), actor_of(court).keys)


def test_the_answer_moves_the_court_s_case(story: tuple[int, int, int]) -> None:
    first, second, third = story
    assert Referral.objects.get(case_id=first).outcome == "settled"
    assert Referral.objects.get(case_id=second).outcome == "confirmed"
    assert (Case.objects.get(pk=second).stage, Case.objects.get(pk=third).stage) == ("settled", "confirmed")
    assert Case.objects.get(pk=first).lifecycle == 2


def test_what_was_agreed_is_performed_and_nothing_is_found(story: tuple[int, int, int], court: Organisation) -> None:
    other = party_of(court, "Roles.OPPONENT")
    step_take(case_id=story[2], step="Performance.perform", actor=other, at=at("2026-04-29 10:00"), entity="o1")
    assert found(list(story), "2026-06-01 09:00") == {}


def test_what_was_not_performed_is_enforced_after_its_day_and_the_debtor_s_delay_is_found(court: Organisation) -> None:
    cases = told(court, body_of("union-second"))
    creditor = party_of(court, "Roles.APPLICANT")
    with pytest.raises(Refusal) as early:
        step_take(case_id=cases[2], step="Performance.enforce", actor=creditor, at=at("2026-04-30 10:00"), entity="o1")
    assert [r.rule for r in early.value.reasons] == ["Performance.not_before"]
    step_take(case_id=cases[2], step="Performance.enforce", actor=creditor, at=at("2026-05-06 10:00"), entity="o1")
    assert found(list(cases), "2026-06-01 09:00") == {cases[2]: ["Performance.to_perform"]}


def test_every_side_has_met_its_own_clocks(story: tuple[int, int, int]) -> None:
    late = Clock.objects.filter(case_id__in=story, status__in=("met_late", "missed"))
    assert not late.exists()


def test_each_institution_sees_its_own_case_and_no_other(story: tuple[int, int, int], other_court: Organisation) -> None:
    stranger = actor_of(other_court, "FILING_JUDGE", "JUDGE")
    for case in story:
        with pytest.raises(NoSuchCase):
            case_detail(stranger, case, MONDAY + timedelta(days=20))


def test_the_ledgers_of_the_story_are_whole(story: tuple[int, int, int]) -> None:
    assert verify(ledger_lines(list(story))).cases == 3
