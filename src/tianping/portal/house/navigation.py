"""导航 · The faces of the house and the links inside one. Offered is what this installation has and who asks may open."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from django.urls import Resolver404, resolve

from tianping.law.text import T


@dataclass(frozen=True, slots=True)
class Link:
    """链接 · A place to go, and how much waits there. ``exact``: current only at its own address, not below it."""

    title: T
    href: str
    count: int | None = None
    exact: bool = False

    def current(self, path: str) -> bool:
        """Whether a page stands at or below this address."""
        own = self.href.partition("?")[0]
        return path == own or (not self.exact and path.startswith(own.rstrip("/") + "/"))


@dataclass(frozen=True, slots=True)
class Group:
    """链接组 · Links under a heading; the first group of a face has none."""

    links: tuple[Link, ...]
    title: T | None = None


Needs = Literal["anybody", "role", "post", "administrator"]
"""What a face asks of who opens it."""
ATLAS: Final = Link(T("法律图册", "Law atlas"), "/atlas/")
CITIZEN: Final = (ATLAS,)
DESK: Final = Link(T("办案", "Desk"), "/desk/")
CENTRE: Final = Link(T("监督", "Supervision"), "/centre/")
BOARD: Final = Link(T("看板", "Board"), "/board/")
ADMINISTRATION: Final = Link(T("管理", "Administration"), "/administration/")
STAFF: Final[tuple[tuple[Link, Needs], ...]] = (
    (DESK, "role"), (CENTRE, "role"), (BOARD, "post"), (ATLAS, "anybody"), (ADMINISTRATION, "administrator"),
)  # fmt: skip


def faces(has: Collection[Needs]) -> tuple[Link, ...]:
    """The faces offered to somebody signed in: those that this installation has and that he may open."""
    return tuple(link for link, needs in STAFF if needs in has and there(link.href))


@cache
def there(path: str) -> bool:
    """Whether this installation has an address."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
