"""法条 · Citations: made from the index, joined, read back from their compact form, shown in both languages."""

from __future__ import annotations

import pickle
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tianping.law.citations import Citation, NoSuchArticle, NoVersionInForce
from tianping.law.statutes import CDS, CPL17, CPL21, CPL23, FEE, INDEX, LOCAL_110, OMR, POLICY, PSA25, TL00, UnknownStatute, parse_citation

NUMBERED = [s for s in INDEX.values() if isinstance(s.articles, int)]


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    """One to four references: single articles, ranges, and clauses of texts without numbers."""
    out: list[Citation] = []
    for _ in range(draw(st.integers(1, 4))):
        statute = draw(st.sampled_from(list(INDEX.values())))
        if isinstance(statute.articles, int):
            first = draw(st.integers(1, statute.articles))
            last = draw(st.integers(first, min(first + 5, statute.articles)))
            out.append(statute[first] if first == last else statute[first:last])
        else:
            out.append(statute[draw(st.sampled_from(statute.articles))])
    return sum(out[1:], out[0])


@given(citations())
def test_the_compact_form_reads_back(cited: Citation) -> None:
    assert parse_citation(str(cited)) == cited


@given(citations())
def test_a_citation_survives_pickling_and_hashes_the_same(cited: Citation) -> None:
    again = pickle.loads(pickle.dumps(cited))
    assert again == cited
    assert hash(again) == hash(cited)


@given(citations(), citations())
def test_joining_keeps_the_order_and_names_nothing_twice(a: Citation, b: Citation) -> None:
    joined = a + b
    assert joined.refs[: len(a.refs)] == a.refs
    assert set(joined.refs) == set(a.refs) | set(b.refs)
    assert (joined + a + b) == joined


@given(citations())
def test_a_citation_is_shown_in_both_languages(cited: Citation) -> None:
    assert cited.words.zh == cited.text("zh")
    texts = [ref.statute.key for ref in cited.refs]
    assert cited.text("zh").count("；") == sum(one != other for one, other in pairwise(texts))
    assert all(ref.where("zh") in cited.text("zh") for ref in cited.refs)
    assert all(ref.statute.title.en in cited.text("en") for ref in cited.refs)


def test_how_a_citation_reads() -> None:
    cited = CPL23[152] + FEE[13].part("第一款第一项", "(1)(1)")
    assert cited.text("zh") == "《民事诉讼法（2023年修正）》第152条；《诉讼费用交纳办法》第13条第一款第一项"
    assert cited.text("en") == "Civil Procedure Law (2023) art. 152; Measures on Litigation Fees art. 13(1)(1)"
    assert CPL23[164:168].text("en") == "Civil Procedure Law (2023) art. 164–168"
    assert str(CPL23[164:168] + TL00[2]) == "CPL23 164-168; TL00 2"


def test_the_title_of_an_interpretation_nests_its_quotation_marks() -> None:
    assert INDEX["CI22"][243].text("zh") == "《适用〈民事诉讼法〉的解释（2022年修正）》第243条"


@pytest.mark.parametrize(
    ("cited", "zh", "en"),
    [
        (CPL17[149], "二手来源", "secondary source"),
        (PSA25["期限沿用2012年文本"], "未经核实", "UNVERIFIED"),
        (POLICY["月末"], "本系统的计算选择", "our own choice (POLICY)"),
        (LOCAL_110["到场"], "地方规定", "local norm"),
        (CDS["203"], "外国法", "foreign law"),
    ],
)
def test_a_text_that_is_not_verified_says_so_wherever_it_is_shown(cited: Citation, zh: str, en: str) -> None:
    assert zh in cited.text("zh")
    assert en in cited.text("en")


@pytest.mark.parametrize("article", [0, 307, -1, "1a", "", "152 ", "１", "007"])
def test_an_article_that_the_statute_does_not_have_is_refused(article: int | str) -> None:
    with pytest.raises(NoSuchArticle, match="LAW-111"):
        CPL23[article]


@pytest.mark.parametrize("statute", NUMBERED, ids=[s.key for s in NUMBERED])
def test_the_first_and_last_article_exist_and_no_other(statute: object) -> None:
    s = next(x for x in NUMBERED if x is statute)
    assert isinstance(s.articles, int)
    assert s[1].refs[0].article == "1"
    assert s[s.articles].refs[0].article == str(s.articles)
    with pytest.raises(NoSuchArticle):
        s[s.articles + 1]


@pytest.mark.parametrize(("first", "last"), [(168, 164), (1, 307), (0, 5)])
def test_a_range_runs_forward_within_the_statute(first: int, last: int) -> None:
    with pytest.raises(NoSuchArticle):
        CPL23[first:last]


def test_a_range_of_one_is_that_one() -> None:
    assert CPL23[5:5] == CPL23[5]


def test_texts_without_numbers_have_only_their_own_clauses() -> None:
    with pytest.raises(NoSuchArticle):
        POLICY[1]
    with pytest.raises(NoSuchArticle):
        POLICY["月末":"四舍五入"]


@pytest.mark.parametrize("text", ["", "XYZ 1", "CPL23", "CPL23 999", "CPL23 1;", "CPL23 5-2", "CPL23 152; TL 2", "cpl23 1"])
def test_a_compact_form_that_names_nothing_is_refused(text: str) -> None:
    with pytest.raises((UnknownStatute, NoSuchArticle)):
        parse_citation(text)


def test_several_articles_of_one_statute() -> None:
    assert parse_citation("CPL23 164, 168") == CPL23[164, 168]
    assert [r.articles for r in CPL23[164:166].refs] == [("164", "165", "166")]


def test_in_force_from_the_first_to_the_last_day() -> None:
    assert not CPL21[152].in_force(date(2021, 12, 31))
    assert CPL21[152].in_force(date(2022, 1, 1))
    assert CPL21[152].in_force(date(2023, 12, 31))
    assert not CPL21[152].in_force(date(2024, 1, 1))
    assert not (CPL21[152] + OMR[24]).in_force(date(2021, 12, 31))


def test_the_version_of_a_day() -> None:
    assert CPL17.at_day(date(2024, 5, 1)) is CPL23
    assert CPL23.at_day(date(2021, 12, 31)) is CPL17
    assert CPL21.versions == [CPL17, CPL21, CPL23]
    with pytest.raises(NoVersionInForce, match="LAW-112"):
        CPL23.at_day(date(2017, 6, 30))


def test_the_statuses_of_what_is_cited() -> None:
    assert (CPL17[149] + CPL23[152]).statuses == {"secondary", "verified"}


def test_a_text_that_several_articles_are_of_is_named_once() -> None:
    cited = CPL23[160, 165] + FEE[13] + FEE[20]
    assert cited.text("zh") == "《民事诉讼法（2023年修正）》第160条、第165条；《诉讼费用交纳办法》第13条、第20条"
    assert cited.text("en").endswith("Fees art. 13, art. 20")
    assert (CPL23[160] + FEE[13] + CPL23[165]).text("zh").count("《民事诉讼法") == 2, "in the order in which they are cited"
