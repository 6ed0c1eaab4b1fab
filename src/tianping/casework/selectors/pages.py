"""分页 · A page of a list: its rows, and the mark from which the next one goes on. Nothing is counted and nothing is skipped by number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Generic, TypeVar

from tianping.casework.access.errors import BadMark

R = TypeVar("R")
LONGEST: Final = 200
"""Rows to a page, at most."""
NEVER: Final = "infinity"
"""The last day of a case that none is fixed for: it stands at the end."""


@dataclass(frozen=True, slots=True)
class Mark:
    """页标 · The last case that a page looked at; by last day, with that day as the database wrote it."""

    case: int
    due: str = ""

    def text(self) -> str:
        """As it travels in an address."""
        return f"{self.case}~{self.due}" if self.due else str(self.case)


def marked(text: str | None, *, by_due: bool) -> Mark | None:
    """The mark that a page gave. Raises BadMark."""
    if not text:
        return None
    number, _, due = text.partition("~")
    if not (number.isascii() and number.isdecimal() and len(number) < 19 and bool(due) == by_due):
        raise BadMark(mark=text[:40])
    if by_due and due != NEVER:
        try:
            if datetime.fromisoformat(due).tzinfo is None:
                raise BadMark(mark=text[:40])
        except ValueError as error:
            raise BadMark(mark=text[:40]) from error
    return Mark(int(number), due)


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """页 · ``after``: pass it to get the next page; "" at the end. With filters a page may be short and still go on."""

    rows: tuple[R, ...]
    after: str = ""
