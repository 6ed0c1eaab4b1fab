"""条号对照 · The tables against the two texts they join; moving a citation to another day; what is not known is refused."""

from __future__ import annotations

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from tianping.law.citations import NoVersionInForce
from tianping.law.corpus import Corpus, read_corpus
from tianping.law.corpus.numerals import CHARACTERS, numeral_value
from tianping.law.statutes import CI20, CI22, CPL17, CPL21, CPL23, HOL13, HOL24, INDEX, PI20, PI22, PSA, PSA25, TL00, NoCounterpart, on
from tianping.law.statutes.concordance import KINDS, read_rows, tables

HEAD = re.compile(rf"第[{CHARACTERS}]+条")
NUMBER = rf"[{CHARACTERS}]+"
ONE = rf"第{NUMBER}条(?:之{NUMBER})?(?:第{NUMBER}款)?(?:第[（(]?{NUMBER}[)）]?项)?"
CHAIN = re.compile(rf"民事诉讼法》?((?:{ONE}(?:、|和|或者|及|以及|至)?)+)")

COMPLETE = [("CPL21", "CPL23"), ("CI20", "CI22"), ("PI20", "PI22"), ("HOL13", "HOL24")]
DIFFERENT = {("CPL21", "273"), ("HOL13", "2"), ("PI20", "24")}
"""Same subject, other content: which foreign-related cases are exclusive, how many holidays, from which day the text applies."""


@pytest.fixture(scope="module")
def texts(shared: Path) -> dict[str, dict[str, str]]:
    """Statute → article → text without the numbers of the articles it cites."""
    corpus: Corpus = read_corpus(shared / "data" / "laws")[0]
    out: dict[str, dict[str, str]] = defaultdict(dict)
    for row in corpus.rows:
        out[row.key][row.number] = row.text
    return out


def pairs_of_characters(text: str) -> set[str]:
    plain = HEAD.sub("第条", text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def likeness(a: str, b: str) -> float:
    """Shared pairs of characters over all of them: 1 for the same text, 0 for none in common."""
    x, y = pairs_of_characters(a), pairs_of_characters(b)
    return len(x & y) / max(1, len(x | y))


@pytest.mark.parametrize("pair", COMPLETE, ids="-".join)
def test_joined_articles_have_nearly_the_same_text(pair: tuple[str, str], texts: dict[str, dict[str, str]]) -> None:
    old, new = texts[pair[0]], texts[pair[1]]
    unlike = {(pair[0], a) for a, b in tables()[pair].articles.items() if likeness(old[a], new[b]) < 0.5}
    assert unlike == {d for d in DIFFERENT if d[0] == pair[0]}


@pytest.mark.parametrize("pair", COMPLETE, ids="-".join)
def test_no_other_article_is_more_alike(pair: tuple[str, str], texts: dict[str, dict[str, str]]) -> None:
    """Each article's nearest one in the other version is the joined one, or one of the very same text (empty phrases repeat)."""
    old, new = texts[pair[0]], texts[pair[1]]
    sets = {b: pairs_of_characters(t) for b, t in new.items()}
    wrong = []
    for a, b in tables()[pair].articles.items():
        own = pairs_of_characters(old[a])
        here = likeness(old[a], new[b])
        best = max(sets, key=lambda n, own=own: len(own & sets[n]) / max(1, len(own | sets[n])))  # type: ignore[misc]  # default binds the loop
        if likeness(old[a], new[best]) > here:
            wrong.append((a, b, best))
    assert wrong == []


def test_every_article_of_2021_has_one_of_2023_and_every_other_of_2023_is_new() -> None:
    table = tables()["CPL21", "CPL23"].articles
    assert list(table) == [str(n) for n in range(1, 292)]
    assert sorted(int(b) for b in table.values()) == [int(b) for b in table.values()]
    new = {n for n in range(1, 307) if str(n) not in table.values()}
    assert new == {194, 195, 196, 197, 277, 278, 280, 281, 282, 284, 300, 301, 302, 303, 305}


def test_articles_of_2020_that_2022_dropped() -> None:
    table = tables()["CI20", "CI22"].articles
    assert {n for n in range(1, 553) if str(n) not in table} == {274, 275}


@pytest.mark.parametrize("pair", list(tables()), ids="-".join)
def test_a_table_is_one_to_one_keeps_the_order_and_stays_within_the_statutes(pair: tuple[str, str]) -> None:
    a, b = INDEX[pair[0]], INDEX[pair[1]]
    table = tables()[pair].articles
    joined = [(int(x), int(y)) for x, y in table.items()]
    assert [y for _, y in sorted(joined)] == sorted({y for _, y in joined})
    assert {v: k for k, v in table.items()} == tables()[pair[1], pair[0]].articles
    for x, y in table.items():
        assert (a[x].refs[0].statute, b[y].refs[0].statute) == (a, b)
    assert a.family == b.family


def test_neighbouring_versions_of_every_law_have_a_table() -> None:
    for statute in INDEX.values():
        keys = [s.key for s in statute.versions]
        assert all(pair in tables() for pair in pairwise(keys))


# ---- the 2017 numbers ------------------------------------------------------------------------------------------------------


def cross_references(texts: dict[str, dict[str, str]]) -> dict[str, set[str]]:
    """2017 number → 2021 numbers, wherever CI20 and CI22 say the same but for the article of the Civil Procedure Law that they cite."""
    out: dict[str, set[str]] = defaultdict(set)
    for a, b in tables()["CI20", "CI22"].articles.items():
        old, new = texts["CI20"][a], texts["CI22"][b]
        if HEAD.sub("", old) == HEAD.sub("", new):
            for x, y in zip(cited_in(old), cited_in(new), strict=True):
                out[x].add(y)
    return out


def cited_in(text: str) -> list[str]:
    return [str(numeral_value(n)) for chain in CHAIN.finditer(text) for n in re.findall(rf"第({NUMBER})条", chain[1])]


def written(kind: str) -> dict[str, str]:
    """2017 number → 2021 number of one kind of proof, as the file has them."""
    row = next(r for r in read_rows() if r["from"] == "CPL17")
    out: dict[str, str] = {}
    for a, b in row[kind]:
        (first, _, last), (to, _, _) = a.partition("-"), b.partition("-")
        out |= {str(n): str(n - int(first) + int(to)) for n in range(int(first), int(last or first) + 1)}
    return out


def test_the_proven_pairs_of_2017_and_2021_are_exactly_those_that_the_interpretations_prove(texts: dict[str, dict[str, str]]) -> None:
    found = cross_references(texts)
    assert all(len(v) == 1 for v in found.values())
    assert written("proven") == {a: next(iter(v)) for a, v in sorted(found.items(), key=lambda x: int(x[0])) if a not in written("secondary")}


def test_a_pair_from_elsewhere_contradicts_no_proven_one(texts: dict[str, dict[str, str]]) -> None:
    found = cross_references(texts)
    for a, b in written("secondary").items():
        assert found.get(a, {b}) == {b}


def test_a_pair_between_stands_between_two_proven_ones_of_the_same_difference() -> None:
    proven = {int(a): int(b) for a, b in written("proven").items()}
    for a, b in written("between").items():
        below, above = max(n for n in proven if n < int(a)), min(n for n in proven if n > int(a))
        assert proven[below] - below == proven[above] - above == int(b) - int(a)


def test_the_difference_to_2017_never_falls() -> None:
    """The 2021 decision added articles; a fall would mean a misread number."""
    joined = sorted((int(a), int(b)) for kind in KINDS for a, b in written(kind).items())
    differences = [b - a for a, b in joined]
    assert differences == sorted(differences)
    assert set(differences) <= {1, 3, 7}


# ---- on a day --------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "article"),
    [("2019-05-01", CPL17[82]), ("2021-12-31", CPL17[82]), ("2022-01-01", CPL21[85]), ("2023-12-31", CPL21[85]), ("2024-01-01", CPL23[85])],
)
@pytest.mark.parametrize("given", [CPL17[82], CPL21[85], CPL23[85]], ids=str)
def test_a_citation_moves_to_the_version_of_the_day_from_any_other(given: object, day: str, article: object) -> None:
    cited = next(c for c in (CPL17[82], CPL21[85], CPL23[85]) if c == given)
    assert on(cited, date.fromisoformat(day)) == article


def test_topics_that_the_sources_name() -> None:
    old, middle = date(2021, 6, 1), date(2022, 6, 1)
    topics = [(90, 87, 90), (95, 92, 95), (126, 123, 126), (128, 125, 128), (130, 127, 130), (152, 149, 152), (160, 157, 160), (164, 161, 164)]
    topics += [(165, 162, 165), (171, 164, 171), (183, 176, 183), (205, 194, 201), (206, 195, 202), (216, 205, 212), (250, 239, 246), (283, 267, 274)]
    # Service of process, which the definition of 2021 cites: the proof of service, in person, to soldiers and people in custody, what these pass on.
    topics += [(87, 84, 87), (88, 85, 88), (92, 89, 92), (93, 90, 93), (94, 91, 94)]
    for new, first, second in topics:
        assert on(CPL23[new], old) == CPL17[first]
        assert on(CPL23[new], middle) == CPL21[second]


def test_the_sentence_on_confirmation_limits_moves() -> None:
    assert on(CI22[352], date(2022, 1, 1)) == CI20[354]
    assert on(PI22[12], date(2021, 6, 1)) == PI20[12]
    assert on(HOL24[8], date(2020, 1, 1)) == HOL13[7]


def test_only_what_is_not_in_force_moves_and_parts_stay() -> None:
    cited = CPL23[152].part("第一款", "(1)") + TL00[2]
    moved = on(cited, date(2023, 1, 1))
    assert str(moved) == "CPL21 152; TL00 2"
    assert moved.refs[0].part.zh == "第一款"
    assert on(CPL21[152] + CPL23[152], date(2023, 1, 1)) == CPL21[152]


def test_a_range_stays_one_where_it_stays_unbroken_and_falls_apart_where_it_does_not() -> None:
    assert on(CPL23[164:168], date(2022, 5, 1)) == CPL21[164:168]
    assert on(CPL21[192:195], date(2024, 5, 1)) == CPL23[192:193] + CPL23[198:199]


@pytest.mark.parametrize("cited", [CPL23[194], CPL23[305], CI20[274], HOL24[7]], ids=str)
def test_an_article_without_counterpart_is_refused(cited: object) -> None:
    given = next(c for c in (CPL23[194], CPL23[305], CI20[274], HOL24[7]) if c == cited)
    with pytest.raises(NoCounterpart, match="LAW-114") as caught:
        on(given, date(2023, 6, 1))
    assert "has no such article" in caught.value.text("en")


@pytest.mark.parametrize("article", [141, 166, 237])
def test_a_2017_number_that_nothing_proves_is_refused_and_not_guessed(article: int) -> None:
    with pytest.raises(NoCounterpart) as caught:
        on(CPL23[article], date(2021, 6, 1))
    assert "not proven" in caught.value.text("en")
    assert "未经核实" in caught.value.text("zh")


def test_the_2025_public_security_law_is_joined_to_nothing() -> None:
    assert PSA25.versions == [PSA, PSA25]
    with pytest.raises(NoCounterpart):
        on(PSA[99], date(2026, 1, 1))
    with pytest.raises(NoCounterpart):
        on(PSA25["期限沿用2012年文本"], date(2025, 1, 1))


def test_a_day_without_any_version_is_refused() -> None:
    with pytest.raises(NoVersionInForce, match="LAW-112") as caught:
        on(CPL23[152], date(2016, 1, 1))
    assert not isinstance(caught.value, NoCounterpart)
    assert "art. 152" in caught.value.text("en")
