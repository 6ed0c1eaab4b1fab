"""法官留言 · A message goes to who holds the writer's case and its team, to the judge who is named, else to the court; it is read and answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from tests.portal.citizen.conftest import Visitor
from tests.portal.desk.conftest import Seat, form_of, seat, text_of
from tianping.casework.access.keys import keys_for
from tianping.casework.citizens.looking import receipt_number
from tianping.casework.engine.writers import NewCase, NewParty, case_open
from tianping.casework.handling.assign import holder_assigned
from tianping.casework.handling.sight import taken_over
from tianping.casework.handling.team import member_joined
from tianping.casework.models import Case, Document, Organisation, Person, Post, TeamMember
from tianping.casework.selectors.lists import case_list

LEAVE = "/begin/judge_message/leave"
WORDS = "想补充一份证据"


@pytest.fixture
def holder(court: Organisation) -> Seat:
    return seat(court, "FILING_JUDGE", "JUDGE")


def suit(holder: Seat, visitor: Visitor) -> int:
    """A case of the visitor's, held by a judge."""
    place = holder.organisation.pk
    parties = (NewParty("张三", "Roles.APPLICANT", phone=visitor.phone), NewParty("李四", "Roles.OPPONENT"))
    new = NewCase("张三诉李四借款纠纷", place, keys=keys_for(place), holder=holder.actor.post, parties=parties)
    at = datetime.now(UTC)
    case = case_open(procedure="pre_filing", step="PreFiling.receive", actor=replace(holder.actor, roles=frozenset({"Roles.CLERK"})), at=at, new=new,
                     facts={"suit": "ORDINARY", "qualifies": True})  # fmt: skip
    visitor.get("/my/")
    return case.case_id


def left(visitor: Visitor, court: Organisation, **more: Any) -> int:
    """A message: its case."""
    return int(visitor.went(LEAVE, office=court.pk, medium="TEXT", words=WORDS, **more).split("/")[3])


def sees(who: Seat, case: int) -> bool:
    return case in {r.id for r in case_list(who.actor, at=datetime.now(UTC), size=50).rows}


def test_a_message_about_a_case_reaches_its_holder_and_team_and_is_answered(visitor: Visitor, court: Organisation, holder: Seat) -> None:
    assistant, other = seat(court, "JUDGE_ASSISTANT"), seat(court, "JUDGE", "FILING_JUDGE", "CLERK")
    visitor.enters()
    visitor.identified()
    case = suit(holder, visitor)
    assert assistant.actor.post is not None
    member_joined(case_id=case, post=assistant.actor.post, capacity="Roles.JUDGE_ASSISTANT", actor=holder.actor, at=datetime.now(UTC))
    link = f"{LEAVE}?case={case}"
    assert link in visitor.get(f"/my/cases/{case}")
    page = visitor.get(link)
    assert receipt_number(case) in page
    assert f'value="{court.pk}" selected' in page
    message = left(visitor, court, case_number=receipt_number(case))
    assert Case.objects.get(pk=message).holder_id == holder.actor.post
    assert [sees(who, message) for who in (holder, assistant, other)] == [True, True, False]
    other.get(f"/desk/messages/{message}", 404)
    other.get(f"/desk/cases/{message}", 404)
    assert "群众留言 1" in " ".join(text_of(f"<main{holder.get('/desk/')}").split())
    listed = holder.get("/desk/messages")
    assert f"/desk/messages/{message}" in listed
    assert "张三" not in text_of(listed)
    unread = holder.get(f"/desk/messages/{message}")
    assert WORDS not in unread
    assert "阅看的目标期限" in text_of(unread)
    assert f"/desk/cases/{case}" in unread
    assert "由法官阅看" in text_of(assistant.get(f"/desk/messages/{message}"))
    holder.post(f"/desk/messages/{message}", form_of(unread))
    read = holder.get(f"/desk/messages/{message}")
    assert WORDS in read
    assert "回复的目标期限" in text_of(read)
    assert "现在：已读" in visitor.get(f"/my/cases/{message}")
    typed = form_of(assistant.get(f"/desk/messages/{message}"))
    assert "请写明回复的内容" in assistant.post(f"/desk/messages/{message}", typed | {"answer": " "}, 422).text
    answer = typed | {"answer": "请于开庭前提交。\n原件当庭出示。"}
    for _ in range(2):  # pressed twice it is one answer
        assistant.post(f"/desk/messages/{message}", answer)
    assert Document.objects.filter(case_id=message, name="回复.txt").count() == 1
    told = visitor.get(f"/my/cases/{message}")
    assert "请于开庭前提交。\n原件当庭出示。" in told
    assert "请于开庭前提交" in holder.get(f"/desk/messages/{message}")
    assert "答复过了" in holder.post(f"/desk/messages/{message}", typed | {"answer": "答复过了", "key": ""}, 412).text


def test_without_a_case_it_reaches_the_judge_who_is_named_else_the_court(visitor: Visitor, court: Organisation, holder: Seat) -> None:
    clerk = seat(court, "CLERK")
    Person.objects.filter(pk=holder.account.person_id or 0).update(name="王示某")
    visitor.enters()
    visitor.identified()
    named = left(visitor, court, judge="王示某法官")
    assert [sees(who, named) for who in (holder, clerk)] == [True, False]
    unknown = left(visitor, court, judge="不知道姓名的法官")
    assert [sees(who, unknown) for who in (holder, clerk)] == [True, True]
    assert f"/desk/messages/{unknown}" in clerk.get("/desk/messages?whose=court")
    assert f"/desk/messages/{unknown}" not in clerk.get("/desk/messages")
    asked, neither = visitor.get(LEAVE), visitor.post(LEAVE, office=court.pk, medium="TEXT", words=WORDS).content.decode()
    assert "法官姓名和案号至少写一项" in asked
    assert "法官姓名和案号都没有写，至少写一项" in neither
    assert WORDS in neither


def test_a_number_of_somebody_elses_case_leads_to_the_court_and_to_nobody_of_the_case(visitor: Visitor, court: Organisation, holder: Seat) -> None:
    owner = Visitor()
    owner.enters()
    case = suit(holder, owner)
    visitor.enters()
    visitor.identified()
    message = left(visitor, court, case_number=receipt_number(case))
    assert Case.objects.get(pk=message).holder_id is None
    assert f"/desk/messages/{message}" not in holder.get("/desk/messages")
    assert f"/desk/messages/{message}" in holder.get("/desk/messages?whose=court")
    assert visitor.client.get(f"{LEAVE}?case={case}").status_code == 404


def test_where_nobody_of_the_case_may_read_it_the_court_gets_it_and_passes_it_on(visitor: Visitor, court: Organisation, holder: Seat) -> None:
    clerk, judge = seat(court, "CLERK"), seat(court, "JUDGE")
    visitor.enters()
    visitor.identified()
    case = suit(holder, visitor)
    Case.objects.filter(pk=case).update(holder_id=clerk.actor.post)
    TeamMember.objects.filter(case_id=case).delete()
    message = left(visitor, court, case_number=receipt_number(case))
    assert [sees(who, message) for who in (clerk, judge, holder)] == [True, True, True]
    Case.objects.filter(pk=case).update(holder_id=holder.actor.post)
    private = left(visitor, court, case_number=receipt_number(case))
    assert [sees(who, private) for who in (clerk, judge, holder)] == [False, False, True]
    assert judge.actor.post is not None
    holder_assigned(case_id=private, post=judge.actor.post, actor=holder.actor, at=datetime.now(UTC), reason="案件改由其承办")
    assert [sees(who, private) for who in (clerk, judge)] == [False, True]
    heir = Organisation.objects.create(code=f"heir-{court.pk}", kind="court_basic", zh="继任法院", en="Heir")
    taken_over(court.pk, heir.pk)
    assert [sees(seat(heir, "JUDGE"), m) for m in (message, private)] == [True, False]


def test_who_holds_the_post_today_reads_it(visitor: Visitor, court: Organisation, holder: Seat) -> None:
    visitor.enters()
    visitor.identified()
    case = suit(holder, visitor)
    message = left(visitor, court, case_number=receipt_number(case))
    deputy = seat(court, "CLERK")
    assert not sees(deputy, message)
    Post.objects.filter(pk=deputy.actor.post or 0).update(acting_for_id=holder.actor.post)
    assert sees(deputy, message)
    Post.objects.filter(pk=holder.actor.post or 0).update(valid_to=date(2026, 1, 1))
    assert not sees(holder, message)
