"""参数 · Dated figures with their source: incomes, wages, insurance limits. ``parameter(name, on=…, region=…)`` gives the one in force.

Each TOML file of this folder holds tables ``[name] title, cites, values``; a value has ``region`` (ISO 3166-2; CN is the whole country), ``from``,
``until`` (last day; none: still in force), ``value``, ``status`` and ``source``. A figure that is not here is not known: the answer is an error
that says so, never a guess. A city lays later figures over the tables (``laid_over``); of one day the one that was added last holds.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final, get_args

from tianping.law.citations import Citation, Status
from tianping.law.errors import TianpingError
from tianping.law.statutes import parse_citation
from tianping.law.text import T

NATION: Final = "CN"


class UnknownParameter(TianpingError):
    """没有这个参数 · A name that no table has."""

    code = "LAW-201"
    what = T("没有“{name}”这个参数。", "There is no parameter “{name}”.")
    todo = T("可用的参数：{known}。", "Known parameters: {known}.")


class NoFigureInForce(TianpingError):
    """该日该地无数据 · A parameter that holds no figure for the day and the region."""

    code = "LAW-202"
    what = T("“{title}”没有 {region} 在 {day} 有效的数据。", "“{title}” has no figure for {region} in force on {day}.")
    todo = T("请在案件中写明该数据及其来源，或把它补入参数表。", "State the figure and its source in the case, or add it to the parameter table.")


class BadParameterTable(TianpingError):
    """参数表有误 · A parameter table that cannot be read."""

    code = "LAW-203"
    what = T("参数表 {file} 的“{name}”有误：{reason}。", "The parameter table {file} is wrong at “{name}”: {reason}.")
    todo = T("请对照 damages.toml 改正。", "Correct it after damages.toml.")


class OverlappingFigures(TianpingError):
    """数据重叠 · Two figures of one parameter for the same region and day."""

    code = "LAW-204"
    what = T(
        "“{name}”在 {region} 有两个数据同时有效（自 {first} 与 {second}）。",
        "“{name}” has two figures for {region} at once (from {first} and {second}).",
    )
    todo = T("请为较早的一个写明 until。", "Give the earlier one an until.")


@dataclass(frozen=True, slots=True)
class Parameter:
    """参数值 · One figure: its value (yuan, or a part of 1), region, first and last day, the article that asks for it, status and source."""

    name: str
    title: T
    value: Decimal
    region: str
    start: date
    end: date | None
    cites: Citation
    status: Status
    source: T

    def in_force(self, day: date) -> bool:
        """Whether the figure holds on the day."""
        return self.start <= day and (self.end is None or day <= self.end)


Figures = Mapping[str, list[Parameter]]
"""Name → its figures, no two of them for one region and day."""


def parameter(name: str, *, on: date, region: str = NATION, table: Figures | None = None) -> Parameter:
    """The figure in force on a day in a region, in the tables (or in those given). Raises UnknownParameter, NoFigureInForce."""
    table = parameters() if table is None else table
    if name not in table:
        raise UnknownParameter(name=name, known=", ".join(sorted(table)))
    found = next((p for p in table[name] if p.region == region and p.in_force(on)), None)
    if found is None:
        raise NoFigureInForce(title=table[name][0].title, region=region, day=on)
    return found


@cache
def parameters() -> dict[str, list[Parameter]]:
    """Every figure of every table, by name. Raises BadParameterTable, OverlappingFigures."""
    out: dict[str, list[Parameter]] = {}
    for file in sorted(files("tianping.law.parameters").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            out |= read_table(file.read_text(encoding="utf-8"), file.name)
    return out


def laid_over(table: Figures, added: Iterable[Parameter]) -> dict[str, list[Parameter]]:
    """The tables with figures added one after another: each holds for all its days, and what stood there before gives way."""
    out = {name: list(rows) for name, rows in table.items()}
    for new in added:
        kept = [part for old in out.get(new.name, []) for part in _beside(old, new)]
        out[new.name] = sorted([*kept, new], key=lambda p: (p.region, p.start))
    return out


def _beside(old: Parameter, new: Parameter) -> list[Parameter]:
    """What of a figure's days another leaves to it."""
    if old.region != new.region or (new.end is not None and new.end < old.start) or (old.end is not None and old.end < new.start):
        return [old]
    before = [replace(old, end=new.start - timedelta(days=1))] if old.start < new.start else []
    after = [replace(old, start=new.end + timedelta(days=1))] if new.end is not None and (old.end is None or new.end < old.end) else []
    return before + after


def known_as(name: str, table: Figures) -> tuple[T, Citation]:
    """The title and the article of a parameter: of one that the tables have, or of another year of a yearly series. Raises UnknownParameter."""
    if name in table:
        return table[name][0].title, table[name][0].cites
    series, _, year = name.rpartition("_")
    of_years = sorted(n for n in table if n.rpartition("_")[0] == series and n.rpartition("_")[2].isdigit())
    if not (year.isascii() and year.isdigit() and len(year) == 4 and of_years):
        raise UnknownParameter(name=name, known=", ".join(sorted(table)))
    last, was = table[of_years[-1]][0], of_years[-1].rpartition("_")[2]
    return T(last.title.zh.replace(was, year), last.title.en.replace(was, year)), last.cites


def read_table(text: str, file: str) -> dict[str, list[Parameter]]:
    """The figures of one TOML table. Raises BadParameterTable, OverlappingFigures."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadParameterTable(file=file, name="—", reason=error) from None
    out = {}
    for name, table in data.items():
        try:
            out[name] = [_figure(name, table, row) for row in table["values"]]
        except (KeyError, TypeError, ValueError, InvalidOperation) as error:
            raise BadParameterTable(file=file, name=name, reason=repr(error)) from None
        _apart(name, out[name])
    return out


def _figure(name: str, table: dict[str, Any], row: dict[str, Any]) -> Parameter:
    value, status = Decimal(row["value"]), row["status"]
    if not value.is_finite() or status not in get_args(Status):
        raise ValueError(row["value"], status)
    start, end = row["from"], row.get("until")
    if end is not None and end < start:
        raise ValueError(start, end)
    cites = parse_citation(table["cites"])
    return Parameter(name, _words(table["title"]), value, row["region"], start, end, cites, status, _words(row["source"]))


def _words(text: str) -> T:
    zh, en = text.split(" | ", 1)
    return T(zh, en)


def _apart(name: str, rows: list[Parameter]) -> None:
    placed = sorted(rows, key=lambda p: (p.region, p.start))
    for one, other in pairwise(placed):
        if one.region == other.region and (one.end is None or one.end >= other.start):
            raise OverlappingFigures(name=name, region=one.region, first=one.start, second=other.start)
