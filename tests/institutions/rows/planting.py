"""埋设差错 · Lawful cases with faults planted in some of them: what the supervision finds must be those and no others.

A story is a case in few words, written here or taken from a worked case. A change makes a story unlawful in one way. ``mismatches`` tells stories on
many days; ``found`` looks at one worked case on its own days; ``planted`` hides faults among worked cases and random lawful ones, for two engines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from tests.casework.test_importing import LAWFUL
from tianping.engines.generate import Generator
from tianping.engines.supervise.encoding import encode, rows_of_events
from tianping.engines.supervise.judged import judge
from tianping.engines.supervise.reckoned import Moment
from tianping.law.calendar import calendar
from tianping.law.periods import day_number
from tianping.procedure.events import Event
from tianping.procedure.examples import Example, read_examples, typed
from tianping.procedure.reckoning import seconds
from tianping.procedure.registry import find
from tianping.procedure.roles import Signer
from tianping.procedure.rules import REFUSED, rules
from tianping.procedure.supervision import supervise_case, supervise_cases
from tianping.procedure.tables import Tables, compiled

NINE = time(9)

# ---- a story ---------------------------------------------------------------------------------------------------------------------


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
Where = str | int
"""An act by its step, or by its place in the story."""


def worked(code: str, nth: int, file: str = "cases.yaml") -> Story:
    """The nth worked case; its days, and the days among its answers, are counted from its beginning."""
    return _told(_example(code, file, nth))


def _example(code: str, file: str, nth: int) -> Example:
    return read_examples(find(code).path / "examples" / file)[nth]


def _told(example: Example) -> Story:
    rows = example.data["events"]
    begin = _moment(rows[0]["at"])
    nine = datetime.combine(begin.date(), NINE)
    return [_act(row, begin, nine) for row in rows]


def _act(row: dict[str, Any], begin: datetime, nine: datetime) -> Act:
    facts = {n: datetime.combine(a, NINE) - nine if type(a) is date else a for n, a in row.get("facts", {}).items()}
    day = (_moment(row["at"]) - begin).total_seconds() / 86_400
    return Act(day, row["do"], ", ".join(row.get("by", ())), str(row.get("entity", "")), facts)


def _moment(at: date | datetime | str) -> datetime:
    if isinstance(at, str):
        return datetime.fromisoformat(at)
    return at if isinstance(at, datetime) else datetime.combine(at, NINE)


def log_of(tables: Tables, story: Story, begin: datetime) -> list[Event]:
    """A story as events."""
    placed = sorted(enumerate(story), key=lambda pair: (pair[1].day, pair[0]))
    return [_event(tables, seq, act, begin) for seq, (_, act) in enumerate(placed)]


def _event(tables: Tables, seq: int, act: Act, begin: datetime) -> Event:
    step = tables.by_step[act.do]
    signers = tuple(Signer(*one.rsplit(" ", 1)) for one in act.by.split(", ") if one)
    given = {n: (begin + a).date() if isinstance(a, timedelta) else a for n, a in act.facts.items()}
    facts = {n: typed(tables, n, a, act.do) for n, a in given.items()}
    return Event(seq, step, tables.steps[step].track, act.entity, begin + timedelta(days=act.day), signers=signers, facts=facts)


# ---- what is done wrong ------------------------------------------------------------------------------------------------------------


def _places(story: Story, at: Where) -> list[int]:
    return [at] if isinstance(at, int) else [i for i, act in enumerate(story) if act.do == at]


def _changed(at: Where, change: Callable[[Act], Act]) -> Change:
    def made(story: Story) -> list[Act]:
        places = _places(story, at)
        return [change(act) if i in places else act for i, act in enumerate(story)]

    return made


def later(at: Where, days: float = 0, nth: int = 0, *, hours: float = 0, minutes: float = 0) -> Change:
    """The act, and all that follow it, so much later."""
    by = days + hours / 24 + minutes / 1440

    def made(story: Story) -> list[Act]:
        place = _places(story, at)[nth]
        return [replace(act, day=act.day + by) if i >= place else act for i, act in enumerate(story)]

    return made


def moved(at: Where, *, days: float = 0, seconds: float = 0) -> Change:
    """The act alone so much later, or earlier."""
    return _changed(at, lambda act: replace(act, day=act.day + days + seconds / 86_400))


def without(at: Where, nth: int | None = None) -> Change:
    """The act left out: every such act, or the nth."""

    def made(story: Story) -> list[Act]:
        places = _places(story, at)
        return [act for i, act in enumerate(story) if i not in (places if nth is None else [places[nth]])]

    return made


def signed(at: Where, *by: str) -> Change:
    """The act signed by others."""
    return _changed(at, lambda act: replace(act, by=", ".join(by)))


def answered(at: Where, **facts: Any) -> Change:
    """The act with other answers."""
    return _changed(at, lambda act: replace(act, facts={**act.facts, **facts}))


def forgetting(at: Where, fact: str) -> Change:
    """The act without an answer."""
    return _changed(at, lambda act: replace(act, facts={n: a for n, a in act.facts.items() if n != fact}))


def again(do: str, day: float, **facts: Any) -> Change:
    """The act once more, on a day of the story."""

    def made(story: Story) -> list[Act]:
        act = story[_places(story, do)[0]]
        return [*story, replace(act, day=day, facts={**act.facts, **facts})]

    return made


def twice(at: Where) -> Change:
    """The act again at once."""

    def made(story: Story) -> list[Act]:
        place = _places(story, at)[0]
        return [*story[: place + 1], *story[place:]]

    return made


def added(act: Act) -> Change:
    """One more act."""
    return lambda story: [*story, act]


def earlier(at: Where, before: Where) -> Change:
    """The act at the time of another one, and before it."""

    def made(story: Story) -> list[Act]:
        place, other = _places(story, at)[0], _places(story, before)[0]
        rest = [act for i, act in enumerate(story) if i != place]
        return [*rest[:other], replace(story[place], day=story[other].day), *rest[other:]]

    return made


# ---- stories on many days ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Breach:
    """What is done wrong, to which story, and the findings that it must give."""

    name: str
    story: Story
    change: Change
    found: tuple[str, ...]


def mismatches(code: str, stories: Sequence[Story], breaches: Sequence[Breach], *, start: date, copies: int = 4, seed: int = 1) -> list[str]:
    """Cases whose findings are not those planted: each story several times without a breach, each breach once, on random days."""
    tables, random = compiled(find(code).on(start)), Random(seed)
    logs: dict[str, list[Event]] = {}
    wanted: dict[str, tuple[str, ...]] = {}
    for n, story in enumerate(stories):
        for k in range(copies):
            logs[f"lawful {n}.{k}"], wanted[f"lawful {n}.{k}"] = log_of(tables, story, _day(start, random)), ()
    for breach in breaches:
        logs[breach.name], wanted[breach.name] = log_of(tables, breach.change(breach.story), _day(start, random)), breach.found
    judged = supervise_cases(tables, logs, max(e.happened for log in logs.values() for e in log) + timedelta(days=400), calendar())
    out = []
    for name, result in judged.items():
        got = Counter(f.rule.code for f in result.findings)
        if got != Counter(wanted[name]):
            out.append(f"{name}: {sorted(got.elements())}, planted {sorted(wanted[name])}")
    return out


def _day(start: date, random: Random) -> datetime:
    return datetime.combine(start + timedelta(days=random.randrange(300)), NINE)


# ---- one worked case on its own days -----------------------------------------------------------------------------------------------


def found(code: str, file: str, nth: int, change: Change | None) -> list[str]:
    """What is found of the nth worked case of a file as of its own day, once the change is made to it."""
    example = _example(code, file, nth)
    tables, story = compiled(find(code).on(example.version)), _told(example)
    log = log_of(tables, story if change is None else change(story), _moment(example.data["events"][0]["at"]))
    return sorted(f.rule.code for f in supervise_case(tables, log, example.as_of, calendar()).findings)


# ---- among random cases, for two engines -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fault:
    """埋设 · In which worked case (procedure, file, position from one), what is changed, and what must be found."""

    code: str
    file: str
    at: int
    change: Change
    found: frozenset[str]

    @property
    def name(self) -> str:
        """For the list of tests."""
        return "+".join(sorted(self.found))


def fault(code: str, file: str, at: int, change: Change, *found: str) -> Fault:
    """A fault in few words."""
    return Fault(code, file, at, change, frozenset(found))


def hosts(code: str, seed: int, count: int) -> dict[str, list[Event]]:
    """Random lawful cases in which no time has run out by their last act. Where a step counts other cases, there are none."""
    tables, first = compiled(find(code).current), max(find(code).current.valid_from, date(2024, 1, 1))
    counted = {name: 0 for name, (fact, _) in tables.facts.items() if fact.known_by is not None}
    out = {}
    for case, log in Generator(tables, seed, start=first, faults=LAWFUL).cases(count).items():
        acts = [replace(e, facts={**e.facts, **{n: 0 for n in counted if n in e.facts}}) for e in log]
        judged = supervise_case(tables, acts, acts[-1].happened, calendar())
        kept = acts[: min((f.seq for f in judged.findings if f.rule.kind in REFUSED), default=len(acts))]
        if kept and not supervise_case(tables, kept, kept[-1].happened, calendar()).findings:
            out[f"{code}-{case}"] = kept
    return out


def _both(tables: Tables, case: str, log: list[Event]) -> set[str]:
    """What the oracle and the array engine find of one case as of its last act; both must say the same."""
    as_of = log[-1].happened
    scalar = {f.rule.code for f in supervise_cases(tables, {case: log}, as_of, calendar())[case].findings}
    encoded = encode(rows_of_events({case: log}, tables), tables, until=as_of)
    got = judge(tables, encoded, Moment(day_number(as_of.date()), seconds(as_of)), calendar())
    assert {rules(tables).rows[f.rule].code for f in got.findings if len(f)} == scalar
    return scalar


def planted(faults: list[Fault], *, count: int, seed: int = 1) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """(found, planted): every fault in its own copy of its host, among the untouched hosts and random lawful cases of the same procedures.

    Each case is judged as of its own last act, as a daily inspection meets it.
    """
    seen: dict[str, set[str]] = {}
    wanted: dict[str, set[str]] = {}
    for code in dict.fromkeys(f.code for f in faults):
        cases, tables = hosts(code, seed, count), compiled(find(code).current)
        assert len(cases) > count // 20, (code, len(cases))
        for n, f in enumerate(one for one in faults if one.code == code):
            example = _example(f.code, f.file, f.at - 1)
            story, begin = _told(example), _moment(example.data["events"][0]["at"])
            cases[f"{code}-host-{n}"] = log_of(tables, story, begin)
            cases[f"{code}-planted-{n}"] = log_of(tables, f.change(story), begin)
            wanted[f"{code}-planted-{n}"] = set(f.found)
        seen |= {case: codes for case, log in cases.items() if (codes := _both(tables, case, log))}
    return seen, wanted
