"""条文与转述 · The text of an article where a corpus is imported, else our own words, as the procedure folders hold them in ``law.md``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from django.conf import settings

from tianping.casework.engine.registered import folders
from tianping.law.citations import Citation, Ref
from tianping.law.corpus import Corpus, open_corpus
from tianping.law.text import T

HEAD: Final = re.compile(r"^## (\S+) (\S+) · (.+?) · (.+)$", re.MULTILINE)
RESTS: Final = "依据此条"
SAME: Final = re.compile(r"同 (\w+) (\S+?)。")
BOTH: Final = 2
"""Paragraphs of a section that is told in both languages."""


@dataclass(frozen=True, slots=True)
class Told:
    """转述 · An article in our own words: what it is about, and what it says."""

    head: T
    words: T


def quoted(ref: Ref) -> str:
    """The text of one article, from the imported corpus; "" where it is not held."""
    corpus = _corpus()
    cited = Citation((Ref(ref.statute, ref.article),))
    if corpus is None or not corpus.holds(cited):
        return ""
    return corpus.article_text(cited)[0].text


def told(key: str, article: str) -> Told | None:
    """An article in our own words."""
    return _told().get((key, article))


def _corpus() -> Corpus | None:
    path = Path(settings.TIANPING_CORPUS)
    return _opened(path, path.stat().st_mtime_ns) if path.is_file() else None


@lru_cache(maxsize=1)
def _opened(path: Path, changed: int) -> Corpus:  # noqa: ARG001 — a corpus imported anew is read anew
    return open_corpus(path)


@cache
def _told() -> dict[tuple[str, str], Told]:
    out: dict[tuple[str, str], Told] = {}
    same: dict[tuple[str, str], tuple[str, str]] = {}
    for folder in folders().values():
        path = folder.path / "law.md"
        if path.is_file():
            _read(path.read_text(encoding="utf-8"), out, same)
    for key, other in same.items():
        if key not in out and other in out:
            out[key] = out[other]
    return out


def _read(text: str, out: dict[tuple[str, str], Told], same: dict[tuple[str, str], tuple[str, str]]) -> None:
    """The sections of one file: a heading, a paragraph in Chinese, one in English. ``同 CPL23 205`` tells that another version says the same."""
    heads = list(HEAD.finditer(text))
    for n, head in enumerate(heads):
        body = text[head.end() : heads[n + 1].start() if n + 1 < len(heads) else len(text)]
        parts = [p.strip() for p in body.partition(RESTS)[0].strip().split("\n\n") if p.strip()]
        for article in _run(head[2]):
            if parts and (found := SAME.fullmatch(parts[0])):
                same.setdefault((head[1], article), (found[1], found[2]))
            elif len(parts) >= BOTH:
                out.setdefault((head[1], article), Told(T(head[3], head[4]), T(parts[0], parts[-1])))


def _run(articles: str) -> list[str]:
    """The articles of a heading: one, a run (79–81), or several."""
    out: list[str] = []
    for piece in re.split(r"[、,，]", articles):
        span = re.fullmatch(r"(\d+)[-–](\d+)", piece)
        inserted = span is not None and int(span[2]) <= int(span[1])  # 120-1 is an article of its own
        out += [str(i) for i in range(int(span[1]), int(span[2]) + 1)] if span and not inserted else [piece]
    return out
