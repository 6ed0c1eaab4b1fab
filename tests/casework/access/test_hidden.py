"""看不见的案件 · Sealed, with a minor, recused: such a case is in no list, on no page, in no search or export; each look leaves a trace."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import psycopg
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.casework.access.people import MONDAY, PARTIES, filed, institution, somebody
from tianping.casework.access.errors import NoSuchParty, NoSuchPerson, OnlyItsHandlers, ReasonNeeded
from tianping.casework.access.masking import reveal_party
from tianping.casework.access.probe import seen
from tianping.casework.access.recusal import recuse, unrecuse
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import NoSuchCase
from tianping.casework.models import AccessTrace, Case, Organisation, Party, Recusal
from tianping.casework.selectors.detail import available_steps, case_detail, clocks_explained
from tianping.casework.selectors.lists import case_list
from tianping.casework.selectors.search import case_search


@pytest.fixture
def court(database: object) -> Organisation:
    return institution()


@pytest.fixture
def judge(court: Organisation) -> Actor:
    return somebody(court, "FILING_JUDGE", clearance=1)


def hidden(actor: Actor, case: int) -> None:
    """Nothing that reads knows the case."""
    reads: list[Callable[[], object]] = [
        lambda: case_detail(actor, case, MONDAY),
        lambda: clocks_explained(actor, case, MONDAY),
        lambda: available_steps(actor, case, MONDAY),
        lambda: step_take(case_id=case, step="file", actor=actor, at=MONDAY, facts={"qualifies": True}),
        lambda: reveal_party(actor, case, 1, "办案", MONDAY),
        lambda: recuse(actor, case, 1, "亲属", MONDAY),
        lambda: unrecuse(actor, case, 1, "已核实", MONDAY),
    ]
    for look in reads:
        with pytest.raises(NoSuchCase):
            look()
    assert case not in [r.id for r in case_list(actor, at=MONDAY).rows]
    assert case not in [r.id for r in case_list(actor, at=MONDAY, order="due").rows]
    assert case not in [r.id for r in case_search(actor, "买卖合同", at=MONDAY).rows]
    assert not seen(actor, [case])


def shown(actor: Actor, case: int) -> None:
    """Everything that reads knows the case."""
    assert case_detail(actor, case, MONDAY).id == case
    assert case in [r.id for r in case_list(actor, at=MONDAY).rows]
    assert case in [r.id for r in case_list(actor, at=MONDAY, order="due").rows]
    assert case in [r.id for r in case_search(actor, "买卖合同", at=MONDAY).rows]
    assert seen(actor, [case])


def test_a_sealed_case_is_seen_only_by_those_who_are_cleared(judge: Actor, court: Organisation) -> None:
    case = filed(judge, level=1).case_id
    hidden(somebody(court, "FILING_JUDGE"), case)
    shown(judge, case)
    hidden(judge, filed(judge, level=2).case_id)


def test_a_case_with_a_minor_is_sealed(judge: Actor, court: Organisation) -> None:
    case = filed(judge, parties=(PARTIES[0], replace(PARTIES[1], minor=True))).case_id
    assert Case.objects.get(pk=case).level == 1
    hidden(somebody(court, "FILING_JUDGE"), case)
    shown(judge, case)


def test_who_is_recused_no_longer_sees_the_case_and_the_others_do(judge: Actor, court: Organisation) -> None:
    case = filed(judge).case_id
    related = somebody(court, "FILING_JUDGE")
    assert related.person is not None
    shown(related, case)
    recuse(judge, case, related.person, "当事人的近亲属", MONDAY)
    recuse(judge, case, related.person, "当事人的近亲属", MONDAY)
    hidden(related, case)
    shown(judge, case)
    assert Recusal.objects.filter(case_id=case).count() == 1
    trace = AccessTrace.objects.filter(case_id=case, act="recuse").first()
    assert trace is not None
    assert (trace.account, trace.subject, trace.reason) == (judge.account, f"person:{related.person}", "当事人的近亲属")
    unrecuse(judge, case, related.person, "经核实并非亲属", MONDAY)
    shown(related, case)


def test_a_recusal_needs_a_ground_a_person_and_a_handler(judge: Actor, court: Organisation) -> None:
    case = filed(judge).case_id
    with pytest.raises(ReasonNeeded):
        recuse(judge, case, judge.person or 0, "  ", MONDAY)
    with pytest.raises(NoSuchPerson):
        recuse(judge, case, 0, "亲属", MONDAY)
    assert not AccessTrace.objects.filter(case_id=case).exists()


def test_parties_are_masked_and_a_look_behind_leaves_a_trace(judge: Actor) -> None:
    case = filed(judge).case_id
    first, second = case_detail(judge, case, MONDAY).parties
    assert (first.name, first.identity, first.phone) == ("张某某", "140*************15", "*********78")
    assert second.name == "李某"
    whole = reveal_party(judge, case, first.id, "核对送达地址", MONDAY)
    assert (whole.name, whole.identity, whole.masked) == ("张三丰", "140799198001010015", False)
    trace = AccessTrace.objects.get(case_id=case)
    assert (trace.act, trace.subject, trace.account, trace.reason) == ("reveal", f"party:{first.id}", judge.account, "核对送达地址")
    with pytest.raises(ReasonNeeded):
        reveal_party(judge, case, first.id, "", MONDAY)
    with pytest.raises(NoSuchParty):
        reveal_party(judge, filed(judge).case_id, first.id, "核对", MONDAY)
    assert AccessTrace.objects.filter(case_id=case).count() == 1


def test_without_a_trace_nothing_is_shown(judge: Actor) -> None:
    case = filed(judge).case_id
    party = Party.objects.filter(case_id=case).first()
    assert party is not None
    with CaptureQueriesContext(connection) as asked:
        reveal_party(judge, case, party.pk, "核对", MONDAY)
    kinds = [q["sql"].split()[0].upper() for q in asked]
    assert kinds[0] == "BEGIN"
    assert kinds[-1] == "COMMIT"
    assert "INSERT" in kinds


def test_a_superior_sees_no_name_and_reveals_none(database: object) -> None:
    city = institution()
    judge = somebody(institution(city), "FILING_JUDGE")
    case = filed(judge).case_id
    president = somebody(city, "PRESIDENT")
    detail = case_detail(president, case, MONDAY)
    assert "张三丰" not in repr(detail)
    assert "140799" not in repr(detail)
    with pytest.raises(OnlyItsHandlers):
        reveal_party(president, case, detail.parties[0].id, "看看", MONDAY)
    assert [r.title for r in case_search(president, "买卖合同", at=MONDAY).rows] == ["张某某诉李某买卖合同纠纷"]
    assert not case_search(president, "张三丰", at=MONDAY).rows


def test_the_database_keeps_the_trace(judge: Actor, database: Embedded) -> None:
    case = filed(judge).case_id
    recuse(judge, case, judge.person or 0, "本人系当事人", MONDAY)
    for statement in ("update casework_accesstrace set reason = 'x' where case_id = %s", "delete from casework_accesstrace where case_id = %s"):
        with pytest.raises(Exception, match=r"permission denied|append-only"), connection.cursor() as cursor:
            cursor.execute(statement, [case])
        with psycopg.connect(database.owner_dsn(connection.settings_dict["NAME"]), autocommit=True) as owner:
            with pytest.raises(psycopg.errors.RestrictViolation):
                owner.execute(statement, [case])
            with pytest.raises(psycopg.errors.RestrictViolation):
                owner.execute("truncate casework_accesstrace")
