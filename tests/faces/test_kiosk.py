"""大厅终端 · A machine in a hall, in a browser: nothing of one visitor before the eyes of the next, by whatever way back; it wipes itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests.casework.conftest import actor_of
from tests.faces.behind import behind
from tests.faces.conftest import FLAGS, Served, Visits, chromium
from tests.faces.looks import looks
from tests.faces.test_citizen import enters, identified, onward
from tianping.casework.database.embedded import Embedded
from tianping.casework.engine.writers import NewCase, case_open
from tianping.law.identifiers import mask_phone

PHONES = count(17_400_073_951)
HALL = {"width": 1080, "height": 1920}
NAME = "欧阳示例"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """As a machine in a hall runs it: pages that were left may be kept alive for the way back, which playwright otherwise switches off."""
    path = chromium()
    if path is None:
        pytest.skip("no Chromium here: journeys in a browser are not tried")
    with sync_playwright() as started:
        running = started.chromium.launch(executable_path=path, args=FLAGS, ignore_default_args=["--disable-back-forward-cache"])
        yield running
        running.close()


@pytest.fixture
def machine(browser: Browser, served: Served) -> Iterator[Page]:
    """A browser that has become a machine in a hall, standing upright."""
    visits = Visits(browser, served.base)
    page = visits(width=HALL["width"])
    page.set_viewport_size({"width": HALL["width"], "height": HALL["height"]})
    page.goto("/kiosk/")
    yield page
    page.context.close()


def acted(page: Page) -> str:
    """A visitor signs in, says who he is, begins to write to a judge, and leaves his number all over the place."""
    n = next(PHONES)
    enters(page, str(n), look=False)
    identified(page, n, NAME)
    page.goto("/begin/judge_message/leave")
    page.fill("#judge", "王法官")
    page.fill("#words", f"{NAME}的秘密")
    page.goto("/my/")
    return str(n)


def traces(page: Page, phone: str) -> list[str]:
    """What of the visitor stands on the page, typed or written."""
    page.wait_for_load_state()
    said = page.content() + " ".join(page.evaluate("[...document.querySelectorAll('input, textarea')].map((e) => e.value)"))
    return [one for one in (phone, mask_phone(phone), NAME, "欧阳", "王法官", "秘密") if one in said]


def test_by_no_way_back_does_the_next_one_see_the_last(machine: Page) -> None:
    phone = acted(machine)
    assert traces(machine, phone), "his own page does name him"
    machine.click(".help-bar a[href='/kiosk/wipe']")
    expect(machine).to_have_url(re.compile("/kiosk/$"))
    for step in (*[machine.go_back] * 12, *[machine.go_forward] * 12):
        with suppress(Error):  # a form that was sent is not sent again: the browser shows a page of its own
            step()
        machine.wait_for_timeout(100)
        assert not traces(machine, phone), machine.url
    for address in ("/", "/my/", "/enter", "/my/identity", "/begin/judge_message/leave", "/follow/"):
        machine.goto(address)
        assert not traces(machine, phone), address
    assert not [c for c in machine.context.cookies() if c["name"] not in ("hall", "tianping_csrf")]
    assert machine.evaluate("localStorage.length + sessionStorage.length") == 0


def test_nothing_that_is_typed_is_offered_to_the_next(machine: Page) -> None:
    """Neither the browser's own memory of forms nor that of addresses and telephones is asked for by any field."""
    enters(machine, str(next(PHONES)), look=False)
    own = ("/my/identity", "/begin/service_visit/draw", "/begin/judge_message/leave")
    for address in ("/", "/enter", "/follow/", "/disputes/?kind=CONTRACT&money=yes", "/calculators/damages", *own):
        machine.goto(address)
        kept = machine.evaluate(
            "[...document.querySelectorAll('input:not([type=hidden]):not([type=radio]):not([type=checkbox]), textarea')]"
            ".filter((e) => (e.autocomplete || e.form?.autocomplete) !== 'off').map((e) => e.outerHTML)"
        )
        assert not kept, (address, kept)


def test_a_minute_without_a_touch_is_announced_and_ends_the_visit(machine: Page) -> None:
    machine.clock.install()
    enters(machine, str(next(PHONES)), look=False)
    notice = machine.locator("[data-idle]")
    expect(notice).to_be_hidden()
    machine.clock.fast_forward(51_000)
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("秒后清除")
    looks(machine)
    machine.mouse.click(5, 5)
    expect(notice).to_be_hidden()
    machine.clock.fast_forward(58_000)
    assert machine.url.endswith("/my/"), "a touch begins the minute anew"
    with machine.expect_navigation():
        machine.clock.fast_forward(3_000)
    expect(machine).to_have_url(re.compile("/kiosk/$"))
    machine.goto("/my/")
    expect(machine).to_have_url(re.compile(r"/enter\?"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_machine_guides_asks_prints_and_keeps(machine: Page, lang: str) -> None:
    machine.goto(f"/kiosk/?lang={lang}")
    looks(machine)
    for tile in machine.locator("a.tile").all():
        box = tile.bounding_box()
        assert box is not None and box["height"] >= 208, "as ui.md has it"
    machine.click("a.tile[href='/guide/']")
    looks(machine)
    machine.evaluate("window.print = () => { window.printed = true }")
    machine.click("[data-print]")
    assert machine.evaluate("window.printed")


def test_papers_are_left_in_a_locker_with_a_code(machine: Page, served: Served, database: Embedded) -> None:
    n, now = next(PHONES), datetime.now(UTC)
    box = f"A{n % 1000}"
    with behind(served, database) as act:
        clerk, court = actor_of(act.court, "CLERK"), str(act.court.pk)
        new = NewCase("云柜箱格", act.court.pk, keys=clerk.keys)
        case_open(procedure="locker_box", step="LockerBox.install", actor=clerk, at=now, new=new, facts={"box": box})
    enters(machine, str(n), look=False)
    identified(machine, n, NAME)
    machine.goto("/kiosk/")
    machine.click("a.tile[href='/begin/locker_item/open_box']")
    looks(machine)
    assert machine.locator("input[name=identity_scanned], input[name=depositor]").count() == 0, "what is known is not asked"
    machine.select_option("#office", court)
    machine.fill("#box", box)
    onward(machine)
    expect(machine).to_have_url(re.compile("/receipt$"))
    looks(machine)
    code = re.search(r"[2-9A-Z]{4}-[2-9A-Z]{4}", machine.inner_text("main"))
    assert code
    machine.goto(machine.url.removesuffix("/receipt") + "/do/LockerItem.deposit")
    machine.fill("#deposit_scanned", "AAAA-AAAA")
    onward(machine)
    expect(machine.locator("main")).to_contain_text("未扫存件码")
    machine.fill("#deposit_scanned", code[0])
    onward(machine)
    expect(machine.locator("main")).to_contain_text("待指派")
