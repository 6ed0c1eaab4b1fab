"""办理人 · Who acts: the account, the post it acts from, the roles of that post on the day, and the keys that open cases to it."""

from __future__ import annotations

from dataclasses import dataclass

from tianping.procedure.roles import Signer
from tianping.procedure.tables import StepRow

NO_ROLE = "NONE"
"""What stands in the place of a role that somebody does not hold: the procedure then refuses by itself."""


@dataclass(frozen=True, slots=True)
class Actor:
    """办理人 · ``account`` is its username, ``organisation`` and ``post`` are ids, ``roles`` are codes as ``Roles.JUDGE``.

    ``clearance``: the level of sealing that it may look behind.
    """

    account: str
    organisation: int
    roles: frozenset[str]
    keys: tuple[int, ...]
    post: int | None = None
    person: int | None = None
    clearance: int = 0

    def signature(self, row: StepRow | None, role: str | None = None) -> Signer:
        """The actor's own signature under a step: in the role asked for, or in one that the step wants and the actor holds."""
        if role is not None:
            return Signer(self.account, role if role in self.roles else NO_ROLE)
        wanted = [] if row is None else [r.code for s in row.step.by.sets() for r in s]
        return Signer(self.account, next((r for r in wanted if r in self.roles), NO_ROLE))
