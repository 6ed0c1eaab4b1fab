"""程序表导出 · A compiled definition as Arrow tables: for backends that hold rules as rows, for Parquet, and for other languages.

The tables with their stable schemas are :data:`SCHEMAS`. Rows refer to one another by number, as in :mod:`tianping.procedure.tables`; a step
number of -1 means none. Rules are prefix expressions over column keys, as ``(lt fact_amount 50000)``. ``lengths`` hold every varying length: of a
limit, of a pause's ``at_most`` and ``beyond``, of a step's ``record`` time. The metadata name the procedure, its version's life and :data:`FORMAT`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

import pyarrow as pa

from tianping.law.periods import Period
from tianping.law.text import T
from tianping.procedure.expressions import Expr, lift
from tianping.procedure.grammar import Step
from tianping.procedure.lengths import Row as LengthRow
from tianping.procedure.lengths import rows_of
from tianping.procedure.referral import Heard
from tianping.procedure.tables import STAYS, LimitRow, Tables

FORMAT: Final = "1"
"""Raised when a column is renamed, retyped or taken away; a new column does not raise it."""

Row = Mapping[str, object]

_NO: Final = pa.int32()
_NAMES: Final = pa.list_(pa.field("element", pa.string()))
_NUMBERS: Final = pa.list_(pa.field("element", pa.int32()))
"""Lists name their element as Parquet does, so that a table read back has the very same schema."""
_TITLE: Final = {"title_zh": pa.string(), "title_en": pa.string()}
_CITED: Final = {"cites": pa.string()}
_PERIOD: Final = {"months": _NO, "days": _NO, "working": _NO, "seconds": pa.int64()}
_COLUMNS: Final[dict[str, dict[str, Any]]] = {
    "tracks": {"track": _NO, "name": pa.string(), "code": pa.string(), "many": pa.bool_(), "one_open": pa.bool_(), "ends": pa.int64(), **_TITLE},
    "stages": {"track": _NO, "stage": _NO, "code": pa.string(), "end": pa.bool_(), "answers": pa.string(), **_TITLE},
    "steps": {
        "step": _NO, "track": _NO, "code": pa.string(), "target": _NO, "mask": pa.int64(), "at_most": _NO, "not_by": _NO,
        "into": pa.bool_(), "on": pa.string(), "asks": _NAMES, "opens": _NAMES, **_TITLE, **_CITED,
    },
    "signers": {"step": _NO, "way": _NO, "role": pa.string(), **_TITLE},
    "counts": {"step": _NO, "row": _NO, "at_most": _NO, "when": pa.string()},
    "sets": {"step": _NO, "fact": pa.string(), "value": pa.string()},
    "guards": {"step": _NO, "guard": _NO, "code": pa.string(), "wanted": pa.bool_(), "rule": pa.string(), **_TITLE, **_CITED},
    "facts": {"fact": pa.string(), "track": _NO, "kind": pa.string(), "flag": pa.bool_(), **_TITLE},
    "limits": {
        "limit": _NO, "track": _NO, "code": pa.string(), "wait": pa.bool_(), "first": pa.bool_(), "parent": _NO, "fact": pa.string(),
        "counting": pa.string(), "month_end": pa.bool_(), "rolls": pa.bool_(), "rolls_when": pa.string(), "bars": pa.bool_(), "target": pa.bool_(),
        "backwards": pa.bool_(), **_TITLE, **_CITED,
    },
    "lengths": {"of": pa.string(), "number": _NO, "row": _NO, **_PERIOD, "when": pa.string(), "before": pa.date32()},
    "anchors": {"limit": _NO, "role": pa.string(), "step": _NO},
    "pauses": {
        "pause": _NO, "track": _NO, "code": pa.string(), "halts": pa.bool_(), "since": _NUMBERS, "until": _NUMBERS,
        "limits": _NUMBERS, **_TITLE, **_CITED,
    },
    "extensions": {"limit": _NO, "extension": _NO, "code": pa.string(), **_PERIOD, "grant": _NO, "ask": _NO, "ask_before": _NO,
                   "decide_before": _NO, "times": _NO, "when": pa.string(), **_CITED},
}  # fmt: skip

SCHEMAS: Final[dict[str, pa.Schema]] = {name: pa.schema(list(columns.items())) for name, columns in _COLUMNS.items()}
"""The schema of each table, without the metadata of a procedure."""


def to_arrow(tables: Tables) -> dict[str, pa.Table]:
    """程序表 → Arrow · The tables of a definition by name, in the columns of :data:`SCHEMAS`."""
    rows = {
        "tracks": _tracks(tables),
        "stages": _stages(tables),
        "steps": _steps(tables),
        "signers": _signers(tables),
        "counts": _counts(tables),
        "sets": _sets(tables),
        "guards": _guards(tables),
        "facts": _facts(tables),
        "limits": map(_limit, tables.limits),
        "lengths": _lengths(tables),
        "anchors": _anchors(tables),
        "pauses": _pauses(tables),
        "extensions": _extensions(tables),
    }
    about = _metadata(tables)
    return {name: pa.Table.from_pylist([dict(r) for r in rows[name]], schema=schema.with_metadata(about)) for name, schema in SCHEMAS.items()}


def rule_text(rule: Expr[Any] | None) -> str | None:
    """A rule as a prefix expression, ``(or (eq fact_urgent true) (lt 2 times_Small_ask))``; None for none."""
    if rule is None:
        return None
    if rule.op == "const":
        value = rule.args[0]
        return str(value) if isinstance(value, Decimal) else json.dumps(value, ensure_ascii=False, default=str)
    if rule.op == "col":
        return str(rule.args[0].key)
    return f"({rule.op} {' '.join(filter(None, (rule_text(a) for a in rule.args)))})"


def _metadata(tables: Tables) -> dict[str, str]:
    procedure = tables.procedure
    return {
        "tianping.format": FORMAT,
        "tianping.procedure": procedure.code,
        "tianping.valid_from": procedure.valid_from.isoformat(),
        "tianping.valid_to": procedure.valid_to.isoformat() if procedure.valid_to else "",
    }


def _words(title: T) -> Row:
    return {"title_zh": title.zh, "title_en": title.en}


def _length(period: Period) -> Row:
    return {"months": period.months, "days": period.days, "working": period.working, "seconds": period.seconds}


def _tracks(tables: Tables) -> Iterator[Row]:
    for t in tables.tracks:
        one_open = t.part is not None and t.part.one_open
        yield {
            "track": t.no,
            "name": t.name,
            "code": t.track.__name__,
            "many": t.many,
            "one_open": one_open,
            "ends": t.ends,
            **_words(t.track.title),
        }


def _stages(tables: Tables) -> Iterator[Row]:
    for t in tables.tracks:
        for i, stage in enumerate(t.stages):
            answers = stage.answers.code if stage.answers is not None else None
            yield {"track": t.no, "stage": i, "code": stage.code, "end": stage.end, "answers": answers, **_words(stage.title)}


def _steps(tables: Tables) -> Iterator[Row]:
    for row in tables.steps:
        step = row.step
        yield {
            "step": row.no,
            "track": row.track,
            "code": step.code,
            "target": row.target,
            "mask": row.mask,
            "at_most": step.at_most.n,
            "not_by": tables.number(step.not_by) if step.not_by is not None else STAYS,
            "into": step.into,
            "on": _cause(step),
            "asks": [f.name for f in step.asks],
            "opens": [r.code for r in step.opens],
            "cites": str(step.cites),
            **_words(step.words),
        }


def _cause(step: Step) -> str | None:
    """What a system step reacts on: a limit's code, or ``Small.sent: done, refused`` for answers."""
    if isinstance(step.on, Heard):
        return f"{step.on.referral.code}: {', '.join(o.name for o in step.on.outcomes)}"
    return step.on.code if step.on is not None else None


def _signers(tables: Tables) -> Iterator[Row]:
    """Every combination of roles that suffices for a step is one ``way``; a role twice in it means two different people."""
    for row in tables.steps:
        for way, roles in enumerate(row.step.by.sets()):
            yield from ({"step": row.no, "way": way, "role": role.code, **_words(role.title)} for role in roles)


def _counts(tables: Tables) -> Iterator[Row]:
    for row in tables.steps:
        yield from ({"step": row.no, "row": i, "at_most": n, "when": rule_text(when)} for i, (n, when) in enumerate(row.step.at_most.rows))


def _sets(tables: Tables) -> Iterator[Row]:
    for row in tables.steps:
        yield from ({"step": row.no, "fact": f.name, "value": rule_text(lift(value))} for f, value in row.step.sets)


def _guards(tables: Tables) -> Iterator[Row]:
    for row in tables.steps:
        for i, (ground, wanted) in enumerate(row.guards):
            yield {
                "step": row.no,
                "guard": i,
                "code": ground.code,
                "wanted": wanted,
                "rule": rule_text(ground.rule),
                "cites": str(ground.cites),
                **_words(ground.title),
            }


def _facts(tables: Tables) -> Iterator[Row]:
    for name, (fact, track) in tables.facts.items():
        yield {"fact": name, "track": track, "kind": fact.kind.__name__, "flag": fact.flag, **_words(fact.title)}


def _limit(row: LimitRow) -> Row:
    limit = row.limit
    return {
        "limit": row.no,
        "track": row.track,
        "code": row.code,
        "wait": row.wait,
        "first": row.first,
        "parent": row.parent,
        "fact": row.fact.name if row.fact is not None else None,
        "counting": row.counting.name,
        "month_end": row.counting.month_end,
        "rolls": row.counting.rolls,
        "rolls_when": rule_text(limit.rolls),
        "bars": limit.bars,
        "target": limit.target,
        "backwards": limit.backwards,
        "cites": str(limit.cites),
        **_words(limit.words),
    }


def _lengths(tables: Tables) -> Iterator[Row]:
    varying: list[tuple[str, int, tuple[LengthRow, ...]]] = [("limit", limit.no, limit.rows) for limit in tables.limits]
    for row in tables.pauses:
        varying += [("at_most", row.no, rows_of(row.pause.at_most))] if row.pause.at_most is not None else []
        varying += [("beyond", row.no, rows_of(row.pause.beyond))] if row.pause.beyond is not None else []
    varying += [("record", s.no, rows_of(s.step.record_within)) for s in tables.steps if s.step.record_within is not None]
    for of, number, rows in varying:
        for i, r in enumerate(rows):
            yield {"of": of, "number": number, "row": i, **_length(r.period), "when": rule_text(r.when), "before": r.before}


def _anchors(tables: Tables) -> Iterator[Row]:
    for row in tables.limits:
        law_at = row.limit.law_at
        pinned = tuple(tables.number(s) for s in law_at.steps) if law_at is not None else ()
        for role, steps in (("since", row.since), ("until", row.until), ("waived", row.waived), ("law_at", pinned)):
            yield from ({"limit": row.no, "role": role, "step": step} for step in steps)


def _pauses(tables: Tables) -> Iterator[Row]:
    for row in tables.pauses:
        yield {
            "pause": row.no,
            "track": row.track,
            "code": row.pause.code,
            "halts": row.pause.halts,
            "since": row.since,
            "until": row.until,
            "limits": [limit.no for limit in tables.limits if row.no in limit.pauses],
            "cites": str(row.pause.cites),
            **_words(row.pause.words),
        }


def _extensions(tables: Tables) -> Iterator[Row]:
    for limit in tables.limits:
        for i, row in enumerate(limit.extensions):
            terms = row.extension
            yield {
                "limit": limit.no,
                "extension": i,
                "code": row.code,
                **_length(terms.more),
                "grant": row.grant,
                "ask": row.ask,
                "ask_before": terms.ask_before.days if terms.ask_before is not None else None,
                "decide_before": terms.decide_before.days if terms.decide_before is not None else None,
                "times": terms.times,
                "when": rule_text(terms.when),
                "cites": str(terms.cites),
            }
