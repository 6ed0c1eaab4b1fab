"""埋设差错 · Lawful logs of a procedure, and faults planted in some of them: what both engines find of either.

The hosts are the worked cases that a lawyer wrote, and random cases cut before their first unlawful step; a fault is one change to one host.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from tests.casework.test_importing import LAWFUL
from tianping.engines.generate import Generator
from tianping.engines.supervise.encoding import encode, rows_of_events
from tianping.engines.supervise.judged import judge
from tianping.engines.supervise.reckoned import Moment
from tianping.law.calendar import calendar
from tianping.law.periods import day_number
from tianping.procedure.events import Event
from tianping.procedure.examples import read_examples, typed
from tianping.procedure.reckoning import seconds
from tianping.procedure.registry import find
from tianping.procedure.roles import Signer
from tianping.procedure.rules import REFUSED, rules
from tianping.procedure.supervision import supervise_case, supervise_cases
from tianping.procedure.tables import Tables, compiled

Rows = list[dict[str, Any]]
Edit = Callable[[Rows], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """埋设 · In which worked case (procedure, file, position), what is changed, and what must be found."""

    code: str
    file: str
    at: int
    edit: Edit
    found: frozenset[str]

    @property
    def name(self) -> str:
        """For the list of tests."""
        return "+".join(sorted(self.found))


def fault(code: str, file: str, at: int, edit: Edit, *found: str) -> Fault:
    """A fault in few words."""
    return Fault(code, file, at, edit, frozenset(found))


def _at(rows: Rows, step: str) -> int:
    return next(i for i, row in enumerate(rows) if row["do"] == step)


def late(step: str, **by: float) -> Edit:
    """The step and all that follows happen so much later."""

    def edit(rows: Rows) -> None:
        for row in rows[_at(rows, step) :]:
            row["at"] = _moment(row["at"]) + timedelta(**by)

    return edit


def signed(step: str, *by: str) -> Edit:
    """The step is signed by others."""

    def edit(rows: Rows) -> None:
        rows[_at(rows, step)]["by"] = list(by)

    return edit


def without(step: str) -> Edit:
    """The step is left out."""

    def edit(rows: Rows) -> None:
        del rows[_at(rows, step)]

    return edit


def twice(step: str) -> Edit:
    """The step is taken again at once."""

    def edit(rows: Rows) -> None:
        rows.insert(_at(rows, step), dict(rows[_at(rows, step)]))

    return edit


def answered(step: str, **facts: object) -> Edit:
    """The step has other answers."""

    def edit(rows: Rows) -> None:
        row = rows[_at(rows, step)]
        row["facts"] = {**row.get("facts", {}), **facts}

    return edit


def earlier(step: str, before: str) -> Edit:
    """The step is taken at the time of another one, and before it."""

    def edit(rows: Rows) -> None:
        row = rows.pop(_at(rows, step))
        place = _at(rows, before)
        rows.insert(place, {**row, "at": rows[place]["at"]})

    return edit


def _moment(value: object) -> datetime:
    return datetime.fromisoformat(str(value))


def log_of(tables: Tables, rows: Rows) -> list[Event]:
    """The acts of a worked case."""
    out = []
    for seq, row in enumerate(rows):
        step = tables.by_step[row["do"]]
        facts = {name: typed(tables, name, answer, row["do"]) for name, answer in row.get("facts", {}).items()}
        signers = tuple(Signer(*entry.rsplit(" ", 1)) for entry in row.get("by", ()))
        out.append(Event(seq, step, tables.steps[step].track, row.get("entity", ""), _moment(row["at"]), signers=signers, facts=facts))
    return out


def rows_of(code: str, file: str, at: int) -> Rows:
    """The events of a worked case as they are written, to be changed."""
    example = read_examples(find(code).path / "examples" / file)[at - 1]
    return [dict(row) for row in example.data["events"]]


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


def found(tables: Tables, cases: dict[str, list[Event]], as_of: datetime) -> dict[str, set[str]]:
    """What the oracle and the array engine find, case by case, as of one moment; both must say the same."""
    scalar: dict[str, set[str]] = {c: {f.rule.code for f in j.findings} for c, j in supervise_cases(tables, cases, as_of, calendar()).items()}
    got = judge(tables, encode(rows_of_events(cases, tables), tables, until=as_of), Moment(day_number(as_of.date()), seconds(as_of)), calendar())
    names, arrays = got.log.cases.to_pylist(), {case: set[str]() for case in cases}
    for f in got.findings:
        for i in range(len(f)):
            arrays[names[f.case[i]]].add(rules(tables).rows[f.rule].code)
    assert arrays == {case: scalar.get(case, set()) for case in cases}
    return {case: codes for case, codes in arrays.items() if codes}


def planted(faults: list[Fault], *, count: int, seed: int = 1) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """(found, planted): every fault in its own copy of its host, among the untouched hosts and random lawful cases of the same procedures.

    Each case is judged as of its own last act, as a daily inspection meets it.
    """
    seen: dict[str, set[str]] = {}
    wanted: dict[str, set[str]] = {}
    for code in dict.fromkeys(f.code for f in faults):
        cases = hosts(code, seed, count)
        assert len(cases) > count // 20, (code, len(cases))
        for n, f in enumerate(one for one in faults if one.code == code):
            tables = compiled(find(code).current)
            rows = rows_of(f.code, f.file, f.at)
            cases[f"{code}-host-{n}"] = log_of(tables, rows)
            f.edit(rows)
            cases[f"{code}-planted-{n}"] = log_of(tables, rows)
            wanted[f"{code}-planted-{n}"] = set(f.found)
        for case, log in cases.items():
            seen |= found(compiled(find(code).current), {case: log}, log[-1].happened)
    return seen, wanted
