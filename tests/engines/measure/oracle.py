"""对照 · The same figures reckoned case by case in plain Python: the oracle of the measure engine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date, datetime
from statistics import mean
from typing import Any

from tests.engines.measure.room import P
from tianping.procedure.columns import FactColumn, StageColumn, TimesColumn
from tianping.procedure.expressions import Bool, Expr, value
from tianping.procedure.grammar import Procedure, Step, Track
from tianping.procedure.measures import CASE, ClocksColumn, Days, HeldColumn, Indicator, Per, Ratio, ReachedColumn, Share, StandingColumn, Total
from tianping.procedure.tables import compiled

Row = dict[str, Any]
SETS = {(row.step.code, f.name): v for row in compiled(P).steps for f, v in row.step.sets}


class Unit:
    """One case or run: its standing events in their order."""

    def __init__(self, name: tuple[str, ...], events: list[Row], unit: type[Track], clocks: list[Row]) -> None:
        self.name, self.unit, self.clocks = name, unit, clocks
        self.events = sorted(events, key=lambda e: (e["happened"], e["seq"]))

    def look_up(self, column: Any) -> object:
        if isinstance(column, TimesColumn):
            return sum(e["step"] == column.step.code for e in self.events)
        if isinstance(column, FactColumn):
            return next(
                (a for e in reversed(self.events) if (a := SETS.get((e["step"], column.fact.name), e.get(column.fact.name))) is not None), None
            )
        if isinstance(column, StandingColumn):
            return self._last(self.unit, self.events) in {s.name for s in column.stages.stages}
        if isinstance(column, ReachedColumn):
            codes = {s.code for s in self.unit.of(Step) if s.target in column.stages.stages}
            return sum(e["step"] in codes for e in self.events)
        if isinstance(column, ClocksColumn):
            wanted = {"judged": {"met", "met_late", "missed"}, "late": {"met_late", "missed"}}[column.what]
            return sum(c["clock"] == column.limit.code and c["status"] in wanted for c in self.clocks)
        assert isinstance(column, StageColumn) and not isinstance(column, HeldColumn)
        return self._part(column)

    def _part(self, column: StageColumn) -> bool:
        runs: dict[str, list[Row]] = defaultdict(list)
        codes = {s.code for s in column.part.track.of(Step) if s.target is not None}
        for e in self.events:
            if e["step"] in codes:
                runs[e["entity"] or ""].append(e)
        inside = [self._last(column.part.track, own) in {s.name for s in column.stages} for own in runs.values()]
        return any(inside) if column.how == "any" else all(inside) if column.how == "every" else bool(inside and inside[0])

    @staticmethod
    def _last(track: type[Track], events: list[Row]) -> str | None:
        target = {s.code: s.target.name for s in track.of(Step) if s.target is not None}
        return next((target[e["step"]] for e in reversed(events) if e["step"] in target), None)

    def true(self, rule: Any) -> bool:
        return value(rule, self.look_up) is True

    def moment(self, steps: Any, *, last: bool) -> datetime | None:
        codes = {s.code for s in steps.steps}
        found = [e["happened"] for e in self.events if e["step"] in codes]
        return None if not found else (max(found) if last else min(found))

    def under(self, per: Per) -> object:
        if per is CASE:
            return self.name[0]
        if per.held:
            return self.events[0][per.held]
        if per.fact is not None:
            return value(per.fact, self.look_up)
        if per.lanes:
            return next((title.en for title, rule in per.lanes if self.true(rule)), None)
        found = self.events[0]["happened"]
        return date(found.year, found.month, 1)


def units(rows: list[Row], unit: type[Track], clocks: list[Row]) -> list[Unit]:
    """The standing events of a log, unit by unit."""
    struck = {(r["case_id"], r["voids"]) for r in rows if r["voids"] is not None}
    kept = [r for r in rows if r["step"] is not None and (r["case_id"], r["seq"]) not in struck]
    runs = not issubclass(unit, Procedure)
    own = {s.code for s in unit.of(Step)}
    grouped: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for r in kept:
        if not runs or r["step"] in own:
            grouped[(r["case_id"], r["entity"]) if runs else (r["case_id"],)].append(r)
    of: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for c in clocks:
        of[(c["case_id"], c["entity"]) if runs else (c["case_id"],)].append(c)
    return [Unit(name, events, unit, of[name]) for name, events in grouped.items()]


def reckon(indicator: Indicator, found: list[Unit]) -> tuple[int | None, int, float | None]:
    """(numerator, denominator, value) of some units."""
    among = [u for u in found if u.true(indicator.among)]
    if isinstance(indicator, Share):
        of = sum(u.true(indicator.of) for u in among)
        return of, len(among), of / len(among) if among else None
    if isinstance(indicator, Days):
        taken = [t for u in among if (t := _taken(indicator, u)) is not None]
        return None, len(taken), _STATISTICS[indicator.statistic](sorted(taken)) if taken else None
    if isinstance(indicator, Ratio):
        return _ratio(indicator, among)
    assert not isinstance(indicator, Total)
    return None, len(among), float(len(among))


def adds(unit: Unit, of: Expr[Any]) -> Any:
    """What a unit adds to a total."""
    return int(unit.true(of)) if isinstance(of, Bool) else value(of, unit.look_up)


def lower(unit: Unit, per: Expr[Any] | tuple[Per, ...]) -> Any:
    """What it adds to the lower total of a ratio, or the group that is counted; None where it has neither."""
    if isinstance(per, Expr):
        return adds(unit, per)
    names = tuple(unit.under(by) for by in per)
    return None if None in names else names


def _ratio(indicator: Ratio, among: list[Unit]) -> tuple[int | None, int, float | None]:
    inside = [(a, b) for u in among if (a := adds(u, indicator.of)) is not None and (b := lower(u, indicator.per)) is not None]
    whole = sum(a for a, _ in inside)
    per = sum(b for _, b in inside) if isinstance(indicator.per, Expr) else len({b for _, b in inside})
    return whole if inside else None, len(inside), whole / per if per else None


def _taken(indicator: Days, unit: Unit) -> float | None:
    since, until = unit.moment(indicator.since, last=False), unit.moment(indicator.until, last=True)
    if since is None or until is None:
        return None
    seconds = (until.replace(microsecond=0) - since.replace(microsecond=0)).total_seconds()
    return seconds / 3600 if indicator.hours else float((until.date() - since.date()).days)


def _quantile(share: float) -> Callable[[list[float]], float]:
    def reckoned(sorted_: list[float]) -> float:
        at = share * (len(sorted_) - 1)
        low = int(at)
        high = min(low + 1, len(sorted_) - 1)
        return sorted_[low] + (sorted_[high] - sorted_[low]) * (at - low)

    return reckoned


_STATISTICS: dict[str, Callable[[list[float]], float]] = {"mean": mean, "median": _quantile(0.5), "p90": _quantile(0.9)}
