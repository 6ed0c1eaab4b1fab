"""引用写法 · How a page of the atlas names an article, and where it leads."""

from __future__ import annotations

from urllib.parse import quote

from tianping.law.citations import LABELS, Citation, Ref, Statute
from tianping.law.text import T


def named(ref: Ref) -> T:
    """``民诉法第205条``, or the name of a clause where a text has no numbers."""
    span = ref.article + (f"–{ref.last}" if ref.last else "")
    short = ref.statute.short
    if isinstance(ref.statute.articles, int):
        return T(f"{short.zh}第{span}条{ref.part.zh}", f"{short.en} art. {span}{ref.part.en}")
    return T(f"{short.zh}“{span}”", f"{short.en} “{span}”")


def address(ref: Ref) -> str:
    """The page of an article; of a run of articles that of its first."""
    return article_address(ref.statute, ref.article)


def article_address(statute: Statute, number: str) -> str:
    """The page of an article."""
    return f"/atlas/law/{statute.key}/{quote(number, safe='')}"


def label(statute: Statute) -> T:
    """How far a text was checked, where it is not the text of a statute that was read: local norm, own choice, unverified."""
    return LABELS[statute.status]


def each(cites: Citation) -> list[tuple[Ref, str]]:
    """Every article of a citation by itself, with its number: a run is told one by one."""
    return [(ref, number) for ref in cites.refs for number in ref.articles]
