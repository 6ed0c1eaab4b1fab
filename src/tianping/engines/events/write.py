"""写日志 · write(table, path): an event table as CSV, Parquet, XES or OCEL 2.0, by the name's ending; what is written reads back the same.

``write_stream`` writes XES and OCEL from tables of whole cases as they come, so that a log need never be in memory as a whole.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final, TextIO, cast
from xml.sax.saxutils import quoteattr

import numpy as np
import pyarrow as pa
import pyarrow.csv as pv
import pyarrow.parquet as pq

from tianping.engines.events.errors import CannotWrite, UnknownFormat
from tianping.engines.events.mapping import SEQ
from tianping.engines.events.ocel import OCEL_CASE

ROWS: Final = 65_536
"""Rows that are taken out of the table at a time."""
ZONE: Final = "+08:00"
"""Local time is that of Asia/Shanghai; XES and OCEL want an offset."""
XES_KEYS: Final = {
    "step": "concept:name", "happened": "time:timestamp", "actor": "org:resource", "role": "org:role", "organisation": "org:group",
    "entity": "tianping:entity", "recorded": "tianping:recorded", "voids": "tianping:voids", "into": "tianping:into",
}  # fmt: skip
_UNSAFE: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n<log xes.version="1849-2016" xmlns="http://www.xes-standard.org/">\n'


def write(table: pa.Table, path: Path) -> None:
    """Write an event table. Raises UnknownFormat, CannotWrite; a file that could not be finished is taken away."""
    name = path.name.lower()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        if name.endswith(".csv"):
            pv.write_csv(_plain(table), path)
        elif name.endswith(".parquet"):
            pq.write_table(table, path)
        elif name.endswith((".xes", ".xes.gz")):
            with _opened(path) as file:
                file.writelines(_xes([table]))
        elif name.endswith(".json"):
            with _opened(path) as file:
                file.writelines(_ocel([table]))
        else:
            raise UnknownFormat(path=path)
    except CannotWrite:
        path.unlink(missing_ok=True)
        raise


def write_stream(tables: Iterable[pa.Table], path: Path, form: str) -> None:
    """Write tables of whole cases, one after the other, as ``xes`` or ``ocel``, with the ledger's own numbers: corrections name them.

    Raises CannotWrite; then the file is taken away.
    """
    try:
        with _opened(path) as file:
            file.writelines({"xes": _xes, "ocel": _ocel}[form](tables, numbered=True))
    except CannotWrite:
        path.unlink(missing_ok=True)
        raise


def _opened(path: Path) -> TextIO:
    return cast(TextIO, gzip.open(path, "wt", encoding="utf-8")) if path.suffix == ".gz" else path.open("w", encoding="utf-8")


def _plain(table: pa.Table) -> pa.Table:
    columns = [c.cast(pa.string()) if pa.types.is_dictionary(c.type) else c for c in table.columns]
    return pa.table(columns, names=table.column_names).drop_columns(["seq"])


def _text(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds" if not value.microsecond % 1000 else "microseconds") + ZONE
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)


def _by_case(table: pa.Table) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Cases in the order in which they begin, each with its rows by seq; no more than a batch of rows is held."""
    coded = table["case_id"].combine_chunks()
    coded = coded if pa.types.is_dictionary(coded.type) else coded.dictionary_encode()
    _, first, case = np.unique(coded.indices.to_numpy(zero_copy_only=False), return_index=True, return_inverse=True)
    order = np.lexsort((table["seq"].to_numpy(), first[case]))
    held: list[dict[str, Any]] = []
    for start in range(0, len(order), ROWS):
        for row in table.take(pa.array(order[start : start + ROWS])).to_pylist():
            if held and held[0]["case_id"] != row["case_id"]:
                yield held[0]["case_id"], held
                held = []
            held.append(row)
    if held:
        yield held[0]["case_id"], held


def _cases(tables: Iterable[pa.Table]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    for table in tables:
        if len(table):
            yield from _by_case(table)


def _xes(tables: Iterable[pa.Table], *, numbered: bool = False) -> Iterator[str]:
    yield _HEAD
    for name, rows in _cases(tables):
        yield f"<trace>{_attribute('string', 'concept:name', name)}\n"
        for row in rows:
            number = _attribute("int", SEQ, str(row["seq"])) if numbered else ""
            yield "<event>" + number + "".join(_event(row)) + "</event>\n"
        yield "</trace>\n"
    yield "</log>\n"


def _event(row: dict[str, Any]) -> Iterator[str]:
    for name, value in row.items():
        if value is None or name in ("case_id", "seq") or (name == "entity" and not value):
            continue
        kind = "date" if isinstance(value, datetime) else "boolean" if isinstance(value, bool) else "int" if isinstance(value, int) else "string"
        yield _attribute(kind, XES_KEYS.get(name, name), _text(value))


def _attribute(kind: str, key: str, value: str) -> str:
    if _UNSAFE.search(value):
        raise CannotWrite(value=value.encode("unicode_escape").decode())
    quoted = quoteattr(value, {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
    return f"<{kind} key={quoteattr(key)} value={quoted}/>"


def _ocel(tables: Iterable[pa.Table], *, numbered: bool = False) -> Iterator[str]:
    """A case is an object of the type ``case``, an entity an object of its track's type, related to its case; pieces of JSON, events first.

    Only the names of objects, steps and attributes are held to the end.
    """
    cases: dict[str, dict[str, str]] = {}
    used: dict[str, dict[str, None]] = {}
    between = ""
    yield '{"events": ['
    for name, rows in _cases(tables):
        runs = cases.setdefault(name, {})
        for row in rows:
            related = [{"objectId": name, "qualifier": OCEL_CASE}]
            if row.get("entity"):
                track = str(row["step"]).partition(".")[0]
                run = f"{name}/{track}/{row['entity']}"
                runs[run] = track
                related.append({"objectId": run, "qualifier": track})
            event = _ocel_event(f"{name}#{row['seq']}", row, related)
            event["attributes"] += [{"name": SEQ, "value": str(row["seq"])}] if numbered else []
            used.setdefault(event["type"], {}).update(dict.fromkeys(a["name"] for a in event["attributes"]))
            yield between + _json(event)
            between = ",\n"
    yield '],\n"objects": ['
    between = ""
    for found in _objects(cases):
        yield between + _json(found)
        between = ",\n"
    types = [{"name": step, "attributes": [{"name": n, "type": "string"} for n in sorted(names)]} for step, names in sorted(used.items())]
    kinds = sorted({OCEL_CASE, *(track for runs in cases.values() for track in runs.values())})
    yield f'],\n"eventTypes": {_json(types)},\n"objectTypes": {_json([{"name": t, "attributes": []} for t in kinds])}}}\n'


def _objects(cases: dict[str, dict[str, str]]) -> Iterator[dict[str, Any]]:
    """The case objects and the runs that belong to them."""
    for name, runs in cases.items():
        related = [{"objectId": run, "qualifier": track} for run, track in runs.items()]
        yield {"id": name, "type": OCEL_CASE, "attributes": [], "relationships": related}
        for run, track in runs.items():
            yield {"id": run, "type": track, "attributes": [], "relationships": []}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _ocel_event(number: str, row: dict[str, Any], related: list[dict[str, str]]) -> dict[str, Any]:
    left = {k: v for k, v in row.items() if v not in (None, "") and k not in ("case_id", "seq", "step", "happened")}
    attributes = [{"name": k, "value": _text(v)} for k, v in left.items()]
    return {"id": number, "type": row["step"] or "", "time": _text(row["happened"]), "attributes": attributes, "relationships": related}
