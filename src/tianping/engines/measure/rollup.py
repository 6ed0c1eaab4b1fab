"""每案一行 · The roll-up: one row a case (or a run), made from the event table by one grouping; every figure is then read from it at once.

Columns: ``case_id``, ``entity``, ``opened``, ``moved`` (the last step that moved the unit), ``times_…``, ``first_…`` / ``last_…``, ``fact_…``,
``late_…`` / ``judged_…``, and what the log holds for each case. Voided entries do not count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import ibis

from tianping.engines.measure.errors import ColumnNotHeld
from tianping.engines.measure.plan import Needs, when
from tianping.engines.measure.versions import codes, entering, limits, moving, taken, versions
from tianping.engines.portable.relational.state import Algebra, kind_of
from tianping.engines.portable.survey import SEQ_BITS
from tianping.procedure.columns import FactColumn, StageColumn, TimesColumn
from tianping.procedure.expressions import Bool, Expr, fold
from tianping.procedure.grammar import One
from tianping.procedure.measures import ClocksColumn, ReachedColumn, StandingColumn
from tianping.procedure.tables import compiled

UNIT: Final = ("case_id", "entity")


@dataclass(frozen=True, slots=True)
class Rollup:
    """每案一行的表 · ``table``: an Ibis table of the connection; ``needs``: which columns it was made for."""

    connection: Any
    table: Any
    needs: Needs

    def holds(self, rule: Expr[Any]) -> Any:
        """A rule as a column of the roll-up, unknown being NULL."""
        return fold(rule, _CaseAlgebra(self))

    def true(self, rule: Bool) -> Any:
        """Where a rule is definitely true."""
        return self.table.case_id.notnull() if rule.op == "const" else self.holds(rule).fill_null(False)


class _CaseAlgebra(Algebra):
    """Rules over whole cases: the operators are those of supervision, the columns those of the roll-up."""

    def __init__(self, rollup: Rollup) -> None:
        super().__init__({})
        self.rollup = rollup

    def column(self, column: Any) -> Any:
        """A column of the roll-up as the rule means it."""
        return _value(self.rollup.table, column, self.rollup.needs)


def _value(table: Any, column: Any, wanted: Needs) -> Any:
    if isinstance(column, StandingColumn):
        return table.moved.isin(entering(wanted.procedure, column.stages.stages)).fill_null(False)  # a unit that has not moved stands nowhere
    if isinstance(column, StageColumn):
        return table[column.key]
    if isinstance(column, ClocksColumn):
        return table[_clocks_name(column)]
    if isinstance(column, ReachedColumn):
        return table[_reached_name(column)]
    return table[column.key if isinstance(column, FactColumn | TimesColumn) else column.name]


def _clocks_name(column: ClocksColumn) -> str:
    return f"{column.what}_{column.limit.code.replace('.', '_')}"


def _reached_name(column: ReachedColumn) -> str:
    return "reached_" + "_".join(s.code.replace(".", "_") for s in column.stages.stages)


def rollup(connection: Any, log: Any, wanted: Needs, *, clocks: Any = None, voids: bool | None = None) -> Rollup:
    """The roll-up of a log (an Ibis table of the connection) for what is wanted, lazily. ``clocks``: supervision's table of clocks.

    Raises ColumnNotHeld. ``voids``: whether the log holds corrections (default: if it has the column).
    """
    for name in wanted.held:
        if name not in log.columns:
            raise ColumnNotHeld(column=name)
    kept = _standing(log) if ("voids" in log.columns if voids is None else voids) else log
    if wanted.runs:
        kept = kept.filter(kept.step.isin(taken(wanted.procedure, wanted.unit)))
    keys = ["case_id", "entity"] if wanted.runs else ["case_id"]
    table = kept.group_by(keys).aggregate(**_columns(kept, wanted))
    for part in dict.fromkeys(c.part for c in wanted.columns if isinstance(c, StageColumn) and c.part.many):
        table = _with_runs(table, kept, wanted, part, [c for c in wanted.columns if isinstance(c, StageColumn) and c.part is part])
    if wanted.clocks:
        table = _with_clocks(table, clocks, wanted, keys)
    return Rollup(connection, table, wanted)


def _standing(log: Any) -> Any:
    """The log without voided entries and without the entries that void."""
    struck = log.filter(log.voids.notnull()).select(struck_case="case_id", struck_seq="voids").distinct()
    found = log.left_join(struck, [log.case_id == struck.struck_case, log.seq == struck.struck_seq])
    return found.filter(found.struck_case.isnull() & found.step.notnull()).drop("struck_case", "struck_seq")


def _columns(t: Any, wanted: Needs) -> dict[str, Any]:
    order = t.happened.cast("timestamp(6)").epoch_seconds().cast("int64") * (1 << SEQ_BITS) + t.seq.cast("int64")
    out: dict[str, Any] = {"opened": t.happened.min()}
    if any(isinstance(c, StandingColumn) for c in wanted.columns):
        out["moved"] = t.step.argmax(order, where=t.step.isin(moving(wanted.procedure, wanted.unit)))
    for column in wanted.columns:
        if isinstance(column, TimesColumn):
            out[column.key] = t.step.isin(codes(wanted.procedure, column.step)).sum().cast("int64")
        elif isinstance(column, ReachedColumn):
            out[_reached_name(column)] = t.step.isin(entering(wanted.procedure, column.stages.stages)).sum().cast("int64")
        elif isinstance(column, FactColumn):
            answer = _answers(t, column, wanted)
            out[column.key] = answer.argmax(order, where=answer.notnull())
        elif isinstance(column, StageColumn) and not column.part.many:
            last = t.step.argmax(order, where=t.step.isin(moving(wanted.procedure, column.part.track)))
            out[column.key] = last.isin(entering(wanted.procedure, column.stages)).fill_null(False)
    for steps, last in wanted.acts:
        mine = t.step.isin(codes(wanted.procedure, steps))
        out[when(steps, last)] = t.happened.max(where=mine) if last else t.happened.min(where=mine)
    for name in wanted.held:
        out[name] = t[name].argmin(order)
    return out


def _answers(t: Any, column: FactColumn, wanted: Needs) -> Any:
    """A fact's answers as given, and as set by the steps that set it by themselves."""
    name = column.fact.name
    given = t[name] if name in t.columns else None
    unknown = ibis.ifelse(t.step.isnull(), ibis.null(kind_of(column.fact.kind)), ibis.null(kind_of(column.fact.kind)))  # a column, not a scalar
    rows = (row for version in versions(wanted.procedure) for row in compiled(version).steps)
    setters = [(t.step == row.step.code, ibis.literal(v)) for row in rows for f, v in row.step.sets if f.name == name]
    if not setters:
        return unknown if given is None else given
    return ibis.cases(*setters, else_=unknown if given is None else given)


def _with_runs(table: Any, log: Any, needed: Needs, part: One, wanted: list[StageColumn]) -> Any:
    """Whether any, or every, run of a part stands somewhere: the last move of each run, then of each case."""
    moves = log.filter(log.step.isin(moving(needed.procedure, part.track)))
    order = moves.happened.cast("timestamp(6)").epoch_seconds().cast("int64") * (1 << SEQ_BITS) + moves.seq.cast("int64")
    runs = moves.group_by(["case_id", "entity"]).aggregate(at=moves.step.argmax(order))
    quantify: dict[str, Callable[[Any], Any]] = {"any": lambda inside: inside.any(), "every": lambda inside: inside.all()}
    found = runs.group_by(run_case=runs.case_id).aggregate(
        **{c.key: quantify[c.how](runs["at"].isin(entering(needed.procedure, c.stages))) for c in wanted}
    )
    joined = table.left_join(found, table.case_id == found.run_case).drop("run_case")
    return joined.mutate(**{c.key: joined[c.key].fill_null(c.how == "every") for c in wanted})


def _with_clocks(table: Any, clocks: Any, wanted: Needs, keys: list[str]) -> Any:
    """How many clocks of each limit were judged, and how many late."""
    counted: dict[str, tuple[str, ...]] = {"judged": ("met", "met_late", "missed"), "late": ("met_late", "missed")}
    named = {
        _clocks_name(c): (clocks.clock.isin(limits(wanted.procedure, c.limit)) & clocks.status.isin(counted[c.what])).sum().cast("int64")
        for c in wanted.clocks
    }
    found = clocks.group_by([clocks[k].name(f"clock_{k}") for k in keys]).aggregate(**named)
    joined = table.left_join(found, [table[k] == found[f"clock_{k}"] for k in keys]).drop(*(f"clock_{k}" for k in keys))
    return joined.mutate(**{name: joined[name].fill_null(0) for name in named})
