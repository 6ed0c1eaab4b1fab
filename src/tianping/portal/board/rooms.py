"""各间指标 · The figures of every room: value, formula, target, source, when they were reckoned; by group; and the cases behind each."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.http import Http404

from tianping.casework.kept import Kept, kept_figures
from tianping.casework.models import Organisation, Source
from tianping.engines.measure.defined import Defined, defined
from tianping.law.text import T
from tianping.procedure.grammar import Track
from tianping.procedure.measures import Conserve, Days, Indicator, Indicators, Per, Share, Total
from tianping.procedure.registry import indicators

NONE: Final = T("无", "none")
_READY: Final[dict[str, tuple[tuple[tuple[Path, datetime], ...], Room]]] = {}
"""The figures of each room as this process last reckoned them, and the rows that it read: as long as these stand, so do the figures."""


@dataclass(frozen=True, slots=True)
class Figure:
    """一个指标 · A figure with what it means and what it came to. ``of`` is its numerator where it is a share, ``among`` how many it looks at."""

    indicator: Indicator
    words: Defined
    value: Any
    of: int | None
    among: int
    met: bool | None

    @property
    def kind(self) -> str:
        """How the value is written: percent, days, hours, sum or number."""
        if isinstance(self.indicator, Share):
            return "percent"
        if isinstance(self.indicator, Days):
            return "hours" if self.indicator.hours else "days"
        return "sum" if isinstance(self.indicator, Total) else "number"


@dataclass(frozen=True, slots=True)
class Sum:
    """守恒 · A rule of conservation, its numbers, and whether it holds."""

    title: T
    whole: int
    parts: tuple[int, ...]
    broken: int
    first: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """一间 · The figures of a room, and when the oldest of their rows were made."""

    name: str
    title: T
    figures: tuple[Figure, ...]
    sums: tuple[Sum, ...]
    made: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """一组 · A figure of one group: its words, its key in an address, and its numbers."""

    title: T
    key: str
    value: Any
    of: int | None
    among: int


@cache
def institutions() -> tuple[tuple[str, T, tuple[tuple[str, T, int], ...]], ...]:
    """Every institution that has figures: name, title, and its rooms: name, title, how many figures."""
    out: dict[str, list[tuple[str, T, int]]] = {}
    titles: dict[str, T] = {}
    for name, room in indicators().items():
        parts = room.__module__.split(".")
        top = parts[parts.index("institutions") + 1]
        zh, _, en = (sys.modules[".".join(parts[: parts.index(top) + 1])].__doc__ or top).strip().partition(" · ")
        titles[top] = T(zh, en.partition(":")[0].rstrip("."))
        out.setdefault(top, []).append((name, room.title, len(room.listed())))
    return tuple((top, titles[top], tuple(found)) for top, found in out.items())


def room_of(name: str) -> type[Indicators]:
    """The figures of a room by its name. Raises Http404."""
    if name not in indicators():
        raise Http404(name)
    return indicators()[name]


def indicator_of(room: str, name: str) -> Indicator:
    """A figure of a room by its name. Raises Http404."""
    found = next((i for i in room_of(room).listed() if i.name == name), None)
    if found is None:
        raise Http404(name)
    return found


def room(name: str, at: datetime) -> Room:
    """The figures of a room, reckoned or read."""
    listed = room_of(name)
    units = dict.fromkeys(i.unit for i in listed.listed())
    stores = {unit: _store(listed, unit, at) for unit in units}
    rows = tuple((s.path, s.made) for s in stores.values())
    ready = _READY.get(name)
    if ready is not None and ready[0] == rows:
        return ready[1]
    values: dict[str, Mapping[str, Any]] = {}
    for unit, store in stores.items():
        own = [i for i in listed.listed() if i.unit is unit]
        row = store.of(own).to_pylist()[0]
        values |= {i.name: row for i in own}
    figures = tuple(_figure(i, values[i.name]) for i in listed.listed())
    sums = tuple(_sum(rule, stores[rule.unit]) for rule in listed.conserved() if rule.unit in stores)
    made = Room(name, listed.title, figures, sums, min((s.made for s in stores.values()), default=at))
    _READY[name] = rows, made
    return made


def groups(room_name: str, indicator: Indicator, per: Per, at: datetime) -> tuple[list[Group], datetime]:
    """A figure told apart by one of its groups; the largest first."""
    store = _store(room_of(room_name), indicator.unit, at)
    names = _names(per)
    name = indicator.name
    out = []
    for row in store.of([indicator], [per]).to_pylist():
        held = row[per.column]
        key = "" if held is None else str(held)
        out.append(Group(_titled(held, per, names), key, row[name], _of(indicator, row), _count(row[f"{name}_among"]) or 0))
    return (out if per.span else sorted(out, key=lambda g: -g.among)), store.made


def cases(
    room_name: str, indicator: Indicator, *, part: str, where: Mapping[str, object], after: Sequence[str], size: int, at: datetime
) -> list[tuple[str, ...]]:
    """The units behind a figure: (case, run if it counts runs), a page of them. Raises UnknownGroup."""
    store = _store(room_of(room_name), indicator.unit, at)
    found = store.cases(indicator, part=part, where=where, after=after, size=size)
    keys = [c for c in ("case_id", "entity") if c in found.column_names]
    return [tuple(str(row[k]) for k in keys) for row in found.to_pylist()]


def _store(listed: type[Indicators], unit: type[Track], at: datetime) -> Kept:
    """The rows of one unit of a room, for all its figures together: so that each page reads the same ones."""
    own: list[Indicator | Conserve] = [i for i in listed.listed() if i.unit is unit]
    own += [c for c in listed.conserved() if c.unit is unit]
    return kept_figures(own, Path(settings.TIANPING_BOARD), at=at)


def _figure(indicator: Indicator, row: Mapping[str, Any]) -> Figure:
    name, value = indicator.name, row.get(indicator.name)
    met = None
    if indicator.target is not None and value is not None:
        met = Decimal(str(value)) >= indicator.target if isinstance(indicator, Share) else Decimal(str(value)) <= indicator.target
    return Figure(indicator, defined(indicator), value, _of(indicator, row), _count(row.get(f"{name}_among")) or 0, met)


def _of(indicator: Indicator, row: Mapping[str, Any]) -> int | None:
    """The numerator of a share, which can be opened; what a ratio divides is no set of cases."""
    return _count(row.get(f"{indicator.name}_of")) if isinstance(indicator, Share) else None


def _count(value: Any) -> int | None:
    """A count as the frame holds it, which adds up in decimals."""
    return None if value is None else int(value)


def _sum(rule: Conserve, store: Kept) -> Sum:
    found = store.conserved(rule)
    return Sum(rule.title, int(found.whole), tuple(int(p) for p in found.parts), int(found.broken), found.first)


def _names(per: Per) -> dict[str, T]:
    """What institutions and sources are called."""
    if per.held == "organisation":
        return {o.code: T(o.zh, o.en) for o in Organisation.objects.all()}
    if per.held == "source":
        return {s.code: T(s.zh, s.en) for s in Source.objects.all()}
    return {title.en: title for title, _ in per.lanes}


def _titled(value: Any, per: Per, names: Mapping[str, T]) -> T:
    if value is None or value == "":
        return NONE
    if per.span:
        spans = {"month": value.isoformat()[:7], "year": value.isoformat()[:4], "quarter": f"{value.year}-Q{(value.month + 2) // 3}"}
        return T(spans[per.span], spans[per.span])
    kind = per.fact.kind if per.fact is not None else None
    members = getattr(kind, "__members__", {})
    if value in members:
        return T(str(members[value].value), str(value).replace("_", " ").lower())
    return names.get(str(value), T(str(value), str(value)))
