"""角色 · Who may act: one role, either of several, several jointly, or so many different people of one role."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tianping.law.text import T
from tianping.procedure.names import Named


@dataclass(frozen=True, slots=True)
class Signer:
    """One signature: who, and in which role (the role's code, as ``Roles.JUDGE``, or its bare name)."""

    actor: str
    role: str


class By:
    """Role expression: ``A | B`` either one, ``A & B`` jointly, ``2 * A`` two different people."""

    def __init__(self, op: str, *parts: By) -> None:
        self.op, self.parts = op, parts

    def __or__(self, other: By) -> By:
        return By("any", self, other)

    def __and__(self, other: By) -> By:
        return By("all", self, other)

    def __rmul__(self, n: int) -> By:
        return By("all", *(self for _ in range(n)))

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of every role that it names, in the order of ``sets``."""
        return tuple(role.code for one in self._ways for role in one)

    @cached_property
    def _ways(self) -> list[list[Role]]:
        return self.sets()

    @cached_property
    def _alone(self) -> frozenset[str]:
        """The roles, by code and by name, in each of which one person suffices."""
        return frozenset(name for way in self._ways if len(way) == 1 for name in (way[0].code, way[0].name))

    def sets(self) -> list[list[Role]]:
        """Every combination of roles that suffices; each member must be a different person."""
        if isinstance(self, Role):
            return [[self]]
        if self.op == "any":
            return [s for p in self.parts for s in p.sets()]
        combined: list[list[Role]] = [[]]
        for part in self.parts:
            combined = [a + b for a in combined for b in part.sets()]
        return combined

    def satisfied(self, signers: Sequence[Signer]) -> bool:
        """Whether the signatures suffice. A signature without an actor counts as a person of its own."""
        if len(signers) == 1 and signers[0].role in self._alone:
            return True
        people = [(s.actor or f"?{i}", s.role) for i, s in enumerate(signers)]
        return any(_matched(needed, people) for needed in self._ways)

    @property
    def words(self) -> T:
        """Who, in words: ``T("两名民警", "2 × Police officer")``."""
        if isinstance(self, Role):
            return self.title
        if self.op == "all" and len(set(map(id, self.parts))) == 1:
            return T("{n}名{w}", "{n} × {w}").fill(n=len(self.parts), w=self.parts[0].words)
        zh, en = ("或", " or ") if self.op == "any" else ("与", " and ")
        return T(zh.join(p.words.zh for p in self.parts), en.join(p.words.en for p in self.parts))


class Role(Named, By):
    """角色 · One role, with its official title."""

    def __init__(self, title: T) -> None:
        By.__init__(self, "role")
        self.title = title

    def __set_name__(self, owner: type[Any], name: str) -> None:
        """Named by the class that lists the roles; ``corrects = Roles.JUDGE`` of a procedure only refers to one."""
        if name != "corrects":
            super().__set_name__(owner, name)


def _matched(needed: Sequence[Role], people: Sequence[tuple[str, str]]) -> bool:
    """Whether each needed role can be given to a different person."""
    if not needed:
        return True
    role, rest = needed[0], needed[1:]
    for i, (actor, held) in enumerate(people):
        if held in (role.code, role.name):
            others = [p for j, p in enumerate(people) if j != i and p[0] != actor]
            if _matched(rest, others):
                return True
    return False
