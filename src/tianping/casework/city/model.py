"""城市 · What a city pack holds once it is read: organisations, posts, and the questions that are asked of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from tianping.law.text import T


@dataclass(frozen=True, slots=True)
class Organisation:
    """机构 · ``channel`` and ``court``: for a docked body, the platform it belongs to and the court it serves."""

    code: str
    kind: str
    parent: str
    name: T
    division: str
    court_code: str
    channel: str
    court: str
    valid_from: date | None
    valid_to: date | None
    status: str
    source: str

    def stands_on(self, day: date) -> bool:
        """Whether it exists on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Post:
    """岗位 · Who holds which post where, in which roles (codes as ``Roles.JUDGE``). ``duties``: what is no role of a procedure.

    ``administrator``: system, security or audit; such an account has no role and no duty (三员分立). ``sign_in``: may sign in to a demonstration.
    ``clearance``: the level of sealing that it may look behind.
    """

    username: str
    name: str
    organisation: str
    title: T
    roles: tuple[str, ...]
    duties: tuple[str, ...]
    administrator: str
    valid_from: date
    valid_to: date | None
    sign_in: bool = False
    clearance: int = 0

    def held_on(self, day: date) -> bool:
        """Whether it is held on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Pack:
    """城市包 · A city. ``sample_division``: the division in the identity numbers of sample people, one that does not exist."""

    code: str
    name: T
    division: str
    sample_division: str
    organisations: tuple[Organisation, ...]
    posts: tuple[Post, ...]
    by_code: dict[str, Organisation] = field(repr=False)
    channels: dict[str, T] = field(default_factory=dict)
    """The platforms that matters come through: code → name."""

    def on(self, day: date, *kinds: str) -> list[Organisation]:
        """The organisations that stand on a day; with kinds, only those of them."""
        return [o for o in self.organisations if o.stands_on(day) and (not kinds or o.kind in kinds)]

    def holders(self, organisation: str, role: str, first: date, last: date) -> list[str]:
        """Who holds a role at an organisation from one day to another, in the pack's order."""
        return [p.username for p in self.posts if p.organisation == organisation and role in p.roles and p.held_on(first) and p.held_on(last)]

    def docked(self, court: str, channel: str) -> str | None:
        """The body through which a platform is docked with a court."""
        return next((o.code for o in self.organisations if o.court == court and o.channel == channel), None)

    def above(self, code: str) -> Iterator[Organisation]:
        """The organisations above one, nearest first."""
        at = self.by_code[code].parent
        while at:
            yield self.by_code[at]
            at = self.by_code[at].parent
