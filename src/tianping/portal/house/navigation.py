"""导航 · The faces of the house and the links inside one. A face that this installation does not have is not offered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final

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


CITIZEN: Final = (Link(T("法律图册", "Law atlas"), "/atlas/"),)
STAFF: Final = (
    Link(T("办案", "Desk"), "/desk/"),
    Link(T("监督", "Supervision"), "/centre/"),
    Link(T("看板", "Board"), "/board/"),
    Link(T("法律图册", "Law atlas"), "/atlas/"),
    Link(T("管理", "Administration"), "/administration/"),
)


def faces(*, staff: bool) -> tuple[Link, ...]:
    """The faces offered in the top bar."""
    return tuple(link for link in (STAFF if staff else CITIZEN) if there(link.href))


@cache
def there(path: str) -> bool:
    """Whether this installation has an address."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True
