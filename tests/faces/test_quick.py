"""更快 · What script adds to pages that stand without it: rows chosen, questions folded, days told, parts swapped, drafts kept."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.faces.conftest import Visit, Visits
from tests.faces.looks import looks
from tianping.portal.templating import vendor

CLERK, FILING_JUDGE = "zhaoshichuan", "zhangshichuan"
SHOTS = os.environ.get("TIANPING_LOOK_AT", "")


@pytest.fixture(autouse=True)
def _built() -> Iterator[None]:
    if not vendor("alpine.js") or not vendor("htmx.js"):
        pytest.skip("no npm here: pages stand without quick swaps and components")
    yield


def shot(page: Page, name: str) -> None:
    """A picture to look at, where a folder for it is named."""
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png")


def drafts(page: Page) -> list[str]:
    """What of forms is kept in this tab."""
    found: list[str] = page.evaluate("Object.keys(sessionStorage).filter((key) => /^(draft |sent)/.test(key))")
    return found


def filled(page: Page, name: str, *parts: str) -> None:
    """A date, box by box."""
    for part, value in zip(("", "-month", "-day"), parts, strict=True):
        page.fill(f"[id='{name}{part}']", value)


def test_rows_are_chosen_and_what_all_of_them_allow_is_offered(visit: Visit) -> None:
    page = visit(who=CLERK)
    page.goto("/desk/")
    bar = page.locator(".bulk")
    expect(bar).to_be_hidden()
    for key in ("j", "x", "j", "j", "Shift+X"):
        page.keyboard.press(key)
    expect(bar.locator("b")).to_have_text("已选3件")
    expect(page.locator("[data-row] :checked")).to_have_count(3)
    expect(bar.locator("[role=status]")).not_to_be_empty()
    looks(page)
    shot(page, "chosen")
    bar.get_by_role("button", name="全选本页").click()
    rows = page.locator("[data-row]").count()
    expect(bar.locator("b")).to_have_text(f"已选{rows}件")
    expect(page.locator("#said")).to_have_text(f"已选{rows}件")
    bar.get_by_role("button", name="全不选").click()
    expect(bar).to_be_hidden()


def test_the_list_is_swapped_in_its_place(visit: Visit) -> None:
    page = visit(who=CLERK)
    page.goto("/desk/")
    page.evaluate("window.stays = 1")
    tab = page.locator(".tabs a", has_text="全部案件")
    tab.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/?group=every")
    expect(page.locator(".tabs a[aria-current=page]")).to_contain_text("全部案件")
    expect(page.locator(".tabs a[aria-current=page]")).to_be_focused()
    expect(page.locator("#said")).to_have_text(re.compile(r"\d+件"))
    page.select_option("#procedure", "pre_filing")
    page.wait_for_url("**procedure=pre_filing**")
    expect(page.locator(".pill.on")).to_have_count(1)
    assert page.evaluate("window.stays") == 1, "the page stood all the time"
    assert "<" not in page.evaluate("JSON.stringify([localStorage, sessionStorage])"), "no copy of a list of cases is kept"
    looks(page)
    page.go_back()
    expect(page.locator(".pill.on")).to_have_count(0)
    expect(page.locator(".tabs a[aria-current=page]")).to_contain_text("全部案件")
    plain = visit(who=CLERK, script=False)
    plain.goto("/desk/?group=every")
    plain.select_option("#procedure", "pre_filing")
    plain.locator(".filters .btn").first.click()
    assert "procedure=pre_filing" in plain.url


def test_search_finds_while_one_types(visit: Visit) -> None:
    page = visit(who=CLERK, lang="en")
    page.goto("/desk/search")
    page.locator("main #words").press_sequentially("纠纷")
    expect(page.locator("#found tbody tr").first).to_be_visible()
    assert page.url.endswith("/desk/search"), "no word of it stands in an address"
    looks(page)
    page.locator("main #words").fill("没有这样的标题")
    expect(page.locator("#found")).to_contain_text("Nothing was found")


def opening(page: Page) -> None:
    page.goto("/desk/new/judicial_confirmation/JudicialConfirmation.apply")


def test_a_question_that_another_answer_makes_moot_is_folded(visit: Visit) -> None:
    page = visit(who=FILING_JUDGE)
    opening(page)
    asked = page.get_by_role("group", name="本院是否作出邀请的法院")
    expect(asked).to_be_visible()
    page.get_by_role("group", name="是否调解组织自行开展的调解").get_by_label("是", exact=True).check()
    expect(asked).to_be_hidden()
    told = page.locator(".moot", has_text="不用填：本院是否作出邀请的法院")
    expect(told).to_contain_text("“是否调解组织自行开展的调解”为是")
    assert page.evaluate("document.querySelector(\"[name='fact.inviting_court'], [name^='fact.'][disabled]\").disabled")
    looks(page)
    shot(page, "moot")
    told.get_by_role("button", name="仍要填").click()
    expect(asked).to_be_visible()
    plain = visit(who=FILING_JUDGE, script=False)
    opening(plain)
    expect(plain.get_by_role("group", name="本院是否作出邀请的法院")).to_be_visible()


def test_a_day_is_told_by_the_server(visit: Visit) -> None:
    page = visit(who=FILING_JUDGE)
    opening(page)
    filled(page, "fact.effective", "2026", "10", "1")
    says = page.locator("fieldset", has=page.locator("[id='fact.effective']")).locator(".says")
    expect(says).to_contain_text("2026年10月1日（周四）　国庆节假期")
    filled(page, "fact.effective", "2026", "13", "1")
    expect(says).to_be_empty()
    shot(page, "day")


def test_a_party_is_revealed_in_its_place_and_characters_are_counted(visit: Visit) -> None:
    page = visit(who=CLERK)
    page.goto("/desk/?group=every")
    page.locator("tr", has=page.locator(".whose .keep")).first.locator(".which a").click()
    address = page.url
    page.get_by_role("link", name=re.compile("显示完整信息")).first.click()
    expect(page.locator("#reveal h3")).to_be_focused()
    page.fill("#reason", "核对地址")
    expect(page.locator("#reveal .says")).to_have_text("还可以写396字")
    page.fill("#reason", "字" * 390)
    expect(page.locator("#said")).to_have_text("还可以写10字")
    looks(page)
    shot(page, "reveal")
    assert page.url == address
    plain = visit(who=CLERK, script=False)
    plain.goto(address)
    plain.get_by_role("link", name=re.compile("显示完整信息")).first.click()
    expect(plain.locator("h1")).to_have_text("显示完整信息")


def test_a_changed_form_asks_before_it_is_left_and_is_there_again(visit: Visit) -> None:
    page, asked = visit(who=CLERK), []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", answer)
    address = "/desk/new/pre_filing/PreFiling.receive"
    page.goto(address)
    page.goto("/desk/")
    assert not asked, "nothing was typed: nothing is asked"
    page.goto(address)
    page.locator("#title").click()
    page.keyboard.type("张示例诉李示例")
    page.goto("/desk/")
    assert asked == ["beforeunload"]
    page.goto(address)
    expect(page.locator("#title")).to_have_value("张示例诉李示例")
    expect(page.locator("main .notice", has_text="已填回")).to_be_visible()
    looks(page)
    shot(page, "kept")
    page.get_by_role("button", name="清空重填").click()
    expect(page.locator("#title")).to_have_value("")
    page.locator("#title").click()
    page.keyboard.type("再写一次")
    page.goto("/desk/")
    page.locator("details.me summary").click()
    page.get_by_role("button", name="退出").click()
    assert isinstance(visit, Visits)
    del visit.states[CLERK]  # that session has ended
    page.wait_for_url("**/sign-in**")
    assert not drafts(page), "nothing is left for who comes next"


def test_what_was_sent_is_no_draft_any_more(visit: Visit) -> None:
    page = visit(who=CLERK)
    address = "/desk/new/pre_filing/PreFiling.receive"
    page.goto(address)
    page.fill("#title", "张示例诉李示例名誉权纠纷")
    filled(page, "happened", "2026", "13", "1")
    for _ in range(2):
        with page.expect_navigation():
            page.locator("main form .acts button").first.click()
        if page.locator(".error-summary").count():
            expect(page.locator("#title")).to_have_value("张示例诉李示例名誉权纠纷")
            expect(page.locator("main .notice", has_text="已填回")).to_be_hidden()
            filled(page, "happened", "", "", "")
    expect(page.locator(".notice.ok").first).to_contain_text("接收诉状")
    assert not drafts(page)
    page.goto(address)
    expect(page.locator("#title")).to_have_value("")


def test_a_fee_is_reckoned_while_one_types(visit: Visit) -> None:
    page = visit(phone=True)
    page.goto("/calculators/fees?kind=property")
    page.locator("#amount").press_sequentially("38600.5")
    expect(page.locator(".says").first).to_contain_text("38,600.50元　叁万捌仟陆佰元伍角")
    expect(page.locator("#answer .slip")).to_be_visible()
    looks(page)
    shot(page, "fees")
    with page.expect_response(lambda answer: "/calculators/fees" in answer.url):
        page.fill("#amount", "不是数")
    expect(page.locator("#answer")).to_contain_text("填好以后")
    page.focus("#kind")
    page.select_option("#kind", "labour")
    page.wait_for_url("**/calculators/fees?kind=labour")
    expect(page.locator("#kind")).to_be_focused()


def test_referrals_and_the_atlas_are_swapped_too(visit: Visit) -> None:
    page = visit(who=FILING_JUDGE, lang="en", phone=True)
    page.goto("/desk/outbox")
    page.evaluate("window.stays = 1")
    page.locator(".tabs a").nth(2).click()
    page.wait_for_url("**/desk/outbox?state=taken")
    expect(page.locator("#said")).to_have_text(re.compile(r"\d+ referrals"))
    looks(page)
    page.goto("/atlas/")
    page.locator("#q").press_sequentially("司法确认")
    expect(page.locator("#found .tasks li").first).to_be_visible()
    expect(page.locator("#said")).to_have_text(re.compile(r"\d+ procedures"))
    looks(page)
    page.reload()
    expect(page.locator("#found .tasks li").first).to_be_visible()
