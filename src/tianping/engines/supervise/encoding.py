"""编码 · From event rows to sorted arrays: who and what become small integers, voided entries leave, merged runs join their case."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tianping.engines.supervise.encoded import Codes, Encoded, FactValues
from tianping.engines.supervise.errors import UnknownStep
from tianping.engines.supervise.merging import GHOST, Merger, merges, ties
from tianping.law.periods import day_number
from tianping.procedure.columnar import Ints
from tianping.procedure.events import Event
from tianping.procedure.reckoning import ZERO
from tianping.procedure.tables import Tables

NO_INSTANT = np.iinfo(np.int64).min
MAX_SCALE = 6


def encode(table: pa.Table, tables: Tables, until: datetime | None = None) -> Encoded:
    """An event table as arrays; ``until`` leaves later events out. Pure voids (no step) and what they void leave too."""
    table = _effective(table.combine_chunks(), tables, until)
    case, cases = _coded(table["case_id"])
    micro, seq, tie = _instants(table["happened"]), table["seq"].to_numpy().astype(np.int32), None
    if merges(table, tables):
        before, table = table, Merger(table, tables, _steps(table["step"], tables), case, cases, micro, seq).merged().combine_chunks()
        if len(table) > len(before):
            case, cases = _coded(table["case_id"])
            micro, seq, tie = _instants(table["happened"]), table["seq"].to_numpy().astype(np.int32), ties(table)
    order = _order(case, micro, seq, tie)
    if order is not None:
        table, case, micro, seq = table.take(pa.array(order)), case[order], micro[order], seq[order]
    return _encoded(table, tables, *_dense(case, cases), micro, seq)


def _effective(table: pa.Table, tables: Tables, until: datetime | None) -> pa.Table:
    """What had happened by then, less what had been voided by then."""
    if until is not None:
        known = _instants(table["happened"]) <= _micro(until)
        table = table if known.all() else table.filter(pa.array(known))
    keep = _steps(table["step"], tables) >= 0
    if len(table) and "voids" in table.column_names and table["voids"].null_count < len(table):
        keep &= ~_voided(table, _coded(table["case_id"])[0], table["seq"].to_numpy().astype(np.int32))
    return table if keep.all() else table.filter(pa.array(keep))


def _encoded(table: pa.Table, tables: Tables, case: Codes, cases: pa.Array, micro: Ints, seq: Codes) -> Encoded:
    step = _steps(table["step"], tables)
    track = np.array([s.track for s in tables.steps], dtype=np.int16)[step]
    ghost = None
    if GHOST in table.column_names:
        ghost = table[GHOST].is_valid().to_numpy()
        track = np.where(ghost, pc.fill_null(table[GHOST], 0).to_numpy(), track).astype(np.int16)
    entity, entities = _entities(table, tables, track)
    signers, signatures = _signatures(table)
    recorded = _instants(table["recorded"]) if _has(table, "recorded") else None
    facts = {name: values for name in tables.facts if (values := _fact(table, tables, name, step, ghost)) is not None}
    day = (micro // 86_400_000_000).astype(np.int32)
    return Encoded(case, step, track, entity, micro, day, seq, ghost, recorded, signers, facts, cases, entities, signatures)


def _has(table: pa.Table, name: str) -> bool:
    return name in table.column_names and table[name].null_count < len(table)


def _micro(moment: datetime) -> int:
    return (moment - ZERO) // (moment.resolution)


def _instants(column: pa.ChunkedArray) -> Ints:
    """Local instants in microseconds, ``NO_INSTANT`` where there is none."""
    numbers = column.cast(pa.timestamp("us")).cast(pa.int64())
    out: Ints = (pc.fill_null(numbers, NO_INSTANT) if numbers.null_count else numbers).to_numpy()
    return out


def _coded(column: pa.ChunkedArray) -> tuple[Codes, pa.Array]:
    """Codes in the order of first appearance, and the names."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    return array.indices.to_numpy(zero_copy_only=False).astype(np.int32), array.dictionary


def _coded_texts(column: pa.ChunkedArray | pa.Array) -> tuple[Codes, pa.Array]:
    """Codes and names, where there is none that of the empty text."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    names = array.dictionary.cast(pa.string())
    if not array.null_count:
        return array.indices.to_numpy(zero_copy_only=False).astype(np.int32), names
    codes = array.indices.cast(pa.int32()).fill_null(len(names))
    return codes.to_numpy(), pa.concat_arrays([names, pa.array([""])])


def _steps(column: pa.ChunkedArray, tables: Tables) -> npt.NDArray[np.int16]:
    """Step numbers; -1 for a pure void."""
    array = column.combine_chunks()
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    names = array.dictionary.to_pylist()
    numbers = np.array([tables.by_step.get(name, -1) for name in names] + [-1], dtype=np.int16)
    codes: npt.NDArray[Any] = pc.fill_null(array.indices, len(numbers) - 1).to_numpy(zero_copy_only=False)
    if any(name not in tables.by_step for name in names):
        strange = {names[c] for c in np.unique(codes) if c < len(names) and names[c] not in tables.by_step}
        if strange:
            raise UnknownStep(procedure=tables.procedure.__name__, steps=", ".join(sorted(map(str, strange))))
    out: npt.NDArray[np.int16] = numbers[codes]
    return out


def _voided(table: pa.Table, case: Codes, seq: Codes) -> npt.NDArray[np.bool_]:
    """Entries that another entry of the same case voids; an entry that voids is not voided again."""
    voids = table["voids"]
    acting: npt.NDArray[np.bool_] = voids.is_valid().to_numpy()
    width = np.int64(seq.max()) + 2
    struck = case[acting] * width + pc.drop_null(voids).to_numpy().astype(np.int64)
    found: npt.NDArray[np.bool_] = np.isin(case * width + seq, struck)
    return found & ~acting


def _order(case: Codes, micro: Ints, seq: Codes, tie: npt.NDArray[np.int64] | None) -> Ints | None:
    """The order of case, instant, seq (and entity, where merged runs share numbers); None if the rows stand in it."""
    if tie is not None:
        return np.lexsort((tie, seq, micro, case))
    if len(case) < 2:
        return None
    same = case[1:] == case[:-1]
    later = (micro[1:] > micro[:-1]) | ((micro[1:] == micro[:-1]) & (seq[1:] >= seq[:-1]))
    if bool(((case[1:] > case[:-1]) | (same & later)).all()):
        return None
    return np.lexsort((seq, micro, case))


def _dense(case: Codes, names: pa.Array) -> tuple[Codes, pa.Array]:
    """Cases numbered 0, 1, 2 … along the rows."""
    if not len(case):
        return case, names.slice(0, 0)
    new = np.ones(len(case), dtype=np.bool_)
    new[1:] = case[1:] != case[:-1]
    return np.cumsum(new, dtype=np.int32) - np.int32(1), names.take(pa.array(case[new]))


def _entities(table: pa.Table, tables: Tables, track: npt.NDArray[np.int16]) -> tuple[Codes, pa.Array]:
    many = np.array([t.many for t in tables.tracks], dtype=np.bool_)
    if not many.any() or not _has(table, "entity"):
        return np.zeros(len(track), dtype=np.int32), pa.array([""])
    codes, names = _coded_texts(table["entity"])
    numbers = np.where(pc.equal(names, "").to_numpy(zero_copy_only=False), 0, np.arange(1, len(names) + 1, dtype=np.int32))
    return np.where(many[track], numbers[codes], 0).astype(np.int32), pa.concat_arrays([pa.array([""]), names])


def _signatures(table: pa.Table) -> tuple[Codes | None, list[tuple[tuple[str, str], ...]]]:
    """Distinct signatures. Several people are written with ``;`` between them, in actor and role alike."""
    if not (_has(table, "role") or _has(table, "actor")):
        return None, []
    parts = [_coded_texts(table[n]) if _has(table, n) else None for n in ("actor", "role")]
    actor, role = (p if p is not None else (np.zeros(len(table), dtype=np.int32), pa.array([""])) for p in parts)
    key = actor[0].astype(np.int64) * len(role[1]) + role[0]
    distinct, codes = np.unique(key, return_inverse=True)
    actors, roles = actor[1].to_pylist(), role[1].to_pylist()
    listed = [people(actors[k // len(roles)], roles[k % len(roles)]) for k in distinct.tolist()]
    empty = np.array([not people for people in listed], dtype=np.bool_)
    return np.where(empty[codes], -1, codes).astype(np.int32), listed


def people(actor: str, role: str) -> tuple[tuple[str, str], ...]:
    """Who signed, in which role: several are written with ``;`` between them."""
    if not actor and not role:
        return ()
    actors, held = actor.split(";"), role.split(";")
    count = max(len(actors), len(held))
    actors, held = actors + [""] * (count - len(actors)), held + [""] * (count - len(held))
    return tuple((a.strip(), r.strip()) for a, r in zip(actors, held, strict=True))


# ---- facts -----------------------------------------------------------------------------------------------------------------------


def _fact(table: pa.Table, tables: Tables, name: str, step: npt.NDArray[np.int16], ghost: npt.NDArray[np.bool_] | None) -> FactValues | None:
    return with_sets(_given(table[name].combine_chunks()) if name in table.column_names else None, tables, name, step, ghost)


def with_sets(
    given: FactValues | None, tables: Tables, name: str, step: npt.NDArray[np.int16], ghost: npt.NDArray[np.bool_] | None
) -> FactValues | None:
    """A fact's answers as given, and as set by the steps that set it by themselves."""
    setters = {row.no: _plain(v) for row in tables.steps for f, v in row.step.sets if f.name == name}
    if not setters:
        return given
    codes = None if given is None else given.codes
    codes = dict(codes or {}) if given is None or codes is not None else None
    values = np.zeros(len(step), dtype=np.int64) if given is None else given.values.astype(np.int64)
    known = np.zeros(len(step), dtype=np.bool_) if given is None else given.known.copy()
    scale = 0 if given is None else given.scale
    texts = any(isinstance(v, str) for v in setters.values())
    for number, answer in setters.items():
        mine = step == number if ghost is None else (step == number) & ~ghost
        values[mine] = codes.setdefault(str(answer), len(codes)) if texts and codes is not None else _number(answer, scale)
        known |= mine
    return FactValues(values, known, scale, codes if texts or (given is not None and given.codes is not None) else None)


def _plain(answer: object) -> object:
    return answer.name if isinstance(answer, Enum) else answer


def _number(answer: object, scale: int) -> int:
    if isinstance(answer, date):
        return day_number(answer)
    return int(Decimal(str(int(answer) if isinstance(answer, bool) else answer)).scaleb(scale))


def _given(array: pa.Array) -> FactValues:
    known: npt.NDArray[np.bool_] = array.is_valid().to_numpy(zero_copy_only=False)
    kind = array.type
    if pa.types.is_dictionary(kind) or pa.types.is_string(kind) or pa.types.is_large_string(kind):
        codes, names = _coded_texts(array)
        return FactValues(codes.astype(np.int64), known, 0, {n: i for i, n in enumerate(names.to_pylist())})
    if pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        days = pc.fill_null(array.cast(pa.date32()).cast(pa.int32()), 0)
        return FactValues(days.to_numpy(zero_copy_only=False).astype(np.int64), known, 0, None)
    if pa.types.is_decimal(kind):
        scale = max(0, kind.scale)
        return FactValues(_low_words(array, known), known, scale, None)
    numbers = pc.fill_null(array.cast(pa.float64() if pa.types.is_floating(kind) else pa.int64()), 0).to_numpy(zero_copy_only=False)
    if not pa.types.is_floating(kind):
        return FactValues(numbers, known, 0, None)
    for scale in range(MAX_SCALE + 1):
        scaled = numbers * 10.0**scale
        if np.allclose(scaled, np.rint(scaled), rtol=0, atol=1e-6) or scale == MAX_SCALE:
            break
    return FactValues(np.rint(scaled).astype(np.int64), known, scale, None)


def _low_words(array: pa.Array, known: npt.NDArray[np.bool_]) -> Ints:
    """The unscaled integers of decimals that fit 64 bits, straight from the low words of their 128."""
    wide = array.cast(pa.decimal128(38, array.type.scale))
    words = np.frombuffer(wide.buffers()[1], dtype="<i8")[2 * wide.offset : 2 * (wide.offset + len(wide)) : 2]
    return np.where(known, words, 0)


# ---- from the scalar engine's events ----------------------------------------------------------------------------------------------


def rows_of_events(cases: dict[str, list[Event]], tables: Tables) -> pa.Table:
    """The event table of scalar events (tests, the running ledger's small sets)."""
    rows = [_as_row(name, e, tables) for name, log in cases.items() for e in log]
    facts = {n: _arrow_kind(f.kind) for n, (f, _) in tables.facts.items()}
    fields = [("case_id", pa.string()), ("seq", pa.int64()), ("step", pa.string()), ("entity", pa.string()), ("happened", pa.timestamp("us"))]
    fields += [("recorded", pa.timestamp("us")), ("voids", pa.int64()), ("actor", pa.string()), ("role", pa.string()), ("into", pa.string())]
    return pa.Table.from_pylist(rows, schema=pa.schema(fields + list(facts.items())))


def _arrow_kind(kind: type) -> pa.DataType:
    names = {"bool": pa.bool_(), "int": pa.int64(), "Decimal": pa.decimal128(20, 4), "date": pa.date32()}
    return names.get(kind.__name__, pa.string())


def _as_row(name: str, e: Event, tables: Tables) -> dict[str, object]:
    step = tables.steps[e.step].step.code if e.step >= 0 else None
    people = {"actor": ";".join(s.actor for s in e.signers) or None, "role": ";".join(s.role for s in e.signers) or None}
    row = {"case_id": name, "seq": e.seq, "step": step, "entity": e.entity, "happened": e.happened, "recorded": e.recorded, "voids": e.voids}
    return row | people | {"into": e.into} | dict(e.facts)
