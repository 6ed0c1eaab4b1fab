"""期限规则 · The rules register: every line against the statute text, and the properties of every due day."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tianping.law.calendar import calendar
from tianping.law.citations import Ref
from tianping.law.periods import CIVIL, Period
from tianping.law.reckoning import PauseSpan
from tianping.law.rules import (
    BadLength,
    FixedPeriod,
    NoCustodyHere,
    NoMoreExtensions,
    Rule,
    RuleNotInForce,
    UnknownRule,
    WrongStart,
    area_title,
    due,
    due_at,
    extension_days,
    parse_length,
    rule,
    rules,
)
from tianping.law.text import T

SOON, LATE = date(2024, 1, 1), date(2029, 12, 31)
DAYS = st.dates(SOON, LATE)
WHOLE = [r for r in rules() if not r.in_hours]
HOURS = [r for r in rules() if r.in_hours]
PAUSABLE = [r for r in WHOLE if not r.fixed]
REASON = T("鉴定", "appraisal")
calm = settings(deadline=None)
"""Cores are shared: the time of one example says nothing."""


def codes(some: list[Rule]) -> st.SearchStrategy[str]:
    return st.sampled_from([r.code for r in some])


def pause(start: date, days: int) -> PauseSpan:
    return PauseSpan(start, start + timedelta(days=days), REASON)


# ---- the register itself


def test_every_rule_has_words_in_both_languages_and_an_area() -> None:
    for r in rules():
        for words in (r.title, r.since, *(x.by for x in r.extensions)):
            assert words.zh and words.en, r.code
        assert bool(r.note.zh) == bool(r.note.en), r.code
        assert area_title(r.area).en
        assert r.period != Period(), r.code


def test_every_rule_reads_in_2022_and_2024() -> None:
    for r in rules():
        for day in (date(2022, 6, 1), date(2024, 6, 3)):
            assert r.on(day).cites.in_force(day), r.code


def test_the_named_rules_that_the_command_line_promises() -> None:
    promised = [
        "appeal_judgment",
        "appeal_ruling",
        "filing_decision",
        "defence",
        "trial_ordinary",
        "trial_simple",
        "small_claims",
        "second_instance",
        "apply_for_enforcement",
        "confirmation_application",
        "detention_request",
        "review_for_prosecution",
        "fast_track_trial",
        "information_request",
        "petition_reply",
        "traffic_certificate",
    ]
    assert set(promised) <= {r.code for r in rules()}


NUMERALS = "零一二三四五六七八九"


def chinese(n: int) -> str:
    hundreds, tens, ones = n // 100, n // 10 % 10, n % 10
    out = NUMERALS[hundreds] + "百" if hundreds else ""
    if tens:
        out += ("" if tens == 1 and not hundreds else NUMERALS[tens]) + "十"
    elif hundreds and ones:
        out += "零"
    return out + (NUMERALS[ones] if ones else "")


def spellings(length: Period) -> set[str]:
    """How a statute may write the length: 十五日, 15日, 十五天; 三个月; 二年 for 24 months; 一个半月."""
    if length.months and length.days:
        return {"一个半月"} if (length.months, length.days) == (1, 15) else set()
    n = length.months or length.days or length.working or length.seconds // 3600
    number = {chinese(n), str(n), chr(ord("０") + n) if n < 10 else str(n)} | ({"两", "二"} if n == 2 else set())
    if length.months:
        years = {chinese(n // 12) + "年"} if n % 12 == 0 else set()
        return {x + "个月" for x in number} | years
    unit = ("小时",) if length.seconds else ("个工作日", "日") if length.working else ("日", "天")
    return {x + u for x in number for u in unit}


@cache
def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def article_text(laws: Path, ref: Ref) -> str:
    assert ref.statute.file
    name = f"第{chinese(int(ref.article)) if int(ref.article) < 1000 else ref.article}条"
    found = re.search(rf"^{name}[ 　]+(.*?)(?=^第[^条\n]{{1,9}}条[ 　]|^#|\Z)", text_of(laws / ref.statute.file), re.S | re.M)
    assert found, f"{ref.statute.key} {ref.article}"
    return found[1]


def test_every_length_stands_in_an_article_that_it_cites(shared: Path) -> None:
    """The register against the statute texts: at least one cited article contains the length in words."""
    laws = shared / "data" / "laws"
    missing = []
    for r in rules():
        wanted = [(r.code, r.period, r.cites)]
        wanted += [(f"{r.code}@{v.since}", v.period or r.period, v.cites or r.cites) for v in r.versions]
        for code, length, cites in wanted:
            readable = [ref for ref in cites.refs if ref.statute.file]
            if readable and not any(s in article_text(laws, ref) for ref in readable for s in spellings(length)):
                missing.append((code, length.text.zh, str(cites)))
    assert not missing


def test_every_extension_stands_in_an_article_that_it_cites(shared: Path) -> None:
    """The same for the extensions; a total (24 hours, 15 days, three months, 1 to 4 days) may stand where the register holds the difference."""
    laws = shared / "data" / "laws"
    missing = []
    for r in rules():
        total = r.period
        for x in r.extensions:
            total = total + x.period
            allowed = spellings(x.period) | spellings(total)
            if not any(s in article_text(laws, ref) for ref in x.cites.refs if ref.statute.file for s in allowed):
                missing.append((r.code, x.period.text.zh, total.text.zh, str(x.cites)))
    assert not missing


# ---- errors


def test_an_unknown_rule_names_its_neighbours() -> None:
    with pytest.raises(UnknownRule) as caught:
        rule("apeal_judgement")
    assert "appeal_judgment" in caught.value.advice.en
    assert "上诉（判决）" in caught.value.text("zh")


@pytest.mark.parametrize(
    ("code", "day"),
    [
        ("small_claims", date(2021, 3, 1)),
        ("appeal_judgment", date(1990, 1, 1)),
        ("mediation_accept", date(2021, 12, 31)),
        ("petition_reply", date(2022, 4, 30)),
    ],
)
def test_a_day_on_which_no_text_was_in_force_is_refused(code: str, day: date) -> None:
    with pytest.raises(RuleNotInForce) as caught:
        due(code, day)
    assert caught.value.code == "LAW-302"
    assert str(day) in caught.value.text("zh")


def test_more_extensions_than_the_law_knows_are_refused() -> None:
    with pytest.raises(NoMoreExtensions):
        due("trial_simple", date(2024, 3, 1), extended=2)
    with pytest.raises(NoMoreExtensions):
        due("appeal_judgment", date(2024, 3, 1), extended=1)
    with pytest.raises(NoMoreExtensions):
        due("trial_ordinary", date(2024, 3, 1), extended=-1)


def test_custody_means_nothing_in_a_civil_period() -> None:
    with pytest.raises(NoCustodyHere):
        due("appeal_judgment", date(2024, 3, 1), in_custody=True)


def test_a_person_under_administrative_restraint_is_not_held_over_a_holiday() -> None:
    assert due("public_security_case", date(2024, 4, 2)).day == date(2024, 5, 6)
    held = due("public_security_case", date(2024, 4, 2), in_custody=True)
    assert held.day == date(2024, 5, 2)
    assert str(held.derivation.lines[-1].cites) == "PAP 35"


def test_days_and_instants_are_not_confused() -> None:
    with pytest.raises(WrongStart):
        due("summons_criminal", date(2024, 3, 1))
    with pytest.raises(WrongStart):
        due("appeal_judgment", datetime.fromisoformat("2024-03-01T10:00"))
    with pytest.raises(WrongStart):
        due_at("appeal_judgment", datetime.fromisoformat("2024-03-01T10:00"))


def test_a_fixed_period_knows_neither_pause_nor_extension() -> None:
    with pytest.raises(FixedPeriod):
        due("retrial_application", date(2024, 3, 1), pauses=[pause(date(2024, 4, 1), 10)])


@pytest.mark.parametrize("text", ["", "15", "d", "15 days", "-3 d", "1.5 m", "6 m +"])
def test_a_length_that_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BadLength):
        parse_length(text)


# ---- versions


def test_the_announcement_halved_on_the_first_of_january_2022() -> None:
    assert due("announcement", date(2021, 12, 31)).day == date(2022, 3, 1)
    assert due("announcement", date(2022, 1, 1)).day == date(2022, 1, 31)
    assert due("announcement_abroad", date(2023, 12, 31)).day == date(2024, 3, 31)
    assert due("announcement_abroad", date(2024, 1, 1)).day == date(2024, 3, 1)


def test_the_article_is_the_one_of_its_day() -> None:
    assert str(rule("appeal_judgment").on(date(2021, 5, 6)).cites) == "CPL17 164"
    assert str(rule("appeal_judgment").on(date(2023, 5, 6)).cites) == "CPL21 171"
    assert str(rule("appeal_judgment").on(date(2024, 5, 6)).cites) == "CPL23 171"
    assert "CPL17 82" in {str(line.cites) for line in due("appeal_judgment", date(2021, 5, 6)).derivation.lines}


def test_police_periods_of_2026_are_marked_unverified() -> None:
    found = due("public_security_case", date(2026, 3, 2))
    assert found.day == date(2026, 4, 1)
    assert "UNVERIFIED" in found.derivation.text("en")
    assert "UNVERIFIED" not in due("public_security_case", date(2025, 3, 3)).derivation.text("en")


def test_the_roll_cites_the_article_of_its_own_field() -> None:
    """2024-05-01 to 05-05 are the holiday: a police period that ends in it rolls under its own rule, a criminal one under the criminal law."""
    police = due("fine_payment", date(2024, 4, 17)).derivation
    criminal = due("fast_track_trial", date(2024, 4, 22)).derivation
    assert "PAP 35" in {str(line.cites) for line in police.lines} and "CPL23 85" not in {str(line.cites) for line in police.lines}
    assert "CrPL 105" in {str(line.cites) for line in criminal.lines} and "CPL23 85" not in {str(line.cites) for line in criminal.lines}


def test_when_an_extension_is_asked_for() -> None:
    found = extension_days("trial_ordinary", date(2022, 3, 1), date(2022, 9, 1))
    assert (found.ask_by, found.decide_by) == (date(2022, 8, 17), date(2022, 8, 27))
    with pytest.raises(NoMoreExtensions):
        extension_days("trial_simple", date(2022, 3, 1), date(2022, 7, 1), extended=1)


# ---- properties


@calm
@given(codes(WHOLE), DAYS, DAYS)
def test_a_later_start_never_ends_earlier(code: str, a: date, b: date) -> None:
    first, second = sorted((a, b))
    assert due(code, first).day <= due(code, second).day


@calm
@given(codes([r for r in WHOLE if r.counting.rolls]), DAYS, st.booleans())
def test_a_period_that_rolls_never_ends_on_a_rest_day(code: str, start: date, makeup: bool) -> None:
    cal = calendar(makeup_counts=makeup)
    assert cal.is_working(due(code, start, calendar=cal).day)


@calm
@given(codes([r for r in WHOLE if r.held and not r.period.working]), DAYS)
def test_custody_never_rolls_and_never_ends_later(code: str, start: date) -> None:
    held, free = due(code, start, in_custody=True), due(code, start)
    assert held.day <= free.day
    assert held.day == due(code, start, in_custody=True, calendar=calendar(makeup_counts=False)).day
    if free.day != held.day:
        assert not calendar().is_working(held.day)
        assert all(not calendar().is_working(held.day + timedelta(days=n)) for n in range((free.day - held.day).days))


PAUSES = st.lists(st.tuples(st.integers(0, 120), st.integers(0, 60)), max_size=5)


def spans(start: date, some: list[tuple[int, int]]) -> list[PauseSpan]:
    return [pause(start + timedelta(days=a), n) for a, n in some]


@calm
@given(codes(PAUSABLE), DAYS, PAUSES, st.tuples(st.integers(0, 120), st.integers(0, 60)))
def test_one_more_pause_never_ends_the_period_earlier(code: str, start: date, some: list[tuple[int, int]], more: tuple[int, int]) -> None:
    assert due(code, start, pauses=spans(start, some)).day <= due(code, start, pauses=spans(start, [*some, more])).day


@calm
@given(codes(PAUSABLE), DAYS, PAUSES, st.randoms())
def test_the_order_of_pauses_does_not_matter(code: str, start: date, some: list[tuple[int, int]], shuffle: Random) -> None:
    mixed = list(some)
    shuffle.shuffle(mixed)
    assert due(code, start, pauses=spans(start, some)).day == due(code, start, pauses=spans(start, mixed)).day


@calm
@given(codes([r for r in WHOLE if r.extensions and not r.fixed]), DAYS)
def test_each_extension_ends_later_or_on_the_same_day(code: str, start: date) -> None:
    ends = [due(code, start, extended=n).day for n in range(len(rule(code).on(start).extensions) + 1)]
    assert ends == sorted(ends)


@calm
@given(codes(HOURS), st.datetimes(datetime.fromisoformat("2024-01-01T00:00"), datetime.fromisoformat("2029-12-31T00:00")))
def test_hours_are_hours_whatever_the_day(code: str, start: datetime) -> None:
    start = start.replace(microsecond=0)
    assert due_at(code, start).at - start == timedelta(seconds=rule(code).period.seconds)


@calm
@given(codes(HOURS), st.datetimes(datetime.fromisoformat("2024-01-01T00:00"), datetime.fromisoformat("2029-12-31T00:00")))
def test_an_open_pause_leaves_the_instant_unfixed(code: str, start: datetime) -> None:
    start = start.replace(microsecond=0)
    found = due_at(code, start, pauses=[(start + timedelta(minutes=5), None)])
    assert not found.fixed and found.at - start == timedelta(seconds=rule(code).period.seconds)


def test_the_counting_rule_of_the_register_is_the_one_of_its_field() -> None:
    assert rule("appeal_judgment").counting is CIVIL
    assert rule("criminal_trial").counting.month_end and rule("investigation_custody").counting.rolls is False
