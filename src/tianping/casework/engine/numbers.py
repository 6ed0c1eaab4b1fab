"""案号 · Case numbers, given in the transaction of the step that the law names: no gap, no number twice. A case keeps its first number."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from tianping.casework.engine.hot import hot
from tianping.casework.errors import NoCourtCode
from tianping.procedure.events import VOID, Event
from tianping.procedure.tables import Tables

_NEXT: Final = """with court as (select a.id, a.court_code from casework_organisation o join casework_organisation a
    on a.id = o.id or a.id = any(string_to_array(trim(both '/' from o.path), '/')::bigint[])
  where o.id = %(organisation)s and a.court_code <> '' order by length(a.path) desc limit 1),
n as (insert into casework_numbercounter as t (organisation_id, year, kind, last)
  select court.id, %(year)s, %(kind)s, %(count)s from court
  on conflict (organisation_id, year, kind) do update set last = t.last + excluded.last returning last)
select n.last, court.court_code from n, court"""
"""The court is the institution itself or the nearest above it that has a court's code: its divisions and tribunals count with it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """案号类型 · The kind of number that a step gives on the days between two dates."""

    procedure: str
    step: str
    kind: str
    since: date
    until: date


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind, from ``numbering.toml``."""
    rows: list[dict[str, Any]] = tomllib.loads((Path(__file__).with_name("numbering.toml")).read_text("utf-8"))["kind"]
    return tuple(Kind(r["procedure"], r["step"], r["kind"], r.get("from", date.min), r.get("until", date.max)) for r in rows)


@cache
def _steps(code: str) -> Mapping[str, tuple[Kind, ...]]:
    own = [k for k in kinds() if k.procedure == code]
    return {step: tuple(k for k in own if k.step == step) for step in {k.step for k in own}}


def kind_of(tables: Tables, events: Iterable[Event]) -> tuple[str, int] | None:
    """(kind, year) of the number that the first numbering step among some events gives, or None."""
    if not _steps(tables.procedure.code):
        return None
    acts = ((tables.steps[e.step].step.code, e.day) for e in events if e.step != VOID)
    return next((found for step, day in acts if (found := kind_at(tables, step, day)) is not None), None)


def kind_at(tables: Tables, step: str, day: date) -> tuple[str, int] | None:
    """(kind, year) of the number that a step (its code) gives on a day, or None."""
    return next(((k.kind, day.year) for k in numbering(tables).get(step, ()) if k.since <= day <= k.until), None)


def numbering(tables: Tables) -> Mapping[str, tuple[Kind, ...]]:
    """The steps of a procedure that give a number, by code."""
    return _steps(tables.procedure.code)


def numbers_of(tables: Tables, step: str) -> bool:
    """Whether a step may give a number: then it takes the locked path."""
    return bool(step) and tables.steps[tables.by_step[step]].step.code in _steps(tables.procedure.code) if step in tables.by_step else False


def allocated(organisation: int, kind: str, year: int, count: int = 1) -> list[str]:
    """The next numbers of a kind for an institution in a year: ``（2021）晋0728诉前调17号``. Inside a transaction only.

    The counter's row stays locked until the transaction ends, so it comes last before the write. Raises NoCourtCode.
    """
    row = hot(_NEXT, {"organisation": organisation, "year": year, "kind": kind, "count": count})
    if row is None:
        raise NoCourtCode(kind=kind, organisation=organisation)
    return [f"（{year}）{row[1]}{kind}{n}号" for n in range(row[0] - count + 1, row[0] + 1)]
