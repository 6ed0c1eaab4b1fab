"""案号 · Case numbers, given in the transaction of the step that the law names: no gap, no number twice. A case keeps its first number.

Which step gives a number of which kind stands in ``numbering.toml`` beside the procedure: adding a procedure touches its own folder only.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from django.db import connection

from tianping.casework.engine.hot import hot
from tianping.casework.engine.registered import folders
from tianping.casework.errors import NoCourtCode
from tianping.law.errors import TianpingError
from tianping.law.identifiers import CaseNumber
from tianping.procedure.events import VOID, Event
from tianping.procedure.registry import BrokenDefinition, Folder
from tianping.procedure.tables import Tables, compiled

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


def kinds() -> tuple[Kind, ...]:
    """Every kind of every procedure. Raises BrokenDefinition."""
    return tuple(kind for folder in folders().values() for steps in _kinds(folder).values() for kind in steps)


@cache
def _kinds(folder: Folder) -> Mapping[str, tuple[Kind, ...]]:
    """Step → the kinds that it gives, as the procedure's folder says."""
    file = folder.path / "numbering.toml"
    if not file.is_file():
        return {}
    out: dict[str, tuple[Kind, ...]] = {}
    known = {row.step.code for version in folder.versions for row in compiled(version).steps}
    try:
        for row in tomllib.loads(file.read_text("utf-8"))["kind"]:
            kind = Kind(folder.code, row["step"], row["kind"], row.get("from", date.min), row.get("until", date.max))
            out[kind.step] = (*out.get(kind.step, ()), kind)
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BrokenDefinition(file=file, reason=f"{type(error).__name__}: {error}") from error
    if strange := out.keys() - known:
        raise BrokenDefinition(file=file, reason=f"{', '.join(sorted(strange))}?")
    return out


def _steps(code: str) -> Mapping[str, tuple[Kind, ...]]:
    folder = folders().get(code)
    return {} if folder is None else _kinds(folder)


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


_MOVED: Final = """insert into casework_numbercounter as t (organisation_id, year, kind, last)
  select a.id, %(year)s, %(kind)s, %(last)s from casework_organisation o join casework_organisation a
    on a.id = o.id or a.id = any(string_to_array(trim(both '/' from o.path), '/')::bigint[])
  where o.id = %(organisation)s and a.court_code = %(court)s order by length(a.path) desc limit 1
on conflict (organisation_id, year, kind) do update set last = greatest(t.last, excluded.last)"""
"""Of an institution whose court's code is another, the number is not one of its own series: nothing is counted."""


def canonical_number(text: str) -> str:
    """A case number as it is written here; what is not one of a court stays as it was brought."""
    try:
        return str(CaseNumber.parse(text))
    except TianpingError:
        return text.strip()


def passed(brought: Iterable[tuple[int, str]]) -> None:
    """Move the counters of institutions past numbers that cases bring: (institution, number). Inside a transaction only."""
    last: dict[tuple[int, int, str, str], int] = {}
    for organisation, number in brought:
        try:
            found = CaseNumber.parse(number)
        except TianpingError:
            continue
        series = (organisation, *found.series)
        last[series] = max(last.get(series, 0), found.number)
    with connection.cursor() as cursor:
        rows: list[dict[str, int | str]] = [
            {"organisation": o, "year": y, "court": c, "kind": k, "last": n} for (o, y, c, k), n in sorted(last.items())
        ]
        cursor.executemany(_MOVED, rows)
