"""带入的案件 · Whole cases as an import brings them, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tianping.law.errors import TianpingError
from tianping.procedure.roles import Signer


@dataclass(frozen=True, slots=True)
class ImportedStep:
    """导入的环节 · One act. ``happened`` is local time."""

    step: str
    happened: datetime
    signers: tuple[Signer, ...]
    entity: str = ""
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportedParty:
    """导入的当事人 · One party of an imported case."""

    name: str
    capacity: str
    kind: str = "person"
    identity: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class ImportedReferral:
    """导入的移送 · A referral of an imported case: to which institution, and the key of the case that it became there."""

    entity: str
    receiver: int
    received: str = ""


@dataclass(frozen=True, slots=True)
class ImportedCase:
    """导入的案件 · A case as it is brought. ``key`` names it within the import; ``organisation`` is an id, ``keys`` open it.

    ``number``: the case number that it has already; the institution's counter goes past it, and no step gives the case another.
    """

    key: str
    procedure: str
    organisation: int
    title: str
    steps: Sequence[ImportedStep]
    keys: tuple[int, ...]
    source: str = ""
    parties: tuple[ImportedParty, ...] = ()
    referrals: tuple[ImportedReferral, ...] = ()
    number: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """导入结果 · The new case of each key, how many events were written, and why other cases were not."""

    cases: dict[str, int]
    steps: int
    refused: list[tuple[str, TianpingError]]
