"""监管 · What nears its end is seen by element and unit, by those above alone; a missed limit becomes a finding, followed to its end."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.casework.watch.conftest import AT, Bureau, seized
from tianping.casework.access.acting import actor_for
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import step_take
from tianping.casework.errors import NoSuchCase, Refusal
from tianping.casework.handling.errors import WrongPost
from tianping.casework.models import Account, Case, Event
from tianping.casework.selectors.detail import available_steps, case_detail
from tianping.casework.watch.alarms import Alarm, alarm_of, near
from tianping.casework.watch.elements import watch
from tianping.casework.watch.findings import Order, findings, flow, officers, ordered_already, rectification_ordered
from tianping.procedure.registry import discover
from tianping.procedure.tables import compiled

LATE = AT - timedelta(days=3)


def the_alarm(bureau: Bureau, case: int) -> Alarm:
    return next(a for a in near(bureau.reviewer, AT).alarms if a.case == case)


def order(bureau: Bureau, alarm: Alarm, **more: object) -> int:
    told = Order(bureau.post, "当日移交入库并说明原因", date(2026, 3, 6))
    return rectification_ordered(alarm=alarm, order=told, actor=bureau.reviewer, at=AT, key=uuid4()).case_id


def test_every_run_of_the_map_is_a_procedure_that_there_is() -> None:
    known = discover()
    for run in watch().runs:
        code, _, track = run.partition(".")
        assert track in {t.name for t in compiled(known[code].current).tracks} | {""}, run
    finding = compiled(known[watch().finding.procedure].current)
    stages = {s.name for s in finding.tracks[0].stages}
    assert {*watch().finding.stages, *watch().finding.closed} <= stages
    assert {watch().finding.open, watch().finding.judge, watch().finding.order} <= set(finding.by_step)
    assert {e.code for e in watch().elements} == {"INCIDENT", "CASE", "PERSON", "PROPERTY"}


def test_what_was_not_handed_in_is_an_alarm_of_property_masked_from_above(bureau: Bureau) -> None:
    case, later = seized(bureau, bureau.station, LATE), seized(bureau, bureau.other, AT - timedelta(hours=23, minutes=40))
    found = near(bureau.reviewer, AT)
    assert found.whole
    by_case = {a.case: a for a in found.alarms}
    assert (by_case[case].element, by_case[case].level, by_case[case].unit.zh) == ("PROPERTY", "l3", "甲派出所")
    assert by_case[later].level in ("l1", "l2")
    assert "王大力" not in by_case[case].title
    assert [a.case for a in found.only(level="l3")] == [case]
    assert [a.case for a in found.only(unit=bureau.other.pk)] == [later]
    assert near(bureau.stranger, AT).alarms == ()
    assert near(Actor("x", 0, frozenset(), ()), AT).alarms == ()


def test_a_missed_limit_becomes_a_finding_with_its_own_case(bureau: Bureau) -> None:
    case = seized(bureau, bureau.station, LATE)
    alarm = the_alarm(bureau, case)
    assert [post for post, _ in officers(bureau.station.pk, AT.date())] == [bureau.post]
    number = order(bureau, alarm)
    steps = list(Event.objects.filter(case_id=number).order_by("seq").values_list("step", flat=True))
    assert steps == ["SupervisionFinding.find", "SupervisionFinding.judge", "SupervisionFinding.order"]
    rows = findings(bureau.reviewer)
    found = ordered_already(rows, alarm)
    assert found is not None
    assert (found.id, found.stage, found.element, found.officer) == (number, "ordered", "PROPERTY", "冯民警（民警）")
    assert (found.rule, found.title.zh) == (alarm.limit, Case.objects.get(pk=number).title)
    assert found.title.en == f"Property: {alarm.limit.en} ({alarm.subject})", "it keeps Chinese words, and is told in both languages"
    assert flow(bureau.reviewer, AT).counts["ordered", "PROPERTY"] == 1
    own = next(a for a in near(bureau.reviewer, AT).alarms if a.case == number)
    assert (own.code, own.element) == ("SupervisionFinding.rectification", "PROPERTY"), "a finding is of the element that it was found on"
    assert findings(bureau.stranger) == []
    with pytest.raises(NoSuchCase):
        case_detail(bureau.stranger, number, AT)


def test_the_order_sent_twice_is_one_finding(bureau: Bureau) -> None:
    alarm, key = the_alarm(bureau, seized(bureau, bureau.station, LATE)), uuid4()
    told = Order(bureau.post, "移交入库", date(2026, 3, 6))
    first = rectification_ordered(alarm=alarm, order=told, actor=bureau.reviewer, at=AT, key=key)
    again = rectification_ordered(alarm=alarm, order=told, actor=bureau.reviewer, at=AT, key=key)
    assert first.case_id == again.case_id
    assert len(findings(bureau.reviewer)) == 1


def test_nothing_is_written_when_the_order_fails(bureau: Bureau) -> None:
    alarm = the_alarm(bureau, seized(bureau, bureau.station, LATE))
    before = Case.objects.count()
    with pytest.raises(WrongPost):
        rectification_ordered(alarm=alarm, order=Order(10**9, "移交入库", date(2026, 3, 6)), actor=bureau.reviewer, at=AT, key=uuid4())
    with pytest.raises(Refusal):
        rectification_ordered(alarm=alarm, order=Order(bureau.post, "移交", date(2026, 3, 6)), actor=bureau.officer, at=AT, key=uuid4())
    assert Case.objects.count() == before


def test_a_finding_is_followed_to_its_end_by_officer_and_another_reviewer(bureau: Bureau) -> None:
    number = order(bureau, the_alarm(bureau, seized(bureau, bureau.station, LATE)))
    officer = actor_for(Account.objects.get(username=bureau.officer.account), at=AT)
    assert {o.step for o in available_steps(officer, number, AT) if o.may} == {"SupervisionFinding.begin"}
    step_take(case_id=number, step="begin", actor=officer, at=AT + timedelta(hours=1))
    step_take(case_id=number, step="feed_back", actor=officer, at=AT + timedelta(hours=2), facts={"remedy": "已移交入库"})
    with pytest.raises(Refusal):
        step_take(case_id=number, step="complete", actor=bureau.second, at=AT + timedelta(hours=3), facts={"put_right": False})
    step_take(case_id=number, step="complete", actor=bureau.second, at=AT + timedelta(hours=3), facts={"put_right": True})
    after = AT + timedelta(hours=4)
    assert flow(bureau.reviewer, after).stage("fed_back") == 0
    assert flow(bureau.reviewer, after).closed >= 1
    assert [r.stage for r in findings(bureau.reviewer, closed=True) if r.id == number] == ["completed"]


def test_an_alarm_that_was_dealt_with_is_none_any_more(bureau: Bureau) -> None:
    case = seized(bureau, bureau.station, LATE)
    alarm = the_alarm(bureau, case)
    assert alarm_of(bureau.reviewer, AT, case=case, code=alarm.code, entity=alarm.entity) == alarm
    assert alarm_of(bureau.reviewer, AT, case=case, code="Item.loan_time", entity=alarm.entity) is None
