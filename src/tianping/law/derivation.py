"""推导 · How a legal answer was reached, line by line, each line with its article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from tianping.law.citations import Citation
from tianping.law.text import Lang, T

Value = date | datetime | Decimal | int | T | None
"""What a line arrives at: a day, an instant, an amount of money (yuan), a number, words, or nothing."""


@dataclass(frozen=True, slots=True)
class Line:
    """One step of the reasoning: words, the article it rests on, and what it arrives at."""

    what: T
    cites: Citation | None = None
    value: Value = None

    def shown(self, lang: Lang) -> str:
        """The value as a person reads it: ISO dates, instants to the minute, money with two places."""
        v = self.value
        if v is None:
            return ""
        if isinstance(v, datetime):
            return v.isoformat(sep=" ", timespec="seconds" if v.second else "minutes")
        if isinstance(v, date):
            return v.isoformat()
        if isinstance(v, Decimal):
            return f"{v:,.2f}"
        return v.pick(lang) if isinstance(v, T) else str(v)


@dataclass(frozen=True, slots=True)
class Derivation:
    """推导过程 · The lines of one answer, in order. Adding a line gives a new derivation."""

    lines: tuple[Line, ...] = ()

    def then(self, what: T, cites: Citation | None = None, value: Value = None) -> Derivation:
        """This derivation with one line more."""
        return Derivation((*self.lines, Line(what, cites, value)))

    def __add__(self, other: Derivation) -> Derivation:
        return Derivation(self.lines + other.lines)

    def text(self, lang: Lang) -> str:
        """One line of text per step: words, value, article."""
        out = []
        for line in self.lines:
            shown, cited = line.shown(lang), line.cites.text(lang) if line.cites else ""
            out.append(line.what.pick(lang) + (f" → {shown}" if shown else "") + (f"  [{cited}]" if cited else ""))
        return "\n".join(out)

    def as_list(self) -> list[dict[str, str]]:
        """The derivation for JSON: what, value and citation in both languages."""
        return [
            {
                "what_zh": x.what.zh,
                "what_en": x.what.en,
                "value_zh": x.shown("zh"),
                "value_en": x.shown("en"),
                "cites": str(x.cites) if x.cites else "",
                "cites_zh": x.cites.text("zh") if x.cites else "",
                "cites_en": x.cites.text("en") if x.cites else "",
            }
            for x in self.lines
        ]
