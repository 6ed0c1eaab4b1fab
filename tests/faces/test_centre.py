"""监督中心与文书的旅程 · A supervisor closes a finding, from the board to the officer's work and back; a receipt is written and signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connections
from playwright.sync_api import Page, expect

from tests.faces.conftest import Served, Visit
from tests.faces.looks import looks
from tests.portal.centre.test_pages import seized
from tests.postgres import _switched
from tianping.casework.access.keys import keys_for
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine.actors import Actor
from tianping.casework.engine.writers import NewCase, NewParty, case_open
from tianping.casework.models import Organisation

SUPERVISOR, OFFICER, CLERK = "wenshiyuan", "wangnizhou", "zhaoshichuan"
PAGES = (
    "/centre/",
    "/centre/alarms?level=l3",
    "/centre/findings",
    "/centre/closed",
    "/centre/elements/PROPERTY",
    "/centre/registers",
    "/centre/notices",
    "/centre/?wall=1",
)


@contextmanager
def behind(served: Served, server: Embedded) -> Iterator[None]:
    """The tests' connection speaks to the served database."""
    _switched(served.database, server)
    try:
        yield
    finally:
        connections["default"].close()


@pytest.fixture
def late(served: Served, server: Embedded, django_db_blocker: Any) -> int:
    """A telephone that a station took sixty hours ago and did not hand in."""
    django_db_blocker.unblock()
    with behind(served, server):
        return seized(Organisation.objects.get(code="police.yuci.station1"), 60, title="赵示例随身物品")


@pytest.fixture
def complaint(served: Served, server: Embedded, django_db_blocker: Any) -> int:
    """A complaint received by the court."""
    django_db_blocker.unblock()
    with behind(served, server):
        court = Organisation.objects.get(code="court.yuci")
        who = Actor(CLERK, court.pk, frozenset({"Roles.CLERK"}), keys_for(court.pk))
        parties = (NewParty("张示例", "Roles.APPLICANT", phone="13800001234"), NewParty("李示例", "Roles.OPPONENT"))
        new = NewCase("张示例与李示例买卖合同纠纷", court.pk, keys=who.keys, parties=parties)
        facts = {"suit": "ORDINARY", "qualifies": True}
        return case_open(procedure="pre_filing", step="PreFiling.receive", actor=who, at=datetime.now(UTC), new=new, facts=facts).case_id


def sent(page: Page) -> None:
    """Send the form of the page."""
    with page.expect_navigation():
        page.locator("main form .acts button").first.click()


def step(page: Page, finding: str, name: str) -> None:
    """Open the form of a step from the page of the finding."""
    page.goto(finding)
    looks(page)
    with page.expect_navigation():
        page.locator(".actions a", has_text=name).click()
    looks(page)


def test_a_supervisor_closes_a_finding(visit: Visit, late: int) -> None:
    supervisor, officer = visit(who=SUPERVISOR), visit(who=OFFICER)
    supervisor.goto("/centre/")
    looks(supervisor)
    row = supervisor.locator("tr", has=supervisor.locator(f"a[href*='/centre/alarms/{late}/']"))
    expect(row).to_contain_text("移交入库时间")
    expect(supervisor.locator("main")).not_to_contain_text("赵示例")
    with supervisor.expect_navigation():
        row.locator("a.btn").click()
    looks(supervisor)
    sent_empty(supervisor)
    due = datetime.now(UTC) + timedelta(days=2)
    supervisor.select_option("#post", index=1)
    supervisor.fill("#opinion", "当日移交入库并说明原因")
    for part, value in (("", due.year), ("-month", due.month), ("-day", due.day)):
        supervisor.fill(f"#fix_by{part}", str(value))
    sent(supervisor)
    finding = re.search(r"/centre/findings/\d+", supervisor.url)
    assert finding, supervisor.url
    looks(supervisor)
    where = finding[0]

    step(officer, where, "签收整改")
    sent(officer)
    step(officer, where, "反馈整改情况")
    officer.get_by_label("整改情况").fill("已移交入库，录入台账")
    sent(officer)

    supervisor.goto("/centre/stages/fed_back")
    looks(supervisor)
    expect(supervisor.locator(f"a[href='{where}']")).to_be_visible()
    step(supervisor, where, "确认整改完毕")
    supervisor.get_by_role("group", name="是否整改到位").get_by_label("是", exact=True).check()
    sent(supervisor)
    supervisor.goto(where)
    looks(supervisor)
    expect(supervisor.locator("main")).to_contain_text("已经结束")
    supervisor.goto("/centre/")
    expect(supervisor.locator(".figure", has_text="今天销号").locator("b")).not_to_have_text("0")


def sent_empty(page: Page) -> None:
    """The form without an answer tells what is to be changed, and takes the focus there."""
    page.evaluate("document.querySelectorAll('[required]').forEach(e => e.removeAttribute('required'))")
    sent(page)
    expect(page.locator(".error-summary")).to_be_focused()
    looks(page)


@pytest.mark.parametrize(("lang", "phone", "theme"), [("zh", True, "light"), ("en", False, "dark"), ("en", True, "light")])
def test_every_page_of_the_centre_is_looked_at(visit: Visit, late: int, lang: str, phone: bool, theme: str) -> None:
    page = visit(who=SUPERVISOR, lang=lang, phone=phone, theme=theme)
    for path in PAGES:
        page.goto(path)
        looks(page)
    page.goto("/centre/alarms?level=l3")
    with page.expect_navigation():
        page.locator(f"a[href*='/centre/alarms/{late}/']").first.click()
    looks(page)


@pytest.mark.parametrize(("lang", "phone"), [("zh", False), ("en", True)])
def test_a_receipt_is_written_and_signed(visit: Visit, complaint: int, lang: str, phone: bool) -> None:
    page = visit(who=CLERK, lang=lang, phone=phone)
    page.goto(f"/desk/cases/{complaint}")
    with page.expect_navigation():
        page.locator(f"a[href='/writs/{complaint}/']").click()
    looks(page)
    with page.expect_navigation():
        page.locator(f"a[href='/writs/{complaint}/from/receipt']").click()
    looks(page)
    sent(page)
    looks(page)
    expect(page.locator("li.no[data-code=papers]")).to_be_visible()
    page.goto(f"/writs/{complaint}/from/receipt")
    page.fill("#w-papers", "起诉状二份；身份证复印件一份")
    sent(page)
    looks(page)
    with page.expect_navigation():
        page.locator("form[action$='/issue'] button").click()
    looks(page)
    with page.expect_download() as found:
        page.locator("a[href$='/file/issued']").click()
    assert found.value.path().read_bytes().startswith(b"%PDF-")
