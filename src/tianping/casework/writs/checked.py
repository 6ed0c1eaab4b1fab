"""签发检查 · What keeps a draft from being issued: sections that are missing, places that are not filled, articles that were not in force.

The file is asked, not what was written into it: a section that a judge cut out in Word is missing too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tianping.casework.models import Case
from tianping.casework.writs.context import waived
from tianping.casework.writs.errors import Incomplete, StaleArticles
from tianping.casework.writs.fill import OPEN
from tianping.casework.writs.word import sections_of, text_of
from tianping.law.mentions import Mention, mentions
from tianping.law.text import T
from tianping.procedure.writs import Section, Template


@dataclass(frozen=True, slots=True)
class Lack:
    """缺项 · A section that is missing or has open places, with its article."""

    section: str
    title: T
    why: T
    cites: T | None


@dataclass(frozen=True, slots=True)
class Checked:
    """检查结果 · What is missing, and every article that the text relies on."""

    lacks: tuple[Lack, ...]
    articles: tuple[Mention, ...]

    @property
    def stale(self) -> tuple[Mention, ...]:
        """Those articles on which it may not rely."""
        return tuple(m for m in self.articles if m.stale)

    @property
    def ready(self) -> bool:
        """Whether it may be issued."""
        return not self.lacks and not self.stale


GONE = T("整段缺失", "it is not there")
EMPTY = T("没有内容", "it says nothing")
NOT_FILLED = T("有未填之处：{places}", "places are not filled: {places}")


def checked(file: bytes, template: Template, case: Case, day: date) -> Checked:
    """A draft held against its template. Raises ValueError for what is no Word file."""
    found = sections_of(file)
    lacks = [lack for section in template.sections if (lack := _lack(section, found.get(section.code), waived(section, case)))]
    return Checked(tuple(lacks), tuple(mentions(text_of(file), day)))


def enough(result: Checked, template: Template, day: date) -> None:
    """Raises Incomplete, StaleArticles."""
    if result.lacks:
        listed = [lack.title.fill() if lack.cites is None else T(f"{lack.title.zh}〔{lack.cites.zh}〕", f"{lack.title.en} [{lack.cites.en}]")
                  for lack in result.lacks]  # fmt: skip
        raise Incomplete(title=template.title, missing=_joined([_because(t, lack.why) for t, lack in zip(listed, result.lacks, strict=True)]))
    if result.stale:
        raise StaleArticles(articles=_joined([_told(m) for m in result.stale]), day=day)


def _lack(section: Section, text: str | None, free: bool) -> Lack | None:
    why = None
    if text is None or not text.strip():
        why = None if free or not section.required else GONE if text is None else EMPTY
    elif OPEN in text:
        places = [piece.split("】")[0].lstrip("：") for piece in text.split(OPEN)[1:]]
        why = NOT_FILLED.fill(places="、".join(dict.fromkeys(places)))
    return None if why is None else Lack(section.code, section.title, why, None if section.cites is None else section.cites.words)


def _because(title: T, why: T) -> T:
    return T(f"{title.zh}（{why.zh}）", f"{title.en} ({why.en})")


def _told(mention: Mention) -> T:
    instead = mention.instead
    return T(
        f"{mention.text}：{mention.words.zh}" + (f"，现为{instead.zh}" if instead else ""),
        f"{mention.text}: {mention.words.en}" + (f", now {instead.en}" if instead else ""),
    )


def _joined(texts: list[T]) -> T:
    return T("；".join(t.zh for t in texts), "; ".join(t.en for t in texts))
