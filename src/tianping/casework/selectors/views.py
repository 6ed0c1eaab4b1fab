"""案件视图 · What of one case is shown: plain values, local times, titles in both languages. How it is read stands in ``detail.py``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tianping.casework.access.masking import PartyView
from tianping.casework.engine.snapshot import ClockRow
from tianping.law.text import T


@dataclass(frozen=True, slots=True)
class EventView:
    """台账行 · One act as the page shows it. ``erased``: what it answered was erased; ``voided`` by a later correction."""

    seq: int
    step: str
    title: T
    entity: str
    happened: datetime
    recorded: datetime
    voids: int | None
    voided: bool
    signers: tuple[tuple[str, str], ...]
    facts: Mapping[str, Any]
    recorder: str
    hash: str
    erased: bool


@dataclass(frozen=True, slots=True)
class RunView:
    """线 · Where one run stands."""

    track: str
    entity: str
    stage: str
    title: T
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReferralView:
    """移送 · A referral that the case sent, and what it carried."""

    id: int
    entity: str
    part: str
    matter: T
    sender: int
    receiver: int | None
    received: int | None
    state: str
    outcome: str
    sent: datetime
    ended: datetime | None
    carried: Mapping[str, Any]
    called: T | None = None
    """The outcome in words."""
    reason: str = ""
    """Why it was sent back; for the institutions only."""


@dataclass(frozen=True, slots=True)
class DocumentView:
    """材料 · A version of a document: what it is called, how long it is and of what kind; ``seq``: the event that it belongs to.

    ``account``: who filed it; ``shown``: whether the parties of the case may read it.
    """

    id: int
    seq: int | None
    name: str
    version: int
    replaces: int | None
    size: int
    kind: str
    sha256: str
    filed: datetime
    withdrawn: bool
    account: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Detail:
    """详情 · A case as one actor may see it at an instant. ``seq`` is its version; times are local. ``capacities``: in which ones it is seen."""

    id: int
    number: str | None
    title: str
    procedure: str
    version: str
    name: T
    organisation: int
    institution: T
    stage: str
    stage_title: T
    lifecycle: int
    level: int
    flags: tuple[str, ...]
    seq: int
    head: str
    facts: Mapping[str, Any]
    due: datetime | None
    source: str
    holder: int | None
    lead: int | None
    opened: datetime
    updated: datetime
    capacities: frozenset[str]
    events: tuple[EventView, ...]
    clocks: tuple[ClockRow, ...]
    runs: tuple[RunView, ...]
    parties: tuple[PartyView, ...]
    referrals: tuple[ReferralView, ...]
    documents: tuple[DocumentView, ...]
    covered: str = ""
    """The title without the names of the parties, whoever looks."""
