"""例案 · Worked cases that a lawyer can write, in ``examples/*.yaml`` beside the procedure; each is a test.

A file holds one case or a list of cases: ``title``, ``as_of``, ``events``, and what must come out of them: ``refuse``, ``clocks``, ``findings``,
``stage``. An event is ``{at, do, entity, by: [name ROLE …], facts, recorded, void, into}``; its seq is its position.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from pathlib import Path
from typing import Any, Final

import yaml

from tianping.law.calendar import Calendar
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.procedure.events import VOID, Event, effective
from tianping.procedure.fold import fold_to
from tianping.procedure.reckoning import Clock
from tianping.procedure.roles import Signer
from tianping.procedure.supervision import refusals, supervise_case
from tianping.procedure.tables import Tables

KEYS: Final = {"title", "version", "as_of", "events", "refuse", "clocks", "findings", "stage"}
EVENT_KEYS: Final = {"at", "do", "entity", "by", "facts", "recorded", "void", "into", "because"}


class BadExample(TianpingError):
    """例案有误 · An example that cannot be read."""

    code = "PRO-301"
    what = T("例案 {where} 有误：{reason}", "The example {where} is wrong: {reason}")
    todo = T("请对照程序定义改正例案。", "Correct the example against the definition.")


@dataclass(frozen=True, slots=True)
class Example:
    """One worked case as read: ``where`` names it in messages."""

    where: str
    title: T
    version: date
    as_of: date | datetime
    data: Mapping[str, Any]


def read_examples(path: Path) -> list[Example]:
    """The worked cases of one file. Raises BadExample."""
    loaded = yaml.safe_load(path.read_text(encoding="utf-8"))
    cases = loaded if isinstance(loaded, list) else [loaded]
    return [_example(f"{path.name}#{i}", case) for i, case in enumerate(cases, 1)]


def _example(where: str, case: Mapping[str, Any]) -> Example:
    unknown = set(case) - KEYS
    if unknown or "events" not in case or "as_of" not in case:
        raise BadExample(where=where, reason=f"keys {sorted(unknown)} / events, as_of")
    first = _moment(case["events"][0]["at"]).date()
    title = T(case["title"]["zh"], case["title"]["en"])
    as_of = case["as_of"]
    return Example(where, title, case.get("version", first), as_of if isinstance(as_of, date) else _moment(as_of), case)


def failures(example: Example, tables: Tables, calendar: Calendar) -> list[str]:
    """What differs between the example's expectation and what the definition gives; empty when all is as written."""
    events = [event_of(example.where, tables, seq, row) for seq, row in enumerate(example.data["events"])]
    judged = supervise_case(tables, effective(events), example.as_of, calendar)
    out = _compare_clocks(judged.clocks, example.data.get("clocks", ()))
    if "findings" in example.data:
        got, want = Counter(f.rule.code for f in judged.findings), Counter(example.data["findings"])
        if got != want:
            out.append(f"findings {sorted(got.elements())}, expected {sorted(want.elements())}")
    for row in example.data.get("refuse", ()):
        out += _refused(example, tables, events, row, calendar)
    return out + _stage(tables, events, example)


def _refused(example: Example, tables: Tables, events: list[Event], row: Mapping[str, Any], calendar: Calendar) -> list[str]:
    tried = event_of(example.where, tables, len(events), row)
    codes = {f.rule.code for f in refusals(tables, events, tried, calendar)}
    missing = set(row["because"]) - codes
    return [f"refusal of {row['do']}: {sorted(missing)} not among {sorted(codes)}"] if missing or not row["because"] else []


def _stage(tables: Tables, events: list[Event], example: Example) -> list[str]:
    if "stage" not in example.data:
        return []
    log = effective(events)
    number = fold_to(tables, log, len(log)).stage.get((0, ""), 0)
    got = tables.tracks[0].stages[number].code
    return [] if got == example.data["stage"] else [f"stage {got}, expected {example.data['stage']}"]


def _compare_clocks(clocks: Sequence[Clock], wanted: Sequence[Mapping[str, Any]]) -> list[str]:
    out = []
    for want in wanted:
        same = [c for c in clocks if c.row.code == want["clock"]]
        shown = [_shown(c) for c in same]
        if not any(all(_text(got[k]) == _text(v) for k, v in want.items()) for got in shown):
            out.append(f"clock {dict(want)} not among {shown}")
    return out


def _shown(clock: Clock) -> dict[str, object]:
    return {
        "clock": clock.row.code,
        "entity": clock.entity,
        "since": clock.since,
        "since_seq": clock.since_seq,
        "due": clock.due,
        "met_on": clock.met_on,
        "status": clock.status,
        "fixed": clock.fixed,
        "provisional": clock.provisional,
        "days_late": clock.days_late,
    }


def _text(value: object) -> str:
    """Dates and instants compare to the minute, whatever way they were written."""
    if isinstance(value, str) and value[:2] in ("19", "20") and len(value) >= 16:
        value = _moment(value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return str(value)


def _moment(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    return datetime.fromisoformat(str(value))


def event_of(where: str, tables: Tables, seq: int, row: Mapping[str, Any]) -> Event:
    """One act of an example, as an event. Raises BadExample."""
    unknown = set(row) - EVENT_KEYS
    if unknown:
        raise BadExample(where=where, reason=f"event {seq}: {sorted(unknown)}")
    signers = tuple(Signer(*entry.rsplit(" ", 1)) for entry in row.get("by", ()))
    recorded = _moment(row["recorded"]) if "recorded" in row else None
    if "do" not in row:
        return Event(seq, VOID, 0, "", _moment(row["at"]), recorded, row["void"], signers)
    if row["do"] not in tables.by_step:
        raise BadExample(where=where, reason=f"event {seq}: {row['do']}?")
    step = tables.by_step[row["do"]]
    facts = {name: typed(tables, name, answer, where) for name, answer in row.get("facts", {}).items()}
    entity = str(row.get("entity", ""))
    track = tables.steps[step].track
    if tables.tracks[track].many != bool(entity):
        raise BadExample(where=where, reason=f"event {seq}: entity {entity!r} {row['do']}")
    return Event(seq, step, track, entity, _moment(row["at"]), recorded, row.get("void"), signers, facts, row.get("into"))


def typed(tables: Tables, name: str, answer: object, where: str) -> object:
    """An answer in the type of its fact: Decimal from text or number, an Enum's name, dates and booleans as they are."""
    if name not in tables.facts:
        raise BadExample(where=where, reason=f"fact {name}?")
    kind = tables.facts[name][0].kind
    if answer is None:
        return None
    if issubclass(kind, Enum):
        if str(answer) not in kind.__members__:
            raise BadExample(where=where, reason=f"{name}: {answer}")
        return str(answer)
    if kind is Decimal:
        try:
            return Decimal(str(answer))
        except InvalidOperation:
            raise BadExample(where=where, reason=f"{name}: {answer}") from None
    if kind in (bool, date) and not isinstance(answer, kind):
        raise BadExample(where=where, reason=f"{name}: {answer!r}")
    return kind(answer) if kind in (int, str) else answer
