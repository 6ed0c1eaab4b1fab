"""法律文件索引 · The index is sound, and every citation that the code, the data and the procedures make exists, was in force, and says its length."""

from __future__ import annotations

import ast
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, pairwise
from pathlib import Path

import pytest

import tianping
from tests.law.quoted import says, text_of
from tianping.law import statutes
from tianping.law.calendar import calendar
from tianping.law.citations import FAMILIES, Citation, NoVersionInForce, Statute
from tianping.law.corpus import Corpus, read_corpus
from tianping.law.periods import Period, to_date
from tianping.law.rules import RuleNotInForce, rules
from tianping.law.statutes import CPL23, INDEX, OMR, NoCounterpart, family, on, parse_citation
from tianping.law.text import T
from tianping.procedure.grammar import NEW, Condition, Ground, One, Procedure, Stage, Step, Track
from tianping.procedure.lengths import days, rows_of
from tianping.procedure.referral import Referral
from tianping.procedure.registry import folders, load_folder
from tianping.procedure.roles import Role
from tianping.procedure.time import Extension, Limit, Pause

PACKAGE = Path(tianping.__file__).parent
EXAMPLES = PACKAGE.parents[1] / "examples"
SOURCES = sorted([*PACKAGE.rglob("*.py"), *EXAMPLES.rglob("*.py")])
DATA = sorted(PACKAGE.rglob("*.toml"))
PROCEDURES = {**folders(), **{p.parent.name: p.parent for p in sorted(EXAMPLES.glob("*/procedure.py"))}}
LAST_DAY = to_date(calendar().published[1])
"""The last day on which an open-ended procedure is asked for its law: the end of the published calendar."""

DEFINING = {"RTP": INDEX["RTP"][112], "RVP": INDEX["RVP"][81]}
"""The article by which a whole text says that its days are working days."""
UNSAID: dict[str, str] = {}
"""What is cited for a length that its text does not write so → why. Keys as the test prints them."""


# ---- the index ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("statute", INDEX.values(), ids=list(INDEX))
def test_an_entry_is_complete(statute: Statute) -> None:
    assert statute.title.zh
    assert statute.title.en
    assert statute.valid_to is None or statute.valid_from <= statute.valid_to
    numbered = isinstance(statute.articles, int)
    assert numbered if statute.status == "verified" else not numbered or statute.status == "secondary"
    assert bool(statute.file) == (statute.status == "verified")
    assert statute in statute.versions
    assert (statute.status in ("verified", "local")) or statute.note.zh


def test_every_key_is_a_name_of_the_package_and_the_other_way_round() -> None:
    named = {name for name, value in vars(statutes).items() if isinstance(value, Statute)}
    assert named == set(INDEX)
    assert named <= set(statutes.__all__)
    assert all(getattr(statutes, key) is INDEX[key] for key in INDEX)


@pytest.mark.parametrize("name", sorted(FAMILIES))
def test_the_versions_of_a_law_follow_each_other_without_gap_or_overlap(name: str) -> None:
    versions = family(name)
    assert versions
    for older, newer in pairwise(versions):
        assert older.valid_to is not None
        assert older.valid_to + timedelta(days=1) == newer.valid_from
    assert versions[-1].valid_to is None or versions[-1].status == "foreign"
    for version in versions:
        assert version.at_day(version.valid_from) is version
        if version.valid_to:
            assert versions[0].at_day(version.valid_to) is version


def test_a_family_that_is_not_there_has_no_versions() -> None:
    assert family("none") == []


@pytest.fixture(scope="module")
def corpus(shared: Path) -> Corpus:
    return read_corpus(shared / "data" / "laws")[0]


@pytest.mark.parametrize("statute", [s for s in INDEX.values() if s.file], ids=str)
def test_the_last_article_of_the_index_is_the_last_of_the_text(statute: Statute, corpus: Corpus) -> None:
    assert isinstance(statute.articles, int)
    found = [int(r.number) for r in corpus.rows if r.key == statute.key]
    assert found
    assert max(found) <= statute.articles
    assert statute.key == "CC" or sorted(found) == list(range(1, statute.articles + 1))


START = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|实施)")
REVISED = {
    "EX19": date(2018, 4, 26),
    "SIM": date(2003, 12, 1),
    "MCW": date(2004, 11, 1),
    "PI20": date(2004, 5, 1),
    "RTSL": date(2004, 5, 1),
    "CTPL": date(2006, 7, 1),
    "PSC": date(2013, 1, 1),
    "PSA": date(2006, 3, 1),
    "PAP": date(2013, 1, 1),
    "ALL17": date(1990, 10, 1),
    "RVP": date(2009, 4, 1),
}
"""Texts revised since: their last article keeps the start of the first version, the index holds that of the revision."""


def test_the_start_days_agree_with_the_texts_that_tell_them(corpus: Corpus) -> None:
    told: dict[str, date] = {}
    for statute in (s for s in INDEX.values() if s.file and s.key != "CC"):
        last = unicodedata.normalize("NFKC", corpus.article_text(statute[int(str(statute.articles))])[0].text)
        if found := START.search(last):
            told[statute.key] = date(int(found[1]), int(found[2]), int(found[3]))
    assert {k: d for k, d in told.items() if d != INDEX[k].valid_from} == REVISED
    assert all(d < INDEX[k].valid_from for k, d in REVISED.items())
    assert len(told) > 2 * len(REVISED)


# ---- every citation in code and data -------------------------------------------------------------------------------------------------


def literals(file: Path) -> Iterator[tuple[int, str, tuple[int | str | slice, ...]]]:
    """(line, statute key, articles) of every ``CPL23[…]`` that is written with constants, wherever it stands, functions included."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Name) and node.value.id in INDEX:
            items = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            constants = [c for c in map(constant, items) if c is not None]
            if len(constants) == len(items):
                yield node.lineno, node.value.id, tuple(constants)


def constant(node: ast.expr) -> int | str | slice | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | str):
        return node.value
    if isinstance(node, ast.Slice) and isinstance(node.lower, ast.Constant) and isinstance(node.upper, ast.Constant):
        return slice(node.lower.value, node.upper.value)
    return None


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: str(f.relative_to(PACKAGE.parents[1])))
def test_every_citation_in_a_source_file_exists(file: Path) -> None:
    for _, key, articles in literals(file):
        for article in articles:
            assert INDEX[key][article].refs


def test_citations_in_source_files_are_found_at_all() -> None:
    assert sum(1 for f in SOURCES for _ in literals(f)) > 20


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: str(f.relative_to(PACKAGE.parents[1])))
def test_every_citation_in_a_source_file_has_a_text(file: Path, corpus: Corpus) -> None:
    """The Civil Code is held in four books; citations of the others are refused here, for nobody could have read them."""
    for line, key, articles in literals(file):
        if INDEX[key].file:
            for article in articles:
                assert corpus.holds(INDEX[key][article]), f"{file.name}:{line} {key}[{article}]"


def strings(table: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every string of a TOML table with its path."""
    if isinstance(table, dict):
        for key, value in table.items():
            yield from strings(value, f"{path}.{key}")
    elif isinstance(table, list):
        for value in table:
            yield from strings(value, path)
    elif isinstance(table, str):
        yield path, table


def cited_strings(file: Path) -> list[tuple[str, str]]:
    """The citations of a data file: whatever stands under ``cites`` or ``asked``, or under ``by`` and begins with a key of the index."""
    found = strings(tomllib.loads(file.read_text(encoding="utf-8")))
    names = ("cites", "asked", "by")
    return [(p, s) for p, s in found if p.rsplit(".", 1)[-1] in names and (not p.endswith("by") or s.partition(" ")[0] in INDEX)]


@pytest.mark.parametrize("file", DATA, ids=lambda f: f.name)
def test_every_citation_in_a_data_file_exists(file: Path) -> None:
    for _, text in cited_strings(file):
        assert parse_citation(text).refs


@pytest.mark.parametrize("file", DATA, ids=lambda f: f.name)
def test_every_citation_in_a_data_file_has_a_text(file: Path, corpus: Corpus) -> None:
    for path, text in cited_strings(file):
        for ref in parse_citation(text).refs:
            assert not ref.statute.file or corpus.holds(Citation((ref,))), f"{path}: {ref.text('en')}"


# ---- the rules register -----------------------------------------------------------------------------------------------------------------

DAYS = sorted({d for s in INDEX.values() for d in (s.valid_from, s.valid_to) if d is not None and d.year >= 2004} | {LAST_DAY})


@pytest.mark.parametrize("code", [r.code for r in rules()])
def test_a_rule_cites_law_that_was_in_force_or_is_refused(code: str) -> None:
    found = next(r for r in rules() if r.code == code)
    answered = 0
    for day in DAYS:
        try:
            read = found.on(day)
        except RuleNotInForce:
            continue
        answered += 1
        assert read.cites.in_force(day), f"{code} on {day}: {read.cites}"
    assert answered


def claims_of_rules() -> list[tuple[str, Period, Citation]]:
    """(name, length or running total, citation) of every rule, extension and older version."""
    out: list[tuple[str, Period, Citation]] = []
    for r in rules():
        versions = [("", r.period, r.cites, r.extensions)]
        versions += [(f" version {n}", v.period or r.period, v.cites or r.cites, v.extensions or ()) for n, v in enumerate(r.versions, 1)]
        for name, period, cites, extensions in versions:
            out.append((r.code + name, period, cites))
            out += [(f"{r.code}{name} extension {n}", x.period, x.cites) for n, x in enumerate(extensions, 1)]
    return out


def totals_of_rules() -> dict[str, Period]:
    """Name of an extension → the whole length with it: statutes write either (可以延长五日, 不得超过二十日)."""
    out: dict[str, Period] = {}
    for r in rules():
        versions = [("", r.period, r.extensions), *((f" version {n}", v.period or r.period, v.extensions or ()) for n, v in enumerate(r.versions, 1))]
        for name, period, extensions in versions:
            totals = accumulate((x.period for x in extensions), Period.__add__, initial=period)
            out |= {f"{r.code}{name} extension {n}": total for n, total in enumerate(totals) if n}
    return out


def unsaid(corpus: Corpus, name: str, period: Period, cites: Citation, total: Period | None) -> bool:
    """Whether a held text was cited for a length that it does not write."""
    if not any(corpus.holds(Citation((ref,))) for ref in cites.refs):
        assert all(not ref.statute.file for ref in cites.refs), f"{name}: {cites} has no text"
        return False
    defining = [DEFINING[key] for key in dict.fromkeys(ref.statute.key for ref in cites.refs) if key in DEFINING]
    text = text_of(corpus, cites) + "".join(text_of(corpus, found) for found in defining)
    return not says(text, period) and not (total is not None and says(text, total))


def test_every_length_of_the_rules_register_stands_in_its_article(corpus: Corpus) -> None:
    totals = totals_of_rules()
    claims = claims_of_rules()
    wrong = [name for name, period, cites in claims if unsaid(corpus, name, period, cites, totals.get(name))]
    assert [w for w in wrong if w not in UNSAID] == []
    assert len(claims) > 150


def test_the_matcher_tells_lengths_apart() -> None:
    assert says("应当在十五日内", Period(days=15))
    assert not says("应当在十五日内", Period(days=5))
    assert not says("应当在十五日内", Period(working=15))
    assert says("三日、“三日”是指工作日", Period(working=3))
    assert says("为二年", Period(months=24))
    assert says("不得超过一个半月", Period(months=1, days=15))
    assert not says("六个月", Period(months=16))
    assert not says("任何文字", Period())
    assert says("二十四小时以内", Period(seconds=24 * 3600))
    assert not says("四小时", Period(seconds=24 * 3600))


# ---- procedures ---------------------------------------------------------------------------------------------------------------------------


def tracks(track: type[Track]) -> Iterator[type[Track]]:
    """The track and the tracks of its parts."""
    yield track
    for part in track.of(One):
        yield from tracks(part.track)


def grounds(*groups: tuple[Ground, ...]) -> Iterator[tuple[str, Citation]]:
    for ground in (g for group in groups for g in group):
        yield ground.name, ground.cites


def cited_by(track: type[Track]) -> Iterator[tuple[str, Citation]]:
    """(name, citation) of everything a track says."""
    for member in track.members.values():
        name = f"{track.__name__}.{member.name}"
        if isinstance(member, Step | Limit | Pause | Extension | Ground):
            yield name, member.cites
        if isinstance(member, Step | Condition):
            yield from ((f"{name}/{g}", c) for g, c in grounds(member.when, member.unless))
        if isinstance(member, Limit):
            yield from ((f"{name}/{e.grant.name}", e.cites) for e in member.extend)
            yield from ((f"{name}/{p.name}", p.cites) for p in member.excluding)
        if isinstance(member, Referral):
            yield from ((f"{name}.{s.name}", s.cites) for s in member.track.of(Step))


def lengths_of(track: type[Track]) -> Iterator[tuple[str, Period, Citation, Period | None, date | None]]:
    """(name, length, citation, running total, day before which that length held) of every limit and extension, targets left out."""
    for limit in (x for x in track.of(Limit) if not x.target):
        name = f"{track.__name__}.{limit.name}"
        rows = rows_of(limit.within)
        for row in rows:
            yield name, row.period, limit.cites, None, row.before
        for extension in limit.extend:
            yield f"{name}/{extension.grant.name}", extension.more, extension.cites, rows[0].period + extension.more, None


def in_force(cited: Citation, day: date) -> bool:
    """Whether the citation has a text that day; a version whose text is not held, and so its number not proven, is let pass."""
    try:
        return on(cited, day).in_force(day)
    except NoCounterpart:
        return any(r.statute.at_day(day).status == "secondary" for r in cited.refs if not r.statute.in_force(day))
    except NoVersionInForce:
        return False


def out_of_force(version: type[Procedure]) -> list[str]:
    """What a version cites that has no text on its first or its last day."""
    last = version.valid_to or max(version.valid_from, LAST_DAY)
    cited = [x for track in tracks(version) for x in cited_by(track)]
    return [f"{name} on {day}: {c}" for name, c in cited for day in (version.valid_from, last) if not in_force(c, day)]


def unwritten(version: type[Procedure], corpus: Corpus) -> list[str]:
    """The lengths of a version that the articles it cites do not write.

    Zero days write no length (a date set in the case is the last day); where one of the texts cited is not held, it may be the one that does.
    """
    wrong = []
    for name, period, cited, total, before in (x for track in tracks(version) for x in lengths_of(track)):
        read = cited if before is None else older(cited, before - timedelta(days=1))
        counts = any((period.months, period.days, period.working, period.seconds)) and all(
            ref.statute.file for ref in (read.refs if read is not None else ())
        )
        if read is not None and counts and unsaid(corpus, name, period, read, total):
            wrong.append(f"{version.code}: {name} {period.text.en} ({read})")
    return wrong


def older(cited: Citation, day: date) -> Citation | None:
    """The citation as it read on a day, or None where no text of that day is held."""
    try:
        return on(cited, day)
    except NoVersionInForce:
        return None


@pytest.mark.parametrize("code", sorted(PROCEDURES))
def test_a_procedure_cites_law_that_is_in_force_while_it_may_be_opened(code: str) -> None:
    for version in load_folder(PROCEDURES[code]).versions:
        assert any(True for track in tracks(version) for _ in cited_by(track))
        assert out_of_force(version) == []


@pytest.mark.parametrize("code", sorted(PROCEDURES))
def test_a_procedure_cites_articles_whose_text_is_held(code: str, corpus: Corpus) -> None:
    cited = [x for version in load_folder(PROCEDURES[code]).versions for track in tracks(version) for x in cited_by(track)]
    assert [f"{n}: {r.text('en')}" for n, c in cited for r in c.refs if r.statute.file and not corpus.holds(Citation((r,)))] == []


@pytest.mark.parametrize("code", sorted(PROCEDURES))
def test_the_lengths_of_a_procedure_stand_in_the_articles_it_cites(code: str, corpus: Corpus) -> None:
    wrong = [w for version in load_folder(PROCEDURES[code]).versions for w in unwritten(version, corpus)]
    assert [w for w in wrong if w not in UNSAID] == []


class Flawed(Procedure):
    """An appeal with two wrong lengths and one article that was not yet law when it may be opened."""

    title = T("有误的上诉", "A flawed appeal")
    code = "flawed"
    valid_from = date(2021, 6, 1)

    who = Role(T("当事人", "Party"))
    begun = Stage(T("已送达", "Served"))
    done = Stage(T("已上诉", "Appealed"), end=True)
    serve = Step(NEW >> begun, by=who, cites=CPL23[171])
    longer = Step(begun, by=who, cites=OMR[24])
    appeal = Step(begun >> done, by=who, cites=CPL23[171])
    right = Limit(since=serve, until=appeal, within=days(15), cites=CPL23[171])
    wrong = Limit(since=serve, until=appeal, within=days(16), cites=CPL23[171], extend=(Extension(days(8), grant=longer, cites=CPL23[152]),))
    once = Limit(since=serve, until=appeal, within=days(30).before(date(2022, 1, 1), days(60)), cites=CPL23[95])


def test_the_checks_of_procedures_find_what_is_wrong(corpus: Corpus) -> None:
    assert [w.partition(" on ")[0] for w in out_of_force(Flawed)] == ["Flawed.longer"]
    assert [w.partition(" ")[2] for w in unwritten(Flawed, corpus)] == ["Flawed.wrong 16 days (CPL23 171)", "Flawed.wrong/longer 8 days (CPL23 152)"]
