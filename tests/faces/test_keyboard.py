"""只用键盘 · Every main page from its first key to its last, and a dispute and a filing done without touching a mouse."""

from __future__ import annotations

import re
from itertools import count

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import size
from tests.faces.conftest import Visit
from tests.faces.test_citizen import WIZARD, identified

PHONES = count(17_500_000_001)
MOST = 700
PAGES = (("", "/"), ("", "/calculators/damages"), ("zhangshichuan", "/desk/"), ("guoliqing", "/administration/organisations"))
MORE = (
    ("", "/disputes/"), ("", "/filing/"), ("", "/follow/"), ("", "/permits/"), ("", "/procuratorate/"), ("", "/atlas/online_mediation/"),
    ("", "/kiosk/"), ("", "/style/"), ("", "/sign-in"), ("zhangshichuan", "/desk/inbox"), ("zhangshichuan", "/board/"), ("wenshiyuan", "/centre/"),
    ("zhangshichuan", "/desk/search"), ("zhangshichuan", "/desk/calendar"), ("zhangshichuan", "/desk/new"), ("zhangshichuan", "/desk/notices"),
)  # fmt: skip
WALK = """() => {
  const shown = (e) => e.checkVisibility({opacityProperty: true, visibilityProperty: true}) && e.getClientRects().length > 0;
  window.wanted = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter((e) => shown(e) && !e.disabled && e.tabIndex >= 0);
  window.reached = new Set(); window.last = null; window.faults = [];
}"""
AT = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || window.reached.has(e)) return false;
  const css = getComputedStyle(e), box = e.getBoundingClientRect(), told = e.outerHTML.slice(0, 100);
  const ring = css.outlineStyle !== 'none' && parseFloat(css.outlineWidth) >= 2;
  const held = e.closest('.option, .tile, .figure, label');  /* a ring may be drawn around what holds it */
  const around = held && getComputedStyle(held).outlineStyle !== 'none';
  if (!ring && !around) window.faults.push('no ring: ' + told);
  if (box.width < 1 || box.height < 1 || box.bottom < 0 || box.top > innerHeight) window.faults.push('out of sight: ' + told);
  if (window.last && !(window.last.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)) window.faults.push('out of order: ' + told);
  window.reached.add(e); window.last = e;
  return true;
}"""
LEFT = """() => {
  const groups = new Set([...window.reached].filter((e) => e.type === 'radio').map((e) => e.name));
  return window.wanted.filter((e) => !window.reached.has(e) && !(e.type === 'radio' && groups.has(e.name)) && e.isConnected)
    .map((e) => 'never reached: ' + e.outerHTML.slice(0, 100));
}"""


@pytest.mark.parametrize("phone", [False, True] if size(0, 1) else [False], ids=lambda phone: "phone" if phone else "desktop")
def test_every_main_page_is_walked_by_the_key_alone(visit: Visit, phone: bool) -> None:
    """From the skip link to the last one: each in sight with its ring, in the order of the page, none that holds the focus, none left out."""
    wrong: list[str] = []
    for who, address in (*PAGES, *(MORE if size(0, 1) else ())):
        page = visit(who=who, phone=phone)
        page.goto(address)
        wrong += [f"{address}: {fault}" for fault in walked(page)]
        page.context.close()
    assert not wrong, "\n".join(wrong)


def walked(page: Page) -> list[str]:
    """What is wrong on the way."""
    begun = page.url
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip", page.url
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main", "the skip link leads to the content"
    page.goto(begun)  # not loaded again: the skip link's address leads past what stands above
    if page.locator(".county-map[data-near]").count():  # a map takes the place of its drawing when it comes near: it is walked as it then stands
        page.locator(".county-map").scroll_into_view_if_needed()
        page.wait_for_selector("[data-map][data-drawn]")
        page.evaluate("scrollTo(0, 0)")
    page.evaluate(WALK)
    for _ in range(MOST):
        page.keyboard.press("Tab")
        if not page.evaluate(AT):
            break
    else:
        return ["the focus is never let go"]
    found: list[str] = page.evaluate("window.faults")
    missed: list[str] = page.evaluate(LEFT)
    return found + missed


def to(page: Page, selector: str) -> None:
    """Tab on until the focus is there."""
    for _ in range(120):
        if page.evaluate("(s) => document.activeElement !== null && document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached on {page.url}")


def typed(page: Page, selector: str, words: str) -> None:
    """Tab to a field and fill it in."""
    to(page, selector)
    page.keyboard.insert_text(words)


def chosen(page: Page, name: str, value: str) -> None:
    """Tab to a group of choices and move to one of them."""
    to(page, f"input[name={name}]")
    page.keyboard.press("Space")
    for _ in range(20):
        if page.evaluate("(v) => document.activeElement.value === v && document.activeElement.checked", value):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"{value} is not reached")


def picked(page: Page, selector: str, words: str) -> None:
    """Tab to a list and type the beginning of what is wanted."""
    to(page, selector)
    page.keyboard.type(words)


def pressed(page: Page, selector: str) -> None:
    """Tab to a button and press it."""
    to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_dispute_is_thought_through_by_the_key_alone(visit: Visit) -> None:
    page = visit()
    page.goto("/")
    pressed(page, "a[href='/disputes/']")
    for answer in WIZARD:
        if re.fullmatch(r"\d+", answer):
            typed(page, "#amount", answer)
        elif "-" in answer:
            for part, number in zip(("#since", "#since-month", "#since-day"), answer.split("-"), strict=True):
                typed(page, part, number)
        else:
            chosen(page, page.locator("main input[type=radio]").first.get_attribute("name") or "", answer)
        pressed(page, "main .acts button.btn:not(.alt)")
    expect(page.locator("h1")).to_contain_text("小额诉讼")


def test_a_suit_is_filed_by_the_key_alone(visit: Visit) -> None:
    page, n = visit(lang="en"), next(PHONES)
    page.goto("/enter")
    typed(page, "#phone", str(n))
    pressed(page, "main .acts .btn")
    found = re.search(r"the code is (\d{6})", page.inner_text("main"))
    assert found
    typed(page, "#code", found[1])
    pressed(page, "main .acts .btn")
    identified(page, n, "Zhang Sample")
    page.goto("/filing/")
    pressed(page, "main form .btn")
    chosen(page, "dispute", "CONTRACT")
    pressed(page, "main .acts .btn")
    picked(page, "#DEFENDANT", "Yuci")
    pressed(page, "main .acts .btn")
    to(page, "#court")
    page.keyboard.press("Space")
    pressed(page, "main .acts .btn")
    typed(page, "#address", "1 Sample Street")
    typed(page, "#d0-name", "Li Sample")
    pressed(page, "main .acts .btn")
    typed(page, "#cause", "loan")
    typed(page, "#claims", "Repay CNY 38,600.")
    typed(page, "#reasons", "Lent in January 2025, not repaid.")
    pressed(page, "main .acts .btn")
    pressed(page, "main .acts .btn.alt")
    chosen(page, "online", "yes")
    chosen(page, "e_service", "yes")
    pressed(page, "main .acts .btn")
    pressed(page, "main .acts .btn")
    expect(page).to_have_url(re.compile(r"/my/cases/\d+/receipt$"))
