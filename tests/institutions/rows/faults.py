"""埋下的错误 · Plants a breach into a lawful worked case, and says what supervision then finds."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from tianping.law.calendar import calendar
from tianping.procedure.examples import failures, read_examples
from tianping.procedure.registry import find
from tianping.procedure.tables import compiled

Events = list[dict[str, Any]]
Change = Callable[[Events], object]


def without(n: int) -> Change:
    """An act that was not done."""
    return lambda events: events.pop(n)


def later(n: int, by: int) -> Change:
    """Every act from here on, so many days later."""

    def change(events: Events) -> None:
        for event in events[n:]:
            at = datetime.fromisoformat(event["at"]) if isinstance(event["at"], str) else event["at"]
            event["at"] = at + timedelta(days=by)

    return change


def moved(n: int, at: date | str) -> Change:
    """One act at another time."""
    return lambda events: events[n].update(at=at)


def taken_by(n: int, *signers: str) -> Change:
    """One act by somebody else."""
    return lambda events: events[n].update(by=list(signers))


def knowing(n: int, **facts: object) -> Change:
    """One act with other answers."""
    return lambda events: events[n].setdefault("facts", {}).update(facts)


def forgetting(n: int, fact: str) -> Change:
    """One act without an answer."""
    return lambda events: events[n]["facts"].pop(fact)


def again(n: int, **fields: object) -> Change:
    """One act a second time."""
    return lambda events: events.insert(n + 1, {**deepcopy(events[n]), **fields})


def found(code: str, file: str, nth: int, change: Change | None, expected: list[str]) -> list[str]:
    """What differs from the expected findings, once the change is made to the nth example of the file; empty when they are exactly found."""
    folder = find(code)
    example = read_examples(folder.path / "examples" / file)[nth]
    data = {"title": example.data["title"], "as_of": example.as_of, "events": deepcopy(example.data["events"]), "findings": expected}
    if change is not None:
        change(data["events"])
    tables = compiled(folder.on(example.version))
    return failures(replace(example, data=data), tables, calendar())
