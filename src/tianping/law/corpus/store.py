"""文本库 · The imported texts as one local file: a first line that says what it is, then one article a line (JSON)."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tianping.law.citations import Citation, Ref
from tianping.law.errors import TianpingError
from tianping.law.text import T

FORMAT: Final = "tianping-law-texts-1"


class NotInCorpus(TianpingError):
    """文本库中没有 · The imported texts do not hold the article."""

    code = "LAW-152"
    what = T("已导入的文本中没有“{cited}”。", "The imported texts do not hold “{cited}”.")
    todo = T("请用 `tianping law import 文件夹` 导入含该法的文本。", "Import a folder that holds it: `tianping law import FOLDER`.")


class BrokenCorpus(TianpingError):
    """文本库不能读取 · A file that is not an imported corpus, or a damaged one."""

    code = "LAW-153"
    what = T("{file} 不是完好的法规文本库：{reason}", "{file} is not a sound file of statute texts: {reason}")
    todo = T("请重新导入：`tianping law import 文件夹`。", "Import again: `tianping law import FOLDER`.")


@dataclass(frozen=True, slots=True)
class Quoted:
    """引文 · One article as the imported text has it."""

    ref: Ref
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One article in the file: the statute's key in the index (empty if it has none), its file, title, number and text."""

    key: str
    file: str
    title: str
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """法规文本库 · The articles of a corpus, and where they came from."""

    source: str
    rows: tuple[Row, ...]
    _index: dict[tuple[str, str], str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", {(r.key, r.number): r.text for r in self.rows if r.key})

    def article_text(self, cited: Citation) -> tuple[Quoted, ...]:
        """The text of every article that the citation names, in its order. Raises NotInCorpus."""
        out = []
        for ref in cited.refs:
            for number in ref.articles:
                text = self._index.get((ref.statute.key, number))
                if text is None:
                    raise NotInCorpus(cited=Citation((Ref(ref.statute, number),)).words)
                out.append(Quoted(ref, number, text))
        return tuple(out)

    def holds(self, cited: Citation) -> bool:
        """Whether every article of the citation has a text here."""
        return all((r.statute.key, n) in self._index for r in cited.refs for n in r.articles)


def write_corpus(corpus: Corpus, to: Path) -> None:
    """Write the corpus to a file, wholly or not at all: a temporary neighbour takes the file's name at the end."""
    to.parent.mkdir(parents=True, exist_ok=True)
    part = to.with_name(to.name + ".part")
    with part.open("w", encoding="utf-8", newline="\n") as out:
        out.write(json.dumps({"format": FORMAT, "source": corpus.source, "articles": len(corpus.rows)}, ensure_ascii=False) + "\n")
        for r in corpus.rows:
            line = {"key": r.key, "file": r.file, "title": r.title, "article": r.number, "text": r.text}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    part.replace(to)


def open_corpus(file: Path) -> Corpus:
    """The corpus in a file. Raises BrokenCorpus when it is missing, of another format, cut short or damaged."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenCorpus(file=file, reason=error) from error
    head = _object(file, 1, lines[0]) if lines else {}
    if head.get("format") != FORMAT:
        raise BrokenCorpus(file=file, reason=T("格式不符", "another format"))
    if head.get("articles") != len(lines) - 1:
        raise BrokenCorpus(file=file, reason=T("条数不符，文件不完整", "the number of articles differs: the file is cut short"))
    return Corpus(str(head.get("source", "")), tuple(_row(file, n, line) for n, line in enumerate(lines[1:], 2)))


def _row(file: Path, number: int, line: str) -> Row:
    found = _object(file, number, line)
    values = [found.get(k) for k in ("key", "file", "title", "article", "text")]
    if not all(isinstance(v, str) for v in values):
        raise BrokenCorpus(file=file, reason=T("第 {n} 行缺字段", "line {n} lacks a field").fill(n=number))
    return Row(*(str(v) for v in values))


def _object(file: Path, number: int, line: str) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except json.JSONDecodeError as error:
        raise BrokenCorpus(file=file, reason=T("第 {n} 行：{e}", "line {n}: {e}").fill(n=number, e=error)) from error
    if not isinstance(found, dict):
        raise BrokenCorpus(file=file, reason=T("第 {n} 行不是对象", "line {n} is no object").fill(n=number))
    return found
