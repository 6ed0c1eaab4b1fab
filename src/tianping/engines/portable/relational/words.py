"""表达式的范围 · Which words of the language the relational expressions do not hold. A definition or a log that uses one is judged by partitions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tianping.engines.portable.survey import Survey
from tianping.procedure.tables import LimitRow, StepRow, Tables


def missing(tables: Tables, survey: Survey) -> list[str]:
    """The words that stand in the way, each with where it is used; none means that the expressions find what the arrays find."""
    found = [w for row in tables.steps for w in _of_step(row, survey)]
    found += [w for row in tables.limits for w in _of_limit(row, tables)]
    found += [f"fact {name}: {kind}" for name, kind in survey.facts.items() if name in tables.facts and not _readable(kind)]
    return found


def _of_step(row: StepRow, survey: Survey) -> Iterator[str]:
    step = row.step
    if step.into and survey.into:
        yield f"into: {step.code}"


def _of_limit(row: LimitRow, tables: Tables) -> Iterator[str]:
    limit = row.limit
    if row.pauses:
        yield f"excluding: {row.code}"
    if row.extensions:
        yield f"extend: {row.code}"
    if limit.law_at is not None:
        yield f"law_at: {row.code}"
    if row.parent >= 0 and (tables.limits[row.parent].parent >= 0 or tables.limits[row.parent].fact is not None):
        yield f"since (a chain of limits): {row.code}"


def _readable(kind: Any) -> bool:
    return bool(kind.is_string() or kind.is_boolean() or kind.is_integer() or kind.is_decimal() or kind.is_date() or kind.is_timestamp())
