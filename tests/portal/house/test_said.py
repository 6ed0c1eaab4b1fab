"""随填随说 · A day and an amount as the server tells them beside their fields, in both languages; a part is answered where htmx asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from tianping.casework.database.embedded import Embedded
from tianping.law.calendar import calendar
from tianping.law.text import T
from tianping.portal.house.amounts import amount_of, written_out
from tianping.portal.house.said import PROVISIONAL, REST, WORK, day_told


def text(answer: Any) -> str:
    return " ".join(answer.content.decode().replace("　", " ").split())


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "零元整"), ("0.05", "伍分"), ("0.50", "伍角"), ("10", "壹拾元整"), ("1001", "壹仟零壹元整"), ("10001", "壹万零壹元整"),
        ("100010", "壹拾万零壹拾元整"), ("38600.50", "叁万捌仟陆佰元伍角"), ("1000000.05", "壹佰万元零伍分"), ("100000001", "壹亿零壹元整"),
        ("120003400.07", "壹亿贰仟万叁仟肆佰元零柒分"),
        ("1234567890123", "壹万贰仟叁佰肆拾伍亿陆仟柒佰捌拾玖万零壹佰贰拾叁元整"),
    ],
)  # fmt: skip
def test_amounts_are_written_out(amount: str, words: str) -> None:
    assert written_out(Decimal(amount)) == words


def test_amounts_are_read_as_people_type_them() -> None:
    assert amount_of("38,600.50元") == Decimal("38600.50")
    assert amount_of("￥ 1，000") == Decimal(1000)
    assert [amount_of(x) for x in ("", "3万", "1.234", "-5", "12345678901234", "٣")] == [None] * 6


def test_a_day_is_told_with_its_kind_and_how_far_it_is() -> None:
    today, days = date(2026, 9, 28), calendar()
    assert day_told(date(2026, 9, 28), today, days) == (T("今天", "today"), WORK)
    holiday = day_told(date(2026, 10, 1), today, days)
    assert [h.zh for h in holiday] == ["国庆节假期", "还有3天"]
    assert day_told(date(2026, 9, 26), today, days)[-1].en == "2 days ago"
    assert REST in day_told(date(2026, 11, 14), today, days)
    far = day_told(date(2031, 3, 4), today, days)
    assert far[-1] == PROVISIONAL, "nobody counts so many days"
    assert day_told(date(1961, 3, 4), today, days) == (), "outside the calendar and long ago: its weekday alone"


def test_the_fragments_answer_strangers(database: Embedded) -> None:
    client = Client()
    asked = {"fact.effective-year": "2026", "fact.effective-month": "10", "fact.effective-day": "1"}
    told = client.get("/said/day", asked)
    assert text(told).startswith("2026年10月1日（周四） 国庆节假期")
    assert told.headers["Cache-Control"] == "no-store"
    assert text(client.get("/said/day", asked | {"lang": "en"})).startswith("1 October 2026 (Thu) National Day holiday")
    for wrong in ({}, {"x-year": "26", "x-month": "1", "x-day": "1"}, asked | {"fact.effective-day": "32"}, asked | {"fact.effective-day": "一"}):
        assert text(Client().get("/said/day", wrong)) == ""
    assert text(Client().get("/said/amount", {"fact.amount": "38600.5"})) == '38,600.50元 <span lang="zh-Hans">叁万捌仟陆佰元伍角</span>'
    assert text(Client().get("/said/amount", {"fact.amount": "38600.5", "lang": "en"})) == "CNY 38,600.50"
    assert text(Client().get("/said/amount", {"fact.amount": "x"})) == ""


def test_the_same_address_answers_with_a_part_where_htmx_asks(database: Embedded) -> None:
    client = Client()
    asked = {"kind": "property", "amount": "38600.50"}
    whole = client.get("/calculators/fees", asked)
    part = client.get("/calculators/fees", asked, headers={"HX-Request": "true", "HX-Target": "answer"})
    assert "<!doctype" in text(whole) and "<!doctype" not in text(part)
    assert text(part).startswith('<div class="stack" data-said=') and text(part)[:200] in text(whole)
    assert "HX-Request" in part.headers["Vary"]
    assert part.headers["HX-Replace-Url"].endswith("kind=property&amount=38600.50")
    short = client.get("/calculators/fees", {"kind": "property", "amount": "x"}, headers={"HX-Request": "true", "HX-Target": "answer"})
    assert (short.status_code, "HX-Replace-Url" in short.headers) == (200, False)
    assert "填好以后" in text(short), "what was reckoned before does not stand beside another amount"
