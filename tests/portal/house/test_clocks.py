"""期限的样子 · Chip and ruler of a clock: levels by lead times, words in both languages, spans that add up."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tianping.casework.alarms.leads import Leads
from tianping.law.text import T
from tianping.portal.house.clocks import Clock, Paused, chip, ruler
from tianping.portal.house.shapes import Level

ZONE = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 20, 14, 35, tzinfo=ZONE)
TODAY = AT.date()
LOCAL = AT.replace(tzinfo=None)
BEGAN = date(2026, 11, 9)


@pytest.mark.parametrize(
    ("days", "level", "zh", "en"),
    [
        (45, "none", "还剩45天", "45 days left"),
        (4, "none", "还剩4天", "4 days left"),
        (3, "l1", "还剩3天", "3 days left"),
        (1, "l1", "还剩1天", "1 day left"),
        (0, "l2", "今天", "today"),
        (-1, "l3", "超期1天", "1 day over"),
        (-12, "l3", "超期12天", "12 days over"),
    ],
)
def test_a_limit_of_days(days: int, level: Level, zh: str, en: str) -> None:
    shown = chip(Clock(BEGAN, TODAY + timedelta(days=days), timed=False), AT)
    assert (shown.level, shown.words) == (level, T(zh, en))


@pytest.mark.parametrize(
    ("minutes", "level", "zh", "en"),
    [
        (3 * 24 * 60, "none", "剩3天0小时", "3 d 0 h left"),
        (209, "none", "剩3小时29分", "3 h 29 min left"),
        (60, "l1", "剩1小时", "1 h left"),
        (31, "l1", "剩31分钟", "31 min left"),
        (30, "l2", "剩30分钟", "30 min left"),
        (0, "l2", "剩0分钟", "0 min left"),
        (-1, "l3", "超1分钟", "1 min over"),
        (-300, "l3", "超5小时", "5 h over"),
    ],
)
def test_a_limit_of_hours(minutes: int, level: Level, zh: str, en: str) -> None:
    shown = chip(Clock(LOCAL - timedelta(hours=8), LOCAL + timedelta(minutes=minutes), timed=True), AT)
    assert (shown.level, shown.words) == (level, T(zh, en))


def test_the_institution_decides_how_long_before() -> None:
    clock = Clock(BEGAN, TODAY + timedelta(days=6), timed=False)
    assert chip(clock, AT).level == "none"
    assert chip(clock, AT, Leads(first=timedelta(days=7))).level == "l1"
    assert chip(clock, AT, Leads(first=timedelta(days=9), second=timedelta(days=6))).level == "l2"
    assert chip(clock, AT, Leads(first=None, second=None)).level == "none"


def test_a_paused_clock_says_for_what_and_since_when() -> None:
    pause = Paused(T("鉴定", "appraisal"), TODAY - timedelta(days=14), None)
    held = Clock(BEGAN, TODAY, timed=False, fixed=False, pauses=(pause,))
    assert chip(held, AT).words == T("鉴定，第15天", "appraisal, day 15")
    assert chip(Clock(BEGAN, TODAY - timedelta(days=40), timed=False, fixed=False), AT).level == "hold"
    assert held.when.earliest


def test_an_ended_clock_is_done_or_was_late() -> None:
    assert chip(Clock(BEGAN, TODAY, timed=False, ended=True), AT).level == "done"
    late = chip(Clock(BEGAN, TODAY, timed=False, ended=True, days_late=2), AT)
    assert (late.level, late.words.zh) == ("none", "逾期2天办结")


def test_a_ruler_is_what_was_used_what_did_not_count_and_what_is_left() -> None:
    pause = Paused(T("鉴定", "appraisal"), date(2026, 9, 29), date(2026, 10, 30))
    shown = ruler(Clock(date(2026, 9, 1), date(2027, 1, 4), timed=False, pauses=(pause,)), AT)
    assert [s.kind for s in shown.spans] == ["run", "pause", "run"]
    assert shown.now == pytest.approx(100 * 80 / 125, abs=0.01)
    assert sum(s.width for s in shown.spans) == pytest.approx(shown.now, abs=0.05)
    assert shown.told == T("已用49日，扣除31日，剩45日，至1-04", "49 days used, 31 days not counted, 45 days left, until 1-04")
    assert [label.words.zh for label in shown.labels] == ["9-01", "1-04", "今天", "鉴定"]


def test_past_its_end_the_rest_of_a_ruler_is_over() -> None:
    shown = ruler(Clock(BEGAN, date(2026, 11, 16), timed=False), AT)
    assert [s.kind for s in shown.spans] == ["run", "over"]
    assert (shown.now, round(sum(s.width for s in shown.spans))) == (100, 100)
    assert "超过4日" in shown.told.zh


@given(
    since=st.integers(0, 200),
    length=st.integers(0, 200),
    pause=st.tuples(st.integers(0, 200), st.integers(0, 90)),
    open_=st.booleans(),
    ended=st.booleans(),
)
def test_spans_never_leave_the_ruler_nor_overlap(since: int, length: int, pause: tuple[int, int], open_: bool, ended: bool) -> None:
    begin = TODAY - timedelta(days=since)
    start = begin + timedelta(days=min(pause[0], length))
    paused = Paused(T("停", "stop"), start, None if open_ else start + timedelta(days=pause[1]))
    due = begin + timedelta(days=length + (0 if open_ else pause[1]))
    shown = ruler(Clock(begin, due, timed=False, fixed=not open_, ended=ended, pauses=(paused,)), AT)
    place = 0.0
    for span in shown.spans:
        assert span.start >= place - 0.02
        place = span.start + span.width
    assert place <= 100.05
    assert all(0 <= label.at <= 100 for label in shown.labels)
