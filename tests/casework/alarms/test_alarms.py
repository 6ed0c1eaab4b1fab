"""提醒与告警 · Told before, told after, told again when the limit moves, never told of what does not run; seen, and summed up once a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.casework.conftest import actor_of
from tianping.casework.alarms.digest import digest_make
from tianping.casework.alarms.limits import specials
from tianping.casework.alarms.notices import notices_acknowledge, notices_of
from tianping.casework.alarms.scan import scan
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.handling.assign import in_charge, put_in_charge
from tianping.casework.models import AlarmRule, Case, Clock, Digest, Notice, Organisation, Person, Post, PostRole
from tianping.procedure.roles import Signer

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)
NAME = "张三诉李四买卖合同纠纷"


def on(day: str, hour: int = 10) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), SHANGHAI) + timedelta(hours=hour)


@pytest.fixture
def place(database: object) -> Organisation:
    """A court of its own."""
    return Organisation.objects.create(code=f"court-{uuid4().hex[:8]}", kind="court", zh="法院", en="Court", court_code=f"告{uuid4().hex[:6]}")


def post(place: Organisation, role: str = "Roles.FILING_JUDGE") -> Post:
    row = Post.objects.create(person=Person.objects.create(name="某"), organisation=place, zh="岗", en="post", valid_from=date(2020, 1, 1))
    PostRole.objects.create(post=row, role=role, valid_from=date(2020, 1, 1))
    return row


def opened(place: Organisation, *, at: datetime = MONDAY, **new: Any) -> int:
    """A complaint: to be decided on within seven days, here by 9 March 2026."""
    judge = actor_of(place, "FILING_JUDGE")
    facts = {"suit": "ORDINARY", "qualifies": True}
    case = NewCase(NAME, place.pk, keys=judge.keys, **new)
    return case_open(procedure="pre_filing", step="PreFiling.receive", actor=judge, at=at, new=case, facts=facts).case_id


def told(place: Organisation) -> list[tuple[str, int, int]]:
    return list(Notice.objects.filter(organisation=place).order_by("pk").values_list("kind", "level", "occurrence"))


def look(place: Organisation, at: datetime) -> list[tuple[str, int, int]]:
    """What a scan told of the place."""
    before = len(told(place))
    scan(at=at)
    return sorted(told(place)[before:])


def test_three_levels_are_told_before_and_after_each_once(place: Organisation) -> None:
    opened(place)
    assert look(place, on("2026-03-05", 23)) == []
    assert look(place, on("2026-03-06", 0)) == [("warning", 1, 0)]
    assert look(place, on("2026-03-08")) == []
    assert look(place, on("2026-03-09", 0)) == [("warning", 2, 0)]
    assert look(place, on("2026-03-09", 23)) == []
    assert look(place, on("2026-03-10", 0)) == [("alarm", 1, 0), ("alarm", 2, 0)]
    assert look(place, on("2026-03-11", 0)) == [("alarm", 1, 1), ("alarm", 2, 1), ("alarm", 3, 0)]
    assert look(place, on("2026-03-11", 23)) == []


def test_what_was_missed_without_a_worker_is_told_once(place: Organisation) -> None:
    opened(place)
    assert look(place, on("2026-03-20", 0)) == [("alarm", 1, 10), ("alarm", 2, 10), ("alarm", 3, 9)]


def test_the_handler_is_told_then_whoever_holds_the_role_then_everybody_there(place: Organisation) -> None:
    handler, head = post(place), post(place, "Roles.DEPARTMENT_HEAD")
    opened(place, holder=handler.pk)
    scan(at=on("2026-03-11"))
    by_level = {n.level: (n.post_id, n.roles) for n in Notice.objects.filter(organisation=place)}
    assert by_level == {1: (handler.pk, []), 2: (None, ["Roles.DEPARTMENT_HEAD"]), 3: (None, [])}
    reader = Actor("head", place.pk, frozenset({"Roles.DEPARTMENT_HEAD"}), (), post=head.pk)
    assert [t.level for t in notices_of(reader)] == [3, 2]
    clerk = Actor("clerk", place.pk, frozenset(), (), post=handler.pk)
    assert {t.level for t in notices_of(clerk)} == {1, 3}
    stranger = Actor("stranger", Organisation.objects.exclude(pk=place.pk).values_list("pk", flat=True)[0], reader.roles, (), post=head.pk)
    mine = [n.pk for n in Notice.objects.filter(organisation=place)]
    assert not [t for t in notices_of(stranger) if t.id in mine]
    assert notices_acknowledge(actor=stranger, notices=mine, at=on("2026-03-11")) == 0


@pytest.mark.parametrize(("charges", "whom"), [({}, "holder"), ({"": "all"}, "all"), ({"": "all", "PreFiling.to_decide": "own"}, "own")])
def test_who_answers_for_a_clock_is_told_before_the_holder(place: Organisation, charges: dict[str, str], whom: str) -> None:
    posts = {name: post(place) for name in ("holder", "all", "own")}
    case = opened(place, holder=posts["holder"].pk)
    for limit, name in charges.items():
        put_in_charge(case_id=case, post=posts[name].pk, actor=actor_of(place, "FILING_JUDGE"), at=MONDAY, limit=limit)
    scan(at=on("2026-03-11"))
    told_to = set(Notice.objects.filter(organisation=place, level=1).values_list("post_id", flat=True))
    assert told_to == {posts[whom].pk} == {in_charge(case, "PreFiling.to_decide")}


def test_a_lead_of_the_definition_goes_before_the_policy_but_not_before_the_institution(place: Organisation) -> None:
    leads = {s.code: [d.days for d in s.leads] for s in specials() if s.leads}
    assert leads.get("FirstInstance.to_judge", [30, 15]) == [30, 15]
    opened(place)
    AlarmRule.objects.create(organisation=place, kind="warning", level=1, timed=False, shift=timedelta(days=5))
    AlarmRule.objects.create(organisation=place, kind="alarm", level=2, timed=False, shift=timedelta(0), off=True)
    assert look(place, on("2026-03-04", 0)) == [("warning", 1, 0)]
    assert look(place, on("2026-03-10", 0)) == [("alarm", 1, 0)]


def test_a_rule_holds_for_everything_under_an_institution(place: Organisation) -> None:
    below = Organisation.objects.create(code=f"{place.code}.1", kind="court", zh="庭", en="Tribunal", court_code=f"告{place.pk}", parent=place)
    for row, path in ((place, f"/{place.pk}/"), (below, f"/{place.pk}/{below.pk}/")):
        Organisation.objects.filter(pk=row.pk).update(path=path)
    AlarmRule.objects.create(organisation=place, kind="warning", level=1, timed=False, shift=timedelta(days=6))
    opened(below)
    assert look(below, on("2026-03-03", 0)) == [("warning", 1, 0)]


def confirmation(place: Organisation, at: datetime) -> tuple[int, Actor]:
    """An application for confirmation, accepted: fifteen days to rule, thirty at most."""
    both = ("Roles.APPLICANT", "Roles.OPPONENT")
    party = Actor("甲", place.pk, frozenset(both), actor_of(place).keys)
    judge = actor_of(place, "FILING_JUDGE", "JUDGE", "PRESIDENT")
    facts = {"effective": at.date(), "self_run": False, "inviting": True}
    new = NewCase(NAME, place.pk, keys=judge.keys)
    given: dict[str, Any] = {"facts": facts, "role": both[0], "co_signers": (Signer("乙", both[1]),)}
    case = case_open(procedure="judicial_confirmation", step="apply", actor=party, at=at, new=new, **given).case_id
    step_take(case_id=case, step="accept", actor=judge, at=at, facts={"bar": "NONE"}, role="Roles.FILING_JUDGE")
    return case, judge


def test_a_limit_that_is_extended_after_a_reminder_is_told_of_again_for_its_new_day(place: Organisation) -> None:
    case, judge = confirmation(place, MONDAY)
    code = "JudicialConfirmation.to_decide_target"
    first = Clock.objects.get(case_id=case, code=code).due
    assert look(place, first - timedelta(days=3)) == [("warning", 1, 0)]
    step_take(case_id=case, step="prolong", actor=judge, at=first - timedelta(days=2), role="Roles.PRESIDENT")
    moved = Clock.objects.get(case_id=case, code=code).due
    assert moved > first
    assert look(place, first + timedelta(days=1)) == []
    assert notices_of(judge) == []
    assert look(place, moved - timedelta(days=3)) == [("warning", 1, 0)]
    assert [t.due for t in notices_of(judge)] == [moved]
    assert sorted(Notice.objects.filter(case_id=case, code=code).values_list("due", flat=True)) == [first, moved]


def suit(place: Organisation) -> tuple[int, Actor]:
    """A suit at first instance, filed and handed over."""
    judge = actor_of(place, "JUDGE", "FILING_JUDGE")
    new = NewCase(NAME, place.pk, keys=judge.keys)
    case = case_open(procedure="first_instance_civil", step="FirstInstance.file", actor=judge, at=MONDAY, new=new, facts={"foreign": False}).case_id
    step_take(case_id=case, step="hand_over", actor=judge, at=MONDAY + timedelta(days=1))
    return case, judge


def trial_limit(case: int) -> Clock:
    return Clock.objects.get(case_id=case, code="FirstInstance.to_judge")


def test_a_suspended_case_is_told_of_by_its_new_day_and_by_the_leads_of_its_definition(place: Organisation) -> None:
    case, judge = suit(place)
    first = trial_limit(case).due
    step_take(case_id=case, step="suspend", actor=judge, at=MONDAY + timedelta(days=10))
    assert Case.objects.get(pk=case).lifecycle == 1
    assert not trial_limit(case).fixed
    assert look(place, first) == []
    assert look(place, first + timedelta(days=9)) == []
    step_take(case_id=case, step="resume", actor=judge, at=first + timedelta(days=10))
    due = trial_limit(case).due
    assert due > first + timedelta(days=100)
    mine = Notice.objects.filter(case_id=case, code="FirstInstance.to_judge")
    seen = []
    for days in (31, 30, 16, 15, 3, 0, -1):
        before = mine.count()
        scan(at=due - timedelta(days=days))
        seen += [(days, n.kind, n.level, n.occurrence) for n in mine.order_by("pk")[before:]]
    told_of = [(30, "warning", 1, 0), (15, "warning", 1, 1), (0, "warning", 2, 0), (-1, "alarm", 1, 0), (-1, "alarm", 2, 0)]
    assert seen == told_of


def test_a_clock_that_pauses_is_not_told_of_until_it_is_fixed_again(place: Organisation) -> None:
    case, judge = suit(place)
    step_take(case_id=case, step="dispute", actor=judge, at=MONDAY + timedelta(days=20))
    assert Case.objects.get(pk=case).lifecycle == 0
    assert not trial_limit(case).fixed
    scan(at=MONDAY + timedelta(days=400))
    assert not Notice.objects.filter(case_id=case, code="FirstInstance.to_judge").exists()


def test_an_ended_clock_is_told_of_no_more_and_its_notices_no_longer_stand(place: Organisation) -> None:
    case, judge = opened(place), actor_of(place, "FILING_JUDGE")
    scan(at=on("2026-03-07"))
    assert len(notices_of(judge)) == 1
    step_take(case_id=case, step="file", actor=judge, at=on("2026-03-08"), facts={"qualifies": True})
    assert notices_of(judge) == []
    assert look(place, on("2026-03-12")) == []


def test_a_date_beyond_the_published_calendar_is_marked(place: Organisation) -> None:
    opened(place, at=datetime(2031, 3, 3, 10, tzinfo=SHANGHAI))
    scan(at=datetime(2031, 3, 9, 10, tzinfo=SHANGHAI))
    row = Notice.objects.filter(organisation=place).first()
    assert row is not None
    assert row.provisional
    assert "暂定" in notices_of(actor_of(place))[0].text.zh


def test_who_has_seen_it_is_not_told_again_of_that_day(place: Organisation) -> None:
    opened(place)
    reader = actor_of(place)
    scan(at=on("2026-03-10"))
    alarms = [t.id for t in notices_of(reader) if t.kind == "alarm" and t.level == 1]
    assert notices_acknowledge(actor=reader, notices=alarms, at=on("2026-03-10", 11)) == 1
    assert notices_acknowledge(actor=reader, notices=alarms, at=on("2026-03-10", 12)) == 0
    assert ("alarm", 1, 1) not in look(place, on("2026-03-11"))
    assert ("alarm", 2, 1) in told(place)


def test_a_notice_holds_no_name_and_no_title(place: Organisation) -> None:
    opened(place)
    scan(at=on("2026-03-10"))
    for row in notices_of(actor_of(place)):
        assert not set("张三李四") & set(row.text.zh), row.text.zh
        assert "决定立案期限" in row.text.zh
        assert "2026-03-09" in row.text.en
    assert not {f.name for f in Notice._meta.fields} & {"title", "name", "text", "parties"}


def test_each_notice_stands_in_one_digest_and_a_recipient_gets_one_a_day(place: Organisation) -> None:
    holder = post(place)
    opened(place, holder=holder.pk)
    opened(place)
    scan(at=on("2026-03-06"))
    digest_make(at=on("2026-03-06", 11))
    digest_make(at=on("2026-03-06", 12))
    scan(at=on("2026-03-10"))
    digest_make(at=on("2026-03-06", 13))
    mine = Digest.objects.filter(organisation=place)
    assert sorted(mine.values_list("post_id", "warnings", "alarms"), key=str) == sorted([(holder.pk, 1, 0), (None, 1, 0)], key=str)
    digest_make(at=on("2026-03-10", 11))
    assert not Notice.objects.filter(organisation=place, digest=None).exists()
    assert sum(d.warnings + d.alarms for d in mine.all()) == Notice.objects.filter(organisation=place).count()
