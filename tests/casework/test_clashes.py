"""冲突 · What is there already is told in words: a number that another institution gives under the same code, a referral under a used name."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from tests.casework.conftest import actor_of
from tests.casework.exchange.stories import body_of
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.importing import ImportedCase, ImportedStep, steps_import
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.errors import NumberTaken, ReferralTwice
from tianping.casework.models import Case, Event, Organisation, Outbox, Referral
from tianping.law.errors import TianpingError
from tianping.procedure.roles import Signer

AT = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
FIRST = "FirstInstance.file"


def court(code: str) -> Actor:
    """A court that numbers under a code."""
    made = Organisation.objects.create(code=f"clash-{uuid4().hex[:8]}", kind="court", zh="法院", en="Court", court_code=code)
    return actor_of(made, "FILING_JUDGE", "TRAFFIC_POLICE", "PARTY")


def filed(own: Actor) -> int:
    new = NewCase("甲诉乙", own.organisation, keys=own.keys)
    opened = case_open(procedure="first_instance_civil", step=FIRST, actor=own, at=AT, new=new, facts={"foreign": False}, key=uuid4())
    return opened.case_id


def brought(own: Actor, key: str) -> ImportedCase:
    step = ImportedStep(FIRST, datetime(2026, 3, 2, 9), (Signer("li", "Roles.FILING_JUDGE"),), facts={"foreign": False})  # noqa: DTZ001 — local
    return ImportedCase(key, "first_instance_civil", own.organisation, key, [step], own.keys)


def test_two_institutions_with_one_code_are_told_of_the_number(database: object) -> None:
    code = f"晋{uuid4().int % 9000 + 1000}"
    one, other = court(code), court(code)
    number = str(Case.objects.get(pk=filed(one)).number)
    before = Case.objects.count()
    with pytest.raises(NumberTaken) as clash:
        filed(other)
    assert (clash.value.code, number in str(clash.value)) == ("OPS-213", True)
    with pytest.raises(NumberTaken):
        steps_import(cases=[brought(other, "a")], recorder="import", at=AT)
    assert Case.objects.count() == before
    assert Case.objects.get(pk=filed(one)).number != number, "the first goes on"


def test_a_referral_under_a_used_name_is_told_and_writes_nothing(database: object) -> None:
    """It was sent and struck out, then sent again under the same name: the ledger allows it, the row is there."""
    own, body = court("晋0797"), body_of("clash-platform")
    new = NewCase("事故", own.organisation, keys=own.keys)
    case = case_open(procedure="road_accident", step="RoadAccident.report", actor=own, at=AT, new=new, facts={"harm": "INJURY"}).case_id
    co = (Signer("wang", "Roles.TRAFFIC_POLICE"),)
    step_take(case_id=case, step="survey", actor=own, at=AT, facts={"grade": "JUNIOR", "crime": False}, co_signers=co)
    step_take(case_id=case, step="certify", actor=own, at=AT + timedelta(days=1))
    sent = {"case_id": case, "step": "dispute.send", "entity": "d1", "role": "Roles.PARTY", "receivers": {"dispute": body.pk}}
    step_take(actor=own, at=AT + timedelta(days=2), **sent)  # type: ignore[arg-type]
    chief = Actor("chief", own.organisation, frozenset({"Roles.TRAFFIC_CHIEF"}), own.keys)
    seq = Event.objects.filter(case_id=case).latest("seq").seq
    step_take(case_id=case, step="", voids=seq, actor=chief, at=AT + timedelta(days=2, hours=1))
    counted = (Event.objects.filter(case_id=case).count(), Outbox.objects.filter(case_id=case).count())
    with pytest.raises(ReferralTwice, match="d1") as twice:
        step_take(actor=own, at=AT + timedelta(days=3), **sent)  # type: ignore[arg-type]
    assert twice.value.code == "OPS-214"
    assert (Event.objects.filter(case_id=case).count(), Outbox.objects.filter(case_id=case).count()) == counted
    step_take(actor=own, at=AT + timedelta(days=3), **{**sent, "entity": "d2"})  # type: ignore[arg-type]
    assert Referral.objects.filter(case_id=case).count() == 2


def numbered(own: Actor, key: str, number: str) -> ImportedCase:
    return replace(brought(own, key), number=number)


def test_an_imported_case_keeps_its_own_number_and_the_counter_goes_past_it(database: object) -> None:
    code = f"晋{uuid4().int % 9000 + 1000}"
    own = court(code)
    cases = [
        numbered(own, "a", f"(2026){code}民初7号"),
        brought(own, "b"),
        numbered(own, "c", "平检刑诉〔2026〕3号"),
        numbered(own, "d", "（2026）京0105民初9号"),
    ]
    done = steps_import(cases=cases, recorder="import", at=AT)
    numbers = dict(Case.objects.filter(pk__in=done.cases.values()).values_list("pk", "number"))
    assert [numbers[n] for n in done.cases.values()] == [
        f"（2026）{code}民初7号", f"（2026）{code}民初8号", "平检刑诉〔2026〕3号", "（2026）京0105民初9号"
    ]  # fmt: skip
    assert Case.objects.get(pk=filed(own)).number == f"（2026）{code}民初9号", "a live case goes on after it; another court's number moves nothing"


def test_a_number_that_is_there_or_comes_twice_is_refused_by_name(database: object) -> None:
    code = f"晋{uuid4().int % 9000 + 1000}"
    own = court(code)
    there = str(Case.objects.get(pk=filed(own)).number)
    cases = [brought(own, "a"), numbered(own, "b", there), numbered(own, "c", f"（2026）{code}民初30号"), numbered(own, "d", f"(2026){code}民初30号")]
    with pytest.raises(NumberTaken, match=re.escape(there)):
        steps_import(cases=cases, recorder="import", at=AT)
    assert not Case.objects.filter(organisation_id=own.organisation, title="a").exists()
    done = steps_import(cases=cases, recorder="import", at=AT, bad="aside")
    assert (list(done.cases), [(key, error.code) for key, error in done.refused]) == (["a", "c"], [("b", "OPS-213"), ("d", "OPS-213")])


def test_the_first_bad_case_is_told_whatever_its_procedure(database: object) -> None:
    """Cases are judged procedure by procedure; the caller hears of the first in his own order."""
    own = court("晋0798")
    act = ImportedStep("RoadAccident.report", datetime(2026, 3, 2, 9), (Signer("li", "Roles.JUDGE"),), facts={"harm": "INJURY"})  # noqa: DTZ001
    bad = [ImportedCase("first", "road_accident", own.organisation, "first", [act], own.keys), replace(brought(own, "second"), procedure="unheard")]
    for cases in (bad, bad[::-1]):
        with pytest.raises(TianpingError) as told:
            steps_import(cases=[brought(own, "good"), *cases], recorder="import", at=AT)
        assert told.value.code == ("OPS-201" if cases is bad else "PRO-401")
