"""法条 · A citation is an object of the statute index: statute, article, and the dates between which that text is in force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final, Literal

from tianping.law.errors import TianpingError
from tianping.law.text import Lang, T

Status = Literal["verified", "secondary", "unverified", "policy", "local", "foreign"]
"""How far a text was checked: read in the statute (verified), seen on a secondary page, not checkable, our own choice, a local
norm, or the law of another country."""

LABELS: dict[Status, T] = {
    "verified": T("", ""),
    "secondary": T("二手来源", "secondary source"),
    "unverified": T("未经核实", "UNVERIFIED"),
    "policy": T("本系统的计算选择", "our own choice (POLICY)"),
    "local": T("地方规定", "local norm"),
    "foreign": T("外国法", "foreign law"),
}


INNER: Final = str.maketrans("《》", "〈〉")
NO_NOTE: Final = T("", "")
FAMILIES: Final[dict[str, list[Statute]]] = {}
"""Family → its versions, oldest first; filled by the statute index."""


class NoSuchArticle(TianpingError):
    """无此条 · An article that the statute does not have."""

    code = "LAW-111"
    what = T("《{statute_zh}》没有第{article}条。", "{statute_en} has no article {article}.")
    todo = T("请核对条号与法律版本（各版条号不同）。", "Check the number and the version of the law: versions are numbered differently.")


class NoVersionInForce(TianpingError):
    """当日无有效文本 · No version of the statute was in force on the day."""

    code = "LAW-112"
    what = T("{day} 没有与“{cited}”对应的有效条文。", "No text that corresponds to “{cited}” was in force on {day}.")
    todo = T("请核对日期，或改引当日有效的规定。", "Check the date, or cite the rule that was in force on it.")


@dataclass(frozen=True, slots=True)
class Statute:
    """法律文件 · One version of one text, as the index holds it. ``CPL23[152]`` is a :class:`Citation`.

    ``articles`` is the number of its last article, or the names of its clauses where it has no numbered articles.
    ``valid_to`` is the last day in force, or None. ``family`` joins the versions of one law, ``short`` is what people call it. ``file`` is where an
    imported corpus keeps its text: a path, or a pattern where the text stands in several files.
    """

    key: str
    title: T
    family: str
    valid_from: date
    valid_to: date | None
    articles: int | tuple[str, ...]
    status: Status = "verified"
    note: T = NO_NOTE
    file: str = ""
    lettered: tuple[str, ...] = ()
    short: T = NO_NOTE

    def __getitem__(self, article: int | str | slice | tuple[int | str, ...]) -> Citation:
        if isinstance(article, slice):
            return Citation((self._range(self._check(article.start), self._check(article.stop)),))
        items = article if isinstance(article, tuple) else (article,)
        return Citation(tuple(Ref(self, self._check(a)) for a in items))

    def _range(self, first: str, last: str) -> Ref:
        if not (first.isdigit() and last.isdigit() and int(first) <= int(last)):
            raise NoSuchArticle(statute_zh=self.title.zh, statute_en=self.title.en, article=f"{first}–{last}")
        return Ref(self, first, last if last != first else "")

    def _check(self, article: int | str) -> str:
        name = str(article)
        if isinstance(self.articles, int):
            plain = name.isascii() and name.isdigit() and not name.startswith("0")
            good = (plain and int(name) <= self.articles) or name in self.lettered
        else:
            good = name in self.articles
        if not good:
            raise NoSuchArticle(statute_zh=self.title.zh, statute_en=self.title.en, article=name)
        return name

    def __hash__(self) -> int:
        return hash(self.key)

    def in_force(self, day: date) -> bool:
        """Whether this version is in force on the day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def versions(self) -> list[Statute]:
        """The versions of this law in the index, oldest first."""
        return FAMILIES.get(self.family, [self])

    def at_day(self, day: date) -> Statute:
        """The version of this law in force on the day. Raises NoVersionInForce."""
        for version in self.versions:
            if version.in_force(day):
                return version
        raise NoVersionInForce(day=day, cited=self.title)


@dataclass(frozen=True, slots=True)
class Ref:
    """One article (or an unbroken range of them) of one version, with the paragraph and item if they matter."""

    statute: Statute
    article: str
    last: str = ""
    part: T = NO_NOTE

    @property
    def articles(self) -> tuple[str, ...]:
        """Every article number in the reference."""
        if not self.last:
            return (self.article,)
        return tuple(str(n) for n in range(int(self.article), int(self.last) + 1))

    def where(self, lang: Lang) -> str:
        """``第152条`` or ``art. 152``; of a text without numbers its part, in quotation marks."""
        if not isinstance(self.statute.articles, int):
            return f"“{self.article}”"
        span = self.article + (f"–{self.last}" if self.last else "")
        return f"第{span}条{self.part.zh}" if lang == "zh" else f"art. {span}{self.part.en}"

    def text(self, lang: Lang) -> str:
        """``《民事诉讼法（2023年修正）》第152条`` or ``Civil Procedure Law (2023) art. 152``."""
        return _of_one((self,), lang)


def titled(title: T, lang: Lang) -> str:
    """The title of a text as a citation writes it: 《民事诉讼法》, Civil Procedure Law."""
    return f"《{title.zh.translate(INNER)}》" if lang == "zh" else title.en


def _of_one(refs: Sequence[Ref], lang: Lang) -> str:
    """Articles of one text: its title once, and what has to be known of it at the end."""
    statute = refs[0].statute
    mark = LABELS[statute.status].pick(lang)
    title = titled(statute.title, lang) + ("" if lang == "zh" else " ")
    tail = "" if not mark else (f"（{mark}）" if lang == "zh" else f" ({mark})")
    return title + ("、" if lang == "zh" else ", ").join(r.where(lang) for r in refs) + tail


@dataclass(frozen=True, slots=True)
class Citation:
    """法条引用 · One or more references; ``CPL23[152] + TL00[2]`` joins them, ``CPL23[164, 168]`` names two articles."""

    refs: tuple[Ref, ...]

    def __add__(self, other: Citation) -> Citation:
        return Citation(self.refs + tuple(r for r in other.refs if r not in self.refs))

    def part(self, zh: str, en: str) -> Citation:
        """The paragraph and item: ``FEE[13].part("第一款第一项", "(1)(1)")``."""
        return Citation(tuple(Ref(r.statute, r.article, r.last, T(zh, en)) for r in self.refs))

    def in_force(self, day: date) -> bool:
        """Whether every text cited is in force on the day."""
        for ref in self.refs:  # noqa: SIM110 — asked for every line of every derivation; a generator doubles its cost
            if not ref.statute.in_force(day):
                return False
        return True

    def text(self, lang: Lang) -> str:
        """All references in words, joined; a text that several articles in a row are of is named once."""
        groups = (tuple(refs) for _, refs in groupby(self.refs, key=lambda r: r.statute.key))
        return ("；" if lang == "zh" else "; ").join(_of_one(refs, lang) for refs in groups)

    @property
    def words(self) -> T:
        """The citation in both languages."""
        return T(self.text("zh"), self.text("en"))

    def __str__(self) -> str:
        """The compact form for files: ``CPL23 152; TL00 2``."""
        return "; ".join(f"{r.statute.key} {r.article}{'-' + r.last if r.last else ''}" for r in self.refs)

    @property
    def statuses(self) -> frozenset[Status]:
        """The statuses of the texts cited."""
        return frozenset(r.statute.status for r in self.refs)
