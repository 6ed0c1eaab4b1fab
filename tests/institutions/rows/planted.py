"""植入问题 · Lawful cases made from one story on many days, some with one breach each; what the supervision finds must be those and no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tianping.law.calendar import calendar
from tianping.procedure.events import Event
from tianping.procedure.examples import typed
from tianping.procedure.registry import find
from tianping.procedure.roles import Signer
from tianping.procedure.supervision import supervise_cases
from tianping.procedure.tables import Tables, compiled


@dataclass(frozen=True, slots=True)
class Act:
    """One act of a story, ``day`` (and part of a day) after its beginning. A fact that is a ``timedelta`` is a day counted from the beginning."""

    day: float
    do: str
    by: str = ""
    entity: str = ""
    facts: dict[str, Any] = field(default_factory=dict)


Story = Sequence[Act]
Change = Callable[[Story], list[Act]]


@dataclass(frozen=True, slots=True)
class Breach:
    """What is done wrong, to which story, and the findings that it must give."""

    name: str
    story: Story
    change: Change
    found: tuple[str, ...]


def later(do: str, days: float, nth: int = 0) -> Change:
    """The act, and all that follow it, so many days later."""

    def change(story: Story) -> list[Act]:
        at = [i for i, a in enumerate(story) if a.do == do][nth]
        return [replace(a, day=a.day + days) if i >= at else a for i, a in enumerate(story)]

    return change


def without(do: str) -> Change:
    """The act left out."""
    return lambda story: [a for a in story if a.do != do]


def signed(do: str, by: str) -> Change:
    """The act signed by somebody else."""
    return lambda story: [replace(a, by=by) if a.do == do else a for a in story]


def answered(do: str, **facts: Any) -> Change:
    """The act with other answers."""
    return lambda story: [replace(a, facts={**a.facts, **facts}) if a.do == do else a for a in story]


def again(do: str, day: float, **facts: Any) -> Change:
    """The act once more, on a day of the story."""

    def change(story: Story) -> list[Act]:
        act = next(a for a in story if a.do == do)
        return [*story, replace(act, day=day, facts={**act.facts, **facts})]

    return change


def added(act: Act) -> Change:
    """One more act."""
    return lambda story: [*story, act]


def mismatches(code: str, stories: Sequence[Story], breaches: Sequence[Breach], *, start: date, copies: int = 4, seed: int = 1) -> list[str]:
    """Cases whose findings are not those planted: each story several times without a breach, each breach once, on random days."""
    tables, random = compiled(find(code).on(start)), Random(seed)
    logs: dict[str, list[Event]] = {}
    wanted: dict[str, tuple[str, ...]] = {}
    for n, story in enumerate(stories):
        for k in range(copies):
            logs[f"lawful {n}.{k}"], wanted[f"lawful {n}.{k}"] = _log(tables, story, _day(start, random)), ()
    for breach in breaches:
        logs[breach.name], wanted[breach.name] = _log(tables, breach.change(breach.story), _day(start, random)), breach.found
    judged = supervise_cases(tables, logs, max(e.happened for log in logs.values() for e in log) + timedelta(days=400), calendar())
    out = []
    for name, result in judged.items():
        got = Counter(f.rule.code for f in result.findings)
        if got != Counter(wanted[name]):
            out.append(f"{name}: {sorted(got.elements())}, planted {sorted(wanted[name])}")
    return out


def _day(start: date, random: Random) -> datetime:
    return datetime.combine(start + timedelta(days=random.randrange(300)), datetime.min.time()) + timedelta(hours=9)


def _log(tables: Tables, story: Story, begin: datetime) -> list[Event]:
    placed = sorted(enumerate(story), key=lambda pair: (pair[1].day, pair[0]))
    return [_event(tables, seq, act, begin) for seq, (_, act) in enumerate(placed)]


def _event(tables: Tables, seq: int, act: Act, begin: datetime) -> Event:
    step = tables.by_step[act.do]
    signers = tuple(Signer(*one.rsplit(" ", 1)) for one in act.by.split(", ") if one)
    given = {n: (begin + a).date() if isinstance(a, timedelta) else a for n, a in act.facts.items()}
    facts = {n: typed(tables, n, a, act.do) for n, a in given.items()}
    return Event(seq, step, tables.steps[step].track, act.entity, begin + timedelta(days=act.day), signers=signers, facts=facts)
