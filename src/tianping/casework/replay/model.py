"""回放的数据 · A scenario as read, and the planned cases that come of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from tianping.law.text import T
from tianping.procedure.roles import Signer
from tianping.procedure.tables import Tables

OUTCOMES: Final = ("confirmed", "settled", "failed", "returned", "withdrawn", "open")


@dataclass(frozen=True, slots=True)
class Counts:
    """漏斗 · closed = settled + failed + returned + withdrawn; pushed = closed + open; confirmed stands inside settled."""

    pushed: int
    closed: int
    settled: int
    confirmed: int
    failed: int
    returned: int
    withdrawn: int
    open: int

    def of(self, outcome: str) -> int:
        """How many stories end so; ``settled`` without those that were confirmed."""
        found: int = getattr(self, outcome)
        return found - self.confirmed if outcome == "settled" else found


@dataclass(frozen=True, slots=True)
class Share:
    """一院一平台 · The counts of one court and one docked platform."""

    court: str
    channel: str
    counts: Counts


@dataclass(frozen=True, slots=True)
class Side:
    """一方 · Whose case it is (``at``: court or body), under which version, and to which side its referrals lead."""

    name: str
    procedure: str
    at: str
    title: str
    referrals: Mapping[str, str]
    tables: Tables = field(repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class PathStep:
    """走法的一步 · ``by``: role codes. ``at``: "" (a moment of its own, ``gap`` working days on), "same" or "next" (the next minute).

    ``within`` days after the step ``of`` ("" the moment before), rolled over rest days; ``exact``: on that very day; ``over``: on the working day
    after it, when the period is over.
    """

    do: str
    entity: str
    side: str
    track: str
    by: tuple[str, ...]
    gap: tuple[int, int]
    at: str
    within: int | None
    of: str
    exact: bool
    over: bool
    facts: Mapping[str, object]

    @property
    def mark(self) -> str:
        """What other steps call it: its code, with the run if there is one."""
        return f"{self.do}/{self.entity}" if self.entity else self.do


@dataclass(frozen=True, slots=True)
class Path:
    """走法 · How a story of an outcome may go. ``stay``: for an open one, working days between its last step and the end."""

    name: str
    outcome: str
    weight: int
    title: T
    stay: tuple[int, int]
    steps: tuple[PathStep, ...]


@dataclass(frozen=True, slots=True)
class Cause:
    """案由 · A sample cause of action; ``sides``: person or body, of the applicant and of the other party."""

    title: T
    channels: tuple[str, ...]
    sides: tuple[str, ...]
    confirmable: bool


@dataclass(frozen=True, slots=True)
class Names:
    """姓名用字 · What invented names are put together from."""

    surnames: tuple[str, ...]
    given: tuple[str, ...]
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """回放脚本 · Counts, sides, paths and words; ``first`` and ``last`` are its window, ``seed`` decides every draw."""

    code: str
    title: T
    label: str
    first: date
    last: date
    seed: int
    totals: Counts
    shares: tuple[Share, ...]
    sides: Mapping[str, Side]
    paths: tuple[Path, ...]
    causes: tuple[Cause, ...]
    names: Names


@dataclass(frozen=True, slots=True)
class PlannedParty:
    """拟定当事人 · An invented party. ``kind``: person or body; ``capacity``: a role code. It signs with its name as actor."""

    name: str
    kind: str
    id_number: str
    capacity: str
    phone: str


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """拟定环节 · ``happened``: local time. ``actor``: a username, a party's name, "system" or "exchange"; ``signers``: everybody who signs.

    On a referral's track ``link`` is the key of the other side's case ("" if it has none) and ``to`` the organisation it was sent to.
    """

    step: str
    track: str
    entity: str
    happened: datetime
    actor: str
    role: str
    signers: tuple[Signer, ...]
    facts: dict[str, object]
    link: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """拟定案件 · One side of one story. ``source``: the platform it came through."""

    key: str
    procedure: str
    organisation: str
    title: str
    parties: tuple[PlannedParty, ...]
    steps: tuple[PlannedStep, ...]
    source: str
