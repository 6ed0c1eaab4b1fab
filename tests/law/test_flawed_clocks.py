"""有缺陷的时钟 · Two flawed clocks seen in public systems: each is written out here, shown to fail, and ours to hold."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import assume, given
from hypothesis import strategies as st

from tests.law.test_rules import DAYS, PAUSABLE, REASON, calm, codes, pause
from tianping.law.calendar import Calendar, calendar
from tianping.law.reckoning import PauseSpan
from tianping.law.rules import due


def rolled_at_every_restart(start: date, length: int, pauses: list[PauseSpan], cal: Calendar) -> date:
    """The flaw: each restart rolls the deadline to a working day, and the next pause is added to the rolled day."""
    day = start + timedelta(days=length)
    for p in pauses:
        assert p.end is not None
        day = cal_roll(cal, day + (p.end - p.start))
    return cal_roll(cal, day)


def cal_roll(cal: Calendar, day: date) -> date:
    while not cal.is_working(day):
        day += timedelta(days=1)
    return day


def summed_without_merging(start: date, working: int, pauses: list[PauseSpan], cal: Calendar) -> date:
    """The flaw: overlapping pauses are added up, an open one is ignored, and working days are added as calendar days."""
    paused = sum(((p.end - p.start).days for p in pauses if p.end is not None), 0)
    day = start
    for _ in range(working):
        day = cal_roll(cal, day + timedelta(days=1))
    return day + timedelta(days=paused)


def test_a_pause_split_in_two_is_one_pause() -> None:
    """30 days from 2022-05-10, ten days of appraisal: in one piece or in two, the case ends on the same day."""
    start, cal = date(2022, 5, 10), calendar()
    whole = [pause(date(2022, 5, 16), 10)]
    split = [pause(date(2022, 5, 16), 2), pause(date(2022, 5, 18), 8)]
    flawed = {rolled_at_every_restart(start, 30, x, cal) for x in (whole, split)}
    assert len(flawed) == 2, "the flawed clock depends on how many pauses there were"
    ours = {due("public_security_case", start, pauses=x, calendar=cal).day for x in (whole, split)}
    assert ours == {date(2022, 6, 20)}


@calm
@given(codes([r for r in PAUSABLE if not r.period.working]), DAYS, st.integers(0, 40), st.integers(0, 30), st.integers(0, 30))
def test_splitting_a_pause_never_moves_a_due_day(code: str, start: date, after: int, first: int, second: int) -> None:
    begun = start + timedelta(days=after)
    whole = [pause(begun, first + second)]
    split = [pause(begun, first), pause(begun + timedelta(days=first), second)]
    assert due(code, start, pauses=whole).day == due(code, start, pauses=split).day


def test_overlapping_pauses_of_working_days_count_once_and_an_open_one_is_not_ignored() -> None:
    start, cal = date(2022, 9, 26), calendar()
    overlapping = [pause(date(2022, 10, 10), 7), pause(date(2022, 10, 12), 7)]
    merged = [pause(date(2022, 10, 10), 9)]
    assert summed_without_merging(start, 20, overlapping, cal) != summed_without_merging(start, 20, merged, cal)
    assert due("information_request", start, pauses=overlapping).day == due("information_request", start, pauses=merged).day
    unpaused = due("information_request", start)
    stopped = [PauseSpan(date(2022, 10, 10), None, REASON)]
    assert summed_without_merging(start, 20, stopped, cal) == unpaused.day, "the flawed clock runs on through an open pause and says nothing"
    found = due("information_request", start, pauses=stopped)
    assert not found.fixed and unpaused.fixed


@calm
@given(DAYS, st.integers(0, 15), st.integers(1, 40))
def test_a_pause_of_working_days_moves_the_due_day_by_its_working_days(start: date, after: int, length: int) -> None:
    """Exactly as many working days as the pause held stand between the two due days, however many rest days lie between."""
    cal = calendar()
    begun = start + timedelta(days=after)
    base = due("information_request", start).day
    assume(begun <= base)
    end = begun + timedelta(days=length)
    paused = due("information_request", start, pauses=[pause(begun, length)]).day
    assert sum(cal.is_working(base + timedelta(days=n)) for n in range(1, (paused - base).days + 1)) == sum(
        cal.is_working(begun + timedelta(days=n)) for n in range(1, (end - begun).days + 1)
    )
