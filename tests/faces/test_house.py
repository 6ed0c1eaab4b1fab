"""门面 · The house style in a browser: every component in both languages, themes and sizes, desktop and phone; the switches without a script."""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import PROOF
from tests.faces.conftest import Visit
from tests.faces.looks import AXE, looks, violations


def test_axe_is_there() -> None:
    if not AXE.exists():
        pytest.skip("no npm here: axe-core does not look at the pages")
    assert "axe" in AXE.read_text("utf-8")[:400]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("frame", ["staff", "citizen"])
def test_every_component_holds_in_each_look(visit: Visit, frame: str, phone: bool) -> None:
    looks_of = [("zh", "light", "normal"), ("en", "dark", "normal"), ("zh", "dark", "large"), ("en", "light", "large")]
    for lang, theme, size in looks_of[:: 1 if PROOF else 3]:
        page = visit(lang=lang, theme=theme, size=size, phone=phone)
        page.goto(f"/style/?frame={frame}")
        looks(page)
        page.context.close()


@pytest.mark.parametrize("address", ["/sign-in", "/sign-in/enrol", "/nothing/here", "/api/v1/docs?part=pre_filing"])
def test_pages_of_the_house_hold(visit: Visit, address: str) -> None:
    for lang, phone in product(("zh", "en"), (False, True)) if PROOF else (("zh", False), ("en", True)):
        page = visit(lang=lang, phone=phone)
        page.goto(address)
        looks(page)


def test_the_switches_work_without_a_script(visit: Visit) -> None:
    page = visit(script=False)
    page.goto("/style/?frame=citizen")
    page.click("a[hreflang=en]")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.click("text=Large print")
    expect(page.locator("html")).to_have_attribute("data-size", "large")
    page.click("text=Dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert page.url.endswith("/style/?frame=citizen")
    expect(page.locator("h1")).to_have_text("House style")


def test_large_print_is_large(visit: Visit) -> None:
    page = visit(size="large", phone=True)
    page.goto("/style/?frame=citizen")
    body, button = page.evaluate("[getComputedStyle(document.body).fontSize, document.querySelector('.acts .btn').getBoundingClientRect().height]")
    assert float(body.removesuffix("px")) >= 18
    assert button >= 60


def test_a_faulty_page_is_found(page: Page) -> None:
    """The look itself: it sees a console error, a foreign request, low contrast, small text, and a sideways scroll."""
    page.goto("/style/?frame=citizen")
    page.evaluate("document.querySelector('h1').style.color = '#ccc'")
    if AXE.exists():
        assert any("contrast" in v for v in violations(page))
    with pytest.raises(AssertionError, match="style attribute"):
        looks(page)
    page.reload()
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<pre>' + 'x'.repeat(2000) + '</pre>')")
    with pytest.raises(AssertionError, match="sideways"):
        looks(page)
    page.reload()
    page.evaluate("console.error('broken')")
    with pytest.raises(AssertionError, match="broken"):
        looks(page)


def test_the_policy_is_kept(page: Page) -> None:
    page.goto("/style/")
    page.evaluate("document.head.insertAdjacentHTML('beforeend', '<style>h1 { color: red }</style>')")
    page.wait_for_timeout(50)
    with pytest.raises(AssertionError, match="Content Security Policy"):
        looks(page)
