"""环节清单 · The steps of every registered procedure that a person may take, over all versions that a case may be pinned to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tianping.casework.engine.registered import folders
from tianping.law.text import T
from tianping.procedure.grammar import Fact, Step
from tianping.procedure.referral import EXCHANGE
from tianping.procedure.tables import Tables, compiled

UNATTENDED = frozenset({"Roles.SYSTEM", EXCHANGE.code})
"""Roles that no person holds: what they do, the system does by itself."""


@dataclass(frozen=True, slots=True)
class Offered:
    """一个环节 · A step of a procedure as its versions have it, oldest first."""

    procedure: str
    code: str
    steps: tuple[Step, ...]
    opens: bool
    moves: bool
    many: bool
    answers: bool
    """Whether the procedure answers a matter of another institution."""

    @property
    def step(self) -> Step:
        """As the newest version that has it."""
        return self.steps[-1]

    @property
    def named(self) -> str:
        """A name for its models: no two steps share it, and no dot is in it, for what stands before a dot is lost in a description."""
        return f"{self.procedure}-{self.code.replace('.', '-')}"

    @property
    def facts(self) -> list[Fact[Any]]:
        """What it asks, in any version."""
        return [f for s in self.steps for f in s.asks]

    @property
    def roles(self) -> list[str]:
        """Who may take it, as codes."""
        return list(dict.fromkeys(r.code for s in self.steps for group in s.by.sets() for r in group))

    @property
    def joint(self) -> bool:
        """Whether several must sign."""
        return any(len(group) > 1 for s in self.steps for group in s.by.sets())

    @property
    def parts(self) -> dict[str, T]:
        """The referrals that it sends: part → the matter's title."""
        return {r.name: r.matter.title for s in self.steps for r in s.opens}

    @property
    def into(self) -> bool:
        """Whether it ends this case in another."""
        return any(s.into for s in self.steps)


def offered() -> Iterator[Offered]:
    """Every step that a person may take, in the order of the definitions."""
    for code, folder in folders().items():
        tables = [compiled(version) for version in folder.versions]
        for name in dict.fromkeys(row.step.code for t in tables for row in t.steps):
            if (found := _offered(code, name, tables)) is not None:
                yield found


def _offered(procedure: str, code: str, tables: list[Tables]) -> Offered | None:
    rows = [(t, t.steps[t.by_step[code]]) for t in tables if code in t.by_step]
    attended = any(r.code not in UNATTENDED for _, row in rows for group in row.step.by.sets() for r in group)
    if not attended:
        return None
    return Offered(
        procedure,
        code,
        tuple(row.step for _, row in rows),
        opens=any(row.track == 0 and row.mask & 1 for _, row in rows),
        moves=any(row.track != 0 or row.mask & ~1 for _, row in rows),
        many=any(t.tracks[row.track].many for t, row in rows),
        answers=any(s.answers is not None for t, _ in rows for s in t.tracks[0].stages),
    )
