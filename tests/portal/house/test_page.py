"""页面 · Language, look, formats, doors, static files and budgets, asked through Django's client."""

from __future__ import annotations

import gzip
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client, override_settings

import tianping
from tests.portal.conftest import account
from tianping.casework.database.embedded import Embedded
from tianping.law.text import T
from tianping.portal.house import formats, outlines
from tianping.portal.house.statics import gather
from tianping.portal.house.words import speaking, t, w
from tianping.portal.templating import environment

STATIC = Path(tianping.__file__).parent / "portal" / "static" / "portal"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_words_and_formats_follow_the_language() -> None:
    day, moment = date(2026, 12, 2), datetime(2026, 11, 20, 1, 41, tzinfo=UTC)
    with speaking("en"):
        assert (t(T("好", "good")), t("plain"), w("第{n}题", "Question {n}", n=3)) == ("good", "plain", "Question 3")
        assert formats.day(day, long=True) == "2 December 2026 (Wed)"
        assert formats.instant(moment, long=True) == "20 November 2026 (Fri) 9:41"
        assert formats.money(Decimal("382.5")) == "CNY 382.50"
        titled = environment().from_string("{{ title|titled }}")
        assert titled.render(title=T("关于《试行》的决定", "On the trial")) == "On the trial"
        cited = environment().from_string('{{ "OLR 9"|article }}')
        assert cited.render() == "Online Litigation Rules art. 9"
    assert cited.render() == "《人民法院在线诉讼规则》第9条", "a constant is formed for each reader"
    assert titled.render(title=T("关于《试行》的决定", "On the trial")) == "《关于〈试行〉的决定》"
    assert t(T("好", "good")) == "好"
    assert formats.day(day) == "2026-12-02"
    assert formats.day(day, long=True) == "2026年12月2日（周三）"
    assert formats.instant(moment) == "2026-11-20 09:41"
    assert formats.instant(moment, long=True) == "2026年11月20日（周五）9:41"
    assert formats.iso(moment) == "2026-11-20T09:41+08:00"
    assert formats.money(Decimal("-1382.5")) == "−1,382.50元"
    assert [formats.number(1262), formats.percent(0.3887), formats.value(T("三", "three")), formats.value(None)] == ["1,262", "38.9%", "三", ""]
    assert str(formats.embedded({"a": "</script>&"})) == '{"a":"\\u003c/script\\u003e\\u0026"}'


def test_no_mark_of_one_language_stands_in_the_pages_of_both() -> None:
    """A comma or bracket of Chinese outside ``w(…)`` reads 张三（judge）to whoever reads English."""
    found, looked = [], 0
    for path in sorted((Path(tianping.__file__).parent / "portal" / "templates").rglob("*.html")):
        bare = re.sub(r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", lambda held: "\n" * held[0].count("\n"), path.read_text("utf-8"), flags=re.DOTALL)
        found += [f"{path.name}:{n} {mark}" for n, line in enumerate(bare.split("\n"), 1) for mark in re.findall(r"[、-〿！-～]", line)]
        looked += 1
    assert looked > 100
    assert not found


@pytest.mark.parametrize(("accept", "expected"), [("", "zh-Hans"), ("zh-CN,en;q=0.5", "zh-Hans"), ("en-GB", "en")])
def test_the_language_is_chinese_unless_english_is_asked_for(database: Embedded, accept: str, expected: str) -> None:
    client = Client(headers={"Accept-Language": accept} if accept else {})
    assert f'<html lang="{expected}"' in text(client.get("/style/"))
    assert '<html lang="en"' in text(client.get("/style/?lang=en"))
    assert '<html lang="en"' in text(client.get("/style/")), "what stood in the address is kept"


def test_a_choice_is_kept_and_leads_back_to_our_own_pages_only(database: Embedded) -> None:
    client = Client()
    answer = client.get("/look", {"theme": "dark", "size": "large", "lang": "en", "next": "/style/?frame=citizen"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/style/?frame=citizen")
    assert client.cookies["theme"]["httponly"] and client.cookies["theme"]["samesite"] == "Lax"
    assert '<html lang="en" data-theme="dark" data-size="large">' in text(client.get("/style/"))
    for wanted in ("//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere.example", ""):
        assert client.get("/look", {"theme": "neon", "next": wanted}).headers["Location"] == "/"
    assert client.cookies["theme"].value == "dark"


def test_the_look_of_a_page_leads_back_without_the_language_in_its_address(database: Embedded) -> None:
    page = text(Client().get("/style/?frame=citizen&lang=en"))
    assert 'href="/look?lang=zh&amp;next=%2Fstyle%2F%3Fframe%3Dcitizen"' in page


def test_an_address_that_is_not_there_is_a_page_and_a_problem_of_the_api(database: Embedded) -> None:
    answer = Client().get("/nothing/here")
    assert answer.status_code == 404
    assert "没有这一页" in text(answer)
    assert Client().get("/api/v1/nothing").headers["Content-Type"].startswith("application/problem+json")


def test_a_form_without_its_token_says_how_to_go_on(database: Embedded) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/sign-in?next=/desk/", {"username": "x"})
    assert answer.status_code == 403
    assert "什么都没有提交" in text(answer)
    assert 'href="/sign-in?next=%2Fdesk%2F"' in text(answer)
    assert strict.post("/api/v1/sign-in", {}).headers["Content-Type"].startswith("application/problem+json")


def test_somebody_who_signed_in_is_named(database: Embedded) -> None:
    client = Client()
    client.force_login(account(name="王示例"))
    session = client.session
    session["seen"] = int(datetime.now(UTC).timestamp())
    session.save()
    with override_settings(TIANPING_SECOND_FACTOR=False):
        assert "王示例" not in text(client.get("/style/")), "without a post the account's own name stands"
        assert "退出" in text(client.get("/style/"))
    with override_settings(TIANPING_SECOND_FACTOR=True):
        assert "退出" not in text(client.get("/style/")), "one factor of two is not signed in"


def test_files_are_gathered_under_names_of_what_is_in_them(tmp_path: Path) -> None:
    with override_settings(STATIC_ROOT=tmp_path):
        staticfiles_storage._setup()  # type: ignore[attr-defined]  # the lazy storage is made anew for the folder
        try:
            assert re.fullmatch(r"/static/portal/house\.css", staticfiles_storage.url("portal/house.css"))
            count = gather()
            assert count > 10
            assert re.fullmatch(r"/static/portal/house\.[0-9a-f]{12}\.css", staticfiles_storage.url("portal/house.css"))
            before = (tmp_path / "staticfiles.json").stat().st_mtime_ns
            assert gather() == count
            assert (tmp_path / "staticfiles.json").stat().st_mtime_ns == before, "what was gathered is not gathered again"
        finally:
            staticfiles_storage._setup()  # type: ignore[attr-defined]  # as above


def test_the_two_dark_themes_are_one() -> None:
    css = (STATIC / "tokens.css").read_text("utf-8")
    chosen, asked = (re.search(rf'\[data-theme="{name}"\] {{(.*?)}}', css, re.S) for name in ("dark", "auto"))
    assert chosen and asked and chosen[1] == asked[1]


def test_only_tokens_name_a_colour() -> None:
    for sheet in STATIC.glob("*.css"):
        if sheet.name not in ("tokens.css", "front.css"):
            named = re.findall(r"#[0-9a-fA-F]{3,8}\b(?![^{]*{)", sheet.read_text("utf-8"))
            assert not [c for c in named if c.lower() not in ("#fff", "#000")], (sheet.name, named)


def test_pages_keep_to_their_weight(database: Embedded) -> None:
    sheets = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in ("tokens.css", "house.css"))
    assert sheets <= 12 * 1024
    assert len(gzip.compress((STATIC / "house.js").read_bytes())) <= 5 * 1024
    assert len((STATIC / "house.js").read_text("utf-8").splitlines()) <= 300
    assert len(gzip.compress(Client().get("/style/").content)) <= 15 * 1024


def test_the_parts_from_npm_keep_to_their_weight() -> None:
    vendor = STATIC.parent / "vendor"
    if not (vendor / "LICENCES.txt").exists():
        pytest.skip("no npm here: charts, maps and quick swaps were not put together")
    size = {p.name: len(gzip.compress(p.read_bytes())) for p in vendor.glob("*.js")}
    own = len(gzip.compress((STATIC / "house.js").read_bytes()))
    assert size["htmx.js"] + size["alpine.js"] + own <= 45 * 1024
    assert size["charts.js"] <= 150 * 1024


def test_counties_are_drawn_to_one_scale_and_none_overlaps_in_name() -> None:
    outlines.drawing.cache_clear()
    with override_settings(TIANPING_OUTLINES=str(Path(__file__).parents[3] / "cities" / "jinzhong" / "outlines.geojson")):
        drawn = outlines.drawing()
        assert drawn is not None
        assert len({s.division for s in drawn.shapes}) == 11
        assert {"榆次区", "太谷区"} <= {s.name.zh for s in drawn.shapes}
        assert all(0 < s.x < outlines.WIDTH and 0 < s.y < drawn.height for s in drawn.shapes)
        assert Client().get("/map/counties.geojson").headers["Content-Type"] == "application/geo+json"
    outlines.drawing.cache_clear()
    with override_settings(TIANPING_OUTLINES=""):
        assert outlines.drawing() is None
        assert Client().get("/map/counties.geojson").status_code == 404
    outlines.drawing.cache_clear()
