"""状态列（列式） · What was known at a point of a log, for many points at once: every column is a step function along its group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import numpy.typing as npt

from tianping.engines.supervise.encoded import FactValues, Flags, starts_of
from tianping.engines.supervise.runs import Marks, Runs
from tianping.procedure.columnar import Ints
from tianping.procedure.columns import Column, FactColumn, StageColumn
from tianping.procedure.expressions import Bool, Constant, fold
from tianping.procedure.lengths import Count
from tianping.procedure.tables import STAYS


@dataclass(frozen=True, slots=True, eq=False)
class Vec:
    """Values with what is known of them. Numbers carry a decimal ``scale``; texts carry their ``codes``."""

    values: npt.NDArray[Any]
    known: Flags
    scale: int = 0
    codes: dict[str, int] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Where rules are to be read: a row each, seen from a run of ``track``. ``inclusive``: the row itself counts (facts always do)."""

    track: int
    case: Ints
    run: Ints
    row: Ints
    inclusive: bool

    def __len__(self) -> int:
        return len(self.row)


class States:
    """The columns of a log, built when first read."""

    def __init__(self, runs: Runs) -> None:
        self.runs = runs
        self._marks: dict[object, tuple[Marks, npt.NDArray[Any]]] = {}

    def holds(self, rule: Bool, points: Points) -> Vec:
        """The rule's truth at each point; unknown where not known."""
        return fold(rule, Arrays(self, points))

    def true(self, rule: Bool | None, points: Points) -> Flags:
        """Where the rule is definitely true."""
        if rule is None:
            return np.ones(len(points), dtype=np.bool_)
        got = self.holds(rule, points)
        return got.known & got.values.astype(np.bool_)

    def most(self, count: Count, points: Points) -> Ints:
        """How often a step may be taken at each point."""
        out = np.full(len(points), count.n, dtype=np.int64)
        for n, rule in count.rows:
            out[self.true(rule, points)] = n
        return out

    def column(self, column: Column, points: Points) -> Vec:
        """A column's value at each point."""
        if isinstance(column, FactColumn):
            return self._fact(column.fact.name, points)
        if isinstance(column, StageColumn):
            return self._stage(column, points)
        return self._times(self.runs.tables.number(column.step), points)

    def _fact(self, name: str, points: Points) -> Vec:
        owner = self.runs.tables.facts[name][1]
        many = self.runs.tables.tracks[owner].many
        fact = self.runs.log.facts.get(name)
        if fact is None or (many and owner != points.track):
            return Vec(np.zeros(len(points), dtype=np.int64), np.zeros(len(points), dtype=np.bool_), 0, {} if fact is None else fact.codes)
        marks, values = self._fact_marks(name, fact, many=many)
        at = marks.before(points.run if many else points.case, points.row, also_at=True)
        return Vec(_pick(values, at), at >= 0, fact.scale, fact.codes)

    def _fact_marks(self, name: str, fact: FactValues, *, many: bool) -> tuple[Marks, npt.NDArray[Any]]:
        if name not in self._marks:
            rows = np.flatnonzero(fact.known)
            marks = self.runs.by_run(rows) if many else self.runs.by_case(rows)
            self._marks[name] = (marks, fact.values[marks.rows])
        return self._marks[name]

    def _stage(self, column: StageColumn, points: Points) -> Vec:
        row = self.runs.tables.part(column.part)
        wanted = np.zeros(len(row.stages), dtype=np.bool_)
        wanted[[row.stages.index(s) for s in column.stages]] = True
        key = (column.part, column.how, tuple(column.stages))
        if key not in self._marks:
            moves = self.runs.rows_on(row.no)
            moves = moves[self.runs.targets[self.runs.log.step[moves]] != STAYS]
            self._marks[key] = (self.runs.by_case(moves), self._stood(column.how, moves, wanted))
        marks, values = self._marks[key]
        at = marks.before(points.case, points.row, also_at=points.inclusive)
        default = bool(wanted[0]) if column.how == "at" else column.how == "every"
        return Vec(np.where(at >= 0, _pick(values, at), default), np.ones(len(points), dtype=np.bool_))

    def _stood(self, how: str, moves: Ints, wanted: Flags) -> Flags:
        after, before = self.runs.targets[self.runs.log.step[moves]], self.runs.before[moves]
        if how == "at":
            return wanted[after]
        case = self.runs.log.case[moves]
        inside = _running(wanted[after].astype(np.int64) - (wanted[before] & (before > 0)), case)
        return inside > 0 if how == "any" else inside == _running((before == 0).astype(np.int64), case)

    def _times(self, step: int, points: Points) -> Vec:
        track = self.runs.tables.steps[step].track
        own = self.runs.tables.tracks[track].many and points.track == track
        key = (step, own)
        if key not in self._marks:
            rows = self.runs.with_steps([step])
            marks = self.runs.by_run(rows) if own else self.runs.by_case(rows)
            self._marks[key] = (marks, _running(np.ones(len(rows), dtype=np.int64), marks.keys // marks.width))
        marks, counts = self._marks[key]
        at = marks.before(points.run if own else points.case, points.row, also_at=points.inclusive)
        return Vec(np.where(at >= 0, _pick(counts, at), 0), np.ones(len(points), dtype=np.bool_))


def _pick(values: npt.NDArray[Any], at: Ints) -> npt.NDArray[Any]:
    return values[np.maximum(at, 0)] if len(values) else np.zeros(len(at), dtype=values.dtype)


def _running(change: Ints, group: npt.NDArray[Any]) -> Ints:
    """The running sum along sorted groups."""
    total = np.cumsum(change)
    if not len(total):
        return total
    first = starts_of(group)
    offset = (total - change)[first]
    return total - np.repeat(offset, np.diff(np.append(np.flatnonzero(first), len(total))))


class Arrays:
    """The algebra of a set of points: Kleene logic on (value, known) pairs."""

    def __init__(self, states: States, points: Points) -> None:
        self.states, self.points = states, points

    def const(self, value: Constant) -> Vec:
        known = np.ones(1, dtype=np.bool_)
        if isinstance(value, Decimal):
            digits = max(0, -int(value.as_tuple().exponent))
            return Vec(np.array([int(value.scaleb(digits))], dtype=np.int64), known, digits)
        if isinstance(value, str):
            return Vec(np.array([value], dtype=object), known)
        if hasattr(value, "toordinal"):
            return Vec(np.array([value.toordinal() - 719163], dtype=np.int64), known)
        return Vec(np.array([value]), known)

    def column(self, column: Column) -> Vec:
        return self.states.column(column, self.points)

    def unary(self, op: str, a: Vec) -> Vec:
        if op == "known":
            return Vec(a.known, np.ones(len(a.known), dtype=np.bool_))
        return Vec(~a.values.astype(np.bool_), a.known)

    def binary(self, op: str, a: Vec, b: Vec) -> Vec:
        if op in ("and", "or"):
            return _logic(op, a, b)
        x, y, scale = _aligned(a, b, multiply=op == "mul")
        known = a.known & b.known
        match op:
            case "eq":
                return Vec(x == y, known)
            case "lt":
                return Vec(x < y, known)
            case "le":
                return Vec(x <= y, known)
            case "add":
                return Vec(x + y, known, scale)
            case _:
                return Vec(x * y, known, scale)

    def isin(self, a: Vec, values: Sequence[Vec]) -> Vec:
        hit = np.zeros(len(a.values), dtype=np.bool_)
        for b in values:
            x, y, _ = _aligned(a, b, multiply=False)
            hit = hit | (x == y)
        return Vec(hit, a.known)


def _logic(op: str, a: Vec, b: Vec) -> Vec:
    true_a, true_b = a.known & a.values.astype(np.bool_), b.known & b.values.astype(np.bool_)
    false_a, false_b = a.known & ~true_a, b.known & ~true_b
    if op == "and":
        return Vec(true_a & true_b, (true_a & true_b) | false_a | false_b)
    return Vec(true_a | true_b, true_a | true_b | (false_a & false_b))


def _aligned(a: Vec, b: Vec, *, multiply: bool) -> tuple[npt.NDArray[Any], npt.NDArray[Any], int]:
    """Both values on one footing: texts by their codes, numbers at one scale (Python integers where 64 bits might not do)."""
    if a.codes is not None and b.codes is not None and a.codes is not b.codes:
        return a.values, _translated(b, a.codes), 0
    if a.codes is not None or b.codes is not None:
        return _coded(a, b), _coded(b, a), 0
    x, y = a.values, b.values
    if multiply:
        return _wide(x, x, y), _wide(y, x, y), a.scale + b.scale
    scale = max(a.scale, b.scale)
    if a.scale != b.scale:
        x, y = _wide(x, x, y) * 10 ** (scale - a.scale), _wide(y, x, y) * 10 ** (scale - b.scale)
    return x, y, scale


def _wide(values: npt.NDArray[Any], x: npt.NDArray[Any], y: npt.NDArray[Any]) -> npt.NDArray[Any]:
    biggest = max((abs(int(v)) for s in (x, y) if len(s) for v in (s.min(), s.max())), default=0)
    return values.astype(object) if biggest > 3_000_000_000 else values.astype(np.int64)


def _translated(vec: Vec, codes: dict[str, int]) -> npt.NDArray[Any]:
    """Texts of one fact in the codes of another; a text that the other never holds equals none of its own."""
    own = vec.codes or {}
    table = np.full(max(own.values(), default=0) + 1, -3, dtype=np.int64)
    for text, code in own.items():
        table[code] = codes.get(text, -3)
    return table[np.where(vec.known, vec.values, 0).astype(np.int64)]


def _coded(vec: Vec, other: Vec) -> npt.NDArray[Any]:
    if vec.codes is not None:
        return vec.values
    codes = other.codes or {}
    return np.array([codes.get(v, -2) for v in vec.values], dtype=np.int64)
