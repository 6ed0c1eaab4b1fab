"""监督中心页面 · The board lists what needs somebody; a missed limit is ordered; a finding is followed; registers are printed; others see nothing."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.casework.handling.conftest import unit_of
from tests.portal.conftest import organisation
from tests.portal.desk.conftest import Seat, seat
from tianping.casework.access.keys import keys_for, make_keys
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, case_open, step_take
from tianping.casework.models import Case, Organisation, Post, Posting
from tianping.procedure.roles import Signer


def seized(unit: Organisation, hours: float, title: str = "王大力随身物品") -> int:
    """Things taken so many hours ago and not handed in."""
    at = datetime.now(UTC) - timedelta(hours=hours)
    who = Actor(f"p{unit.pk}", unit.pk, frozenset({"Roles.OFFICER", "Roles.KEEPER"}), keys_for(unit.pk))
    new = NewCase(title, unit.pk, keys=keys_for(unit.pk))
    opened = case_open(procedure="case_property", step="CaseProperty.open_register", actor=who, at=at, new=new, role="Roles.OFFICER")
    pair = (Signer("partner", "Roles.OFFICER"),)
    step_take(case_id=opened.case_id, step="Item.extract", actor=who, at=at, entity="手机1", role="Roles.OFFICER", co_signers=pair)
    step_take(case_id=opened.case_id, step="Item.accept", actor=who, at=at, entity="手机1", role="Roles.OFFICER")
    return opened.case_id


@pytest.fixture
def bureau(database: object) -> Organisation:
    return organisation("police")


@pytest.fixture
def station(bureau: Organisation) -> Organisation:
    row = unit_of("甲派出所", bureau)
    make_keys([row.pk])
    return row


@pytest.fixture
def reviewer(bureau: Organisation) -> Seat:
    return seat(bureau, "LEGAL_REVIEW")


def order_form(page: str) -> dict[str, str]:
    key = re.search(r'name="key" value="([^"]+)"', page)
    entity = re.search(r'name="entity" value="([^"]+)"', page)
    assert key is not None
    assert entity is not None
    tomorrow = date.today() + timedelta(days=2)  # noqa: DTZ011 — a local day
    day = {"fix_by-year": str(tomorrow.year), "fix_by-month": str(tomorrow.month), "fix_by-day": str(tomorrow.day)}
    return day | {"key": key[1], "entity": entity[1], "opinion": "当日移交入库并说明原因"}


def test_the_board_lists_what_needs_somebody_with_its_unit_and_nothing_of_the_person(reviewer: Seat, station: Organisation) -> None:
    case = seized(station, 60)
    page = reviewer.get("/centre/")
    assert "移交入库时间" in page
    assert "甲派出所" in page
    assert "王大力" not in page
    assert f"/centre/alarms/{case}/Item.hand_in_norm" in page
    assert "督办" in page
    listed = reviewer.get(f"/centre/alarms?level=l3&unit={station.pk}&element=PROPERTY")
    assert "1 项，按届满先后" in listed
    assert "0 项，按届满先后" in reviewer.get("/centre/elements/PERSON")
    assert "Supervision today" in reviewer.get("/centre/?lang=en")


def test_many_of_a_unit_that_are_alike_are_one_row_which_opens_each(reviewer: Seat, station: Organisation) -> None:
    cases = [seized(station, 60 + n) for n in range(3)]
    page = reviewer.get("/centre/")
    assert "移交入库时间（刑事扣押、接受提交）（3项）" in page
    assert f"第{cases[2]}号登记" in page, "the first to end stands for them"
    assert f"/centre/alarms/{cases[0]}/" not in page
    each = reviewer.get(f"/centre/alarms?level=l3&unit={station.pk}&limit=Item.hand_in_norm")
    assert "3 项，按届满先后" in each
    assert all(f"/centre/alarms/{case}/Item.hand_in_norm" in each for case in cases)
    assert "0 项，按届满先后" in reviewer.get(f"/centre/alarms?unit={station.pk}&limit=Item.other")


def test_a_wall_shows_limits_and_units_and_nothing_of_any_person(reviewer: Seat, station: Organisation) -> None:
    case = seized(station, 60, title="王大力随身物品")
    page = reviewer.get("/centre/?wall=1")
    assert 'data-theme="dark"' in page
    assert 'data-again="60"' in page
    assert "移交入库时间" in page
    assert f"第{case}号登记" in page
    for hidden in ("王大力", "手机1", "<form", "/centre/alarms/"):
        assert hidden not in page


def test_a_missed_limit_is_ordered_and_the_finding_followed(reviewer: Seat, station: Organisation) -> None:
    case = seized(station, 60)
    officer = seat(station, "OFFICER")
    post = Post.objects.get(person=officer.account.person)
    where = f"/centre/alarms/{case}/Item.hand_in_norm"
    page = reviewer.get(f"{where}?entity=手机1")
    form = order_form(page)
    wrong = reviewer.post(where, form | {"opinion": " ", "post": "0", "fix_by-year": "2020"}, 422).text
    for told in ("请选择责任人", "写明要整改什么", "整改期限须是今天或以后"):
        assert told in wrong
    assert not Case.objects.filter(definition__code="supervision_finding", organisation=reviewer.organisation).exists()
    done = reviewer.post(where, form | {"post": str(post.pk)})
    again = reviewer.post(where, form | {"post": str(post.pk)})
    assert done.headers["Location"] == again.headers["Location"]
    finding = reviewer.get(done.headers["Location"])
    assert "财物：移交入库时间" in finding
    assert "签收整改" in finding, "whose turn it is"
    assert "已督办" in reviewer.get("/centre/")
    assert "这一期限已经督办" in reviewer.get(f"{where}?entity=手机1")
    number = int(done.headers["Location"].rpartition("/")[2])
    assert f"/desk/cases/{number}/do/SupervisionFinding.begin" in officer.get(f"/centre/findings/{number}")
    assert f"/centre/findings/{number}" in reviewer.get("/centre/findings?stage=ordered&element=PROPERTY")
    assert f"/centre/findings/{number}" not in reviewer.get("/centre/stages/fed_back")
    officer.filled(f"/desk/cases/{number}/do/SupervisionFinding.begin")
    officer.filled(f"/desk/cases/{number}/do/SupervisionFinding.feed_back", {"fact.remedy": "已移交入库"})
    reviewer.filled(f"/desk/cases/{number}/do/SupervisionFinding.complete", {"fact.put_right": "true"})
    assert Case.objects.get(pk=number).stage == "completed"
    assert f"/centre/findings/{number}" in reviewer.get("/centre/closed")
    assert "已经结束" in reviewer.get(f"/centre/findings/{number}")


def test_an_officer_does_not_order(station: Organisation) -> None:
    case = seized(station, 60)
    officer = seat(station, "OFFICER")
    page = officer.get(f"/centre/alarms/{case}/Item.hand_in_norm?entity=手机1")
    assert "由法制、案管、督察岗位判定并督办" in page
    assert 'name="opinion"' not in page


def test_registers_are_shown_and_printed(reviewer: Seat, station: Organisation) -> None:
    who = Actor(f"d{station.pk}", station.pk, frozenset({"Roles.DISPATCHER"}), keys_for(station.pk))
    new = NewCase("张三报称手机被盗", station.pk, keys=keys_for(station.pk))
    case_open(procedure="incident", step="Incident.take", actor=who, at=datetime.now(UTC), new=new, facts={"category": "CRIMINAL"})
    page = reviewer.get("/centre/registers?register=incidents")
    for column in ("接警编号", "执法记录仪音视频上传", "登记本填写", "整改情况"):
        assert column in page
    assert "1行" in page
    for kind, begins in (("pdf", b"%PDF-"), ("xlsx", b"PK")):
        answer: Any = reviewer.client.get(f"/centre/registers/incidents.{kind}")
        assert answer.content.startswith(begins)
    reviewer.get("/centre/registers/incidents.docx", 404)
    assert reviewer.client.get("/centre/registers/nothing.pdf").status_code in (404, 409)


def test_messages_are_seen_by_those_who_supervise(reviewer: Seat, station: Organisation) -> None:
    Posting.objects.create(robot="yuci", upto=1, made=datetime.now(UTC), count=3, zh="3个问题待办理", en="3 points", due=datetime.now(UTC))
    assert "3个问题待办理" in reviewer.get("/centre/notices")
    seat(station, "OFFICER").get("/centre/notices", 403)


def test_strangers_sign_in_and_other_institutions_find_nothing(reviewer: Seat, station: Organisation) -> None:
    case = seized(station, 60)
    elsewhere = seat(organisation("police"), "LEGAL_REVIEW")
    for path in (
        "/centre/",
        "/centre/alarms",
        "/centre/findings",
        "/centre/registers",
        "/centre/notices",
        f"/centre/alarms/{case}/Item.hand_in_norm",
    ):
        assert Client().get(path).status_code == 302, path
    assert "甲派出所" not in elsewhere.get("/centre/")
    elsewhere.get(f"/centre/alarms/{case}/Item.hand_in_norm?entity=手机1", 404)
    elsewhere.get(f"/centre/findings/{case}", 404)
    reviewer.get(f"/centre/findings/{case}", 404)
