"""案件详情 · One statement shows a case whole to its handlers, without names to a superior, and to a receiver only what was carried."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.access.people import MONDAY, filed, institution, somebody
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import NoSuchCase
from tianping.casework.exchange.machine import exchange_at
from tianping.casework.models import Case, Organisation, Referral
from tianping.casework.selectors.detail import available_steps, case_detail, clocks_explained
from tianping.casework.selectors.lists import case_list, referral_inbox, referral_outbox

LATER = MONDAY + timedelta(days=1)


@pytest.fixture
def city(database: object) -> Organisation:
    return institution()


@pytest.fixture
def court(city: Organisation) -> Organisation:
    return institution(city)


@pytest.fixture
def judge(court: Organisation) -> Actor:
    return somebody(court, "FILING_JUDGE")


def referred(judge: Actor, body: Organisation) -> int:
    case = filed(judge).case_id
    facts = {"suitable": True, "consents": True}
    step_take(case_id=case, step="refer", actor=judge, at=MONDAY, facts=facts, role="Roles.FILING_JUDGE", receivers={"mediation": body.pk})
    return case


def exchanged(case: int, step: str, **facts: str) -> None:
    machine = exchange_at(Case.objects.get(pk=case))
    step_take(case_id=case, step=f"mediation.{step}", actor=machine, at=LATER, entity="mediation-1", facts=facts)


def test_a_case_is_read_in_one_statement(judge: Actor) -> None:
    case = filed(judge).case_id
    case_detail(judge, case, MONDAY)  # the definition is read once for all
    with CaptureQueriesContext(connection) as asked:
        detail = case_detail(judge, case, MONDAY)
    assert len(asked) == 1
    assert (detail.procedure, detail.stage, detail.seq, detail.capacities) == ("pre_filing", "received", 1, frozenset({"handle"}))
    assert (detail.title, detail.stage_title.en) == ("张三丰诉李四买卖合同纠纷", "Received")
    assert [(e.seq, e.step, e.signers) for e in detail.events] == [(1, "PreFiling.receive", ((judge.account, "Roles.FILING_JUDGE"),))]
    assert [(c.code, c.status) for c in detail.clocks] == [("PreFiling.to_decide", "running")]
    assert detail.facts["qualifies"] is True
    assert [p.masked for p in detail.parties] == [True, True]


def test_clocks_come_with_their_derivation(judge: Actor) -> None:
    (clock,) = clocks_explained(judge, filed(judge).case_id, MONDAY)
    assert (clock.code, clock.status, clock.due.isoformat()[:10]) == ("PreFiling.to_decide", "running", "2026-03-09")
    assert len(clock.derivation.lines) >= 3
    assert any("CPL23" in str(line.cites) for line in clock.derivation.lines)
    assert clocks_explained(judge, filed(judge).case_id, MONDAY + timedelta(days=30))[0].status == "missed"


def test_a_correction_is_shown_with_what_it_struck(judge: Actor) -> None:
    case = filed(judge).case_id
    step_take(case_id=case, step="file", actor=judge, at=LATER, facts={"qualifies": True}, role="Roles.FILING_JUDGE")
    step_take(case_id=case, step="", voids=2, actor=judge, at=LATER)
    assert [(e.seq, e.voids, e.voided) for e in case_detail(judge, case, LATER).events] == [(1, None, False), (2, None, True), (3, 2, False)]


def test_the_receiver_sees_what_was_carried_while_the_referral_is_open(judge: Actor) -> None:
    body, stranger = institution(kind="docked_body"), institution(kind="docked_body")
    case, mediator = referred(judge, body), somebody(body, "MEDIATOR")
    detail = case_detail(mediator, case, MONDAY)
    assert (detail.capacities, detail.parties, detail.documents, detail.head) == (frozenset({"refer"}), (), (), "")
    assert {c.entity for c in detail.clocks} | {r.entity for r in detail.runs} == {"mediation-1"}
    assert [e.step for e in detail.events] == ["mediation.send"]
    assert not set(detail.facts) & {"suit", "qualifies", "suitable"}
    assert "张三丰" not in repr(detail)
    assert [r.id for r in case_list(mediator, at=MONDAY).rows] == [case]
    assert [(r.state, r.case) for r in referral_inbox(mediator).rows] == [("sent", case)]
    assert [(r.state, r.case) for r in referral_outbox(judge).rows] == [("sent", case)]
    for nobody in (somebody(stranger, "MEDIATOR"), somebody(institution(), "FILING_JUDGE")):
        assert not referral_inbox(nobody).rows
        with pytest.raises(NoSuchCase):
            case_detail(nobody, case, MONDAY)
    for read in (clocks_explained, available_steps):
        with pytest.raises(NoSuchCase):
            read(mediator, case, MONDAY)
    with pytest.raises(NoSuchCase):
        step_take(case_id=case, step="come_back", actor=mediator, at=LATER)


@pytest.mark.parametrize(("acts", "state"), [((("receive", ""), ("answer", "failed")), "answered"), ((("refuse", "returned"),), "refused")])
def test_with_the_answer_the_receivers_sight_of_it_ends(judge: Actor, acts: tuple[tuple[str, str], ...], state: str) -> None:
    body = institution(kind="docked_body")
    case, mediator = referred(judge, body), somebody(body, "MEDIATOR")
    for step, outcome in acts:
        assert case_detail(mediator, case, MONDAY).id == case
        exchanged(case, step, **({"mediation_outcome": outcome} if outcome else {}))
    with pytest.raises(NoSuchCase):
        case_detail(mediator, case, LATER)
    assert not case_list(mediator, at=LATER).rows
    Referral.objects.filter(case_id=case).update(state=state, ended=LATER)
    assert [(r.state, r.case, r.carried) for r in referral_inbox(mediator).rows] == [(state, None, {})]
    assert case_detail(judge, case, LATER).stage == "back"


def test_a_referral_sent_in_error_is_taken_back(judge: Actor) -> None:
    body = institution(kind="docked_body")
    case, mediator = referred(judge, body), somebody(body, "MEDIATOR")
    step_take(case_id=case, step="", voids=3, actor=judge, at=LATER)
    with pytest.raises(NoSuchCase):
        case_detail(mediator, case, LATER)
    assert case_detail(judge, case, LATER).id == case


def test_a_sealed_referral_is_hidden_from_the_inbox(judge: Actor, court: Organisation) -> None:
    cleared, body = somebody(court, "FILING_JUDGE", clearance=1), institution(kind="docked_body")
    case = filed(cleared, level=1).case_id
    facts = {"suitable": True, "consents": True}
    step_take(case_id=case, step="refer", actor=cleared, at=MONDAY, facts=facts, role="Roles.FILING_JUDGE", receivers={"mediation": body.pk})
    assert not referral_inbox(somebody(body, "MEDIATOR")).rows
    assert not referral_outbox(judge).rows
    assert [r.case for r in referral_inbox(somebody(body, "MEDIATOR", clearance=1)).rows] == [case]


def test_the_pages_of_an_inbox_are_the_whole_inbox(judge: Actor) -> None:
    body = institution(kind="docked_body")
    cases = [referred(judge, body) for _ in range(7)]
    mediator, seen, after = somebody(body, "MEDIATOR"), [], None
    while after != "":
        page = referral_inbox(mediator, after=after, size=3)
        seen += [r.case for r in page.rows]
        after = page.after
    assert seen == sorted(cases, reverse=True)
    assert not referral_inbox(mediator, state="answered").rows


def test_what_may_be_done_and_why_the_rest_may_not(judge: Actor, court: Organisation, city: Organisation) -> None:
    case = filed(judge).case_id
    offers = {o.step: o for o in available_steps(judge, case, MONDAY)}
    assert offers["PreFiling.file"].may
    assert offers["PreFiling.file"].role == "Roles.FILING_JUDGE"
    assert {f.name for f in offers["PreFiling.refer"].asks} >= {"suitable", "consents"}
    assert "mediation.receive" not in offers
    clerk = {o.step: o for o in available_steps(somebody(court, "MEDIC"), case, MONDAY)}
    assert [r.rule for r in clerk["PreFiling.file"].reasons] == ["PreFiling.file.by"]
    assert clerk["PreFiling.file"].reasons[0].cites
    assert clerk["PreFiling.file"].reasons[0].todo.zh
    above = available_steps(somebody(city, "PRESIDENT", "FILING_JUDGE"), case, MONDAY)
    assert not [o.step for o in above if o.may]


def test_an_offer_is_what_the_step_itself_would_say(judge: Actor) -> None:
    """Every offered step is taken with lawful answers; every refused one is refused for one of its reasons."""
    for offer in available_steps(judge, filed(judge).case_id, MONDAY):
        case = filed(judge).case_id
        answers = {f.name: True for f in offer.asks if f.kind is bool}
        if offer.may and offer.step == "PreFiling.file":
            assert step_take(case_id=case, step=offer.step, actor=judge, at=MONDAY, facts=answers).seq == 2
        elif not offer.may and not offer.begins:
            with pytest.raises(Exception, match="OPS-201"):
                step_take(case_id=case, step=offer.step, actor=judge, at=MONDAY, facts=answers, entity=offer.entity)
