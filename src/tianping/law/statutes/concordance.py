"""条号对照 · Finds the article that stands in an article's place in another version of the same law.

The data, and how each pair was proven, stand in ``concordance.toml``. A number that is not known there is refused, never guessed.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final

from tianping.law.citations import Citation, NoVersionInForce, Ref, Statute
from tianping.law.text import T

KINDS: Final = ("proven", "secondary", "between")
UNKNOWN: Final = T("该版与所引版本的条号对应关系未经核实", "how its articles correspond to the cited version is not proven")
NONE: Final = T("该版没有对应的条文", "that version has no such article")


class NoCounterpart(NoVersionInForce):
    """无对应条文 · A version was in force, but it has no corresponding article, or none that is proven."""

    code = "LAW-114"
    what = T(
        "{day} 有效的是{version}；“{cited}”在其中的对应条文无法确定：{why}。",
        "{version} was in force on {day}; it gives no article for “{cited}”: {why}.",
    )
    todo = T("请查对当日文本，直接引用其条号。", "Look the article up in the text of that day and cite it directly.")


@dataclass(frozen=True, slots=True)
class Table:
    """对照表 · The articles of one version and their counterparts in a neighbouring one; ``complete`` says that a missing one has none."""

    articles: dict[str, str]
    complete: bool


def read_rows() -> list[dict[str, Any]]:
    """The tables as they are written."""
    rows: list[dict[str, Any]] = tomllib.loads(files("tianping.law.statutes").joinpath("concordance.toml").read_text(encoding="utf-8"))["tables"]
    return rows


@cache
def tables() -> dict[tuple[str, str], Table]:
    """(version, neighbouring version) → table, in both directions."""
    out: dict[tuple[str, str], Table] = {}
    for row in read_rows():
        pairs = [pair for kind in KINDS for a, b in row.get(kind, []) for pair in zip(_run(a), _run(b), strict=True)]
        out[row["from"], row["to"]] = Table(dict(pairs), row["complete"])
        out[row["to"], row["from"]] = Table({b: a for a, b in pairs}, row["complete"])
    return out


def _run(text: str) -> list[str]:
    first, _, last = text.partition("-")
    return [str(n) for n in range(int(first), int(last or first) + 1)]


def counterpart(article: str, source: Statute, target: Statute) -> str | T:
    """The article of another version of the same law, or the reason why there is none."""
    versions = [s.key for s in source.versions]
    a, b = versions.index(source.key), versions.index(target.key)
    path = versions[a : b + 1] if a <= b else versions[b : a + 1][::-1]
    for older, newer in pairwise(path):
        table = tables().get((older, newer))
        if table is None:
            return UNKNOWN
        if article not in table.articles:
            return NONE if table.complete else UNKNOWN
        article = table.articles[article]
    return article


@lru_cache(maxsize=4096)
def _in_version(ref: Ref, target: Statute) -> tuple[Ref, ...] | T:
    """The reference in the numbers of another version, or the reason why there are none."""
    numbers: list[str] = []
    for article in ref.articles:
        found = counterpart(article, ref.statute, target)
        if isinstance(found, T):
            return found
        numbers.append(found)
    return tuple(Ref(target, run[0], run[-1] if len(run) > 1 else "", ref.part) for run in _unbroken(numbers))


def _version(ref: Ref, day: date) -> Statute | None:
    for statute in ref.statute.versions:
        if statute.in_force(day):
            return statute
    return None


def read_on(ref: Ref, day: date) -> tuple[Ref, ...] | None:
    """The reference as it read on a day; None where no text of that day, or not its number, is held."""
    if ref.statute.in_force(day):
        return (ref,)
    target = _version(ref, day)
    found = None if target is None else _in_version(ref, target)
    return found if isinstance(found, tuple) else None


def _moved(ref: Ref, day: date) -> tuple[Ref, ...]:
    target = _version(ref, day)
    if target is None:
        raise NoVersionInForce(day=day, cited=Citation((ref,)).words)
    found = _in_version(ref, target)
    if isinstance(found, T):
        raise NoCounterpart(day=day, cited=Citation((ref,)).words, version=target.title, why=found)
    return found


def _unbroken(numbers: list[str]) -> list[list[str]]:
    out: list[list[str]] = []
    for number in numbers:
        if out and number.isdigit() and out[-1][-1].isdigit() and int(number) == int(out[-1][-1]) + 1:
            out[-1].append(number)
        else:
            out.append([number])
    return out


def on(cited: Citation, day: date) -> Citation:
    """The citation as it read on a day: each reference in force stays, each other one moves through the concordance.

    Raises NoVersionInForce when no version of the law stood that day, NoCounterpart when one did but its article is not known.
    """
    if cited.in_force(day):
        return cited
    return Citation(tuple(dict.fromkeys(r for ref in cited.refs for r in ((ref,) if ref.statute.in_force(day) else _moved(ref, day)))))
