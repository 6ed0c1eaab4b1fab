"""办理人 · Who acts: the account, the post it acts from, the roles of that post on the day, and the keys that open cases to it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

from tianping.procedure.contracts.roles import Roles
from tianping.procedure.referral import EXCHANGE
from tianping.procedure.roles import Signer
from tianping.procedure.tables import StepRow

NO_ROLE = "NONE"
"""What stands in the place of a role that somebody does not hold: the procedure then refuses by itself."""
HANDLE: Final = "handle"
SUPERVISE: Final = "supervise"
REFER: Final = "refer"
PARTY: Final = "party"
ABOVE: Final = frozenset(role.code for role in (Roles.SUPERIOR_COURT, Roles.UPPER_POLICE, Roles.UPPER_PROCURATORATE, Roles.PROVINCIAL_PROCURATORATE))
"""Roles that act on the cases of an institution below: never on the institution's own."""
PARTIES: Final = frozenset(
    r.code for r in (Roles.APPLICANT, Roles.OPPONENT, Roles.PARTY, Roles.DEFENDANT, Roles.INTERESTED, Roles.SUSPECT, Roles.DEFENDER)
)
"""Roles of people who have a case and no post: what they sign on paper is recorded by who takes the step."""
MACHINES: Final = frozenset({Roles.SYSTEM.code, EXCHANGE.code})
"""Roles that no person holds, whatever a post says."""
OUTSIDE: Final = frozenset(
    role.code
    for role in (
        Roles.APPLICANT, Roles.OPPONENT, Roles.PARTY, Roles.DEFENDANT, Roles.INTERESTED, Roles.AGENT, Roles.VISITOR, Roles.PETITIONER, Roles.INVITED,
        Roles.DEFENDER, Roles.ENTERPRISE,
    )
)  # fmt: skip
"""Roles of people who act for themselves and hold no post."""


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
        wanted = () if row is None else row.step.by.codes
        return Signer(self.account, next((r for r in wanted if r in self.roles), NO_ROLE))

    def through(self, capacities: Collection[str]) -> Actor:
        """The actor with the roles that count for a case which it sees in some capacities: a superior acts as a superior only, below only.

        A party has the roles of a party, and no key but its own.
        """
        if PARTY not in capacities and HANDLE in capacities and self.roles.isdisjoint(ABOVE):
            return self
        counted = (self.roles - ABOVE if HANDLE in capacities else frozenset()) | (self.roles & ABOVE if SUPERVISE in capacities else frozenset())
        return replace(self, roles=counted | (self.roles & OUTSIDE if PARTY in capacities else frozenset()))
