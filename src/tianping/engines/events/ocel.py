"""OCEL 日志 · Object-centric logs (OCEL 2.0 JSON) as raw rows: the events of each case object, with their attributes."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, BinaryIO, Final

import ijson
import numpy as np
import pyarrow as pa

from tianping.engines.events.raw import ROWS, Names, NotThisFormat, Progress, Raw

OCEL_CASE: Final = "case"
"""The object type that is the case, where a log does not say otherwise by having only one type."""
_NO_EVENTS: Final = "OCEL 2.0: no events"


def ocel_chunks(path: Path, names: Names, told: Progress) -> Iterator[Raw]:
    """Events in chunks, streamed: first the types of the objects, then the events. A row's line is the event's ordinal."""
    size, line = max(path.stat().st_size, 1), 1
    seen: dict[str, None] = {}
    try:
        with path.open("rb") as file:
            types = {o["id"]: o["type"] for o in _items(file, "objects")}
        kinds = set(types.values())
        case_type = OCEL_CASE if OCEL_CASE in kinds or len(kinds) != 1 else kinds.pop()
        with path.open("rb") as file:
            events = _items(file, "events")
            while rows := [_row(event, types, case_type) for event in islice(events, ROWS)]:
                seen |= dict.fromkeys(key for row in rows for key in row)
                table = pa.table({n: pa.array([row.get(n) for row in rows], pa.string()) for n in names(list(seen))})
                yield Raw(table, np.arange(line, line + len(rows), dtype=np.int64), [])
                line += len(rows)
                told(file.tell() / size)
    except (KeyError, TypeError, AttributeError) as error:
        raise NotThisFormat(f"OCEL 2.0: {error}") from None
    if line == 1:
        raise NotThisFormat(_NO_EVENTS)


def _items(file: BinaryIO, part: str) -> Iterator[dict[str, Any]]:
    return iter(ijson.items(file, f"{part}.item"))


def _row(event: dict[str, Any], types: dict[str, str], case_type: str) -> dict[str, str]:
    row = {"step": event["type"], "happened": event["time"]}
    row |= {a["name"]: _text(a["value"]) for a in event.get("attributes", ()) if a.get("value") is not None}
    cases = [r["objectId"] for r in event.get("relationships", ()) if types.get(r["objectId"]) == case_type]
    if cases:
        row["case_id"] = cases[0]
    return {key: value for key, value in row.items() if value != ""}


def _text(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
