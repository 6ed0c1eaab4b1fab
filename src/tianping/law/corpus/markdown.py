"""法规文件 · One statute as Markdown: a title, its history, then articles that begin a line with 第…条.

Known defects of public copies are mended while reading: a blank before 条 instead of after it, ideographic and zero-width blanks. A chapter
heading never belongs to the article before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tianping.law.corpus.numerals import CHARACTERS, numeral_value

HEAD: Final = re.compile(rf"第([{CHARACTERS}]+)(?:条(?:之([{CHARACTERS}]+))?(?:\s+|$)|\s+条)")
INFO_END: Final = "<!-- INFO END -->"
INVISIBLE: Final = str.maketrans({"\u200b": "", "\ufeff": "", "\u3000": " ", "\u2002": " "})


@dataclass(frozen=True, slots=True)
class Article:
    """条 · One article: its number (``"128"``, ``"120-1"`` for 第一百二十条之一) and its paragraphs, without the number."""

    number: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """The paragraphs, one a line."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Text:
    """法规文本 · The title, the lines of its history, and its articles in order."""

    title: str
    history: tuple[str, ...]
    articles: tuple[Article, ...]


def parse_text(source: str) -> Text:
    """A statute from its Markdown. A file without numbered articles gives none; nothing is raised."""
    lines = [line.translate(INVISIBLE).strip() for line in source.splitlines()]
    end = lines.index(INFO_END) if INFO_END in lines else -1
    head = [line for line in lines[: end + 1] if line and line != INFO_END]
    title = " ".join(line.lstrip("# ") for line in (head or lines) if line.startswith("# "))
    history = tuple(line for line in head if not line.startswith("#"))
    articles: list[Article] = []
    for line in lines[end + 1 :]:
        found = HEAD.match(line)
        if found:
            number = str(numeral_value(found[1])) + (f"-{numeral_value(found[2])}" if found[2] else "")
            articles.append(Article(number, (line[found.end() :].strip(),)))
        elif line and articles and not line.startswith("#"):
            last = articles[-1]
            articles[-1] = Article(last.number, (*last.paragraphs, line))
    return Text(title, history, tuple(articles))
