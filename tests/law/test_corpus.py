"""法规文本 · Numerals, articles out of Markdown with its known defects, the import of a folder and its report, and what it refuses."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tianping.law.corpus import Corpus, NotInCorpus, import_corpus, numeral, numeral_value, open_corpus, parse_text, read_corpus
from tianping.law.corpus.importing import BrokenManifest, NoTexts, UnreadableText
from tianping.law.corpus.numerals import NotANumeral
from tianping.law.corpus.report import runs
from tianping.law.corpus.store import BrokenCorpus
from tianping.law.statutes import CC, CPL17, CPL23, INDEX, TL00, CrI, CrPL

TEXT = """# 某法

2020年1月1日 某会议通过\u3000

<!-- INFO END -->

## 第一章 总则

第一条 为了
测试，制定本法。

第二款的内容。

第二 条依照第一条规定办理。

第一百二十条 依照本法
第一百二十条之一 增加的一条。

\u200b### 第二章 附则

第一百二十一条
另起一行。
"""


# ---- numerals and Markdown --------------------------------------------------------------------------------------------------


@given(st.integers(0, 9999))
def test_a_numeral_is_read_as_it_was_written(number: int) -> None:
    assert numeral_value(numeral(number)) == number


@pytest.mark.parametrize(
    ("number", "text"),
    [(0, "零"), (10, "十"), (15, "十五"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (128, "一百二十八"), (1010, "一千零一十")],
)
def test_numerals_as_statutes_write_them(number: int, text: str) -> None:
    assert numeral(number) == text
    assert numeral_value(text) == number


@pytest.mark.parametrize("text", ["", "十千", "一二", "百百", "条", "12", "零十"])
def test_what_is_no_numeral_is_refused(text: str) -> None:
    with pytest.raises(NotANumeral, match="LAW-151"):
        numeral_value(text)


@pytest.mark.parametrize("number", [-1, 10_000])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(NotANumeral):
        numeral(number)


def test_articles_with_their_defects() -> None:
    found = parse_text(TEXT)
    assert (found.title, found.history) == ("某法", ("2020年1月1日 某会议通过",))
    assert [(a.number, a.paragraphs) for a in found.articles] == [
        ("1", ("为了", "测试，制定本法。", "第二款的内容。")),
        ("2", ("依照第一条规定办理。",)),
        ("120", ("依照本法",)),
        ("120-1", ("增加的一条。",)),
        ("121", ("", "另起一行。")),
    ]


@given(st.text())
def test_any_text_is_read_without_breaking(text: str) -> None:
    parse_text(text)


# ---- a folder of one's own ------------------------------------------------------------------------------------------------------


def folder(tmp_path: Path, *, upto: int = 24, manifest: object = None) -> Path:
    """A folder that holds TL00 (24 articles) up to an article, and a text that the index does not know."""
    place = tmp_path / "laws"
    file = place / TL00.file
    file.parent.mkdir(parents=True)
    file.write_text("# 题\n\n<!-- INFO END -->\n\n" + "".join(f"第{numeral(n)}条 内容{n}。\n\n" for n in range(1, upto + 1)), encoding="utf-8")
    (place / "别的.md").write_text("第一条 别的。\n", encoding="utf-8")
    if manifest is not None:
        (place / "MANIFEST.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    return place


def listed(place: Path, *names: str) -> list[dict[str, object]]:
    return [{"path": n, "bytes": len((place / n).read_bytes()), "sha256": hashlib.sha256((place / n).read_bytes()).hexdigest()[:16]} for n in names]


def test_a_whole_statute_is_complete(tmp_path: Path) -> None:
    to = tmp_path / "out" / "texts.jsonl"
    report = import_corpus(folder(tmp_path), to)
    assert [c.statute.key for c in report.of("complete")] == ["TL00"]
    assert (report.files, report.articles, report.other_files) == (2, 25, ("别的.md",))
    assert [q.text for q in open_corpus(to).article_text(TL00[2, 24])] == ["内容2。", "内容24。"]
    assert not list(to.parent.glob("*.part"))


def test_missing_articles_are_named(tmp_path: Path) -> None:
    corpus, report = read_corpus(folder(tmp_path, upto=20))
    (partial,) = report.of("partial")
    assert partial.missing == ("21", "22", "23", "24")
    assert "21–24" in report.text("zh")
    assert "21–24" in report.text("en")
    with pytest.raises(NotInCorpus, match="LAW-152"):
        corpus.article_text(TL00[20:21])
    assert corpus.holds(TL00[20])
    assert not corpus.holds(TL00[20:21])


def test_articles_that_the_index_does_not_know_are_named(tmp_path: Path) -> None:
    _, report = read_corpus(folder(tmp_path, upto=25))
    assert report.of("partial")[0].unexpected == ("25",)


def test_every_statute_of_the_index_has_a_state(tmp_path: Path) -> None:
    _, report = read_corpus(folder(tmp_path))
    assert {c.statute.key for c in report.coverage} == set(INDEX)
    assert {c.statute.key for c in report.of("no_file")} == {k for k, s in INDEX.items() if not s.file}
    assert "CPL23" in {c.statute.key for c in report.of("absent")}
    assert json.loads(json.dumps(report.as_dict()))["articles"] == 25


@pytest.mark.parametrize("by_size", [True, False])
def test_differences_from_the_manifest_are_reported(tmp_path: Path, by_size: bool) -> None:
    place = folder(tmp_path)
    files = listed(place, TL00.file, "别的.md")
    files[1] |= {"sha256": "", "bytes": 1} if by_size else {"sha256": "0" * 16}
    files.append({"path": "没有.md", "bytes": 1, "sha256": "00"})
    (place / "MANIFEST.json").write_text(json.dumps({"source": "某处", "files": files}), encoding="utf-8")
    corpus, report = read_corpus(place)
    assert (corpus.source, report.changed, report.lost) == ("某处", ("别的.md",), ("没有.md",))
    assert "没有.md" in report.text("en")


@pytest.mark.parametrize("manifest", [[], {}, {"source": "x"}, {"source": "x", "files": [{"path": "a"}]}, {"source": "x", "files": 3}])
def test_a_wrong_manifest_is_refused(tmp_path: Path, manifest: object) -> None:
    with pytest.raises(BrokenManifest, match="LAW-156"):
        read_corpus(folder(tmp_path, manifest=manifest))


def test_a_manifest_that_is_no_json_is_refused(tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "MANIFEST.json").write_text("{", encoding="utf-8")
    with pytest.raises(BrokenManifest):
        read_corpus(place)


def test_a_folder_without_texts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NoTexts, match="LAW-154"):
        read_corpus(tmp_path / "nowhere")
    (tmp_path / "readme.md").write_text("# no articles\n", encoding="utf-8")
    with pytest.raises(NoTexts):
        read_corpus(tmp_path)
    with pytest.raises(NoTexts):
        read_corpus(tmp_path / "readme.md")


def test_a_file_that_is_not_utf8_is_refused_by_name(tmp_path: Path) -> None:
    place = folder(tmp_path)
    (place / "旧.md").write_bytes("第一条 旧编码。".encode("gb18030"))
    with pytest.raises(UnreadableText, match=r"旧\.md"):
        read_corpus(place)


def test_an_import_that_fails_leaves_the_older_file(tmp_path: Path) -> None:
    to = tmp_path / "texts.jsonl"
    import_corpus(folder(tmp_path), to)
    before = to.read_bytes()
    with pytest.raises(NoTexts):
        import_corpus(tmp_path / "nowhere", to)
    assert to.read_bytes() == before


@pytest.mark.parametrize("damage", ["", "{", "[]", '{"format": "other"}\n', "cut", "field", "line", "list"])
def test_a_damaged_file_is_refused(tmp_path: Path, damage: str) -> None:
    to = tmp_path / "texts.jsonl"
    import_corpus(folder(tmp_path), to)
    lines = to.read_text(encoding="utf-8").splitlines()
    spoiled = {
        "cut": lines[:-1],
        "field": [*lines[:-1], '{"key": "TL00"}'],
        "line": [*lines[:-1], lines[-1][:-3]],
        "list": [*lines[:-1], "[1]"],
    }.get(damage, [damage])
    to.write_text("\n".join(spoiled) + "\n" if damage else "", encoding="utf-8")
    with pytest.raises(BrokenCorpus, match="LAW-153"):
        open_corpus(to)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenCorpus):
        open_corpus(tmp_path / "none.jsonl")


def test_runs_of_numbers() -> None:
    assert runs(("1", "2", "3", "7", "120-1", "8")) == "1–3, 7, 120-1, 8"
    assert runs(()) == ""


# ---- the real texts --------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real(shared: Path) -> Corpus:
    return read_corpus(shared / "data" / "laws")[0]


def test_every_text_of_the_index_is_complete_in_the_real_folder(shared: Path, tmp_path: Path) -> None:
    """The Civil Code stands there in four of its books; every other text has each of its articles, the badly spaced ones included."""
    report = import_corpus(shared / "data" / "laws", tmp_path / "texts.jsonl")
    assert [c.statute.key for c in report.of("partial")] == ["CC"]
    assert report.of("partial")[0].unexpected == ()
    assert report.of("absent") == ()
    assert (report.changed, report.lost) == ((), ())
    assert len(report.of("complete")) == len([s for s in INDEX.values() if s.file]) - 1


def test_the_real_articles_say_what_they_are_cited_for(real: Corpus) -> None:
    assert "六个月" in real.article_text(CPL23[152])[0].text
    assert real.article_text(CrPL[128])[0].text.startswith("侦查人员对于与犯罪有关的场所")
    assert "半个月" in real.article_text(CrI[202])[0].text
    assert "到期月的对应日" in real.article_text(CC[202])[0].text
    assert [q.number for q in real.article_text(CPL23[164:166])] == ["164", "165", "166"]


def test_the_badly_spaced_heads_of_the_real_copy_are_mended(real: Corpus) -> None:
    assert real.holds(CrI[124, 271, 372, 414])


def test_what_was_not_imported_is_refused(real: Corpus) -> None:
    with pytest.raises(NotInCorpus, match="LAW-152"):
        real.article_text(CPL17[149])
    with pytest.raises(NotInCorpus):
        real.article_text(CC[300])
