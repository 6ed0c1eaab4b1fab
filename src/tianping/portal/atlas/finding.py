"""按条文查找 · What somebody typed: an article of a law (民诉法第201条, CPL23 201), the name of a law, or words of a procedure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from tianping.casework.engine.registered import folders
from tianping.law.citations import NoSuchArticle, Statute
from tianping.law.corpus import numeral_value
from tianping.law.corpus.numerals import CHARACTERS, NotANumeral
from tianping.law.statutes import INDEX
from tianping.portal.atlas.uses import Use, by_article
from tianping.procedure.grammar import Procedure

NUMBER: Final = rf"(\d+|[{CHARACTERS}]+)"
ARTICLE: Final = re.compile(rf"第\s*{NUMBER}\s*条(?:之\s*{NUMBER})?|(?:art(?:icle)?\.?\s*)?(?<![\w-])(\d+)(?:-(\d+))?\s*条?$", re.IGNORECASE)
NOISE: Final = re.compile(r"[《》〈〉\s]|中华人民共和国|最高人民法院关于")
LONGEST: Final = 60
MOST: Final = 40


@dataclass(frozen=True, slots=True)
class Article:
    """条 · An article that was found, and what rests on it."""

    statute: Statute
    number: str
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """查到的 · Articles, laws and procedures. ``number``: the article that was asked for, if one was."""

    query: str
    number: str
    articles: tuple[Article, ...]
    statutes: tuple[Statute, ...]
    procedures: tuple[type[Procedure], ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing was found at all."""
        return not (self.articles or self.statutes or self.procedures)


def find(query: str) -> Found:
    """What a query names. Newest versions of a law come first."""
    asked = query.strip()[:LONGEST]
    name, number = _parted(asked)
    statutes = _statutes(name) if name else []
    if number:
        among = statutes or (list(INDEX.values()) if not name else [])
        return Found(asked, number, tuple(_articles(among, number)), (), ())
    return Found(asked, "", (), tuple(statutes[:MOST]), tuple(_procedures(asked)) if asked else ())


def _parted(asked: str) -> tuple[str, str]:
    """The law and the article that were named."""
    found = ARTICLE.search(asked)
    if found is None:
        return _plain(asked), ""
    first, second = found[1] or found[3], found[2] or found[4]
    number = "-".join(_digits(n) for n in (first, second) if n)
    return _plain(asked[: found.start()]), number


def _digits(text: str) -> str:
    try:
        return text if text.isascii() else str(numeral_value(text))
    except NotANumeral:
        return text


def _plain(name: str) -> str:
    return NOISE.sub("", name).lower()


def _statutes(name: str) -> list[Statute]:
    """The laws of a name: those so called, else those whose title holds it; newest first."""
    exact, part = [], []
    for statute in INDEX.values():
        names = {_plain(n) for n in (statute.key, statute.family, *_both(statute))}
        if name in names:
            exact.append(statute)
        elif any(name in n for n in names):
            part.append(statute)
    return sorted(exact or part, key=lambda s: (s.title.zh.partition("（")[0], -s.valid_from.toordinal()))


def _both(statute: Statute) -> tuple[str, ...]:
    title, short = statute.title, statute.short
    return (title.zh, title.zh.partition("（")[0], title.en, title.en.partition(" (")[0], short.zh, short.en)


def _articles(among: list[Statute], number: str) -> list[Article]:
    """The article of each law that has it; what nothing rests on only where one law was named."""
    out = []
    named = len({s.family for s in among}) == 1
    for statute in among:
        try:
            statute[number]
        except NoSuchArticle:
            continue
        found = by_article().get((statute.key, number), ())
        if found or named:
            out.append(Article(statute, number, found))
    return sorted(out, key=lambda a: -len(a.uses) if not named else -a.statute.valid_from.toordinal())[:MOST]


def _procedures(asked: str) -> list[type[Procedure]]:
    """Procedures whose title, or one of whose steps, holds the words."""
    word = asked.lower()
    found = [f.current for f in folders().values() if any(word in x.lower() for x in (f.code, f.current.title.zh, f.current.title.en))]
    return found[:MOST]
