"""办案 · Cases are opened and moved on a real database: lawful steps are written once, all others leave nothing behind."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import psycopg
import pytest
from django.db import connection, transaction

from tests.casework.conftest import actor_of
from tianping.casework.engine import registered
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, Taken, case_open, step_take
from tianping.casework.errors import KeyReused, NoSuchCase, NoSuchStep, NothingToVoid, NotYourInstitution, OutOfTime, Refusal, StaleCase
from tianping.casework.models import Case, Clock, Definition, Event, Organisation, Outbox, Run, Visibility

SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 10, tzinfo=SHANGHAI)


@pytest.fixture
def judge(court: Organisation) -> Actor:
    return actor_of(court, "FILING_JUDGE", "CLERK")


def opened(judge: Actor, *, at: datetime = MONDAY, organisation: int | None = None, **given: object) -> Taken:
    facts = {"suit": "ORDINARY", "qualifies": True}
    new = NewCase("张三诉李四买卖合同纠纷", organisation or judge.organisation, keys=judge.keys)
    return case_open(procedure="pre_filing", step="PreFiling.receive", actor=judge, at=at, new=new, facts=facts, role="Roles.FILING_JUDGE", **given)  # type: ignore[arg-type]


def test_a_case_is_opened_with_its_first_step_its_clock_and_its_keys(judge: Actor) -> None:
    taken = opened(judge)
    case = Case.objects.get(pk=taken.case_id)
    assert (case.stage, case.seq, case.lifecycle) == ("received", 1, 0)
    clock = Clock.objects.get(case_id=case.pk)
    assert (clock.code, clock.status, clock.ended) == ("PreFiling.to_decide", "running", None)
    assert clock.due.astimezone(SHANGHAI).date().isoformat() == "2026-03-09"
    assert case.due == clock.due
    assert not Run.objects.filter(case_id=case.pk).exists(), "the case itself stands in its own row only"
    assert Visibility.objects.filter(case_id=case.pk).count() == len(judge.keys)


def test_a_version_whose_first_case_was_undone_can_still_be_opened(judge: Actor) -> None:
    registered._numbers.clear()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        Definition.objects.filter(code="pre_filing").update(code="another")  # as if it had never been opened
        opened(judge)
        raise ZeroDivisionError
    assert opened(judge).seq == 1


def test_nobody_opens_a_case_at_another_institution(judge: Actor, other_court: Organisation) -> None:
    before = Case.objects.filter(organisation=other_court).count()
    with pytest.raises(NotYourInstitution, match="OPS-212"):
        opened(judge, organisation=other_court.pk)
    assert Case.objects.filter(organisation=other_court).count() == before


def test_a_step_moves_the_case_and_ends_its_clock(judge: Actor) -> None:
    case = opened(judge).case_id
    step_take(case_id=case, step="file", actor=judge, at=MONDAY + timedelta(days=3), facts={"qualifies": True}, role="Roles.FILING_JUDGE")
    row = Case.objects.get(pk=case)
    assert (row.stage, row.lifecycle, row.seq, row.due) == ("filed", 2, 2, None)
    clock = Clock.objects.get(case_id=case)
    assert (clock.status, clock.ended) == ("met", 2)


def test_what_the_law_does_not_allow_is_refused_with_its_article_and_leaves_nothing(judge: Actor) -> None:
    case = opened(judge).case_id
    with pytest.raises(Refusal) as refused:
        step_take(case_id=case, step="file", actor=judge, at=MONDAY, facts={"qualifies": False}, role="Roles.FILING_JUDGE")
    assert refused.value.reasons[0].rule == "PreFiling.unqualified"
    assert "CPL23 122" in refused.value.reasons[0].cites
    with pytest.raises(Refusal) as order:
        step_take(case_id=case, step="come_back", actor=judge, at=MONDAY)
    assert {"PreFiling.come_back.order", "PreFiling.come_back.by"} <= {r.rule for r in order.value.reasons}
    with pytest.raises(NoSuchStep):
        step_take(case_id=case, step="fly", actor=judge, at=MONDAY)
    with pytest.raises(OutOfTime):
        step_take(case_id=case, step="file", actor=judge, at=MONDAY, happened=MONDAY + timedelta(hours=1), facts={"qualifies": True})
    assert Event.objects.filter(case_id=case).count() == 1


def test_somebody_without_the_role_is_refused_and_a_stranger_sees_no_case(judge: Actor, court: Organisation, other_court: Organisation) -> None:
    case = opened(judge).case_id
    with pytest.raises(Refusal) as refused:
        step_take(case_id=case, step="file", actor=actor_of(court, "MEDIATOR"), at=MONDAY, facts={"qualifies": True})
    assert [r.rule for r in refused.value.reasons] == ["PreFiling.file.by"]
    with pytest.raises(NoSuchCase):
        step_take(case_id=case, step="file", actor=actor_of(other_court, "FILING_JUDGE"), at=MONDAY, facts={"qualifies": True})


def test_an_equal_request_under_one_key_is_done_once(judge: Actor) -> None:
    key, open_key = uuid4(), uuid4()
    first = opened(judge, key=open_key)
    again = opened(judge, key=open_key)
    assert (again.case_id, again.replayed) == (first.case_id, True)
    ask = {"case_id": first.case_id, "step": "file", "actor": judge, "at": MONDAY, "facts": {"qualifies": True}, "key": key}
    assert not step_take(**ask).replayed  # type: ignore[arg-type]
    assert step_take(**ask).replayed  # type: ignore[arg-type]
    with pytest.raises(KeyReused):
        step_take(**{**ask, "step": "give_up", "facts": {}})  # type: ignore[arg-type]
    assert Event.objects.filter(case_id=first.case_id).count() == 2


def test_a_case_that_moved_on_is_told(judge: Actor) -> None:
    case = opened(judge).case_id
    with pytest.raises(StaleCase):
        step_take(case_id=case, step="file", actor=judge, at=MONDAY, facts={"qualifies": True}, expected_version=7)


def test_a_referral_is_sent_with_its_step_and_the_answer_moves_the_case(judge: Actor, other_court: Organisation) -> None:
    case = opened(judge).case_id
    facts = {"suitable": True, "consents": True}
    step_take(case_id=case, step="refer", actor=judge, at=MONDAY, facts=facts, role="Roles.FILING_JUDGE", receivers={"mediation": other_court.pk})
    assert [e.step for e in Event.objects.filter(case_id=case).order_by("seq")] == ["PreFiling.receive", "PreFiling.refer", "mediation.send"]
    assert Outbox.objects.get(case_id=case).topic == "referral.sent"
    exchange = Actor("exchange", judge.organisation, frozenset({"EXCHANGE"}), judge.keys)
    for step, answer in (("mediation.receive", {}), ("mediation.answer", {"mediation_outcome": "failed"})):
        step_take(case_id=case, step=step, actor=exchange, at=MONDAY + timedelta(days=2), entity="mediation-1", facts=answer)
    assert Case.objects.get(pk=case).stage == "back"
    assert Event.objects.get(case_id=case, seq=6).step == "PreFiling.come_back"


def test_a_correction_folds_the_case_anew(judge: Actor) -> None:
    case = opened(judge).case_id
    step_take(case_id=case, step="file", actor=judge, at=MONDAY + timedelta(days=1), facts={"qualifies": True}, role="Roles.FILING_JUDGE")
    step_take(case_id=case, step="", voids=2, actor=judge, at=MONDAY + timedelta(days=2))
    row = Case.objects.get(pk=case)
    assert (row.stage, row.lifecycle, row.seq) == ("received", 0, 3)
    assert Clock.objects.get(case_id=case).ended is None
    with pytest.raises(NothingToVoid):
        step_take(case_id=case, step="", voids=2, actor=judge, at=MONDAY + timedelta(days=2))
    with pytest.raises(Refusal):
        step_take(case_id=case, step="", voids=1, actor=actor_of(Organisation.objects.get(code="court"), "MEDIATOR"), at=MONDAY + timedelta(days=2))


def test_the_database_refuses_to_change_the_ledger(judge: Actor) -> None:
    case = opened(judge).case_id
    for statement in ("update casework_event set recorder = 'x' where case_id = %s", "delete from casework_event where case_id = %s"):
        with pytest.raises(Exception, match=r"permission denied|append-only"), connection.cursor() as cursor:
            cursor.execute(statement, [case])
    with pytest.raises(Exception, match=r"permission denied|append-only"), connection.cursor() as cursor:
        cursor.execute("truncate casework_event")
    with pytest.raises(Exception, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")


def test_not_even_the_owner_of_the_tables_changes_the_ledger(judge: Actor, database: object) -> None:
    case = opened(judge).case_id
    name = connection.settings_dict["NAME"]
    with psycopg.connect(database.owner_dsn(name), autocommit=True) as owner:  # type: ignore[attr-defined]
        for statement in ("update casework_event set seq = 9 where case_id = %s", "delete from casework_event where case_id = %s"):
            with pytest.raises(psycopg.errors.RestrictViolation):
                owner.execute(statement, [case])
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner.execute("truncate casework_event")
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner.execute("update casework_event set payload = null where case_id = %s", [case])
