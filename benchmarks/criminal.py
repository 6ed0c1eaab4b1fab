"""刑事案件 · The richest definition at size: five million generated events of criminal cases with several suspects, judged whole."""

from __future__ import annotations

import time
from statistics import median
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from benchmarks.data import OUT
from benchmarks.measure import Aim, Contender, Outcome, race
from tianping.engines.generate import Generator
from tianping.engines.supervise.encoding import rows_of_events
from tianping.engines.supervise.run import judged, moment_of
from tianping.engines.supervise.tally import Tally
from tianping.law.text import T
from tianping.procedure.registry import Folder, find
from tianping.procedure.tables import compiled

EVENTS: Final = T("个事件", "events")
A_SECOND: Final = T("每秒个数", "a second")
WANTED: Final = 5_000_000
CASES: Final = 4_000
"""Different cases; each is used again and again under a number of its own."""


def criminal_log(folder: Folder, wanted: int = WANTED) -> pa.Table:
    """Generated cases, repeated until there are enough events; written once. Repetition changes no answer, for no case looks beyond its own copy."""
    path = OUT / f"criminal_{wanted}.parquet"
    if not path.is_file():
        OUT.mkdir(parents=True, exist_ok=True)
        tables = compiled(folder.current)
        some = rows_of_events(Generator(tables, 5, start=folder.current.valid_from).cases(CASES, length=20), tables)
        plain, half = some, path.with_suffix(".part")
        with pq.ParquetWriter(half, some.schema) as writer:
            for n in range(-(-wanted // len(some))):
                for name in ("case_id", "into"):
                    at = some.column_names.index(name)
                    some = some.set_column(at, name, pc.binary_join_element_wise(plain[name], f"{n}", "-"))
                writer.write_table(some)
        half.replace(path)
    texts = ["case_id", "step", "entity", "actor", "role", "into"]
    return pq.read_table(path, read_dictionary=texts).unify_dictionaries()


def run() -> list[Outcome]:
    """Every clock and finding of the log; in memory before, counted after."""
    folder = find("criminal_case")
    log = criminal_log(folder)
    moment = moment_of(log, None)

    spent: list[float] = []

    def ours() -> Tally:
        begun, tally = time.process_time(), Tally()
        for piece in judged(folder, log, moment):
            tally.add(piece)
        spent.append(time.process_time() - begun)
        return tally

    tally = ours()
    figures = race([Contender("arrays", "ours", ours)], len(log), rounds=5)
    note = T("{c} 个期限，{f} 个问题", "{c} clocks, {f} findings").fill(c=f"{tally.clocks_in_all():,}", f=f"{tally.findings_in_all():,}")
    core = T("每处理器秒 {n} 个事件（忙碌的机器上看这个）", "{n} events a second of processor time: what to read on a busy machine")
    core = core.fill(n=f"{len(log) / median(spent):,.0f}")
    title = T("多名嫌疑人的刑事案件，{n} 件", "criminal cases with several suspects, {n} cases").fill(n=f"{tally.cases:,}")
    return [Outcome(title, EVENTS, len(log), figures, [Aim(A_SECOND, figures[0].rate, 3e5)], [note, core])]
