"""成表 · Rows of the ledger as the event table of the engines: who signed in which role, the institution's code, and a column for every fact.

Distinct values are turned, not rows: people, institutions, steps and most answers repeat.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.json as pj

from tianping.casework.bridge.errors import UnreadableAnswers
from tianping.engines.events.values import MONEY
from tianping.procedure.tables import Tables

_WHEN: Final = pa.timestamp("us")
_NAMES: Final = pa.dictionary(pa.int32(), pa.string())
LEDGER: Final = pa.schema(
    [
        ("case_id", pa.int64()), ("seq", pa.int32()), ("entity", pa.string()), ("step", pa.string()), ("happened", _WHEN), ("recorded", _WHEN),
        ("voids", pa.int32()), ("organisation", pa.int32()), ("signers", pa.string()), ("recorder", pa.string()), ("into", pa.int64()),
        ("facts", pa.string()), ("erases", pa.int32()),
    ]
)  # fmt: skip
"""The rows as they are read: local times, answers and signatures as text (jsonb travels slower than its text), and what an act of erasure erased."""
SELECT: Final = """select e.case_id, e.seq, e.entity, e.step, e.happened at time zone 'Asia/Shanghai' as happened,
  e.recorded at time zone 'Asia/Shanghai' as recorded, e.voids, e.organisation, e.signers::text as signers, e.recorder, e."into",
  (e.payload -> 'facts')::text as facts, case when e.step = '' then (e.payload ->> 'erases')::int end as erases from casework_event e"""
FIRST: Final[list[tuple[str, pa.DataType]]] = [
    ("case_id", pa.int64()), ("seq", pa.int32()), ("track", _NAMES), ("entity", _NAMES), ("step", _NAMES), ("happened", _WHEN),
    ("recorded", _WHEN), ("actor", _NAMES), ("role", _NAMES), ("organisation", _NAMES), ("recorder", _NAMES), ("voids", pa.int32()),
    ("into", pa.int64()),
]  # fmt: skip
"""The columns of every event table of the ledger; those of the procedure's facts follow."""


def schema_of(tables: Tables) -> pa.Schema:
    """The event table of a definition. A fact that has the name of one of the first columns is left out, as the reader of logs would."""
    taken = {name for name, _ in FIRST}
    return pa.schema(FIRST + [(name, arrow_kind(fact.kind)) for name, (fact, _) in tables.facts.items() if name not in taken])


def arrow_kind(kind: type[Any]) -> pa.DataType:
    """The Arrow type of a fact."""
    if issubclass(kind, Enum):
        return _NAMES
    return {bool: pa.bool_(), int: pa.int64(), Decimal: MONEY, date: pa.date32()}.get(kind, _NAMES)


def shaped(raw: pa.RecordBatch, tables: Tables, organisations: Mapping[int, str]) -> pa.Table:
    """Rows of ``LEDGER`` as an event table of their definition. Raises UnreadableAnswers."""
    steps = raw["step"].dictionary_encode()
    tracks = [tables.tracks[tables.steps[tables.by_step[s]].track].name if s in tables.by_step else "" for s in steps.dictionary.to_pylist()]
    signed = raw["signers"].dictionary_encode()
    people = [json.loads(s) if s else [] for s in signed.dictionary.to_pylist()]
    where = raw["organisation"].dictionary_encode()
    named = {
        "track": _coded(steps, tracks),
        "entity": raw["entity"].dictionary_encode(),
        "step": _coded(steps, [s or None for s in steps.dictionary.to_pylist()]),
        "actor": _coded(signed, [";".join(a for a, _ in p) or None for p in people]),
        "role": _coded(signed, [";".join(r for _, r in p) or None for p in people]),
        "organisation": _coded(where, [organisations[o] for o in where.dictionary.to_pylist()]),
        "recorder": raw["recorder"].dictionary_encode(),
    }
    schema = schema_of(tables)
    columns = {name: named[name] if name in named else raw[name] for name, _ in FIRST}
    return pa.table({**columns, **_facts(raw["facts"], schema, tables)}, schema=schema)


def _coded(codes: pa.DictionaryArray, values: Sequence[str | None]) -> pa.DictionaryArray:
    """The same codes with other names; a name that is None is no value."""
    distinct = list(dict.fromkeys(v for v in values if v is not None))
    numbers = np.array([-1 if v is None else distinct.index(v) for v in values] + [-1], dtype=np.int32)
    at = numbers[pc.fill_null(codes.indices, len(values)).to_numpy(zero_copy_only=False)]
    return pa.DictionaryArray.from_arrays(pa.array(at, mask=at < 0), pa.array(distinct, pa.string()))


def _facts(texts: pa.Array, schema: pa.Schema, tables: Tables) -> dict[str, pa.Array]:
    """A column for each fact, from the distinct answers; an erased payload answers nothing."""
    wanted = [schema.field(i) for i in range(len(FIRST), len(schema))]
    coded = texts.dictionary_encode()
    if not wanted or not len(coded.dictionary):
        return {f.name: pa.nulls(len(texts), f.type) for f in wanted}
    table = _parsed(coded.dictionary, wanted, tables)
    at = coded.indices
    return {f.name: table[f.name].take(at) for f in wanted}


def _parsed(distinct: pa.Array, wanted: list[pa.Field], tables: Tables) -> dict[str, pa.Array]:
    as_read = pa.schema([(f.name, f.type if f.type in (pa.bool_(), pa.int64()) else pa.string()) for f in wanted])
    lines = pc.binary_join(pa.ListArray.from_arrays([0, len(distinct)], distinct), "\n")[0].as_buffer()
    try:
        read = pj.read_json(
            io.BytesIO(lines),
            read_options=pj.ReadOptions(use_threads=False, block_size=max(1 << 16, lines.size + 1)),
            parse_options=pj.ParseOptions(explicit_schema=as_read, unexpected_field_behavior="ignore"),
        )
        return {f.name: _typed(read[f.name].combine_chunks(), f.type) for f in wanted}
    except pa.ArrowException as error:
        raise UnreadableAnswers(procedure=tables.procedure.title, reason=str(error).splitlines()[0]) from None


def _typed(values: pa.Array, kind: pa.DataType) -> pa.Array:
    if kind == _NAMES:
        return values.dictionary_encode()
    return values if values.type == kind else values.cast(kind)
