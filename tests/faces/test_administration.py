"""管理的旅程 · The system administrator loads the 2027 calendar; each of the three has the own pages, and they keep to the house."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from tests.casework.conftest import actor_of
from tests.conftest import ROOT
from tests.faces.behind import behind
from tests.faces.conftest import Served, Visit
from tests.faces.looks import looks
from tests.notice import NOTICE
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine.writers import NewCase, case_open
from tianping.casework.intake.jobs import jobs_carried_on
from tianping.casework.models import Case, Clock, ImportedKey
from tianping.casework.moments import local

SYSTEM = (
    "organisations",
    "organisations/new",
    "organisations/1",
    "accounts",
    "accounts/new",
    "accounts/1",
    "calendar",
    "parameters",
    "registers",
    "registers/new",
    "registers/new?court=court.jinzhong",
    "imports",
)
PAGES = [("system", page) for page in SYSTEM] + [("security", "accounts"), ("security", "accounts/1"), ("audit", "log")]
CLERK = "zhaoshichuan"
WHO = {"system": "guoliqing", "security": "hanliqing", "audit": "tianliqing"}


@pytest.mark.parametrize(("lang", "phone"), [("zh", False), ("en", True)])
def test_every_page_keeps_to_the_house(visit: Visit, lang: str, phone: bool) -> None:
    pages = {kind: visit(who=name, lang=lang, phone=phone) for kind, name in WHO.items()}
    for kind, address in PAGES:
        pages[kind].goto(f"/administration/{address}")
        looks(pages[kind])
    everybody = visit(lang=lang, phone=phone)
    everybody.goto("/mediators/")
    looks(everybody)


LONGER = NOTICE.replace("02-05至02-11", "02-05至02-12")


def filed_in_2027(served: Served, server: Embedded) -> int:
    """A suit handed in on the first of February 2027: its seven days end in the Spring Festival."""
    with behind(served, server) as officials:
        actor, at = actor_of(officials.court, "FILING_JUDGE"), datetime(2027, 2, 1, 1, tzinfo=UTC)
        new = NewCase("张示例与李样例买卖合同纠纷", officials.court.pk, keys=actor.keys)
        facts = {"suit": "ORDINARY", "qualifies": True}
        return case_open(procedure="pre_filing", step="PreFiling.receive", actor=actor, at=at, new=new, facts=facts).case_id


def ends(served: Served, server: Embedded, case: int) -> tuple[date, bool]:
    """The last day of a case as it stands in the database, and whether it is provisional."""
    with behind(served, server):
        clock = Clock.objects.get(case_id=case)
        return local(clock.due).date(), clock.provisional


@pytest.mark.parametrize(("lang", "phone", "notice", "day"), [("zh", False, NOTICE, date(2027, 2, 12)), ("en", True, LONGER, date(2027, 2, 15))])
def test_the_2027_calendar_is_loaded(visit: Visit, served: Served, database: Embedded, lang: str, phone: bool, notice: str, day: date) -> None:
    case = filed_in_2027(served, database)
    page = visit(who=WHO["system"], lang=lang, phone=phone)
    page.goto("/administration/calendar")
    page.fill("#year", "2027")
    page.fill("#source", "试验用通知 2027")
    for part, said in (("", "2026"), ("-month", "11"), ("-day", "20")):
        page.fill(f"#issued{part}", said)
    page.fill("#notice", notice.replace("；02-20", "；02-22"))
    page.click("main form .btn")
    expect(page.locator(".error-summary")).to_contain_text("02-22")
    looks(page)
    page.fill("#notice", notice)
    page.click("main form .btn")
    expect(page.locator("main table").last).to_contain_text(str(case))
    expect(page.locator("main table").last).to_contain_text(day.isoformat())
    looks(page)
    before, _ = ends(served, database, case)
    assert before != day, "tried out only"
    page.click("button[name=act][value=load]")
    expect(page.locator(".notice.ok").first).to_contain_text("2027")
    looks(page)
    assert ends(served, database, case) == (day, False)
    page.goto("/administration/calendar/years/2027")
    looks(page)
    desk = visit(who=CLERK, lang=lang, phone=phone)
    desk.goto(f"/desk/calendar/?view=day&day={day}")
    due = desk.locator(f"#d{day}", has=desk.locator(f'a[href="/desk/cases/{case}"]'))
    expect(due).to_be_visible()
    expect(due).not_to_contain_text("暂定" if lang == "zh" else "provisional")


@pytest.mark.parametrize(("lang", "phone"), [("zh", False), ("en", True)])
def test_a_file_is_tried_then_imported(visit: Visit, served: Served, database: Embedded, lang: str, phone: bool) -> None:
    sample = ROOT / "examples" / "import"
    page = visit(who=WHO["system"], lang=lang, phone=phone)
    page.goto("/administration/imports")
    page.select_option("#procedure", "pre_filing")
    own = (sample / "cases.csv").read_text("utf-8").replace("2026-登", f"{lang}-登").encode()
    page.set_input_files("#file", {"name": f"{lang}.csv", "mimeType": "text/csv", "buffer": own})
    page.set_input_files("#mapping-file", str(sample / "mapping.toml"))
    page.click("main form .btn")
    expect(page.locator("#run progress")).to_be_visible()
    looks(page)
    with behind(served, database):
        assert jobs_carried_on(at=datetime.now(UTC)) == 1
    expect(page.locator("#run form.load")).to_be_visible()  # the page has asked by itself
    expect(page.locator("#run table")).to_contain_text(f"{lang}-登-004")
    looks(page)
    page.click("button[value=aside]")
    expect(page.locator("#run progress")).to_be_visible()
    with behind(served, database):
        assert jobs_carried_on(at=datetime.now(UTC)) == 1
        assert Case.objects.filter(pk__in=ImportedKey.objects.filter(key__startswith=f"{lang}-登").values("case")).count() == 3
    expect(page.locator("#run dl")).to_contain_text("3")
    looks(page)
