"""日程行 · The days on which people meet in a case, as rows: of every answer that its definition marks so. A step that answers none writes none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from tianping.casework.engine.decide import Plan
from tianping.procedure.events import VOID
from tianping.procedure.tables import Tables


@cache
def agenda(tables: Tables) -> Mapping[str, int]:
    """Answer → track, of the answers that are such days."""
    return {name: track for name, (fact, track) in tables.facts.items() if fact.agenda}


def moves_a_day(tables: Tables, step: int) -> bool:
    """Whether a step answers or sets such a day."""
    row = tables.steps[step].step
    return any(fact.agenda for fact in row.asks) or any(fact.agenda for fact, _ in row.sets)


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
                yield {"track": track.name, "entity": entity, "fact": name, "day": shown.isoformat()}
