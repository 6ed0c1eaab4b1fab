"""监督 · Runs a definition over an event table of any size: in pieces of whole cases, each case under the version in force on its first day."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tianping.engines.supervise.encoded import Codes
from tianping.engines.supervise.encoding import encode
from tianping.engines.supervise.errors import EmptyLog, MissingColumn
from tianping.engines.supervise.judged import judge
from tianping.engines.supervise.reckoned import Moment
from tianping.engines.supervise.results import CLOCKS, FINDINGS, clock_batch, finding_batch
from tianping.law.calendar import Calendar, calendar
from tianping.law.periods import day_number, to_date
from tianping.procedure.columnar import Ints
from tianping.procedure.events import end_of
from tianping.procedure.reckoning import seconds
from tianping.procedure.registry import Folder
from tianping.procedure.tables import Tables, compiled

PIECE: Final = 500_000
"""About how many events are judged at once; memory grows with it and not with the log."""
_DAY: Final = 86_400_000_000
Progress = Callable[[float], None]
"""Told which part (0 to 1) of the log has been judged."""


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """监督结果 · Tables of clocks and findings, the moment they are as of, and how much was judged."""

    clocks: pa.Table
    findings: pa.Table
    as_of: datetime
    events: int
    cases: int


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """The results of some whole cases."""

    clocks: list[pa.RecordBatch]
    findings: list[pa.RecordBatch]
    events: int
    cases: int


def supervise(
    folder: Folder,
    log: pa.Table,
    *,
    as_of: date | datetime | None = None,
    cal: Calendar | None = None,
    workers: int = 2,
    progress: Progress | None = None,
) -> Report:
    """Judge a whole log. ``as_of``: the end of that day, or an instant; by default the last date in the log. Raises SUP-1xx."""
    moment = moment_of(log, as_of)
    pieces = list(judged(folder, log, moment, cal=cal, workers=workers, progress=progress))
    clocks = pa.Table.from_batches([b for p in pieces for b in p.clocks], CLOCKS).unify_dictionaries()
    findings = pa.Table.from_batches([b for p in pieces for b in p.findings], FINDINGS).unify_dictionaries()
    return Report(clocks, findings, moment, sum(p.events for p in pieces), sum(p.cases for p in pieces))


def moment_of(log: pa.Table, as_of: date | datetime | None) -> datetime:
    """The instant that a log is judged as of. Raises EmptyLog, MissingColumn."""
    missing = [name for name in ("case_id", "seq", "step", "happened") if name not in log.column_names]
    if missing:
        raise MissingColumn(columns=", ".join(missing))
    if as_of is not None:
        return end_of(as_of)
    last = pc.max(log["happened"]).as_py()
    if last is None:
        raise EmptyLog()
    return end_of(last.date() if isinstance(last, datetime) else last)


def judged(
    folder: Folder, log: pa.Table, moment: datetime, *, cal: Calendar | None = None, workers: int = 2, progress: Progress | None = None
) -> Iterator[Piece]:
    """The results piece by piece, in the order of the log's cases."""
    days = calendar() if cal is None else cal
    with ThreadPoolExecutor(workers) as pool:
        done = 0
        for piece in _ahead(pool, lambda part: _piece(folder, part, moment, days), _pieces(log), workers):
            done += piece.events
            if progress is not None:
                progress(done / len(log))
            yield piece


def _ahead(pool: ThreadPoolExecutor, work: Callable[[pa.Table], Piece], parts: Iterable[pa.Table], most: int) -> Iterator[Piece]:
    """The results in order, with no more than ``most`` of them under way: a slow reader of results must not fill the memory with them."""
    running: deque[Future[Piece]] = deque()
    for part in parts:
        if len(running) >= most:
            yield running.popleft().result()
        running.append(pool.submit(work, part))
    while running:
        yield running.popleft().result()


def _pieces(log: pa.Table) -> list[pa.Table]:
    """Slices of whole cases, those of merged cases together; a log whose cases are scattered is sorted by case first."""
    codes = _case_codes(log)
    if len(codes) > 1 and (codes[1:] < codes[:-1]).any():
        order = np.argsort(codes, kind="stable")
        log, codes = log.take(pa.array(order)), codes[order]
    starts = np.concatenate([[0], np.flatnonzero(codes[1:] != codes[:-1]) + 1]) if len(codes) else np.zeros(0, dtype=np.int64)
    number = starts // PIECE
    if "into" in log.column_names and log["into"].null_count < len(log) and len(log) > PIECE:
        log, starts, number = _together(log, codes, starts, number)
    cuts = [0, *starts[1:][number[1:] != number[:-1]].tolist(), len(log)] if len(starts) else []
    return [log.slice(a, b - a) for a, b in pairwise(cuts)]


def _together(log: pa.Table, codes: Codes, starts: Ints, number: Ints) -> tuple[pa.Table, Ints, Ints]:
    """Cases that are merged go into the piece of the first of them."""
    names, piece = _names(log), np.zeros(int(codes.max()) + 1, dtype=np.int64)
    piece[codes[starts]] = number
    rows = np.flatnonzero(log["into"].is_valid().to_numpy())
    goal = pc.fill_null(pc.index_in(log["into"].take(pa.array(rows)).cast(pa.string()).combine_chunks(), names), -1).to_numpy()
    known = goal >= 0
    one, other = codes[rows][known], goal[known]
    while len(one) and (piece[one] != piece[other]).any():
        least = np.minimum(piece[one], piece[other])
        np.minimum.at(piece, one, least)
        np.minimum.at(piece, other, least)
    placed = piece[codes[starts]]
    if (placed == number).all():
        return log, starts, number
    lengths = np.diff(starts, append=len(log))
    order = np.argsort(np.repeat(placed, lengths), kind="stable")
    cases = np.argsort(placed, kind="stable")
    return log.take(pa.array(order)), np.concatenate([[0], np.cumsum(lengths[cases])[:-1]]), placed[cases]


def _names(log: pa.Table) -> pa.Array:
    """The names behind the codes of ``_case_codes``."""
    array = log["case_id"]
    return (
        (array if pa.types.is_dictionary(array.type) else array.dictionary_encode())
        .unify_dictionaries()
        .combine_chunks()
        .dictionary.cast(pa.string())
    )


def _case_codes(log: pa.Table) -> Codes:
    array = log["case_id"]
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    array = array.unify_dictionaries().combine_chunks()
    codes: Codes = array.indices.to_numpy(zero_copy_only=False).astype(np.int32, copy=False)
    return codes


def _piece(folder: Folder, log: pa.Table, moment: datetime, days: Calendar) -> Piece:
    clocks: list[pa.RecordBatch] = []
    findings: list[pa.RecordBatch] = []
    cases = 0
    at = Moment(day_number(moment.date()), seconds(moment))
    for tables, part in _versions(folder, log):
        encoded = encode(part, tables, until=moment)
        got = judge(tables, encoded, at, days)
        clocks += [clock_batch(encoded, c, tables) for c in got.clocks if len(c.opened)]
        findings += [finding_batch(encoded, f, tables) for f in got.findings]
        cases += len(encoded.cases)
    return Piece(clocks, findings, len(log), cases)


def _versions(folder: Folder, log: pa.Table) -> Iterator[tuple[Tables, pa.Table]]:
    """Each version of the folder with the cases whose first event falls into its life."""
    if len(folder.versions) == 1:
        yield compiled(folder.versions[0]), log
        return
    codes = _case_codes(log)
    happened = log["happened"].cast(pa.timestamp("us")).cast(pa.int64()).to_numpy()
    first = np.full(int(codes.max()) + 1, np.iinfo(np.int64).max)
    np.minimum.at(first, codes, happened)
    present = np.unique(codes)
    pinned = {int(day): folder.on(to_date(int(day))) for day in np.unique(first[present] // _DAY)}
    for version in folder.versions:
        chosen = [day for day, v in pinned.items() if v is version]
        mask = np.isin(first[codes] // _DAY, chosen)
        if mask.any():
            yield compiled(version), log.filter(pa.array(mask))
