"""条文用在哪里 · Every place of every version of every procedure, and every rule of the register, that rests on an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final, Literal

from tianping.casework.engine.registered import folders
from tianping.law import rules
from tianping.law.citations import Citation
from tianping.law.text import T
from tianping.procedure.draw.flow import told_under
from tianping.procedure.grammar import Condition, Ground, Procedure, Step
from tianping.procedure.tables import compiled

Kind = Literal["step", "ground", "limit", "pause", "extension", "rule"]
KINDS: Final[dict[Kind, T]] = {
    "step": T("环节", "Step"),
    "ground": T("事由", "Ground"),
    "limit": T("期限", "Limit"),
    "pause": T("扣除期间", "Pause"),
    "extension": T("延长", "Extension"),
    "rule": T("期限规则", "Rule"),
}


@dataclass(frozen=True, slots=True)
class Use:
    """一处 · What rests on an article. ``procedure`` is empty for a rule of the register; ``last``: whether its version is the newest."""

    procedure: str
    title: T
    version: date | None
    last: bool
    kind: Kind
    code: str
    words: T
    cites: Citation
    part: str = ""

    @property
    def address(self) -> str:
        """The page of the procedure, at the row that tells of it."""
        assert self.version is not None, "a rule of the register has no page"
        part = f"&part={self.part}" if self.part else ""
        return f"/atlas/{self.procedure}/?on={self.version.isoformat()}{part}#{self.code}"


@cache
def uses() -> tuple[Use, ...]:
    """All of them, procedures in the order of their folders."""
    found = [u for f in folders().values() for v in f.versions for u in _of(v, last=v is f.current)]
    found += [Use("", rule.title, None, True, "rule", rule.code, rule.period.text, rule.cites) for rule in rules.rules()]
    return tuple(found)


@cache
def by_article() -> dict[tuple[str, str], tuple[Use, ...]]:
    """(statute, article) → the places that rest on it."""
    out: dict[tuple[str, str], list[Use]] = defaultdict(list)
    for use in uses():
        for key in dict.fromkeys((r.statute.key, a) for r in use.cites.refs for a in r.articles):
            out[key].append(use)
    return {key: tuple(found) for key, found in out.items()}


@cache
def cited(key: str) -> tuple[str, ...]:
    """The articles of a statute that something rests on, in their order."""
    return tuple(sorted((a for k, a in by_article() if k == key), key=in_order))


def in_order(article: str) -> tuple[int, int, str]:
    """Articles by number, inserted ones after theirs, names last."""
    head, _, tail = article.partition("-")
    return (int(head), int(tail or 0), "") if head.isdigit() else (10**6, 0, article)


def home(version: type[Procedure]) -> str:
    """The statute that a procedure rests on most: a diagram cites it by article alone."""
    counts: dict[str, int] = defaultdict(int)
    for use in _of(version, last=True):
        for ref in use.cites.refs:
            if isinstance(ref.statute.articles, int):
                counts[ref.statute.key] += 1
    return max(counts, key=lambda k: counts[k], default="")


def _of(version: type[Procedure], *, last: bool) -> Iterator[Use]:
    """What rests on something in one version."""
    tables = compiled(version)

    def use(kind: Kind, code: str, words: T, cites: Citation, part: int = 0) -> Use:
        return Use(version.code, version.title, version.valid_from, last, kind, code, words, cites, tables.tracks[part].name)

    for row in tables.tracks:
        yield from (use("step", s.code, s.words, s.cites, row.no) for s in row.track.of(Step))
        grounds = dict.fromkeys([*row.track.of(Ground), *(g for c in row.track.of(Condition) for g in (*c.when, *c.unless))])
        yield from (use("ground", g.code, g.title, g.cites) for g in grounds)
    for limit in tables.limits:
        yield use("limit", limit.code, limit.limit.words, limit.limit.cites, told_under(tables, limit))
        for more in limit.extensions:
            yield use("extension", more.code, more.extension.title or limit.limit.words, more.extension.cites)
    yield from (use("pause", p.pause.code, p.pause.words, p.pause.cites, p.track) for p in tables.pauses)
