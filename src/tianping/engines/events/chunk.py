"""一批行 · Turns one chunk of raw rows into events, distinct value by distinct value; rows that cannot be events are marked, with the reason."""

from __future__ import annotations

from collections.abc import Callable
from decimal import InvalidOperation
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tianping.engines.events.errors import BAD_TIME, BAD_VALUE, NO_CASE, NO_STEP, UNKNOWN_STEP
from tianping.engines.events.mapping import CaseEvent, Mapping
from tianping.engines.events.raw import Raw
from tianping.engines.events.values import Convert, instant, reader_of
from tianping.law.text import T

WHEN: Final = pa.timestamp("us")
Flags = npt.NDArray[np.bool_]
WIDTH: Final = T("列数不对", "wrong number of columns")


class Chunk:
    """The typed columns of some rows: the events kept, how many were ignored, and the faults by line."""

    def __init__(self, raw: Raw, how: Mapping, columns: dict[str, str], kinds: dict[str, type], steps: dict[str, str]) -> None:
        self.raw, self.how, self.columns, self.kinds, self.known_steps = raw, how, columns, kinds, steps
        self.faults: dict[int, T] = {line: WIDTH for line, _ in raw.broken}
        self.keep: Flags = np.ones(len(raw.lines), dtype=np.bool_)
        self.ignored = 0
        self.beside: list[pa.Table] = []
        self.table = self._events()

    def _events(self) -> pa.Table:
        case = self._text("case_id", required=NO_CASE)
        step, ignored = self._steps()
        out = {"case_id": case, "step": step, "happened": self._times(self.columns["happened"], need=True)}
        for name in ("entity", "actor", "role", "organisation", "into"):
            if name in self.columns:
                out[name] = self._text(name)
        if "recorded" in self.columns:
            out["recorded"] = self._times(self.columns["recorded"], need=False)
        if "voids" in self.columns:
            out["voids"] = self._mapped(self.columns["voids"], int, pa.int64())
        if "seq" in self.columns:
            out["seq"] = self._mapped(self.columns["seq"], int, pa.int64()).cast(pa.int32())
        elif "seq" in self.raw.table.column_names and pa.types.is_integer(self.raw.table["seq"].type):
            out["seq"] = self.raw.table["seq"].cast(pa.int32())
        for name, kind in self.kinds.items():
            column = self.how.facts.get(name, name if not self.how.steps and name in self.raw.table.column_names else "")
            if column:
                out[name] = self._mapped(column, *reader_of(kind))
        self.beside = [self._case_event(wanted, case) for wanted in self.how.case_events]
        ignored &= self.keep
        self.ignored = int(ignored.sum())
        chosen = self.keep & ~ignored
        table = pa.table(out)
        return table if chosen.all() else table.filter(pa.array(chosen))

    def _dictionary(self, column: str) -> pa.DictionaryArray:
        """A column as codes and distinct values; a column that these rows do not have is empty."""
        if column not in self.raw.table.column_names:
            return pa.nulls(len(self.raw.table), pa.dictionary(pa.int32(), pa.string()))
        array = self.raw.table[column]
        return (array if pa.types.is_dictionary(array.type) else array.dictionary_encode()).unify_dictionaries().combine_chunks()

    def _coded(self, column: str) -> tuple[npt.NDArray[np.int32], list[Any]]:
        """(code of each row or -1, distinct values)."""
        whole = self._dictionary(column)
        return pc.fill_null(whole.indices, -1).to_numpy(zero_copy_only=False).astype(np.int32), whole.dictionary.to_pylist()

    def _fault(self, rows: Flags, reason: Callable[[int], T]) -> None:
        at = np.flatnonzero(rows & self.keep)
        self.keep[at] = False
        for row in at:
            self.faults.setdefault(int(self.raw.lines[row]), reason(int(row)))

    def _text(self, name: str, *, required: T | None = None) -> pa.Array:
        whole = self._dictionary(self.columns[name])
        if required is not None and whole.null_count:
            self._fault(whole.is_null().to_numpy(zero_copy_only=False), lambda _: required)
        return pa.DictionaryArray.from_arrays(whole.indices.cast(pa.int32()), whole.dictionary.cast(pa.string()))

    def _steps(self) -> tuple[pa.Array, Flags]:
        codes, values = self._coded(self.columns["step"])
        steps = [None if v in self.how.ignore else self.how.steps.get(str(v)) or self.known_steps.get(str(v)) for v in values]
        ignored: Flags = np.array([v in self.how.ignore for v in values] + [False])[codes]
        if self.how.lifecycle and "lifecycle:transition" in self.raw.table.column_names:
            life, kinds = self._coded("lifecycle:transition")
            ignored |= np.array([str(k).lower() not in self.how.lifecycle for k in kinds] + [False])[life]
        void: Flags = np.zeros(len(codes), dtype=np.bool_)
        if "voids" in self.columns and self.columns["voids"] in self.raw.table.column_names:
            void = self.raw.table[self.columns["voids"]].is_valid().to_numpy()
        self._fault((codes < 0) & ~void, lambda _: NO_STEP)
        strange: Flags = np.array([s is None for s in steps] + [False])[codes] & ~ignored
        self._fault(strange, lambda row: UNKNOWN_STEP.fill(value=values[codes[row]]))
        numbers = {name: i for i, name in enumerate(dict.fromkeys(s for s in steps if s is not None))}
        coded = np.array([-1 if s is None else numbers[s] for s in steps] + [-1], dtype=np.int32)[codes]
        return pa.DictionaryArray.from_arrays(pa.array(coded, mask=coded < 0), pa.array(list(numbers), pa.string())), ignored

    def _times(self, column: str, *, need: bool) -> pa.Array:
        there = self.raw.table[column].type if column in self.raw.table.column_names else pa.null()
        if pa.types.is_timestamp(there) or pa.types.is_date(there):
            array = self.raw.table[column].combine_chunks().cast(WHEN)
            if need:
                self._fault(array.is_null().to_numpy(zero_copy_only=False), lambda _: BAD_TIME.fill(value=""))
            return array
        codes, values = self._coded(column)
        moments = [instant(str(v), self.how.time_format, self.how.zone) for v in values]
        wrong: Flags = np.array([m is None for m in moments] + [need])[codes]
        self._fault(wrong, lambda row: BAD_TIME.fill(value="" if codes[row] < 0 else values[codes[row]]))
        return pa.array(moments or [None], WHEN).take(pa.array(codes, mask=codes < 0))

    def _mapped(self, column: str, convert: Convert, kind: pa.DataType) -> pa.Array:
        codes, values = self._coded(column)
        out: list[object] = []
        wrong: Flags = np.zeros(len(values) + 1, dtype=np.bool_)
        for i, value in enumerate(values):
            try:
                out.append(convert(value))
            except (ValueError, InvalidOperation, TypeError):
                out.append(None)
                wrong[i] = True
        self._fault(wrong[codes], lambda row: BAD_VALUE.fill(column=column, value=values[codes[row]]))
        return pa.array(out or [None], kind).take(pa.array(codes, mask=codes < 0))

    def _case_event(self, wanted: CaseEvent, case: pa.Array) -> pa.Table:
        """The dates that stand beside the cases of these rows, once for each case."""
        when = self._times(wanted.column, need=False)
        when = when.cast(pa.date32()).cast(WHEN) if wanted.whole_days else when
        codes = case.indices.to_numpy(zero_copy_only=False)
        rows = np.flatnonzero(when.is_valid().to_numpy(zero_copy_only=False) & self.keep)
        _, first = np.unique(codes[rows], return_index=True)
        chosen = pa.array(rows[np.sort(first)])
        steps = pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(chosen), dtype=np.int32)), pa.array([wanted.step]))
        facts = {name: self._mapped(column, *reader_of(self.kinds[name])).take(chosen) for name, column in wanted.facts.items()}
        return pa.table({"case_id": case.take(chosen), "step": steps, "happened": when.take(chosen), **facts})
