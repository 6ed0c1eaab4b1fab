"""列式计算测试 · The columnar reckoning gives the scalar answers, whatever the order of the pauses; what it cannot hold it refuses."""

from __future__ import annotations

from datetime import date
from random import Random

import numpy as np
import pytest
from benchmarks.agreement import Clock, columnar, differences, random_clocks
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import size
from tianping.law.calendar import DateOutsideCalendar, calendar
from tianping.law.periods import CIVIL, COUNTINGS, CRIMINAL, CUSTODY, Period, day_number
from tianping.law.reckoning import due_day
from tianping.procedure.columnar import last_days

SAMPLE = size(20_000, 1_000_000)
DAYS = st.dates(date(2005, 1, 1), date(2026, 12, 31)).map(day_number)
LENGTHS = st.one_of(
    st.builds(Period, days=st.integers(0, 400)),
    st.builds(Period, months=st.integers(0, 30), days=st.integers(0, 20)),
    st.builds(Period, working=st.integers(0, 120)),
)


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    day = draw(DAYS)
    starts = draw(st.lists(st.integers(-60, 300), max_size=5))
    lengths = [draw(st.one_of(st.none(), st.integers(0, 90))) for _ in starts]
    pauses = tuple((day + s, None if n is None else day + s + n) for s, n in zip(starts, lengths, strict=True))
    return Clock(day, draw(LENGTHS), draw(st.integers(0, 10**6)), draw(st.sampled_from(list(COUNTINGS.values()))), pauses)


def test_random_clocks_agree() -> None:
    assert not differences(random_clocks(SAMPLE, 3))


@given(st.lists(clocks(), min_size=1, max_size=6))
def test_any_clocks_agree(some: list[Clock]) -> None:
    assert not differences(some)


@given(st.lists(clocks(), min_size=1, max_size=4), st.randoms())
def test_the_order_of_clocks_and_pauses_does_not_matter(some: list[Clock], random: Random) -> None:
    shuffled = [Clock(c.day, c.length, c.seconds, c.counting, tuple(random.sample(c.pauses, len(c.pauses)))) for c in some]
    for ours, theirs in zip(columnar(some), columnar(shuffled), strict=True):
        assert (ours[0] == theirs[0]).all()
        assert (ours[1] == theirs[1]).all()


@pytest.mark.parametrize("counting", [CIVIL, CRIMINAL, CUSTODY], ids=lambda c: c.name)
@pytest.mark.parametrize("period", [Period(days=15), Period(months=6), Period(working=10), Period(months=1, days=10)], ids=lambda p: p.text.en)
def test_one_rule_for_many_days_is_the_scalar_answer(period: Period, counting: object) -> None:
    rule = next(c for c in COUNTINGS.values() if c is counting)
    days = np.arange(day_number(date(2004, 6, 1)), day_number(date(2026, 12, 31)), 3)
    found = last_days(days.astype("datetime64[D]"), period, rule).astype(np.int64)
    assert found.tolist() == [due_day(day, period, (), rule, calendar())[0] for day in days.tolist()]


def test_a_day_that_the_calendar_does_not_hold_is_refused() -> None:
    with pytest.raises(DateOutsideCalendar):
        last_days(np.array(["1890-01-01"], dtype="datetime64[D]"), Period(days=15), CIVIL)
