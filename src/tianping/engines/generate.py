"""生成日志 · Random logs of any definition: mostly lawful, with every kind of fault in between. For tests and benchmarks; never for figures.

The walk follows the definition itself (a legal step most of the time), so a new procedure is covered without a line of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import Enum
from random import Random
from typing import Any

from tianping.procedure.events import VOID, Event
from tianping.procedure.fold import State
from tianping.procedure.grammar import Fact
from tianping.procedure.roles import Signer
from tianping.procedure.tables import StepRow, Tables

MINUTES = (0, 0, 1, 10, 90, 600)
DAYS = (0, 0, 1, 1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 95, 190)


@dataclass(frozen=True, slots=True)
class Faults:
    """How often (0 … 1) something out of the ordinary is written into a log."""

    illegal: float = 0.06
    unsigned: float = 0.05
    unanswered: float = 0.1
    voided: float = 0.03
    late_entry: float = 0.1
    merged: float = 0.1


class Generator:
    """Random cases of one definition. The same seed gives the same cases."""

    def __init__(self, tables: Tables, seed: int, *, start: date, faults: Faults | None = None) -> None:
        self.tables, self.random, self.start = tables, Random(seed), start  # noqa: S311 — sample data, no secret
        self.faults = faults if faults is not None else Faults()
        self.merges = [s.no for s in tables.steps if s.step.into]

    def cases(self, count: int, *, length: int = 12) -> dict[str, list[Event]]:
        """``count`` cases of up to about ``length`` events each."""
        out: dict[str, list[Event]] = {}
        for n in range(count):
            out[f"C{n}"] = _Walk(self, list(out)).run(1 + self.random.randrange(2 * length))
        return out

    def act(self, state: State, now: datetime) -> Event:
        """One act that somebody might try in a case that stands so, at that moment. Its number says nothing."""
        walk = _Walk(self, [])
        walk.state, walk.now = state, now
        return walk.act()

    def chance(self, share: float) -> bool:
        """True with this probability."""
        return self.random.random() < share


class _Walk:
    def __init__(self, maker: Generator, others: list[str]) -> None:
        self.maker, self.tables, self.random, self.others = maker, maker.tables, maker.random, others
        self.state = State(maker.tables)
        self.now = datetime.combine(maker.start, datetime.min.time()) + timedelta(days=self.random.randrange(900), hours=9)
        self.events: list[Event] = []

    def run(self, length: int) -> list[Event]:
        for _ in range(length):
            self._pass()
            event = self.act()
            self.events.append(event)
            self.state.take(event)
            if self.maker.chance(self.maker.faults.voided):
                self._void()
        return self.events

    def act(self) -> Event:
        return self._event(*self._next())

    def _next(self) -> tuple[StepRow, str]:
        runs = [(t, "") for t in self.tables.tracks if not t.many]
        for track in (t for t in self.tables.tracks if t.many):
            runs += [(track, f"{track.name}{i}") for i in range(1, 4)]
        legal = []
        for track, entity in runs:
            stage = self.state.stage.get((track.no, entity), 0)
            legal += [(s, entity) for s in self.tables.steps if s.track == track.no and s.mask >> stage & 1]
        if not legal or self.maker.chance(self.maker.faults.illegal):
            track, entity = self.random.choice(runs)
            return self.random.choice([s for s in self.tables.steps if s.track == track.no]), entity
        return self.random.choice(legal)

    def _pass(self) -> None:
        days = self.random.choice(DAYS)
        self.now += timedelta(days=days, minutes=self.random.choice(MINUTES))

    def _event(self, row: StepRow, entity: str) -> Event:
        recorded = None
        if self.maker.chance(0.5):
            lag = timedelta(days=self.random.choice((0, 0, 1, 4))) if self.maker.chance(self.maker.faults.late_entry) else timedelta(minutes=5)
            recorded = self.now + lag
        into = None
        if row.step.into and self.others and self.maker.chance(0.7):
            into = self.random.choice(self.others)
        return Event(len(self.events), row.no, row.track, entity, self.now, recorded, None, self._signers(row), self._answers(row), into)

    def _signers(self, row: StepRow) -> tuple[Signer, ...]:
        if self.maker.chance(self.maker.faults.unsigned):
            return self.random.choice(((), (Signer("甲", "STRANGER"),), (Signer("", ""),)))
        needed = self.random.choice(row.step.by.sets())
        people = self.random.sample(("甲", "乙", "丙", "丁", "戊"), len(needed))
        return tuple(Signer(person, role.code) for person, role in zip(people, needed, strict=True))

    def _answers(self, row: StepRow) -> dict[str, object]:
        return {f.name: self._answer(f) for f in row.step.asks if not self.maker.chance(self.maker.faults.unanswered)}

    def _answer(self, fact: Fact[Any]) -> object:
        kind = fact.kind
        if issubclass(kind, Enum):
            return self.random.choice(list(kind.__members__))
        if fact.hour:
            return self.random.choice(("09:00", "14:30", "16:00"))
        if kind is bool:
            return self.maker.chance(0.5)
        if kind is date:
            return self.now.date() + timedelta(days=self.random.randrange(-10, 60))
        if kind is Decimal:
            return Decimal(self.random.randrange(0, 40_000_000)) / 100
        return self.random.randrange(0, 90) if kind is int else self.random.choice(("甲", "乙", "丙"))

    def _void(self) -> None:
        standing = [e for e in self.events if e.step != VOID]
        struck = self.random.choice(standing)
        self.events.append(Event(len(self.events), VOID, 0, "", self.now, None, struck.seq, (Signer("甲", "CLERK"),)))
