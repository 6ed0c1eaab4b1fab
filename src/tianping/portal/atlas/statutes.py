"""法规页 · A law with the articles that something rests on; and one article: its text, its life, its number in other versions, what rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tianping.law.citations import Citation, Ref, Statute
from tianping.law.corpus import numeral
from tianping.law.statutes import INDEX, counterpart
from tianping.law.text import T
from tianping.portal.atlas.texts import Told, quoted, told
from tianping.portal.atlas.uses import Use, by_article, cited


@dataclass(frozen=True, slots=True)
class Family:
    """一部法 · The versions of a law, newest first, with how many of their articles something rests on."""

    versions: tuple[tuple[Statute, int], ...]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """他版 · An article in another version of the law: its number there, or why it has none that is known."""

    statute: Statute
    number: str
    why: T | None


@dataclass(frozen=True, slots=True)
class Uses:
    """一处程序 · What in one version of a procedure rests on an article; ``procedure`` is empty for the register of rules."""

    procedure: str
    title: T
    version: date | None
    last: bool
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class Article:
    """条文页 · One article. ``quoted`` is its text where a corpus is imported, ``told`` our own words."""

    statute: Statute
    number: str
    numeral: str
    quoted: str
    told: Told | None
    elsewhere: tuple[Elsewhere, ...]
    uses: tuple[Uses, ...]
    before: str
    after: str

    @property
    def cites(self) -> Citation:
        """The article as a citation."""
        return Citation((Ref(self.statute, self.number),))


def families() -> list[Family]:
    """Every law of the index that something rests on, those most used first."""
    out = []
    for _, found in groupby(sorted(INDEX.values(), key=lambda s: s.family), key=lambda s: s.family):
        versions = tuple((s, len(cited(s.key))) for s in sorted(found, key=lambda s: s.valid_from, reverse=True))
        if any(n for _, n in versions):
            out.append(Family(versions))
    return sorted(out, key=lambda f: (_rank(f), -max(n for _, n in f.versions)))


def _rank(family: Family) -> int:
    """Laws of the state first, then local norms and our own choices, then the law of other countries."""
    return {"local": 1, "policy": 1, "foreign": 2}.get(family.versions[0][0].status, 0)


def article(statute: Statute, number: str) -> Article:
    """The page of an article."""
    ref = Ref(statute, number)
    order = cited(statute.key)
    at = order.index(number) if number in order else -1
    return Article(
        statute,
        number,
        numeral(int(number)) if number.isdigit() and int(number) <= 9999 else number,
        quoted(ref),
        told(statute.key, number),
        tuple(_elsewhere(statute, number, other) for other in reversed(statute.versions) if other is not statute),
        _grouped(by_article().get((statute.key, number), ())),
        order[at - 1] if at > 0 else "",
        order[at + 1] if 0 <= at < len(order) - 1 else "",
    )


def _elsewhere(statute: Statute, number: str, other: Statute) -> Elsewhere:
    found = counterpart(number, statute, other)
    return Elsewhere(other, "", found) if isinstance(found, T) else Elsewhere(other, found, None)


def _grouped(uses: tuple[Use, ...]) -> tuple[Uses, ...]:
    """By procedure and version, the newest versions first."""
    ordered = sorted(uses, key=lambda u: (not u.last, u.procedure == "", u.procedure, u.version or date.min))
    out = []
    for (code, version), found in groupby(ordered, key=lambda u: (u.procedure, u.version)):
        own = tuple(found)
        out.append(Uses(code, own[0].title, version, own[0].last, own))
    return tuple(out)
