"""条文提及 · What a text relies on is found and judged by the day whose law applies."""

from __future__ import annotations

from datetime import date

import pytest

from tianping.law.corpus.numerals import numeral
from tianping.law.mentions import formal, mentions
from tianping.law.statutes import CPL23, INDEX, parse_citation

DAY = date(2024, 5, 1)


def verdicts(text: str, day: date = DAY) -> dict[str, str]:
    return {m.text: m.verdict for m in mentions(text, day)}


def test_each_article_is_found_once_in_the_order_of_the_text() -> None:
    text = "依照《中华人民共和国民事诉讼法》第二百零五条、第二百零六条，《民法典》第1179条及第1180条；再依《民法典》第1179条"
    assert list(verdicts(text)) == [
        "《中华人民共和国民事诉讼法》第二百零五条", "《中华人民共和国民事诉讼法》第二百零六条", "《民法典》第1179条", "《民法典》第1180条",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day", "verdict"),
    [
        ("《民事诉讼法》第二百零五条", DAY, "in_force"),
        ("《民事诉讼法》（2021年修正）第二百零一条", DAY, "repealed"),
        ("《民事诉讼法》（2021年修正）第二百零一条", date(2023, 12, 31), "in_force"),
        ("《民事诉讼法》（2023年修正）第二百零五条", date(2023, 12, 31), "not_yet"),
        ("《民事诉讼法》第三百零六条", DAY, "in_force"),
        ("《民事诉讼法》第三百零七条", DAY, "no_article"),
        ("《民事诉讼法》第二百九十二条", date(2023, 12, 31), "no_article"),
        ("《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第三百五十八条", DAY, "in_force"),
        ("《中华人民共和国婚姻法》第十七条", DAY, "repealed"),
        ("《中华人民共和国婚姻法》第十七条", date(2020, 12, 31), "unknown"),
        ("《某市规定》第三条", DAY, "unknown"),
        ("《民法典》第十十条", DAY, "unknown"),
    ],
)
def test_an_article_is_judged_by_the_day(text: str, day: date, verdict: str) -> None:
    assert list(verdicts(text, day).values()) == [verdict]


def test_what_stands_in_its_place_is_told_where_it_is_known() -> None:
    (found,) = mentions("《民事诉讼法》（2021年修正）第二百零一条", DAY)
    assert found.stale
    assert found.instead is not None
    assert found.instead.zh == "《民事诉讼法（2023年修正）》第205条"
    assert "2024-05-01" in found.words.zh


def test_every_statute_with_numbered_articles_is_found_by_its_own_title() -> None:
    """The first article of each text is in force on its first day and nothing else is said of it."""
    for statute in INDEX.values():
        if statute.status in ("policy", "local", "foreign") or not isinstance(statute.articles, int):
            continue
        title, bracket, rest = statute.title.zh.partition("（")
        text = f"《{title}》{bracket}{rest}第{numeral(1)}条"
        assert [m.verdict for m in mentions(text, statute.valid_from)] == ["in_force"], text


def test_articles_are_named_in_the_text_of_the_day() -> None:
    cited = parse_citation("CPL23 205, 206; CI22 358")
    assert formal(cited, DAY) == (
        "《中华人民共和国民事诉讼法》第二百零五条、第二百零六条，《最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释》第三百五十八条"
    )
    assert formal(CPL23[205], date(2022, 6, 1)) == "《中华人民共和国民事诉讼法》第二百零一条"


def test_what_is_named_formally_is_found_again() -> None:
    text = formal(parse_citation("CPL23 205, 206; CI22 358; OMR 19; PML 31; CC 1179; REG15 7"), DAY)
    assert {m.verdict for m in mentions(text, DAY)} == {"in_force"}
    assert len(mentions(text, DAY)) == 7
