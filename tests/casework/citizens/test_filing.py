"""网上立案 · A complaint from the draft to the receipt and through the correction; and what else a citizen begins by himself."""

from __future__ import annotations

import io
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.casework.citizens.conftest import AT, Court, citizen
from tests.casework.conftest import actor_of
from tests.casework.handling.conftest import by, unit_of
from tianping.casework.citizens.acting import party_at, party_step
from tianping.casework.citizens.drafts import draft_begun, draft_of, draft_written, drafts_of
from tianping.casework.citizens.errors import NoSuchDraft, NotForCitizens, TooManyPapers
from tianping.casework.citizens.filing import court_chosen, draft_discarded, submitted
from tianping.casework.citizens.openings import begun, opening_of, openings, openings_of
from tianping.casework.citizens.papers import Paper, written
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import NoSuchCase, Refusal
from tianping.casework.models import Case, Citizen, Clock, Content, Document, Event, Organisation, Visibility
from tianping.casework.moments import local
from tianping.casework.people.organisations import organisation_move
from tianping.casework.selectors.detail import case_detail
from tianping.casework.selectors.lists import case_list
from tianping.procedure.contracts.roles import Roles

WRITTEN = {
    "suit": "ORDINARY", "cause": "民间借贷纠纷", "claims": "请求被告归还借款38600元。", "reasons": "被告于2025年1月借款，至今未还。",
    "online": True, "e_service": True, "address": "晋中市某区某街1号",
    "defendants": [{"name": "李四", "kind": "person", "phone": "13800000000", "address": "晋中市某县"}],
}  # fmt: skip


def drafted(court: Court, who: Citizen, **changes: object) -> int:
    draft = draft_begun(who, "e_filing", at=AT)
    draft_written(who, draft.pk, {**WRITTEN, **changes}, at=AT)
    return court_chosen(who, draft.pk, court.organisation.pk, at=AT).pk


def filed(court: Court, who: Citizen) -> int:
    return submitted(who, drafted(court, who), [Paper("欠条.txt", io.BytesIO("今借到".encode()))], at=AT).case_id


def test_a_draft_is_seen_by_who_writes_it_alone(court: Court) -> None:
    who = citizen("张三")
    draft = drafted(court, who)
    case = draft_of(who, draft).case_id
    assert case is not None and case_detail(party_at(who, case), case, AT).stage == "draft"
    with pytest.raises(NoSuchCase):
        case_detail(court.judge, case, AT)
    assert not case_list(court.judge, at=AT).rows
    with pytest.raises(NoSuchDraft):
        draft_of(citizen("李四"), draft)


def test_a_draft_stays_its_writers_where_the_court_is_moved_and_what_is_handed_in_goes_with_it(court: Court) -> None:
    who, upper = citizen("张三"), unit_of("中院")
    draft, handed_in = drafted(court, who), filed(court, who)
    case = draft_of(who, draft).case_id or 0
    own = set(Visibility.objects.filter(case_id=case).values_list("key_id", flat=True))
    organisation_move(by("system"), organisation=court.organisation.pk, parent=upper.pk)
    assert own == set(Visibility.objects.filter(case_id=case).values_list("key_id", flat=True)), "nobody stands above a draft"
    assert Visibility.objects.filter(case_id=handed_in, key__organisation=upper.pk, key__capacity="supervise").exists()
    inspector = actor_of(Organisation.objects.get(pk=upper.pk), "INSPECTOR")
    assert case_detail(inspector, handed_in, AT).stage == "submitted"
    with pytest.raises(NoSuchCase):
        case_detail(inspector, case, AT)
    begun = submitted(who, draft, [], at=AT)
    assert case_detail(inspector, begun.case_id, AT).stage == "submitted", "now it is the court's, and those above supervise it"


def test_handed_in_the_court_sees_it_with_parties_and_papers(court: Court) -> None:
    who = citizen("张三")
    begun = submitted(who, drafted(court, who), [Paper("欠条.txt", io.BytesIO("今借到".encode()))], at=AT)
    seen = case_detail(court.judge, begun.case_id, AT)
    assert seen.stage == "submitted" and seen.title == "张三诉李四民间借贷纠纷" and begun.code
    assert {(p.capacity, p.name) for p in seen.parties} == {("Roles.APPLICANT", "张某"), ("Roles.DEFENDANT", "李某")}
    assert [d.name for d in seen.documents] == ["起诉状.txt", "欠条.txt"] and {d.seq for d in seen.documents} == {begun.seq}
    assert seen.facts["identified"] is True and seen.facts["claims_given"] is True and seen.facts["online"] is True
    text = Document.objects.get(case_id=begun.case_id, name="起诉状.txt")
    assert Content.objects.get(pk=text.content_id).size > 200
    assert not drafts_of(who)
    due = Clock.objects.get(case_id=begun.case_id, code="EFiling.to_decide")
    assert local(due.due).date() == date(2026, 3, 9)


@pytest.mark.parametrize(
    ("changes", "named", "rule"),
    [
        ({"online": False}, "张三", "EFiling.not_online"),
        ({"claims": " "}, "张三", "EFiling.empty"),
        ({"defendants": []}, "张三", "EFiling.empty"),
        ({}, "", "EFiling.unknown_person"),
    ],
)
def test_the_procedure_refuses_what_is_not_there(court: Court, changes: dict[str, object], named: str, rule: str) -> None:
    who = citizen(named)
    draft = drafted(court, who, **changes)
    with pytest.raises(Refusal) as refused:
        submitted(who, draft, [], at=AT)
    assert [r.rule for r in refused.value.reasons] == [rule]
    case = draft_of(who, draft).case_id or 0
    assert Case.objects.get(pk=case).stage == "draft" and Event.objects.filter(case_id=case).count() == 1, "nothing was written"


def test_another_court_throws_the_first_draft_away(court: Court) -> None:
    who, other = citizen("张三"), unit_of("外县法院")
    draft = drafted(court, who)
    first = draft_of(who, draft).case_id or 0
    court_chosen(who, draft, other.pk, at=AT + timedelta(minutes=1))
    assert Case.objects.get(pk=first).stage == "discarded"
    assert draft_of(who, draft).organisation_id == other.pk and draft_of(who, draft).case_id != first
    draft_discarded(who, draft, at=AT + timedelta(minutes=2))
    assert not drafts_of(who) and not case_list(court.judge, at=AT).rows


def test_told_once_and_corrected(court: Court) -> None:
    who = citizen("张三")
    case = filed(court, who)
    later = AT + timedelta(days=1)
    by = date(2026, 3, 10)
    step_take(case_id=case, step="ask_correction", actor=court.judge, at=later, facts={"correct_by": by.isoformat()})
    with pytest.raises(Refusal):
        step_take(case_id=case, step="ask_correction", actor=court.judge, at=later, facts={"correct_by": by.isoformat()})
    assert party_step(who, case, "correct", at=later + timedelta(days=1)).stage == "submitted"
    step_take(case_id=case, step="pass_", actor=court.judge, at=later + timedelta(days=2), facts={"qualifies": True})
    with pytest.raises(Refusal):
        party_step(who, case, "pay", at=later + timedelta(days=3))
    assert party_step(who, case, "pay", at=later + timedelta(days=3), facts={"receipt": "No.1"}).stage == "paid"
    with pytest.raises(Refusal):
        party_step(who, case, "file", at=later + timedelta(days=3))


def test_the_fifth_draft_of_too_many_takes_the_oldest_place(court: Court) -> None:
    who = citizen()
    for n in range(25):
        draft_begun(who, "service_request", at=AT + timedelta(minutes=n))
    assert len(drafts_of(who)) == 20


# ---- what else is begun --------------------------------------------------------------------------------------------------------------


def test_what_may_be_begun_is_read_from_the_definitions(database: object) -> None:
    day = date(2026, 3, 2)
    found = {(o.tables.procedure.code, o.row.step.name, o.role.code) for o in openings(day)}
    assert {
        ("e_filing", "begin", "Roles.APPLICANT"), ("judge_message", "leave", "Roles.PARTY"), ("service_request", "submit", "Roles.PETITIONER"),
        ("permit", "apply", "Roles.APPLICANT"), ("online_mediation", "apply", "Roles.APPLICANT"),
    } <= found  # fmt: skip
    assert not openings_of("pre_filing", day) and not openings_of("nothing", day)
    with pytest.raises(NotForCitizens):
        opening_of("pre_filing", "receive", day)
    assert all(o.row.step.by is o.role or o.role.code in {r.code for s in o.row.step.by.sets() for r in s} for o in openings(day))


def test_a_letter_to_12309_has_its_clock(court: Court) -> None:
    who = citizen()
    opening = opening_of("service_request", "submit", AT.date())
    papers = [written("来信", "我要反映的情况")]
    key = uuid4()
    made = begun(who, opening, court.organisation.pk, at=AT, title="来信", key=key, facts={"kind": "ACCUSATION"}, papers=papers)
    again = begun(who, opening, court.organisation.pk, at=AT, title="来信", key=key, facts={"kind": "ACCUSATION"}, papers=papers)
    assert again.case_id == made.case_id and again.code == "" and made.code, "sent twice is one letter"
    assert Document.objects.filter(case_id=made.case_id).count() == 1
    clock = Clock.objects.get(case_id=made.case_id, code="ServiceRequest.to_sort")
    assert local(clock.due).date() == date(2026, 3, 9)
    assert case_detail(court.judge, made.case_id, AT).facts["channel"] == "ONLINE"


def test_a_message_to_a_judge_wants_an_identified_sender(court: Court) -> None:
    opening = opening_of("judge_message", "leave", AT.date())
    facts = {"judge": "王法官", "sender": "张三", "medium": "TEXT"}
    with pytest.raises(Refusal):
        begun(
            citizen(), opening, court.organisation.pk, at=AT, title="留言", key=uuid4(), facts={**facts, "identified": False},
        )  # fmt: skip
    assert begun(citizen("张三"), opening, court.organisation.pk, at=AT, title="留言", key=uuid4(), facts={**facts, "identified": True}).code


def test_papers_have_a_bound(court: Court) -> None:
    opening = opening_of("service_request", "submit", AT.date())
    many = [written(str(n), "x") for n in range(21)]
    with pytest.raises(TooManyPapers):
        begun(citizen(), opening, court.organisation.pk, at=AT, title="来信", key=uuid4(), facts={"kind": "ACCUSATION"}, papers=many)


def test_a_rating_in_five_levels_and_the_promise_to_answer(court: Court) -> None:
    who = citizen("张三")
    opening = opening_of("permit", "apply", AT.date())
    facts = {"kind": "CATALOGUE", "item": "补领行驶证", "holder": who.account}
    made = begun(who, opening, court.organisation.pk, at=AT, title="补领行驶证", key=uuid4(), facts=facts)
    from tests.casework.conftest import actor_of  # noqa: PLC0415

    counter = actor_of(Organisation.objects.get(pk=court.organisation.pk), "COUNTER", "PERMIT_REVIEWER")
    for step, given in (
        ("accept", {"promised_on": "2026-03-10"}), ("review", {}), ("grant", {}), ("make", {}), ("deliver", {}),
    ):  # fmt: skip
        step_take(case_id=made.case_id, step=step, actor=counter, at=AT, facts=given)
    with pytest.raises(Refusal):
        party_step(who, made.case_id, "Rating.rate", at=AT, facts={"level": "BAD"}, entity="1")
    party_step(who, made.case_id, "Rating.complain", at=AT, facts={"level": "BAD"}, entity="1")
    assert local(Clock.objects.get(case_id=made.case_id, code="Rating.to_call_back").due).date() == date(2026, 3, 3)
    assert Roles.APPLICANT.code in party_at(who, made.case_id).roles


def test_an_opinion_is_followed_by_its_author_alone(court: Court) -> None:
    from tests.casework.conftest import actor_of  # noqa: PLC0415
    from tianping.casework.citizens.people import joined  # noqa: PLC0415
    from tianping.casework.engine.writers import NewCase, NewParty, case_open  # noqa: PLC0415

    one, other = citizen(), citizen()
    centre = actor_of(court.organisation, "COMMAND_CENTRE")
    invited = tuple(NewParty(f"代表{n}", "Roles.INVITED", phone=who.phone) for n, who in enumerate((one, other)))
    new = NewCase("向人民汇报", court.organisation.pk, keys=centre.keys, parties=invited)
    case = case_open(procedure="report_to_people", step="plan", actor=centre, at=AT, new=new, facts={"level": "COUNTY"}).case_id
    step_take(case_id=case, step="invite", actor=centre, at=AT, facts={"invited": 2})
    step_take(case_id=case, step="hold", actor=centre, at=AT, facts={"came": 2})
    assert joined(one, at=AT) == joined(other, at=AT) == 1
    party_step(one, case, "Opinion.collect", at=AT, entity="one")
    party_step(other, case, "Opinion.collect", at=AT, entity="other")
    step_take(case_id=case, step="Opinion.assign", actor=centre, at=AT, entity="one")
    seen = case_detail(party_at(one, case), case, AT)
    assert {r.entity for r in seen.runs} == {"", "one"} and {e.entity for e in seen.events} == {"", "one"}
