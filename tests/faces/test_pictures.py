"""页面图片 · The pictures of the README, made by the test run: each page is looked at whole, then taken. ``make pictures`` keeps them in docs."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.conftest import ROOT
from tests.faces.conftest import Visit
from tests.faces.looks import looks

KEPT = ROOT / "docs" / "pictures"
TO = KEPT if os.environ.get("TIANPING_PICTURES") == "1" else ROOT / "var" / "pictures"


@dataclass(frozen=True, slots=True)
class Shot:
    """一张图片 · What is seen, by whom, on which screen. ``then``: the link followed from the address; ``at``: where the picture begins."""

    address: str
    who: str = ""
    phone: bool = False
    then: str = ""
    theme: str = "light"
    at: str = ""
    high: int = 860


SHOTS = {
    "home": Shot("/", phone=True),
    "board": Shot("/board/", high=1000),
    "worklist": Shot("/desk/", who="zhaoshichuan", high=720),
    "case": Shot("/desk/", who="zhaoshichuan", then="table.work a[href^='/desk/cases/']:not([href*='/do/'])", high=1000),
    "atlas": Shot("/atlas/online_mediation/", high=1000),
    "deadline": Shot("/calculators/deadlines?rule=trial_ordinary&from-year=2026&from-month=11&from-day=27&go=1", phone=True, at="#answer"),
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("name", SHOTS)
def test_a_picture_shows_a_page_that_holds(visit: Visit, name: str, lang: str) -> None:
    shot = SHOTS[name]
    page = visit(who=shot.who, lang=lang, phone=shot.phone, theme=shot.theme, width=0 if shot.phone else 1280)
    page.goto(shot.address)
    if shot.then:
        page.locator(shot.then).first.click()
        page.wait_for_load_state()
    expect(page.locator("h1")).to_be_visible()
    looks(page)
    taken(page, f"{name}.{lang}.png", shot)


def taken(page: Page, name: str, shot: Shot) -> None:
    """A part of a page, without the mark of the cursor."""
    TO.mkdir(parents=True, exist_ok=True)
    page.evaluate("document.activeElement && document.activeElement.blur()")
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": size["width"], "height": shot.high})
    if shot.at:
        page.evaluate("(at) => document.querySelector(at).scrollIntoView()", shot.at)
    page.screenshot(path=TO / name)
    assert (TO / name).stat().st_size > 10_000


def test_each_readme_shows_pictures_that_are_there_in_its_own_language() -> None:
    for readme, lang in (("README.md", "en"), ("README.zh-CN.md", "zh")):
        named = re.findall(r"docs/pictures/([\w.]+\.png)", (ROOT / readme).read_text("utf-8"))
        assert named
        assert set(named) <= {f"{name}.{lang}.png" for name in SHOTS}, readme
        assert all((KEPT / name).exists() for name in named), readme
