"""成表 · Figures as a table: one row a group, with numerator, denominator and value of each indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any, Final

import ibis
import pyarrow as pa

from tianping.engines.measure.errors import UnknownGroup
from tianping.engines.measure.plan import when
from tianping.engines.measure.rollup import Rollup
from tianping.engines.portable.connect import collect
from tianping.procedure.expressions import Bool, Expr
from tianping.procedure.measures import Days, Indicator, Per, Ratio, Share, Total

BETWEEN: Final = "\x1f"
"""Stands between the names of a group of several columns."""


def frame(rollup: Rollup, indicators: Sequence[Indicator], by: Sequence[Per] = ()) -> Any:
    """The figures of several indicators by the same groups, as an Ibis expression.

    Columns: one a group, then ``<name>_of`` (shares and ratios), ``<name>_per`` (ratios), ``<name>_among`` and ``<name>`` for each indicator. A share
    of nothing is NULL, never 0.
    """
    groups = {per.column: group(rollup, per) for per in by}
    table = rollup.table.mutate(**groups)
    shown = Rollup(rollup.connection, table, rollup.needs)
    figures: dict[str, Any] = {}
    for indicator in indicators:
        figures |= _figures(shown, indicator)
    found = table.group_by(list(groups)).aggregate(**figures) if groups else table.aggregate(**figures)
    return found.order_by(list(groups)) if groups else found


def figures(rollup: Rollup, indicators: Sequence[Indicator], by: Sequence[Per] = ()) -> pa.Table:
    """The frame, reckoned."""
    return collect(rollup.connection, frame(rollup, indicators, by))


def group(rollup: Rollup, per: Per) -> Any:
    """What a unit is put under."""
    table = rollup.table
    if per.held:
        return table[per.held]
    if per.fact is not None:
        return table[f"fact_{per.fact.name}"]
    if per.lanes:
        return ibis.cases(*((rollup.true(rule), title.en) for title, rule in per.lanes), else_=ibis.null("string"))
    moment = table.opened if per.act is None else table[when(per.act, last=False)]
    assert per.span is not None, "a Per says by what"
    return moment.cast("date").truncate({"month": "M", "quarter": "Q", "year": "Y"}[per.span])


def chosen(indicator: Indicator, by: Sequence[str]) -> tuple[Per, ...]:
    """The groups of an indicator by their names. Raises UnknownGroup."""
    known = {per.column: per for per in indicator.by}
    for name in by:
        if name not in known:
            raise UnknownGroup(given=name, title=indicator.title, known=", ".join(known))
    return tuple(known[name] for name in by)


def within(rollup: Rollup, indicator: Indicator, where: Mapping[str, object]) -> Rollup:
    """Only the units of some groups: of each group one value, a list of them, or None for the units that have none. Raises UnknownGroup."""
    table = rollup.table
    for per in chosen(indicator, list(where)):
        value, held = where[per.column], group(rollup, per)
        if value is None:
            table = table.filter(held.isnull())
        elif isinstance(value, list):
            table = table.filter(held.isin(value))
        else:
            table = table.filter(held == ibis.literal(value))
    return Rollup(rollup.connection, table, rollup.needs)


def _figures(rollup: Rollup, indicator: Indicator) -> dict[str, Any]:
    name, among = indicator.name, rollup.true(indicator.among)
    size = {f"{name}_among": among.sum().cast("int64")}
    if isinstance(indicator, Share):
        of = (among & rollup.true(indicator.of)).sum().cast("int64")
        among_or_none = among.sum().nullif(0)
        return {f"{name}_of": of, **size, name: of / among_or_none}
    if isinstance(indicator, Days):
        return {**_spans(rollup, indicator, among)}
    if isinstance(indicator, Ratio):
        return _ratio(rollup, indicator, among)
    if isinstance(indicator, Total):
        return {**size, name: rollup.holds(indicator.of).sum(where=among)}
    return {**size, name: among.sum().cast("int64")}


def summed(rollup: Rollup, of: Expr[Any]) -> Any:
    """What a unit adds to a total: an answer, or 1 where a rule is true."""
    return rollup.true(of).cast("int64") if isinstance(of, Bool) else rollup.holds(of)


def each(rollup: Rollup, per: Expr[Any] | tuple[Per, ...]) -> Any:
    """What a unit adds to the lower total of a ratio: an answer, or the name of the group that it is in."""
    if isinstance(per, Expr):
        return summed(rollup, per)
    return reduce(lambda one, other: one + BETWEEN + other, [group(rollup, by).cast("string") for by in per])


def _ratio(rollup: Rollup, indicator: Ratio, among: Any) -> dict[str, Any]:
    name, of, lower = indicator.name, summed(rollup, indicator.of), each(rollup, indicator.per)
    inside = among & of.notnull() & lower.notnull()
    whole, per = of.sum(where=inside), lower.sum(where=inside) if isinstance(indicator.per, Expr) else lower.nunique(where=inside)
    value = whole.cast("float64") / per.cast("float64").nullif(0.0)
    return {f"{name}_of": whole, f"{name}_per": per, f"{name}_among": inside.sum().cast("int64"), name: value}


def lasting(rollup: Rollup, indicator: Days) -> Any:
    """How long each unit took: whole days between local dates, or hours; NULL while one of the acts is missing."""
    since, until = (rollup.table[when(steps, last)] for steps, last in ((indicator.since, False), (indicator.until, True)))
    if indicator.hours:
        return (until.cast("timestamp(6)").epoch_seconds() - since.cast("timestamp(6)").epoch_seconds()).cast("float64") / 3600
    return until.cast("date").delta(since.cast("date"), unit="day").cast("float64")


def _spans(rollup: Rollup, indicator: Days, among: Any) -> dict[str, Any]:
    taken = lasting(rollup, indicator)
    inside = among & taken.notnull()
    value = {
        "mean": lambda: taken.mean(where=inside),
        "median": lambda: taken.quantile(0.5, where=inside),
        "p90": lambda: taken.quantile(0.9, where=inside),
    }[indicator.statistic]()
    return {f"{indicator.name}_among": inside.sum().cast("int64"), indicator.name: value}
