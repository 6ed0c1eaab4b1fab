"""法律命令测试 · Deadlines, fees, eligibility, damages and custody as they are asked for at the command line; mistakes are told in words."""

from __future__ import annotations

import json

import pytest

from tests.project.test_cli import call


def last(*words: str, lang: str = "en") -> str:
    got = call(*words, lang=lang)
    assert got.returncode == 0, got.stderr
    return got.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("fee", "property", "--amount", "180000", "--halve", "simple", "--halve", "mediated"), "payable  1,950.00"),
        (("fee", "divorce", "--amount", "500000", "--base", "200"), "payable  1,700.00"),
        (("fee", "preservation", "--amount", "1000000"), "payable  5,000.00"),
        (("fee", "confirmation"), "payable  0.00"),
        (("fee", "property", "--amount", "180000", "--reduce", "0.3"), "payable  2,730.00"),
        (("eligibility", "--amount", "41206", "--filed", "2022-07-01"), "tried under  small claims, of duty"),
        (("eligibility", "--amount", "41207", "--filed", "2022-07-01", "--agreed", "small"), "tried under  small claims, by agreement"),
        (("eligibility", "--amount", "500", "--filed", "2022-07-01", "--wage", "80000", "--bar", "remanded"), "tried under  ordinary procedure"),
        (("custody", "detention", "--from", "2022-09-26"), "decision at the latest  2022-10-10"),
        (("custody", "questioning", "--from", "2022-10-01T09:30"), "hard stop  2022-10-03 09:30"),
        (("custody", "investigation", "--from", "2022-01-31", "--extended", "3"), "custody ends  2022-08-31"),
        (("custody", "trial", "--from", "2022-01-31", "--track", "summary"), "judgment by  2022-02-20"),
        (("due", "trial_ordinary", "--from", "2022-03-01", "--at", "2022-08-22"), "as of 2022-08-22: 10 days left"),
        (("due", "trial_ordinary", "--from", "2022-03-01", "--at", "2022-09-05"), "as of 2022-09-05: 4 days overdue"),
        (("due", "summons_criminal", "--from", "2022-10-01T09:30", "--at", "2022-10-01T20:00"), "as of 2022-10-01 20:00:00: 1 h 30 min left"),
    ],
)
def test_answers(words: tuple[str, ...], answer: str) -> None:
    assert last("law", *words) == answer
    assert last("law", *words, lang="zh") != answer


def test_an_instant_with_an_offset_is_brought_to_shanghai() -> None:
    assert last("law", "due", "summons_criminal", "--from", "2022-10-01T01:30+00:00", "--at", "2022-10-01T20:00+08:00").endswith("1 h 30 min left")


def test_a_pause_of_hours_is_told() -> None:
    words = ("law", "due", "summons_criminal", "--from", "2022-10-01T09:30", "--pause", "2022-10-01T10:00..2022-10-01T11:10")
    told = call(*words).stdout.splitlines()
    assert "not counted → 1 h 10 min" in told
    assert told[-1] == "due  2022-10-01 22:40"
    assert "not fixed" in last(*words[:-1], "2022-10-01T10:00..")


def test_who_pays_is_told_in_words_and_to_the_cent() -> None:
    for lang, payer in (("zh", "商业三者险"), ("en", "commercial insurer")):
        told = call("law", "damages", "examples/damages/crash.toml", lang=lang).stdout
        assert any(payer in line and line.endswith("41,381.52") for line in told.splitlines())


def test_overlapping_pauses_count_once_when_they_are_to_be_united() -> None:
    spans = ("--pause", "2022-04-01..2022-05-01", "--pause", "2022-04-21..2022-06-05")
    assert "2022-11-07" in last("law", "due", "trial_ordinary", "--from", "2022-03-01", *spans, "--unite")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("fee", "property", "--amount", "abc"), "LAW-211"),
        (("fee", "property", "--amount", "-5"), "LAW-211"),
        (("fee", "nothing"), "LAW-212"),
        (("fee", "property"), "LAW-213"),
        (("fee", "divorce"), "LAW-214"),
        (("fee", "divorce", "--base", "400"), "LAW-215"),
        (("fee", "preservation", "--amount", "5000", "--halve", "simple"), "LAW-216"),
        (("fee", "property", "--amount", "5000", "--halve", "twice"), "CLI-105"),
        (("fee", "property", "--amount", "5000", "--reduce", "0.1"), "LAW-217"),
        (("eligibility", "--amount", "x", "--filed", "2022-07-01"), "LAW-211"),
        (("eligibility", "--amount", "5", "--filed", "2031-07-01"), "LAW-201"),
        (("eligibility", "--amount", "5", "--filed", "2022-07-01", "--region", "CN-BJ"), "LAW-202"),
        (("damages", "none.toml"), "LAW-319"),
        (("custody", "prison", "--from", "2022-07-01"), "CLI-105"),
        (("custody", "detention", "--from", "2022-07-01", "--extra", "9"), "LAW-321"),
        (("custody", "summons", "--from", "2022-07-01"), "CLI-101"),
        (("due", "trial_ordinary", "--from", "2022-03-01", "--pause", "2022-04-01..2022-05-01", "--pause", "2022-04-21..2022-06-05"), "CLI-106"),
        (("due", "trial_ordinary", "--from", "2022-03-01", "--pause", "2022-04-01"), "CLI-103"),
        (("due", "trial_ordinary", "--from", "2022-03-01", "--pause", "2022-05-01..2022-04-01"), "LAW-131"),
        (("due", "trial_ordinary", "--from", "1980-03-01"), "LAW-"),
    ],
)
def test_mistakes_are_told(words: tuple[str, ...], code: str) -> None:
    for lang, following in (("zh", "下一步"), ("en", "Next")):
        got = call("law", *words, lang=lang)
        assert got.returncode == 2, got.stdout + got.stderr
        assert code in got.stderr and following in got.stderr
        assert "Traceback" not in got.stderr


def test_json_holds_the_answer_and_its_derivation() -> None:
    for words in (
        ("fee", "property", "--amount", "100"),
        ("eligibility", "--amount", "5", "--filed", "2022-07-01"),
        ("damages", "examples/damages/crash.toml"),
        ("custody", "review", "--from", "2022-08-15"),
        ("due", "appeal_judgment", "--from", "2022-09-22"),
    ):
        got = call("law", *words, "--json")
        assert got.returncode == 0, got.stderr
        lines = json.loads(got.stdout)["derivation"]
        assert lines and all(line["what_zh"] and line["what_en"] for line in lines)
    assert json.loads(call("law", "fee", "nothing", "--json").stderr)["code"] == "LAW-212"
    assert len(json.loads(call("law", "fee", "--json").stdout)) > 20
