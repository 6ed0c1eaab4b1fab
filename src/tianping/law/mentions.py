"""条文提及 · The articles that a text relies on, 《民事诉讼法》第一百五十五条, and whether each was in force on the day whose law applies.

A title without a version means whichever version was in force that day; with one, ``（2021年修正）``, that version alone. A title that the index does
not hold is told as such: somebody has to look it up, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

from tianping.law.citations import Citation, NoSuchArticle, Statute
from tianping.law.corpus.numerals import CHARACTERS, NotANumeral, numeral, numeral_value
from tianping.law.statutes.concordance import on, read_on
from tianping.law.statutes.index import INDEX
from tianping.law.text import T

Verdict = Literal["in_force", "repealed", "not_yet", "no_article", "unknown"]
NUMBER: Final = f"[{CHARACTERS}0-9]+"
MENTION: Final = re.compile(
    rf"《(?P<title>[^《》]{{2,80}}(?:《[^《》]*》[^《》]*)?)》(?P<version>（[^（）]{{2,20}}）)?(?P<articles>(?:[、和及,，]?第{NUMBER}条)+)"
)
ARTICLE: Final = re.compile(rf"第({NUMBER})条")
FORMAL: Final = {
    "CPL": "中华人民共和国民事诉讼法",
    "CI": "最高人民法院关于适用〈中华人民共和国民事诉讼法〉的解释",
    "CrPL": "中华人民共和国刑事诉讼法",
    "PML": "中华人民共和国人民调解法",
    "CC": "中华人民共和国民法典",
    "REG": "最高人民法院关于人民法院登记立案若干问题的规定",
}
"""Family → its full title; another text is named as the index names it."""
PREFIXES: Final = ("中华人民共和国", "最高人民法院", "最高人民检察院", "公安部", "国务院", "关于")
WORDS: Final[dict[Verdict, T]] = {
    "in_force": T("有效", "in force"),
    "repealed": T("该文本在 {day} 已经失效", "the text was no longer in force on {day}"),
    "not_yet": T("该文本在 {day} 尚未施行", "the text was not yet in force on {day}"),
    "no_article": T("{day} 有效的文本没有这一条", "the text of {day} has no such article"),
    "unknown": T("法律文件索引中没有，须人工核对", "not in the statute index: to be looked up by somebody"),
}
ENDED: Final = date(2020, 12, 31)
"""The last day of the nine laws that the Civil Code took the place of."""
REPLACED: Final = frozenset({"婚姻法", "继承法", "民法通则", "收养法", "担保法", "合同法", "物权法", "侵权责任法", "民法总则"})
"""Those laws (Civil Code 1260; the text of that article was not held, so the list is from general knowledge)."""
REPLACED_BY: Final = T(
    "已由《民法典》替代，{day} 已经失效（民法典第1260条，原文未取得）",
    "replaced by the Civil Code, no longer in force on {day} (Civil Code 1260, whose text was not held)",
)


@dataclass(frozen=True, slots=True)
class Mention:
    """一处提及 · One article as the text names it, what is to be said of it on the day, and what stands in its place if that is known."""

    text: str
    verdict: Verdict
    words: T
    instead: T | None = None

    @property
    def stale(self) -> bool:
        """Whether a document may not rely on it."""
        return self.verdict in ("repealed", "not_yet", "no_article")


def mentions(text: str, day: date) -> list[Mention]:
    """Every article that a text names with its statute's title, once each, in the order of the text."""
    found = (_judged(title, version, article, day) for title, version, article in _named(text))
    return list({m.text: m for m in found}.values())


def formal(cited: Citation, day: date) -> str:
    """Articles as a document names them on its day: 《中华人民共和国民事诉讼法》第二百零五条、第二百零六条.

    Raises NoVersionInForce, NoCounterpart: an article whose place on the day is not known is not named.
    """
    out: dict[str, list[str]] = {}
    for ref in on(cited, day).refs:
        title = FORMAL.get(ref.statute.family) or re.sub(r"（[^（）]*）", "", ref.statute.title.zh)
        out.setdefault(title, []).extend(f"第{numeral(int(n)) if n.isdigit() else n}条" for n in ref.articles)
    return "，".join(f"《{title}》{'、'.join(numbers)}" for title, numbers in out.items())


def _named(text: str) -> Iterator[tuple[str, str, str]]:
    for found in MENTION.finditer(text):
        for article in ARTICLE.findall(found["articles"]):
            yield found["title"], found["version"] or "", article


def _judged(title: str, version: str, article: str, day: date) -> Mention:
    shown = f"《{title}》{version}第{article}条"
    texts = [s for s in _titles().get(_plain(title), ()) if not version or version.strip("（）") in s.title.zh]
    number = _number(article)
    if not texts and _plain(title) in REPLACED and day > ENDED:
        return Mention(shown, "repealed", REPLACED_BY.fill(day=day))
    if not texts or not number:
        return Mention(shown, "unknown", WORDS["unknown"])
    standing = next((s for s in texts if s.in_force(day)), None)
    if standing is None:
        verdict: Verdict = "not_yet" if all(day < s.valid_from for s in texts) else "repealed"
        return Mention(shown, verdict, WORDS[verdict].fill(day=day), _instead(texts[-1], number, day))
    if not _has(standing, number):
        return Mention(shown, "no_article", WORDS["no_article"].fill(day=day))
    return Mention(shown, "in_force", WORDS["in_force"])


def _instead(statute: Statute, number: str, day: date) -> T | None:
    """The article of the day that stands in the place of one of another version, where that is known."""
    if not _has(statute, number):
        return None
    found = read_on(statute[number].refs[0], day)
    return None if found is None else Citation(found).words


def _number(article: str) -> str:
    if article.isascii():
        return article.lstrip("0")
    try:
        return str(numeral_value(article))
    except NotANumeral:
        return ""


def _has(statute: Statute, number: str) -> bool:
    try:
        return bool(statute[number].refs)
    except NoSuchArticle:
        return False


@cache
def _titles() -> dict[str, list[Statute]]:
    """Plain title → its versions, oldest first."""
    out: dict[str, list[Statute]] = {}
    for statute in sorted(INDEX.values(), key=lambda s: s.valid_from):
        if statute.status not in ("policy", "local", "foreign"):
            out.setdefault(_plain(re.sub(r"（[^（）]*）", "", statute.title.zh)), []).append(statute)
    return out


def _plain(title: str) -> str:
    """A title without brackets and without who made it, so that its long and its short form are the same."""
    plain = re.sub(r"[《》〈〉（）()\s]", "", title)
    for prefix in PREFIXES:
        plain = plain.replace(prefix, "")
    return plain
