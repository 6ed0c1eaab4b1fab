"""投递 · Messages are delivered once, failures tried again after growing waits, what is given up stays in sight; every attempt is on record."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from uuid import uuid4

import psycopg
import pytest
from django.db import connection, connections

from tests.casework.conftest import actor_of
from tests.casework.exchange.stories import MONDAY, body_of, given_up, judge_at, minutes, sent, taken
from tests.conftest import size
from tianping.casework.exchange.addressing import referral_address
from tianping.casework.exchange.errors import AlreadyDecided, NoSuchReceiver, NoSuchReferral
from tianping.casework.exchange.services import referral_take
from tianping.casework.models import Case, Delivery, Event, Organisation, Outbox, Referral
from tianping.casework.outbox.dead import dead_letters, send_again
from tianping.casework.outbox.dispatch import ATTEMPTS, LONGEST_WAIT, drain, wait_after
from tianping.casework.outbox.errors import NotDead
from tianping.casework.outbox.messages import Message, handles
from tianping.casework.selectors.referrals import referral_inbox, referral_outbox

SEEN: list[tuple[int, int]] = []
FAULTS: dict[str, Exception] = {}


def noted(message: Message, at: datetime) -> str:
    """A handler that keeps what it saw, and fails on demand."""
    if fault := FAULTS.get(str(message.body.get("name"))):
        raise fault
    SEEN.append((message.case_id, message.seq))
    return "somebody"


@pytest.fixture(autouse=True)
def _clean(database: object) -> Iterator[None]:
    handles("test.noted", noted)
    Outbox.objects.filter(done__isnull=True).update(done=MONDAY)
    SEEN.clear()
    FAULTS.clear()
    yield
    Outbox.objects.filter(done__isnull=True).update(done=MONDAY)


def message(case: int, seq: int, name: str = "", topic: str = "test.noted") -> int:
    return Outbox.objects.create(case_id=case, seq=seq, topic=topic, body={"name": name}, created=MONDAY).pk


def test_the_messages_of_a_case_go_in_their_order_and_a_failed_one_holds_up_only_its_own_case() -> None:
    first, second, other = message(-1, 1, "bad"), message(-1, 2), message(-2, 1)
    FAULTS["bad"] = ValueError("110101199001011234")
    done = drain(at=MONDAY)
    assert (done.delivered, done.failed, SEEN) == (1, 1, [(-2, 1)])
    assert Outbox.objects.get(pk=other).done == MONDAY
    row = Outbox.objects.get(pk=first)
    assert (row.tries, row.error, row.due) == (1, "ValueError", MONDAY + timedelta(seconds=5))
    assert drain(at=MONDAY + timedelta(seconds=4)).tried == 0
    FAULTS.clear()
    assert drain(at=MONDAY + timedelta(seconds=5)).delivered == 2
    assert SEEN[1:] == [(-1, 1), (-1, 2)]
    results = list(Delivery.objects.filter(outbox_id__in=(first, second)).order_by("id").values_list("attempt", "result", "recipient", "error"))
    assert results == [(1, "failed", "", "ValueError"), (2, "delivered", "somebody", ""), (1, "delivered", "somebody", "")]


def test_what_fails_again_and_again_is_given_up_stays_in_sight_and_can_be_sent_again() -> None:
    lost, at = message(-3, 1, "bad"), MONDAY
    FAULTS["bad"] = ValueError("no")
    waits = [wait_after(n) for n in range(1, ATTEMPTS)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
    for wait in [*waits, timedelta(0)]:
        assert drain(at=at).tried == 1
        at += wait
    assert drain(at=at + timedelta(days=9)).tried == 0
    (letter,) = [d for d in dead_letters() if d.id == lost]
    assert (letter.tries, letter.error, letter.topic) == (ATTEMPTS, "ValueError", "test.noted")
    FAULTS.clear()
    send_again(message=lost, actor="li.ming", at=at)
    with pytest.raises(NotDead):
        send_again(message=lost, actor="li.ming", at=at)
    assert drain(at=at).delivered == 1
    assert [d.result for d in Delivery.objects.filter(outbox_id=lost).order_by("attempt")][-3:] == ["dead", "again", "delivered"]


def test_a_topic_that_nobody_delivers_is_told() -> None:
    lost = message(-4, 1, topic="test.nobody")
    assert drain(at=MONDAY).failed == 1
    assert Outbox.objects.get(pk=lost).error.startswith("OPS-421")


def test_a_referral_without_an_address_is_told(court: Organisation) -> None:
    """It stands in sight and no message waits for it; named, it arrives like any other."""
    case, body = sent(court, None), body_of("body.named-late")
    row, handler = Referral.objects.get(case_id=case), actor_of(court, "FILING_JUDGE")
    assert (row.state, row.receiver_id) == ("unaddressed", None)
    assert not Outbox.objects.filter(case_id=case).exists()
    assert not referral_inbox(judge_at(body)).rows
    assert [(r.id, r.state) for r in referral_outbox(handler, state="unaddressed").rows] == [(row.pk, "unaddressed")]
    with pytest.raises(NoSuchReferral):
        referral_take(actor=judge_at(body), referral_id=row.pk, at=minutes(7), step="push", facts={"origin": "DELEGATED"})
    with pytest.raises(NoSuchReferral):
        referral_address(actor=judge_at(body), referral_id=row.pk, receiver=body.pk, at=minutes(7))
    with pytest.raises(NoSuchReceiver):
        referral_address(actor=handler, referral_id=row.pk, receiver=999_999, at=minutes(7))
    referral_address(actor=handler, referral_id=row.pk, receiver=body.pk, at=minutes(8))
    with pytest.raises(AlreadyDecided):
        referral_address(actor=handler, referral_id=row.pk, receiver=body.pk, at=minutes(9))
    assert drain(at=minutes(9)).delivered == 1
    row.refresh_from_db()
    assert (row.state, row.delivered) == ("sent", minutes(9))
    taken(case, body, at=minutes(10))
    assert Referral.objects.get(pk=row.pk).state == "taken"


def test_a_message_of_a_referral_without_an_address_is_told(court: Organisation) -> None:
    """As an earlier version has written it."""
    case = sent(court, None)
    lost = message(case, 2, topic="referral.sent")
    Outbox.objects.filter(pk=lost).update(body={"entity": Referral.objects.get(case_id=case).entity, "part": "mediation"})
    drain(at=minutes(6))
    assert Outbox.objects.get(pk=lost).error.startswith("OPS-417")


def test_nobody_changes_the_delivery_ledger(database: object) -> None:
    kept = message(-5, 1)
    drain(at=MONDAY)
    for statement in ("update casework_delivery set error = 'x' where outbox_id = %s", "delete from casework_delivery where outbox_id = %s"):
        with pytest.raises(Exception, match=r"permission denied|append-only"), connection.cursor() as cursor:
            cursor.execute(statement, [kept])
    with psycopg.connect(database.owner_dsn(connection.settings_dict["NAME"]), autocommit=True) as owner:  # type: ignore[attr-defined]
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner.execute("update casework_delivery set error = 'x' where outbox_id = %s", [kept])
        with pytest.raises(psycopg.errors.RestrictViolation):
            owner.execute("truncate casework_delivery")


def test_several_dispatchers_at_once_answer_every_case_once(court: Organisation) -> None:
    body = body_of(f"body.{uuid4()}")
    cases = [sent(court, body) for _ in range(size(12, 200))]
    for case in cases:
        given_up(taken(case, body, at=minutes(60)).case_id, body, at=minutes(70))

    def dispatcher(_: int) -> int:
        try:
            return sum(drain(at=minutes(80), limit=3).delivered for _ in range(len(cases)))
        finally:
            connections["default"].close()

    with ThreadPoolExecutor(4) as pool:
        delivered = sum(pool.map(dispatcher, range(4)))
    assert delivered == 2 * len(cases)
    answers = Event.objects.filter(case_id__in=cases, step="mediation.answer")
    assert sorted(answers.values_list("case_id", flat=True)) == cases
    assert set(Case.objects.filter(pk__in=cases).values_list("stage", flat=True)) == {"back"}
    assert Referral.objects.filter(case_id__in=cases, state="answered").count() == len(cases)
    assert not Outbox.objects.filter(done__isnull=True).exists()


def test_a_message_acts_under_the_same_key_at_every_attempt(court: Organisation) -> None:
    actor_of(court, "CLERK")
    one = Message(7, 1, 1, "x", {}, 0)
    assert one.key == Message(7, 1, 1, "x", {}, 3).key
    assert one.key != Message(8, 1, 1, "x", {}, 0).key
