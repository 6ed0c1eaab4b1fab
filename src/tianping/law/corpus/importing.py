"""导入 · Reads a folder of statute texts, matches it with the statute index, and says what is missing.

The folder holds Markdown files at any depth; ``MANIFEST.json`` (``source``; ``files`` with ``path``, ``bytes`` and the first characters of
``sha256``) is read if it is there, and files that differ from it are reported.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tianping.law.citations import Statute
from tianping.law.corpus.markdown import Text, parse_text
from tianping.law.corpus.report import Coverage, ImportReport
from tianping.law.corpus.store import Corpus, Row, write_corpus
from tianping.law.errors import TianpingError
from tianping.law.statutes import INDEX
from tianping.law.text import T

MANIFEST: Final = "MANIFEST.json"


class NoTexts(TianpingError):
    """没有可导入的文本 · A folder that is not there, or that holds no Markdown file with articles."""

    code = "LAW-154"
    what = T("{folder} 中没有可导入的法规文本。", "There is no statute text to import in {folder}.")
    todo = T("请给出存放 .md 文件的文件夹。", "Name the folder that holds the .md files.")


class UnreadableText(TianpingError):
    """文本不能读取 · A file of the folder that is not UTF-8 text or cannot be opened."""

    code = "LAW-155"
    what = T("文件 {file} 不能读取：{reason}", "The file {file} cannot be read: {reason}")
    todo = T("请转存为 UTF-8 后再导入。", "Save it as UTF-8 and import again.")


class BrokenManifest(TianpingError):
    """清单有误 · A manifest that cannot be understood."""

    code = "LAW-156"
    what = T("清单 {file} 有误：{reason}", "The manifest {file} is wrong: {reason}")
    todo = T("请改正清单，或将其移走后再导入。", "Correct the manifest, or move it away and import again.")


@dataclass(frozen=True, slots=True)
class Manifest:
    """清单 · Where the texts came from, and path → (bytes, beginning of its SHA-256)."""

    source: str
    files: dict[str, tuple[int, str]]


def import_corpus(folder: Path, to: Path) -> ImportReport:
    """Read a folder of texts into the file ``to`` and report. Raises NoTexts, UnreadableText, BrokenManifest."""
    corpus, report = read_corpus(folder)
    write_corpus(corpus, to)
    return report


def read_corpus(folder: Path) -> tuple[Corpus, ImportReport]:
    """The texts of a folder in memory, and the report of the import. Raises NoTexts, UnreadableText, BrokenManifest."""
    files = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*.md"))} if folder.is_dir() else {}
    raw = {name: _bytes(path) for name, path in files.items()}
    texts = {name: parse_text(_decoded(name, data)) for name, data in raw.items()}
    if not any(t.articles for t in texts.values()):
        raise NoTexts(folder=folder)
    manifest = _manifest(folder / MANIFEST)
    places = {s.key: tuple(n for n in texts if s.file and Path(n).match(s.file)) for s in INDEX.values()}
    keys = {name: key for key, names in places.items() for name in names}
    rows = tuple(Row(keys.get(n, ""), n, t.title, a.number, a.text) for n, t in texts.items() for a in t.articles)
    report = ImportReport(
        files=len(texts),
        articles=len(rows),
        coverage=tuple(_coverage(s, places[s.key], texts) for s in INDEX.values()),
        other_files=tuple(n for n in texts if n not in keys),
        changed=tuple(n for n, data in raw.items() if n in manifest.files and not _same(data, manifest.files[n])),
        lost=tuple(n for n in manifest.files if n not in texts),
    )
    return Corpus(manifest.source or str(folder), rows), report


def _coverage(statute: Statute, files: tuple[str, ...], texts: dict[str, Text]) -> Coverage:
    found = [a.number for n in files for a in texts[n].articles]
    expected = [str(n) for n in range(1, statute.articles + 1)] if isinstance(statute.articles, int) else list(statute.articles)
    expected += statute.lettered
    missing = tuple(n for n in expected if n not in set(found)) if files else ()
    return Coverage(statute, files, len(found), missing, tuple(n for n in found if n not in set(expected)))


def _same(data: bytes, listed: tuple[int, str]) -> bool:
    return len(data) == listed[0] and hashlib.sha256(data).hexdigest().startswith(listed[1])


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnreadableText(file=path, reason=error) from error


def _decoded(name: str, data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableText(file=name, reason=error) from error


def _manifest(file: Path) -> Manifest:
    if not file.is_file():
        return Manifest("", {})
    try:
        found = json.loads(_bytes(file))
        listed = {str(f["path"]): (int(f["bytes"]), str(f["sha256"])) for f in found["files"]}
        return Manifest(str(found["source"]), listed)
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError) as error:
        raise BrokenManifest(file=file, reason=f"{type(error).__name__}: {error}") from error
