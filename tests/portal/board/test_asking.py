"""期间与地址 · What an address asks for is what its page links to; periods of a kind follow one another without a gap."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import RequestFactory

from tianping.portal.board.asking import asked, period, periods


@pytest.mark.parametrize(
    ("key", "first", "last", "zh"),
    [
        ("2021", date(2021, 1, 1), date(2021, 12, 31), "2021年"),
        ("2021-H2", date(2021, 7, 1), date(2021, 12, 31), "2021年下半年"),
        ("2021-Q1", date(2021, 1, 1), date(2021, 3, 31), "2021年第1季度"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "2024年2月"),
    ],
)
def test_a_period_is_its_days(key: str, first: date, last: date, zh: str) -> None:
    found = period(key)
    assert found is not None
    assert (found.first, found.last, found.title.zh) == (first, last, zh)


@pytest.mark.parametrize("key", ["", "2021-13", "2021-Q5", "21", "2021-H3", "0000", "9999-12", "2021-08-01", "²⁰²¹"])
def test_what_is_no_period_is_none(key: str) -> None:
    assert period(key) is None


@pytest.mark.parametrize("key", ["2021", "2021-H1", "2021-H2", "2021-Q1", "2021-Q3", "2021-01", "2021-08"])
def test_the_period_before_ends_the_day_before_and_is_of_the_same_kind(key: str) -> None:
    found = period(key)
    assert found is not None
    before = found.before
    assert before.last == found.first - timedelta(days=1)
    assert (len(before.key), before.key[4:6].rstrip("0123456789")) == (len(key), key[4:6].rstrip("0123456789"))


def test_periods_cover_what_there_is_and_no_more() -> None:
    keys = [p.key for p in periods((date(2021, 7, 5), date(2022, 1, 20)))]
    assert keys[:2] == ["2022", "2021"]
    assert {"2022-H1", "2021-H2", "2022-Q1", "2021-Q4", "2021-Q3", "2022-01", "2021-07"} <= set(keys)
    assert not {"2021-H1", "2021-Q2", "2021-06", "2022-02"} & set(keys)
    assert periods(None) == []


def test_an_address_says_its_scope_and_changes_it() -> None:
    ask = asked(RequestFactory().get("/board/?period=2021-Q4&court=court.yuci&source=grid&against=2021-Q3"))
    assert asked(RequestFactory().get(ask.to("/board/cases/settled"))) == ask
    assert ask.to(court="", period="") == "/board/?source=grid&against=2021-Q3"
    assert (ask.scope.first, ask.scope.court, ask.other and ask.other.first) == (date(2021, 10, 1), "court.yuci", date(2021, 7, 1))
    assert asked(RequestFactory().get("/board/?period=x&court=%00&against=")).to() == "/board/"
