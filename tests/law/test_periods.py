"""期间 · Months against a slow oracle that walks the calendar, and what a length may not be."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tianping.law.periods import CIVIL, COUNTINGS, MixedPeriod, NegativePeriod, Period, PeriodTooLong, add_months, day_number, to_date

DAYS = st.dates(date(1970, 1, 1), date(2069, 12, 31))
MONTHS = st.integers(0, 240)


def last_day(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def walked(day: date, months: int, *, month_end: bool) -> date:
    """The corresponding day, found by walking: forward to the right month, then back to the right day of it."""
    if months == 0:
        return day
    at, seen = day, 0
    while seen < months:
        at += timedelta(days=1)
        seen += at.day == 1
    while not last_day(at):
        at += timedelta(days=1)
    if month_end and last_day(day):
        return at
    while at.day > day.day:
        at -= timedelta(days=1)
    return at


@given(DAYS, MONTHS, st.booleans())
def test_months_end_where_walking_ends(day: date, months: int, month_end: bool) -> None:
    assert to_date(add_months(day_number(day), months, month_end=month_end)) == walked(day, months, month_end=month_end)


@given(DAYS, MONTHS, st.booleans())
def test_more_months_never_end_earlier(day: date, months: int, month_end: bool) -> None:
    n = day_number(day)
    assert add_months(n, months, month_end=month_end) < add_months(n, months + 1, month_end=month_end)


@given(DAYS, DAYS, MONTHS)
def test_a_later_civil_start_never_ends_earlier(a: date, b: date, months: int) -> None:
    first, second = sorted((day_number(a), day_number(b)))
    assert add_months(first, months, month_end=False) <= add_months(second, months, month_end=False)


@given(DAYS, MONTHS)
def test_the_two_month_rules_differ_only_from_a_last_day(day: date, months: int) -> None:
    n = day_number(day)
    civil, criminal = add_months(n, months, month_end=False), add_months(n, months, month_end=True)
    assert civil <= criminal
    assert civil == criminal or last_day(day)
    assert not (last_day(day) and months) or last_day(to_date(criminal))


@pytest.mark.parametrize(
    ("day", "months", "month_end", "expected"),
    [
        ("2022-02-28", 1, False, "2022-03-28"),
        ("2022-02-28", 1, True, "2022-03-31"),
        ("2022-01-31", 1, False, "2022-02-28"),
        ("2024-01-31", 1, False, "2024-02-29"),
        ("2022-01-31", 2, True, "2022-03-31"),
        ("2022-03-31", 3, False, "2022-06-30"),
        ("2024-12-31", 2, False, "2025-02-28"),
        ("2024-02-29", 12, False, "2025-02-28"),
        ("2020-02-29", 48, False, "2024-02-29"),
        ("2022-08-15", 1, True, "2022-09-15"),
    ],
)
def test_months_from_the_worked_examples(day: str, months: int, month_end: bool, expected: str) -> None:
    assert to_date(add_months(day_number(date.fromisoformat(day)), months, month_end=month_end)).isoformat() == expected


@given(DAYS)
def test_day_numbers_are_those_of_numpy(day: date) -> None:
    assert to_date(day_number(day)) == day
    assert day_number(day) == (day - date(1970, 1, 1)).days


PERIODS = st.builds(Period, months=MONTHS, days=MONTHS, working=MONTHS)


@given(PERIODS, PERIODS, PERIODS)
def test_lengths_add_like_numbers(a: Period, b: Period, c: Period) -> None:
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a + Period() == a


@pytest.mark.parametrize("field", ["months", "days", "working", "seconds"])
def test_no_length_is_negative(field: str) -> None:
    with pytest.raises(NegativePeriod, match="LAW-101"):
        Period(**{field: -1})


@pytest.mark.parametrize("field", ["months", "days", "working"])
def test_hours_do_not_mix_with_days(field: str) -> None:
    with pytest.raises(MixedPeriod, match="LAW-102"):
        Period(seconds=3600, **{field: 1})
    with pytest.raises(MixedPeriod):
        Period(seconds=60) + Period(**{field: 1})


def test_months_that_no_year_has_are_refused() -> None:
    with pytest.raises(PeriodTooLong, match="LAW-103"):
        add_months(0, 12 * 9000, month_end=False)


@pytest.mark.parametrize(
    ("length", "zh", "en"),
    [
        (Period(), "0日", "0 days"),
        (Period(days=1), "1日", "1 day"),
        (Period(months=6), "6个月", "6 months"),
        (Period(months=1, days=15), "1个月零15日", "1 month and 15 days"),
        (Period(working=10), "10个工作日", "10 working days"),
        (Period(seconds=48 * 3600), "48小时", "48 hours"),
        (Period(seconds=90 * 60), "1小时零30分钟", "1 hour and 30 minutes"),
        (Period(seconds=61), "1分钟零1秒", "1 minute and 1 second"),
    ],
)
def test_a_length_in_words(length: Period, zh: str, en: str) -> None:
    assert (length.text.zh, length.text.en) == (zh, en)


def test_the_four_counting_rules() -> None:
    assert {c.name: (c.month_end, c.rolls) for c in COUNTINGS.values()} == {
        "civil": (False, True),
        "criminal": (True, True),
        "custody": (True, False),
        "plain": (False, False),
    }
    assert COUNTINGS["civil"] is CIVIL
