"""羁押期限 · The clocks of a person who is held."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tianping.law.calendar import calendar
from tianping.law.custody import (
    ExtraDaysOutOfRange,
    ReturnedBeforeSent,
    SentBack,
    ThirdSupplement,
    continued_questioning,
    detention,
    detention_after_supervision,
    detention_self_investigated,
    hour_clock,
    investigation,
    review,
    summons,
    trial,
)
from tianping.law.rules import NoMoreExtensions, RuleNotInForce, WrongStart

DAYS = st.dates(date(2021, 3, 1), date(2029, 12, 31))
calm = settings(deadline=None)
MORNING = datetime.fromisoformat("2022-10-01T09:30")


def test_detention_in_a_holiday_does_not_roll() -> None:
    found = detention(date(2022, 9, 26), extra_days=4)
    assert found.request.day == found.request_latest.day == date(2022, 10, 3)
    assert not calendar().is_working(date(2022, 10, 3))
    assert "CrPL 105" in {str(line.cites) for line in found.request.derivation.lines}


def test_the_longest_detention_before_an_arrest_is_37_days() -> None:
    start = date(2022, 9, 25)
    assert (detention(start, major=True).decision_latest.day - start).days == 37
    assert (detention(start).decision_latest.day - start).days == 14


@calm
@given(DAYS, st.integers(0, 4))
def test_detention_is_plain_arithmetic_on_every_day(start: date, extra: int) -> None:
    found = detention(start, extra_days=extra)
    assert found.request.day == start + timedelta(days=3 + extra)
    assert found.request_latest.day == start + timedelta(days=7)
    assert found.decision_latest.day == start + timedelta(days=14)


@pytest.mark.parametrize("extra", [-1, 5])
def test_extra_days_have_a_range(extra: int) -> None:
    with pytest.raises(ExtraDaysOutOfRange) as caught:
        detention(date(2022, 9, 26), extra_days=extra)
    assert "4" in caught.value.text("en")


def test_the_thirty_days_cannot_be_lengthened() -> None:
    with pytest.raises(ExtraDaysOutOfRange):
        detention(date(2022, 9, 26), extra_days=1, major=True)


def test_other_detentions() -> None:
    assert detention_after_supervision(date(2022, 9, 26), extra_days=4).day == date(2022, 10, 10)
    assert detention_self_investigated(date(2022, 9, 26)).day == date(2022, 10, 10)
    assert detention_self_investigated(date(2022, 9, 26), extra_days=3).day == date(2022, 10, 13)
    with pytest.raises(ExtraDaysOutOfRange):
        detention_self_investigated(date(2022, 9, 26), extra_days=4)


def test_investigation_of_the_last_day_of_a_month() -> None:
    ends = [investigation(date(2022, 1, 31), extended=n).ends.day for n in range(4)]
    assert ends == [date(2022, 3, 31), date(2022, 4, 30), date(2022, 6, 30), date(2022, 8, 31)]
    with pytest.raises(NoMoreExtensions):
        investigation(date(2022, 1, 31), extended=4)


def test_the_next_extension_is_asked_for_seven_days_before() -> None:
    found = investigation(date(2022, 1, 31))
    assert found.next_extension is not None
    assert found.next_extension.ask_by == date(2022, 3, 24)
    assert investigation(date(2022, 1, 31), extended=3).next_extension is None


def test_a_new_crime_starts_the_investigation_anew() -> None:
    found = investigation(date(2022, 3, 15), beginning="new_crime")
    assert found.ends.day == date(2022, 5, 15)
    assert str(found.ends.derivation.lines[0].cites) == "CrPL 160"


def test_review_restarts_after_supplementary_investigation() -> None:
    trips = [SentBack(date(2022, 9, 10), date(2022, 10, 8)), SentBack(date(2022, 11, 1), date(2022, 11, 25))]
    found = review(date(2022, 8, 15), sent_back=trips)
    assert found.ends is not None
    assert found.ends.day == date(2022, 12, 25)
    assert [d.day for d in found.supplements] == [date(2022, 10, 10), date(2022, 12, 1)]


def test_review_stands_still_while_the_case_is_away() -> None:
    found = review(date(2022, 8, 15), sent_back=[SentBack(date(2022, 9, 10))])
    assert found.ends is None and found.supplements[0].day == date(2022, 10, 10)


def test_a_third_supplementary_investigation_is_refused() -> None:
    trips = [SentBack(date(2022, m, 1), date(2022, m, 20)) for m in (9, 10, 11)]
    with pytest.raises(ThirdSupplement) as caught:
        review(date(2022, 8, 15), sent_back=trips)
    assert "175" in caught.value.text("zh")


@pytest.mark.parametrize(
    "trips",
    [
        [SentBack(date(2022, 8, 1), date(2022, 9, 1))],
        [SentBack(date(2022, 9, 10), date(2022, 9, 1))],
        [SentBack(date(2022, 9, 10)), SentBack(date(2022, 10, 10))],
    ],
)
def test_trips_out_of_order_are_refused(trips: list[SentBack]) -> None:
    with pytest.raises(ReturnedBeforeSent):
        review(date(2022, 8, 15), sent_back=trips)


def test_trials_of_each_track() -> None:
    start = date(2022, 9, 1)
    assert trial(start).day == date(2022, 11, 1)
    assert trial(start, extended=1).day == date(2022, 12, 1)
    assert trial(start, extended=2).day == date(2023, 3, 1)
    assert trial(start, track="summary").day == date(2022, 9, 21)
    assert trial(start, track="summary", long_sentence=True).day == date(2022, 10, 16)
    assert trial(start, track="fast_track").day == date(2022, 9, 11)
    assert trial(start, track="fast_track", in_custody=False).day == date(2022, 9, 13)
    assert trial(start, track="fast_track", long_sentence=True).day == date(2022, 9, 16)


def test_hours_of_questioning() -> None:
    criminal, public = summons(MORNING, criminal=True), summons(MORNING, criminal=False)
    assert (criminal.alarm, criminal.stop) == (MORNING + timedelta(hours=12), MORNING + timedelta(hours=24))
    assert (public.alarm, public.stop) == (MORNING + timedelta(hours=8), MORNING + timedelta(hours=24))
    assert [s.at - MORNING for s in continued_questioning(MORNING).steps] == [timedelta(hours=h) for h in (12, 24, 48)]
    assert "POLICY" in criminal.derivation.text("en")


def test_hours_are_hours_on_the_night_and_the_holiday() -> None:
    late = datetime.fromisoformat("2022-12-31T23:59:30")
    assert hour_clock("quick_handling", late).stop == late + timedelta(hours=48)


def test_questioning_from_2026_is_marked_unverified_and_the_wrong_rule_is_refused() -> None:
    assert "UNVERIFIED" in summons(datetime.fromisoformat("2026-02-01T08:00"), criminal=False).derivation.text("en")
    with pytest.raises(WrongStart):
        hour_clock("appeal_judgment", MORNING)
    with pytest.raises(RuleNotInForce):
        summons(datetime.fromisoformat("2012-02-01T08:00"), criminal=False)
