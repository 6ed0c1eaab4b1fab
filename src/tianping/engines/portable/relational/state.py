"""状态列（集合式） · What was known at a point of a log, for many points at once, as joins of the points with the marks before them.

Points are rows with ``case_id``, ``entity``, ``at``, ``look`` (which together name a point) and ``row`` (the position seen from). NULL is unknown,
and logic is SQL's three-valued logic.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

import ibis
from ibis.expr.operations import Literal

from tianping.engines.portable.relational.effective import Events
from tianping.procedure.columns import Column, FactColumn, StageColumn, TimesColumn
from tianping.procedure.expressions import Bool, Constant, columns, fold
from tianping.procedure.tables import STAYS

POINT: Final = ("case_id", "entity", "at", "look")


class Algebra:
    """Rules over the columns of one table."""

    def __init__(self, values: dict[Column, Any]) -> None:
        self.values = values

    def const(self, value: Constant) -> Any:
        """A constant."""
        return ibis.literal(value) if not isinstance(value, Decimal) else ibis.literal(value, type=_decimal(value))

    def column(self, column: Column) -> Any:
        """A state column."""
        return self.values[column]

    def unary(self, op: str, a: Any) -> Any:
        """``known`` or ``not``."""
        return a.notnull() if op == "known" else ~a

    def binary(self, op: str, a: Any, b: Any) -> Any:
        """Logic, comparison, arithmetic."""
        match op:
            case "and":
                return a & b
            case "or":
                return a | b
            case "eq":
                return _equal(a, b)
            case "lt":
                return a < b
            case "le":
                return a <= b
            case "add":
                return a + b
            case _:
                return a * b

    def isin(self, a: Any, values: Sequence[Any]) -> Any:
        """Equal to one of the values."""
        found = _equal(a, values[0])
        for value in values[1:]:
            found |= _equal(a, value)
        return found


def _equal(a: Any, b: Any) -> Any:
    """Whether two values are equal. Ibis makes ``IS NULL`` of a comparison with a bare null, which would be FALSE where it must be unknown."""
    bare = any(isinstance(x.op(), Literal) and x.op().value is None for x in (a, b))
    return ibis.null("boolean") if bare else a == b


def _decimal(value: Decimal) -> str:
    scale = max(0, -int(value.as_tuple().exponent))
    return f"decimal({max(len(value.as_tuple().digits), scale + 1)}, {scale})"


class States:
    """The state columns of a log, joined to points when rules read them."""

    def __init__(self, events: Events) -> None:
        self.events, self.tables = events, events.tables
        self._laid: dict[tuple[Column, bool], Any] = {}

    def known(self, points: Any, rules: Iterable[Bool | None], track: int, *, inclusive: bool) -> tuple[Any, Algebra]:
        """The points with every column that the rules read, and the algebra that reads them. ``inclusive``: the row itself counts."""
        wanted = sorted({c for rule in rules if rule is not None for c in columns(rule)}, key=lambda c: (c.key, type(c).__name__))
        names: dict[Column, tuple[str, Any]] = {}
        # Each column is looked up from the bare points: a chain of look-ups would double the SQL at every link.
        base = points.select(*POINT, "row") if wanted else points
        for i, column in enumerate(wanted):
            found, by_run, default = self._marks(column, track)
            names[column] = (f"state_{i}", default)
            if found is not None:
                marks = self._laid[column, by_run] if (column, by_run) in self._laid else self._lay(column, found, by_run=by_run)
                last = last_seen(base, marks, f"state_{i}", by_run=by_run, inclusive=inclusive or isinstance(column, FactColumn))
                points = attached(points, last, f"state_{i}")
        return points, Algebra({c: _value(points, name, default) for c, (name, default) in names.items()})

    def _lay(self, column: Column, marks: Any, *, by_run: bool) -> Any:
        """Marks are laid down once, for many rules read the same columns."""
        self._laid[column, by_run] = self.events.lay_down(marks)
        return self._laid[column, by_run]

    def _marks(self, column: Column, track: int) -> tuple[Any, bool, Any]:
        """(marks or None where there can be none, whether they hold for the run only, the value before the first)."""
        if isinstance(column, FactColumn):
            owner = self.tables.facts[column.fact.name][1]
            many = self.tables.tracks[owner].many
            name = f"fact_{column.fact.name}"
            if name not in self.events.table.columns or (many and owner != track):
                return None, many, ibis.null(kind_of(column.fact.kind))
            t = self.events.table
            return t.filter(t[name].notnull()).select("case_id", "entity", mark="pos", value=name), many, None
        if isinstance(column, TimesColumn):
            return self._times(column, track)
        return self._stage(column), False, self._default(column)

    def _times(self, column: TimesColumn, track: int) -> tuple[Any, bool, Any]:
        number = self.tables.number(column.step)
        own = self.tables.tracks[self.tables.steps[number].track].many and self.tables.steps[number].track == track
        t = self.events.of([number])
        keys = [t.case_id, t.entity] if own else [t.case_id]
        counted = (ibis.row_number().over(group_by=keys, order_by=t.pos) + 1).cast("int64")
        return t.select("case_id", "entity", mark=t.pos, value=counted), own, 0

    def _default(self, column: StageColumn) -> bool:
        row = self.tables.part(column.part)
        return row.stages[0] in column.stages if column.how == "at" else column.how == "every"

    def _stage(self, column: StageColumn) -> Any:
        row = self.tables.part(column.part)
        wanted = [row.stages.index(s) for s in column.stages]
        staged = self.events.staged
        t = staged.filter((staged.track == row.no) & (staged.target != STAYS))
        if column.how == "at":
            return t.select("case_id", "entity", mark=t.pos, value=t.target.isin(wanted))
        moved = t.target.isin(wanted).cast("int64") - (t.before.isin(wanted) & (t.before > 0)).cast("int64")
        window = ibis.window(group_by=t.case_id, order_by=t.pos, preceding=None, following=0)
        inside = moved.sum().over(window)
        stood = inside > 0 if column.how == "any" else inside == (t.before == 0).cast("int64").sum().over(window)
        return t.select("case_id", "entity", mark=t.pos, value=stood)


def last_seen(points: Any, marks: Any, name: str, *, by_run: bool, inclusive: bool) -> Any:
    """The value of the last mark of each point's run or case before its row (``inclusive``: or at it), for the points that have one."""
    other = marks.rename(mark_case="case_id", mark_entity="entity")
    keys = [points.case_id == other.mark_case]
    keys += [points.entity == other.mark_entity] if by_run else []
    keys.append(other.mark <= points.row if inclusive else other.mark < points.row)
    paired = points.inner_join(other, keys)
    last = paired.group_by([paired[k] for k in POINT]).aggregate(**{name: paired.value.argmax(paired.mark)})
    return last.rename({f"{name}_{k}": k for k in POINT})


def attached(points: Any, last: Any, name: str) -> Any:
    """The points with what was last seen from them; NULL where there is nothing."""
    joined = points.left_join(last, [points[k] == last[f"{name}_{k}"] for k in POINT])
    return joined.drop(*(f"{name}_{k}" for k in POINT))


def _value(points: Any, name: str, default: Any) -> Any:
    if name not in points.columns:
        return default
    return points[name] if default is None else points[name].fill_null(default)


def kind_of(kind: type) -> str:
    """The column type of a fact's answers."""
    return {"bool": "boolean", "int": "int64", "Decimal": "decimal(20, 4)", "date": "date"}.get(kind.__name__, "string")


def true(rule: Bool | None, algebra: Algebra) -> Any:
    """Where a rule is definitely true."""
    return ibis.literal(True) if rule is None else fold(rule, algebra).fill_null(False)
