"""读日志 · read(path, procedure, mapping) → one event table. Rows that cannot be events are refused or set aside, with line and reason."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tianping.engines.events.errors import BAD_TIME, BAD_VALUE, NO_CASE, NO_STEP, UNKNOWN_STEP, BadChoice, BadRow
from tianping.engines.events.mapping import Mapping, fact_names, read_mapping, step_names
from tianping.engines.events.sources import Raw, open_source
from tianping.law.text import T
from tianping.procedure.registry import Folder
from tianping.procedure.tables import compiled

_WHEN: Final = pa.timestamp("us")
MONEY: Final = pa.decimal128(20, 4)


@dataclass(frozen=True, slots=True, eq=False)
class EventLog:
    """事件日志 · The events kept, and the account of every row: rows = kept + ignored + aside (case events come on top)."""

    table: pa.Table
    rows: int
    ignored: int
    aside: int


def read(path: Path, *, procedure: Folder, mapping: Path | Mapping | None = None, bad: str = "stop", aside: Path | None = None) -> EventLog:
    """Read a log. ``bad``: ``stop`` refuses the whole log at a bad row, ``aside`` writes bad rows to a file. Raises EVT-1xx."""
    if bad not in ("stop", "aside"):
        raise BadChoice(given=bad)
    how = read_mapping(mapping, procedure) if isinstance(mapping, Path) else mapping or Mapping()
    raw = open_source(path, lambda present: how.needed(present, fact_names(procedure)))
    reader = _Reader(raw, how, procedure)
    table, ignored = reader.run()
    faults = reader.faults
    if faults and bad == "stop":
        line, reason = min(faults.items())
        raise BadRow(path=path.name, line=line, reason=reason, count=len(faults))
    if faults and aside is not None:
        _set_aside(raw, faults, aside)
    return EventLog(table, len(raw.lines) + len(raw.broken), ignored, len(faults))


class _Reader:
    """Turns raw rows into events, distinct value by distinct value."""

    def __init__(self, raw: Raw, how: Mapping, folder: Folder) -> None:
        self.raw, self.how, self.folder = raw, how, folder
        self.columns = how.found(raw.table.column_names)
        self.faults: dict[int, T] = {line: T("列数不对", "wrong number of columns") for line, _ in raw.broken}
        self.keep = np.ones(len(raw.lines), dtype=np.bool_)
        self.kinds = {name: fact.kind for v in folder.versions for name, (fact, _) in compiled(v).facts.items()}

    def run(self) -> tuple[pa.Table, int]:
        case = self._text("case_id", required=NO_CASE)
        step, ignored = self._steps()
        seq = pa.array(np.zeros(len(case), dtype=np.int64))
        out = {"case_id": case, "seq": seq, "step": step, "happened": self._times(self.columns["happened"], need=True)}
        for name in ("entity", "actor", "role", "organisation", "into"):
            if name in self.columns:
                out[name] = self._text(name)
        if "recorded" in self.columns:
            out["recorded"] = self._times(self.columns["recorded"], need=False)
        if "voids" in self.columns:
            out["voids"] = self._mapped(self.columns["voids"], int, pa.int64())
        for name, kind in self.kinds.items():
            column = self.how.facts.get(name, name if not self.how.steps and name in self.raw.table.column_names else "")
            if column:
                out[name] = self._fact(column, kind)
        ignored &= self.keep
        chosen = self.keep & ~ignored
        table = pa.table(out)
        beside = self._case_events(table)
        table = table if chosen.all() else table.filter(pa.array(chosen))
        table = self._numbered(table)
        return (pa.concat_tables([table, *beside], promote_options="default").unify_dictionaries() if beside else table), int(ignored.sum())

    # ---- columns -------------------------------------------------------------------------------------------------------------

    def _coded(self, column: str) -> tuple[Any, list[Any]]:
        """(code of each row or -1, distinct values)."""
        array = self.raw.table[column]
        if not pa.types.is_dictionary(array.type):
            array = array.dictionary_encode()
        whole = array.unify_dictionaries().combine_chunks()
        return pc.fill_null(whole.indices, -1).to_numpy(zero_copy_only=False).astype(np.int32), whole.dictionary.to_pylist()

    def _fault(self, rows: Any, reason: Callable[[int], T]) -> None:
        at = np.flatnonzero(rows & self.keep)
        self.keep[at] = False
        for row in at:
            self.faults.setdefault(int(self.raw.lines[row]), reason(int(row)))

    def _text(self, name: str, *, required: T | None = None) -> pa.Array:
        codes, values = self._coded(self.columns[name])
        if required is not None:
            self._fault(codes < 0, lambda _: required)
        return pa.DictionaryArray.from_arrays(pa.array(codes, mask=codes < 0), pa.array([str(v) for v in values], pa.string()))

    def _steps(self) -> tuple[pa.Array, Any]:
        codes, values = self._coded(self.columns["step"])
        names = step_names(self.folder)
        steps = [None if v in self.how.ignore else self.how.steps.get(str(v)) or names.get(str(v)) for v in values]
        ignored = np.array([v in self.how.ignore for v in values] + [False])[codes]
        if self.how.lifecycle and "lifecycle:transition" in self.raw.table.column_names:
            life, kinds = self._coded("lifecycle:transition")
            ignored |= np.array([str(k).lower() not in self.how.lifecycle for k in kinds] + [False])[life]
        void = np.zeros(len(codes), dtype=np.bool_)
        if "voids" in self.columns:
            void = self.raw.table[self.columns["voids"]].is_valid().to_numpy()
        self._fault((codes < 0) & ~void, lambda _: NO_STEP)
        strange = np.array([s is None for s in steps] + [False])[codes] & ~ignored
        self._fault(strange, lambda row: UNKNOWN_STEP.fill(value=values[codes[row]]))
        distinct = list(dict.fromkeys(s for s in steps if s is not None))
        numbers = np.array([-1 if s is None else distinct.index(s) for s in steps] + [-1], dtype=np.int32)[codes]
        return pa.DictionaryArray.from_arrays(pa.array(numbers, mask=numbers < 0), pa.array(distinct, pa.string())), ignored

    def _times(self, column: str, *, need: bool) -> pa.Array:
        kind = self.raw.table[column].type
        if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
            array = self.raw.table[column].combine_chunks().cast(_WHEN)
            if need:
                self._fault(array.is_null().to_numpy(zero_copy_only=False), lambda _: BAD_TIME.fill(value=""))
            return array
        codes, values = self._coded(column)
        moments = [self._moment(v) for v in values]
        wrong = np.array([m is None for m in moments] + [need])[codes]
        self._fault(wrong, lambda row: BAD_TIME.fill(value="" if codes[row] < 0 else values[codes[row]]))
        distinct = pa.array(moments or [None], _WHEN)
        return distinct.take(pa.array(codes, mask=codes < 0))

    def _moment(self, value: str) -> datetime | None:
        try:
            moment = datetime.strptime(value, self.how.time_format) if self.how.time_format else datetime.fromisoformat(value)  # noqa: DTZ007
        except ValueError:
            return None
        if moment.tzinfo is not None and self.how.zone:
            moment = moment.astimezone(ZoneInfo(self.how.zone))
        return moment.replace(tzinfo=None)

    def _mapped(self, column: str, convert: Callable[[Any], object], kind: pa.DataType) -> pa.Array:
        codes, values = self._coded(column)
        out: list[object] = []
        wrong = np.zeros(len(values) + 1, dtype=np.bool_)
        for i, value in enumerate(values):
            try:
                out.append(convert(value))
            except (ValueError, InvalidOperation, TypeError):
                out.append(None)
                wrong[i] = True
        self._fault(wrong[codes], lambda row: BAD_VALUE.fill(column=column, value=values[codes[row]]))
        distinct = pa.array(out or [None], kind)
        return distinct.take(pa.array(codes, mask=codes < 0))

    def _fact(self, column: str, kind: type) -> pa.Array:
        if kind is Decimal:
            return self._mapped(column, _money, MONEY)
        if kind is date:
            return self._mapped(column, _day, pa.date32())
        if kind is bool:
            return self._mapped(column, _truth, pa.bool_())
        if kind is int:
            return self._mapped(column, int, pa.int64())
        names = set(kind.__members__) if issubclass(kind, Enum) else None
        return self._mapped(column, lambda v: _named(v, names), pa.string())

    # ---- cases ---------------------------------------------------------------------------------------------------------------

    def _numbered(self, table: pa.Table) -> pa.Table:
        """Events numbered within their cases, in the order of the file."""
        if "seq" in self.raw.table.column_names and pa.types.is_integer(self.raw.table["seq"].type) and len(table) == len(self.raw.table):
            return table.set_column(1, "seq", self.raw.table["seq"].cast(pa.int64()))
        codes = table["case_id"].combine_chunks().indices.to_numpy(zero_copy_only=False)
        order = np.argsort(codes, kind="stable")
        grouped = codes[order]
        position = np.arange(len(order), dtype=np.int64)
        new = np.ones(len(order), dtype=np.bool_)
        new[1:] = grouped[1:] != grouped[:-1]
        seq = np.empty(len(order), dtype=np.int64)
        seq[order] = position - np.maximum.accumulate(np.where(new, position, 0))
        return table.set_column(1, "seq", pa.array(seq))

    def _case_events(self, table: pa.Table) -> list[pa.Table]:
        """One event a case for each date that stands beside it; its seq comes after all others."""
        out = []
        for n, wanted in enumerate(self.how.case_events):
            when = self._times(wanted.column, need=False)
            when = when.cast(pa.date32()).cast(_WHEN) if wanted.whole_days else when
            codes = table["case_id"].combine_chunks().indices.to_numpy(zero_copy_only=False)
            rows = np.flatnonzero(when.is_valid().to_numpy(zero_copy_only=False) & self.keep)
            _, first = np.unique(codes[rows], return_index=True)
            rows = rows[np.sort(first)]
            count = len(rows)
            case = table["case_id"].take(pa.array(rows))
            steps = pa.DictionaryArray.from_arrays(pa.array(np.zeros(count, dtype=np.int32)), pa.array([wanted.step]))
            seq = pa.array(np.full(count, 1_000_000 + n, dtype=np.int64))
            facts = {name: self._fact(column, self.kinds[name]).take(pa.array(rows)) for name, column in wanted.facts.items()}
            out.append(pa.table({"case_id": case, "seq": seq, "step": steps, "happened": when.take(pa.array(rows)), **facts}))
        return out


def _money(value: object) -> Decimal:
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError(value)
    return number.quantize(Decimal("0.0001"))


def _day(value: object) -> date:
    return value if isinstance(value, date) else datetime.fromisoformat(str(value)).date()


def _truth(value: object) -> bool:
    text = str(value).lower()
    if text not in ("true", "false", "1", "0"):
        raise ValueError(value)
    return text in ("true", "1")


def _named(value: object, names: set[str] | None) -> str:
    if names is not None and str(value) not in names:
        raise ValueError(value)
    return str(value)


def _set_aside(raw: Raw, faults: dict[int, T], to: Path) -> None:
    """Bad rows as a CSV file: line, reason in both languages, then the row as read."""
    to.parent.mkdir(parents=True, exist_ok=True)
    broken = dict(raw.broken)
    at = {int(line): row for row, line in enumerate(raw.lines)}
    with to.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["line", "reason_zh", "reason_en", *raw.table.column_names])
        for line, reason in sorted(faults.items()):
            values = [broken[line]] if line in broken else list(raw.table.slice(at[line], 1).to_pylist()[0].values())
            writer.writerow([line, reason.zh, reason.en, *values])
