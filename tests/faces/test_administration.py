"""管理的旅程 · The system administrator tries out the 2027 calendar; each of the three has the own pages, and they keep to the house."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.faces.conftest import Visit
from tests.faces.looks import looks
from tests.portal.administration.test_pages import NOTICE

SYSTEM = ("organisations", "organisations/new", "organisations/1", "accounts", "accounts/new", "accounts/1", "calendar", "parameters")
PAGES = [("system", page) for page in SYSTEM] + [("security", "accounts"), ("security", "accounts/1"), ("audit", "log")]
WHO = {"system": "guoliqing", "security": "hanliqing", "audit": "tianliqing"}


@pytest.mark.parametrize(("lang", "phone"), [("zh", False), ("en", True)])
def test_every_page_keeps_to_the_house(visit: Visit, lang: str, phone: bool) -> None:
    pages = {kind: visit(who=name, lang=lang, phone=phone) for kind, name in WHO.items()}
    for kind, address in PAGES:
        pages[kind].goto(f"/administration/{address}")
        looks(pages[kind])


@pytest.mark.parametrize(("lang", "phone", "told"), [("zh", False, "2027年试排结果"), ("en", True, "2027, tried out")])
def test_the_2027_calendar_is_tried_out(visit: Visit, lang: str, phone: bool, told: str) -> None:
    page = visit(who=WHO["system"], lang=lang, phone=phone)
    page.goto("/administration/calendar")
    page.fill("#year", "2027")
    page.fill("#notice", NOTICE.replace("；02-20", "；02-22"))
    page.click("main form .btn")
    expect(page.locator(".error-summary")).to_contain_text("02-22")
    page.fill("#notice", NOTICE)
    page.click("main form .btn")
    expect(page.locator("#preview")).to_contain_text(told)
    looks(page)
