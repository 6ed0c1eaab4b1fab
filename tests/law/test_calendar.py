"""工作日历 · Working days against two independent calendars, the years that no notice has fixed, and the edges."""

from __future__ import annotations

import warnings
from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from tianping.law.calendar import FIRST, LAST, DateOutsideCalendar, calendar
from tianping.law.calendar_days import published_days, statutory_days, statutory_holidays
from tianping.law.periods import day_number, to_date

PUBLISHED = range(2004, 2027)
DISPUTED = date(2005, 12, 31)
"""chinesecalendar has it off, holidays has it worked."""


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=n) for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]


@pytest.mark.parametrize("year", PUBLISHED)
def test_every_published_day_is_as_chinesecalendar_has_it(year: int) -> None:
    cal = calendar()
    assert [d for d in days_of(year) if cal.is_working(d) != chinese_calendar.is_workday(d)] == []


@pytest.mark.parametrize("year", PUBLISHED)
def test_every_published_day_but_one_is_as_holidays_has_it(year: int) -> None:
    cal, china = calendar(), holidays.country_holidays("CN", years=year)
    differ = [d for d in days_of(year) if cal.is_working(d) != china.is_working_day(d)]
    assert differ == ([DISPUTED] if year == DISPUTED.year else [])


def test_the_published_years_are_those_of_the_notices() -> None:
    assert sorted(published_days()) == list(PUBLISHED)
    cal = calendar()
    assert cal.published == (day_number(date(2004, 1, 1)), day_number(date(2026, 12, 31)))


@pytest.mark.parametrize(
    ("day", "provisional"),
    [(date(2003, 12, 31), True), (date(2004, 1, 1), False), (date(2026, 12, 31), False), (date(2027, 1, 1), True), (LAST, True), (FIRST, True)],
)
def test_a_day_beyond_the_notices_is_provisional(day: date, provisional: bool) -> None:
    assert calendar().provisional(day_number(day)) is provisional


def test_the_published_notice_wins_over_the_statute_within_its_years() -> None:
    """2022-10-08 is a Saturday worked for National Day; the statute alone knows no worked Saturday."""
    assert calendar().is_working(date(2022, 10, 8))
    assert not any(kind.working for kind in statutory_days(2022).values())


def test_the_makeup_switch_changes_makeup_days_and_no_other() -> None:
    on, off = calendar(), calendar(makeup_counts=False)
    differ = {to_date(n) for n in range(len(on.rank)) if on.is_working(to_date(n)) != off.is_working(to_date(n))}
    makeup = {d for days in published_days().values() for d, kind in days.items() if kind.working}
    assert differ == makeup
    assert {
        date(2022, 1, 29),
        date(2022, 1, 30),
        date(2022, 4, 2),
        date(2022, 4, 24),
        date(2022, 5, 7),
        date(2022, 10, 8),
        date(2022, 10, 9),
    } <= makeup
    assert all(on.is_working(d) and not off.is_working(d) for d in makeup)


@pytest.mark.parametrize(
    ("year", "count"),
    [(1998, 7), (1999, 8), (2000, 10), (2007, 10), (2008, 11), (2013, 11), (2014, 11), (2024, 11), (2025, 13), (2026, 13), (2040, 13)],
)
def test_the_number_of_statutory_days_follows_the_revision_in_force(year: int, count: int) -> None:
    """HOL24: thirteen from 2025, eleven before, ten before 2008, seven until 1998."""
    days = [d for group in statutory_holidays(year).values() for d in group]
    assert len(days) == len(set(days)) == count


def test_what_the_2024_revision_added() -> None:
    old, new = statutory_holidays(2024), statutory_holidays(2025)
    assert old["labour"] == [date(2024, 5, 1)]
    assert new["labour"] == [date(2025, 5, 1), date(2025, 5, 2)]
    assert old["spring"] == [date(2024, 2, 10), date(2024, 2, 11), date(2024, 2, 12)]
    assert new["spring"] == [date(2025, 1, 28), date(2025, 1, 29), date(2025, 1, 30), date(2025, 1, 31)]


@pytest.mark.parametrize("year", [y for y in PUBLISHED if y >= 2008])
def test_every_statutory_day_is_off_in_the_published_calendar(year: int) -> None:
    """The notices shift weekends, never a statutory day itself."""
    cal = calendar()
    assert [d for group in statutory_holidays(year).values() for d in group if cal.is_working(d)] == []


@pytest.mark.parametrize("year", range(FIRST.year, LAST.year + 1))
def test_statutory_days_are_as_holidays_has_them(year: int) -> None:
    """It lists the shifted days of noticed years among them, so there ours are contained in its list; in other years the two are equal."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = set(holidays.country_holidays("CN", years=year, observed=False))
    ours = {d for group in statutory_holidays(year).values() for d in group}
    assert ours <= theirs
    assert ours == theirs or 2001 <= year <= 2026


@pytest.mark.parametrize("year", [1999, 2003, 2027, 2035, 2069])
def test_a_computed_year_has_weekends_and_statutory_days_off_and_makes_up_each_weekend_holiday(year: int) -> None:
    cal = calendar()
    off = {d for d in days_of(year) if not cal.is_working(d)}
    weekends = {d for d in days_of(year) if d.weekday() >= 5}
    statutory = {d for group in statutory_holidays(year).values() for d in group}
    assert weekends | statutory <= off
    assert len(off) == len(weekends) + len(statutory)
    assert not any(kind.published for d in days_of(year) if (kind := cal.kind(day_number(d))))


def test_rank_nth_and_following_agree_with_counting_by_hand() -> None:
    cal = calendar()
    count = 0
    for n in range(len(cal.rank)):
        count += cal.is_working(to_date(n))
        assert cal.rank[n] == count
    assert all(cal.rank[d] == k + 1 and cal.following[d] == d for k, d in enumerate(cal.nth))


@pytest.mark.parametrize("day", [date(1969, 12, 31), date(2070, 1, 1), date.min, date.max])
def test_a_day_outside_the_calendar_is_refused(day: date) -> None:
    cal = calendar()
    with pytest.raises(DateOutsideCalendar):
        cal.is_working(day)
    with pytest.raises(DateOutsideCalendar):
        cal.roll(day_number(day))
    with pytest.raises(DateOutsideCalendar):
        cal.add_working(day_number(day), 1)
    with pytest.raises(DateOutsideCalendar):
        cal.as_date(day_number(day))


def test_numbers_that_no_date_has_are_refused_too() -> None:
    with pytest.raises(DateOutsideCalendar, match="LAW-121"):
        calendar().roll(10**9)
    with pytest.raises(DateOutsideCalendar):
        calendar().add_working(day_number(date(2022, 1, 1)), 10**6)


def test_the_first_and_the_last_day_answer() -> None:
    cal = calendar()
    assert cal.number(FIRST) == 0
    assert not cal.is_working(FIRST)
    assert to_date(cal.roll(0)) == date(1970, 1, 2)
    assert cal.number(LAST) == len(cal.rank) - 1
    assert cal.is_working(LAST)
    assert cal.roll(cal.number(LAST)) == cal.number(LAST)


def test_why_a_day_is_what_it_is() -> None:
    cal = calendar()
    kinds = {d: cal.kind(day_number(date.fromisoformat(d))) for d in ("2022-10-07", "2022-10-08", "2022-10-10")}
    assert kinds["2022-10-10"] is None
    worked, off = kinds["2022-10-08"], kinds["2022-10-07"]
    assert worked is not None
    assert off is not None
    assert (off.title.zh, off.title.en) == ("国庆节假期", "National Day holiday")
    assert (worked.title.zh, worked.title.en) == ("国庆节调休上班", "National Day make-up workday")
