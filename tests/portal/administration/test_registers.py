"""名册页面 · Mediation bodies and mediators are entered and ended, never rewritten; everybody reads who stands in it, without telephones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client

from tests.portal.administration.conftest import administrator
from tests.portal.administration.test_pages import HOME, days, key, rows
from tests.portal.conftest import organisation
from tests.portal.desk.conftest import Seat
from tianping.casework.models import Organisation, RegisterEntry
from tianping.casework.registers.errors import BadEntry
from tianping.casework.registers.mediators import New, entry_added, in_public
from tianping.casework.security.administration import By

WHERE = f"{HOME}registers"
TODAY = (datetime.now(UTC) + timedelta(hours=8)).date()


@pytest.fixture
def court(database: object) -> Organisation:
    return organisation()


def body(name: str, **more: object) -> dict[str, object]:
    start = days("valid_from", date(2026, 1, 1))
    return {"kind": "body", "sort": "industry", "name": name, "fields": "交通事故、医疗纠纷", "phone": "0354-1110000", **start, **key(), **more}


def mediator(name: str, **more: object) -> dict[str, object]:
    start = days("valid_from", date(2026, 2, 1)) | days("trained", date(2026, 1, 20))
    return {"kind": "mediator", "name": name, "fields": "家事", "phone": "13800000000", **start, **key(), **more}


def entered(system: Seat, court: Organisation, form: dict[str, object]) -> RegisterEntry:
    where = system.post(f"{WHERE}/new?court={court.code}", form).headers["Location"]
    return RegisterEntry.objects.get(pk=where.rpartition("/")[2].partition("?")[0])


def test_a_body_and_its_mediator_are_entered_and_end_together(system: Seat, court: Organisation) -> None:
    name = f"行业协会调委会{uuid4().hex[:4]}"
    assert "没有这个代号" in system.get(f"{WHERE}/new?court=nowhere")
    own = entered(system, court, body(name))
    assert (own.fields, own.sort, own.account) == (["交通事故", "医疗纠纷"], "industry", system.account.pk)
    assert rows("registered", own.pk) == 1
    listed = entered(system, court, mediator("钱调解", body=str(own.pk)))
    assert listed.body_id == own.pk
    assert "钱调解" in system.get(f"{WHERE}/{own.pk}")
    assert name in system.get(f"{WHERE}?q={name}")
    assert "写出年、月、日" in system.post(f"{WHERE}/{own.pk}", {"act": "end", "reason": "申请退出"} | key(), 422).text
    system.post(f"{WHERE}/{own.pk}", {"act": "end", "reason": "申请退出"} | days("last", date(2026, 6, 30)) | key())
    for row in (own, listed):
        row.refresh_from_db()
        assert (row.valid_to, row.reason) == (date(2026, 6, 30), "申请退出")
    assert rows("unregistered", own.pk) == 1
    assert "退出名册" not in system.get(f"{WHERE}/{own.pk}").partition("<main")[2].replace("退出名册</h2>", "")


def test_what_the_rules_of_the_register_do_not_allow_is_told_with_its_article(system: Seat, court: Organisation) -> None:
    page = f"{WHERE}/new?court={court.code}"
    own = entered(system, court, body("甲组织", **days("valid_to", date(2026, 12, 31))))
    assert "培训" in system.post(page, mediator("乙", **{f"trained-{p}": "" for p in ("year", "month", "day")}), 409).text
    assert "第7条" in system.post(page, mediator("乙", **days("trained", date(2026, 3, 1))), 409).text, "training comes before the entry"
    assert "所属组织的期间" in system.post(page, mediator("乙", body=str(own.pk)), 409).text
    assert "选择一项" in system.post(page, body("丙", sort=""), 422).text
    assert "同期已在册" in system.post(page, body("甲组织"), 409).text
    station = organisation("police")
    assert "名册由人民法院建立" in system.post(f"{WHERE}/new?court={station.code}", body("丁"), 409).text
    assert "选择一项" in system.post(page, mediator("乙", body="999999"), 422).text


def test_everybody_reads_who_stands_in_it_today_and_no_telephone(system: Seat, court: Organisation) -> None:
    mark = uuid4().hex[:6]
    entered(system, court, body(f"在册{mark}"))
    past = entered(system, court, body(f"往年{mark}", **days("valid_from", date(2020, 1, 1)), **days("valid_to", date(2020, 12, 31))))
    page = Client().get(f"/mediators/?court={court.code}").text
    assert f"在册{mark}" in page
    assert past.name not in page
    assert "0354-1110000" not in page
    assert "Fields" in Client().get(f"/mediators/?lang=en&q=在册{mark}").text
    assert f"在册{mark}" in Client().get("/mediators/?q=医疗纠纷").text
    assert "没有符合的" in Client().get("/mediators/?q=nobody-of-this-name").text


def test_a_court_uses_the_registers_of_those_above_it(system: Seat) -> None:
    above = organisation("court_intermediate")
    below = organisation("court_basic", parent=above)
    aside = organisation(parent=above)
    by = By(system.account, datetime.now(UTC))
    for n, keeper in enumerate((above, below, aside)):
        entry_added(by, court=keeper.pk, new=New("body", f"组织{n}", TODAY, sort="people"))
    assert [e.name for e in in_public(TODAY, after=0, size=10, court=below)] == ["组织0", "组织1"]
    with pytest.raises(BadEntry):
        entry_added(by, court=above.pk, new=New("king", "甲", TODAY))


@pytest.mark.parametrize("kind", ["security", "audit", ""])
def test_nobody_else_keeps_the_registers(kind: str, system: Seat, court: Organisation) -> None:
    own = entered(system, court, body(f"组织{uuid4().hex[:4]}"))
    who = administrator(kind)
    for page in (WHERE, f"{WHERE}/new", f"{WHERE}/{own.pk}"):
        who.get(page, 404)
    who.post(f"{WHERE}/new?court={court.code}", body("甲"), 404)
    who.post(f"{WHERE}/{own.pk}", {"act": "end", "reason": "x"} | days("last", date(2026, 6, 30)) | key(), 404)
    own.refresh_from_db()
    assert own.valid_to is None
