"""看板与图册之旅 · A leader drills from 491 to one settled case, by mouse and by address; a citizen finds what rests on an article and back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.conftest import PROOF
from tests.faces.conftest import Visit
from tests.faces.looks import looks

BOTH = [("zh", False), ("en", False), ("zh", True), ("en", True)]
TAKEN = "performance.getEntriesByType('resource').some((r) => /vendor.map\\.[^/]*js/.test(r.name))"
NAMED = [f"{lang}-{'phone' if phone else 'desktop'}" for lang, phone in BOTH]


def number(page: Page) -> int:
    """The number in the title of a list."""
    return int(page.inner_text("h1 .num").replace(",", ""))


def gone(page: Page, link: str) -> None:
    """Press something that leads to another page, and wait for that."""
    with page.expect_navigation():
        page.click(link)


@pytest.mark.parametrize(("lang", "phone"), BOTH, ids=NAMED)
def test_a_leader_drills_from_491_to_one_settled_case(visit: Visit, lang: str, phone: bool) -> None:
    page = visit(who="guoshezhu", lang=lang, phone=phone)
    page.goto("/board/")
    looks(page)
    assert "39" in page.inner_text("h1")
    gone(page, '.funnel a.value[href="/board/cases/settled"]')
    assert number(page) == 491
    looks(page)
    page.go_back()
    gone(page, 'td a[href="/board/cases/settled?court=court.yuci"]')
    assert number(page) == 207
    page.goto("/board/?court=court.yuci&source=youth&period=2021-12")
    looks(page)
    gone(page, ".funnel a.value[href^='/board/cases/settled']")
    few = number(page)
    assert 1 <= few < 20
    assert page.locator(".masked.title").count() == few
    looks(page)
    title = page.locator(".masked.title").first.inner_text()
    assert "某" in title or "有限公司" in title
    gone(page, ".trail a >> nth=1")
    assert "court=court.yuci" in page.url
    assert "source=youth" in page.url


def test_it_works_without_a_script_and_in_large_print(visit: Visit) -> None:
    page = visit(lang="zh", script=False)
    page.goto("/board/")
    page.select_option("#period", "2021-Q4")
    page.select_option("#against", "2021-Q3")
    gone(page, "form.filters button")
    assert "period=2021-Q4" in page.url
    assert "对比2021年第3季度" in page.inner_text("main")
    for look in ({"size": "large"}, {"theme": "dark"}, {"width": 768}):
        other = visit(lang="zh", **look)
        other.goto("/board/")
        looks(other)


def test_the_counties_are_a_map_when_they_come_near(visit: Visit) -> None:
    for look in ({"size": "large", "width": 768}, {"phone": True, "lang": "en", "theme": "dark"}) if PROOF else ({"phone": True, "theme": "dark"},):
        page = visit(**look)  # type: ignore[arg-type]  # a dictionary of looks
        page.goto("/board/")
        if not page.locator(".county-map[data-near]").count():
            pytest.skip("npm put no map library together here")
        assert not page.evaluate(TAKEN), "a map far below is not fetched"
        page.focus("svg.counties a >> nth=0")
        page.wait_for_selector("[data-map][data-drawn]")
        assert page.evaluate(TAKEN)
        looks(page)
        at = page.evaluate("[document.activeElement.classList[0], document.activeElement.getAttribute('href')]")
        assert at == ["county", page.get_attribute("svg.counties a >> nth=0", "href")], "who stood on a county stands on it still"
        assert page.locator("a.county").evaluate_all("all => all.map((a) => a.getAttribute('aria-label'))") == page.locator(
            "svg.counties a"
        ).evaluate_all("all => all.map((a) => a.getAttribute('aria-label'))")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        assert "court=court.yuci" in page.url
    page.go_back()
    page.locator(".county-map").scroll_into_view_if_needed()
    page.wait_for_selector("[data-map][data-drawn]")
    box = page.locator("svg.counties path[data-division='140728']").bounding_box()
    assert box is not None
    with page.expect_navigation():
        page.mouse.click(box["x"] + box["width"] * 0.75, box["y"] + box["height"] * 0.8)
    assert "court=court.pingyao" in page.url


@pytest.mark.parametrize(("lang", "phone"), BOTH, ids=NAMED)
def test_a_figure_of_a_room_opens_its_cases(visit: Visit, lang: str, phone: bool) -> None:
    page = visit(lang=lang, phone=phone)
    page.goto("/board/figures/")
    looks(page)
    gone(page, 'a[href="/board/figures/Docking/"]')
    looks(page)
    gone(page, 'th a[href="/board/figures/Docking/share_settled"]')
    assert "42.7%" in page.inner_text("h1")
    looks(page)
    gone(page, "td a[href*='part=of'] >> nth=0")
    assert page.locator(".masked.title").count() == 50
    looks(page)


def test_a_figure_by_month_is_drawn_and_taken_away(visit: Visit) -> None:
    for page in (visit(phone=True, lang="en", theme="dark"), visit()):
        page.goto("/board/figures/OnlineMediations/settled?by=month")
        if page.locator("[data-chart]").count():  # where npm put the library together
            page.wait_for_selector("[data-chart][data-drawn]")
        looks(page)
        assert page.locator("table tbody tr").count() == 6
    assert "45.1%" in page.inner_text("h1")
    for address, begins in (
        ("OnlineMediations/export.xlsx", b"PK"),
        ("OnlineMediations/settled/export.pdf?by=month", b"%PDF"),
        ("OnlineMediations/settled/export.png?by=month", b"\x89PNG"),
    ):
        answer = page.request.get(f"/board/figures/{address}")
        assert answer.status == 200
        assert answer.body().startswith(begins), address


def test_a_wall_is_dark_fresh_by_itself_and_says_when_it_is_not(visit: Visit) -> None:
    page = visit(who="guoshezhu")
    page.clock.install()
    page.goto("/board/?wall=1&court=court.yuci")
    looks(page)
    assert page.get_attribute("html", "data-theme") == "dark"
    assert page.locator("main form, main button").count() == 0
    page.evaluate("document.querySelector('main > *').id = 'old'")
    page.clock.fast_forward(61_000)
    page.wait_for_selector("#old", state="detached")
    assert "207" in page.inner_text("main")
    page.route("**/board/**", lambda route: route.fulfill(status=503))
    page.clock.fast_forward(61_000)
    page.wait_for_selector("[data-stale]", state="visible")
    assert "207" in page.inner_text("main"), "what stood there stays"


@pytest.mark.parametrize(("lang", "phone"), BOTH, ids=NAMED)
def test_a_citizen_finds_what_rests_on_an_article(visit: Visit, lang: str, phone: bool) -> None:
    page = visit(lang=lang, phone=phone)
    page.goto("/atlas/")
    looks(page)
    page.fill("#q", "民诉法第205条" if lang == "zh" else "CPL art. 205")
    gone(page, ".atlas-search button")
    looks(page)
    gone(page, 'a[href="/atlas/law/CPL23/205"]')
    looks(page)
    gone(page, ".uses a[href^='/atlas/judicial_confirmation/'] >> nth=0")
    looks(page)
    assert page.locator(".flow-wide").first.is_visible() is not phone
    assert page.locator(".flow-rail").first.is_visible() is phone
    gone(page, "a[href*='/changes?to=']")
    looks(page)
    assert re.search(r"\d", page.inner_text("h1"))


@pytest.mark.parametrize("address", ["/atlas/changes", "/atlas/law/", "/atlas/law/CPL23/", "/atlas/criminal_case/?part=suspects", "/atlas/e_filing/"])
def test_the_other_pages_of_the_atlas_look_right(visit: Visit, address: str) -> None:
    all_looks: tuple[dict[str, Any], ...] = ({}, {"phone": True}, {"size": "large", "width": 768}, {"theme": "dark", "lang": "en"})
    for look in all_looks if PROOF else all_looks[1:3]:
        page = visit(**look)
        page.goto(address)
        looks(page)
