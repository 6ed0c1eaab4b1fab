"""关系 · How somebody may stand to a case, written down by hand: what such a person sees, and with which roles acts. What is not here is denied.

Nothing of the code under test is used: neither its constants nor its reading of who may sign.
"""

from __future__ import annotations

from dataclasses import dataclass

from tianping.procedure.roles import By, Role

SEES_FROM_ABOVE = {
    "Roles.PRESIDENT", "Roles.SUPERIOR_COURT", "Roles.CHIEF", "Roles.UPPER_POLICE", "Roles.CHIEF_PROSECUTOR", "Roles.UPPER_PROCURATORATE",
    "Roles.PROVINCIAL_PROCURATORATE", "Roles.LEGAL_REVIEW", "Roles.CASE_MANAGER", "Roles.INSPECTOR",
}  # fmt: skip
ACTS_FROM_ABOVE = {"Roles.SUPERIOR_COURT", "Roles.UPPER_POLICE", "Roles.UPPER_PROCURATORATE", "Roles.PROVINCIAL_PROCURATORATE"}
MACHINES = {"Roles.SYSTEM", "EXCHANGE"}


@dataclass(frozen=True, slots=True)
class Relation:
    """关系 · ``sees``: nothing, a part (what was carried), masked, or whole. ``acts``: from below (at home), from above, or not at all."""

    sees: str = "nothing"
    acts: str = ""


RELATIONS = {
    "own": Relation("whole", "home"),
    "same unit": Relation("whole", "home"),
    "other unit": Relation(),
    "other institution, same case by referral": Relation("part"),
    "other institution, referral answered": Relation(),
    "other institution": Relation(),
    "institution above": Relation("masked", "above"),
    "institution above that one": Relation("masked", "above"),
    "sealed": Relation(),
    "sealed, cleared": Relation("whole", "home"),
    "recused": Relation(),
    "expired post": Relation(),
    "expired role": Relation(),
    "future post": Relation(),
    "deputy": Relation("whole", "home"),
    "expired deputy": Relation(),
    "closed institution": Relation(),
    "administrator": Relation(),
    "disabled account": Relation(),
    "closed case": Relation("whole", "home"),
}


def sees(relation: str, role: str) -> str:
    """What somebody with one role sees of the case."""
    if role in MACHINES:
        return "nothing"
    kind = RELATIONS[relation].sees
    return "nothing" if kind == "masked" and role not in SEES_FROM_ABOVE else kind


def acts(relation: str, role: str, by: By) -> str:
    """``hidden``: there is no such case; ``refused``: the role does not suffice; ``allowed``: as far as the role goes."""
    if sees(relation, role) in ("nothing", "part"):
        return "hidden"
    from_above = RELATIONS[relation].acts == "above"
    return "allowed" if (role in ACTS_FROM_ABOVE) == from_above and alone(by, role) else "refused"


def alone(by: By, role: str) -> bool:
    """Whether one person in one role suffices: never where several must sign."""
    if isinstance(by, Role):
        return by.code == role
    return by.op == "any" and any(alone(part, role) for part in by.parts)
