"""日程行 · The days on which people meet in a case, as rows: of every answer that its definition marks so. A step that answers none writes none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from tianping.casework.engine.decide import Plan
from tianping.casework.engine.snapshot import Snapshot
from tianping.procedure.events import VOID
from tianping.procedure.fold import fold_to
from tianping.procedure.grammar import Fact
from tianping.procedure.tables import Tables

LONGEST: Final = 120
"""Letters of a place that stand in the calendar."""


@cache
def agenda(tables: Tables) -> Mapping[str, int]:
    """Answer → track, of the answers that are such days."""
    return {name: track for name, (fact, track) in tables.facts.items() if fact.agenda}


@cache
def details(tables: Tables) -> Mapping[str, tuple[str, str]]:
    """Day → the answers that tell its hour and its place, "" where the definition has none."""
    told = [fact for fact, _ in tables.facts.values() if fact.of is not None]
    return {name: (_named(told, name, hour=True), _named(told, name, hour=False)) for name in agenda(tables)}


def _named(told: list[Fact[Any]], day: str, *, hour: bool) -> str:
    return next((f.name for f in told if f.of is not None and f.of.name == day and f.hour is hour), "")


@cache
def moves_a_day(tables: Tables, step: int) -> bool:
    """Whether a step answers or sets such a day, or more of it."""
    row = tables.steps[step].step
    return any(map(told_to_come, (*row.asks, *(f for f, _ in row.sets))))


def told_to_come(fact: Fact[Any]) -> bool:
    """Whether an answer says when or where people are to come."""
    return fact.agenda or fact.of is not None


def left_open(tables: Tables, step: int, answers: Mapping[str, object]) -> list[str]:
    """Hour and place of a day that a step tells, where it asks for them and they are not said."""
    days = details(tables)
    if step == VOID or not days:
        return []
    asked = {fact.name for fact in tables.steps[step].step.asks}
    return [name for day, told in days.items() if day in answers for name in told if name in asked and name not in answers]


def unsaid(now: Snapshot, step: int, entity: str, answers: Mapping[str, object]) -> dict[str, object]:
    """What stood of the day before and is not said of the new one: neither hour nor room of an earlier hearing is that of the next."""
    open_ = left_open(now.tables, step, answers)
    if not open_ or not now.seq:
        return {}
    log = now.shown_log()
    state = fold_to(now.tables, log, len(log))
    stood = {**state.case_facts, **state.run_facts.get((now.tables.steps[step].track, entity), {})}
    return {name: "" for name in open_ if stood.get(name)}


def appointment_rows(tables: Tables, plan: Plan, *, every: bool) -> list[dict[str, Any]]:
    """All such days of a case, if the plan's events may have moved one (or ``every``)."""
    if not agenda(tables) or not (every or any(e.step != VOID and moves_a_day(tables, e.step) for e in plan.events)):
        return []
    return list(_rows(tables, plan))


def _rows(tables: Tables, plan: Plan) -> Iterator[dict[str, Any]]:
    for name, number in agenda(tables).items():
        track = tables.tracks[number]
        own = plan.state.run_facts.items() if track.many else [((number, ""), plan.state.case_facts)]
        for entity, answers in ((entity, answers) for (no, entity), answers in own if no == number):
            day = answers.get(name)
            if isinstance(day, date):
                shown = day.date() if isinstance(day, datetime) else day
                hour, place = (str(answers.get(detail) or "")[:LONGEST] for detail in details(tables)[name])
                yield {"track": track.name, "entity": entity, "fact": name, "day": shown.isoformat(), "hour": hour, "place": place}
