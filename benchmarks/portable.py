"""可移植后端 · The same log through DuckDB, a case partition at a time and as lazy expressions; events a second of processor time."""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from benchmarks.data import OUT, TIMES, fines_folder, fines_parquet
from benchmarks.fines import check
from benchmarks.measure import Aim, Contender, Outcome, race
from tianping.engines.events.read import read
from tianping.engines.portable.connect import connect
from tianping.engines.portable.run import plan
from tianping.engines.supervise.tally import Tally
from tianping.law.text import T
from tianping.procedure.registry import Folder

EVENTS: Final = T("个事件", "events")
PER_CORE: Final = T("{way}：每个核心每秒个数", "{way}: events a second for each core")
ROUNDS: Final = 3


def run() -> list[Outcome]:
    """From an event table on disk to every clock and finding; each way's processor time counts both cores."""
    folder, log = events_parquet()
    events = pq.read_metadata(log).num_rows
    spent: dict[str, list[float]] = {"partitions": [], "expressions": []}

    def timed(way: str) -> Tally:
        begun = time.process_time()
        tally = judged(folder, log, way)
        spent[way].append(time.process_time() - begun)
        return tally

    check(timed("partitions"))
    contenders = [Contender(f"DuckDB, {way}", "ours", partial(timed, way)) for way in spent]
    figures = race(contenders, events, rounds=ROUNDS)
    aims = [Aim(PER_CORE.fill(way=way), events / sorted(times)[len(times) // 2], 1e6) for way, times in spent.items()]
    title = T("罚单日志 {n} 份，经 DuckDB", "the fines log {n} times, through DuckDB").fill(n=TIMES)
    return [Outcome(title, EVENTS, events, figures, aims)]


def events_parquet() -> tuple[Folder, Path]:
    """The log as an event table of steps, on disk; written once."""
    folder, mapping = fines_folder()
    path = OUT / f"fines_events_{TIMES}.parquet"
    if not path.is_file():
        pq.write_table(read(fines_parquet(), procedure=folder, mapping=mapping).table, path)
    return folder, path


def judged(folder: Folder, log: Path, way: str) -> Tally:
    """Piece by piece, with the counts of every clock and finding."""
    connection = connect()
    made = plan(folder, connection.read_parquet(str(log)), connection=connection, way=way)
    tally = Tally()
    for piece in made.pieces():
        tally.add(piece)
    return tally
