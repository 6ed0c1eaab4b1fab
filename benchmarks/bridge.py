"""台账到分区 · The ledger of 400,000 cases to typed Parquet partitions, beside a binary COPY of the same columns whose bytes nobody reads."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter
from typing import Any, Final

import duckdb
import psycopg
import pyarrow.parquet as pq

from benchmarks.data import OUT
from benchmarks.measure import Absent, Aim, Contender, Outcome, race
from tianping.law.text import T

CASES: Final = 400_000
EACH: Final = 6
ROUNDS: Final = 5
EVENTS: Final = T("个事件", "events")
COLUMNS: Final = 'case_id, seq, entity, step, happened, recorded, voids, organisation, signers, recorder, "into", payload'
STEPS: Final = ["PreFiling.receive", "PreFiling.refer", "mediation.send", "mediation.receive", "mediation.answer", "PreFiling.come_back"]
FILL: Final = f"""
insert into casework_definition (code, version) values ('pre_filing', '2017-07-01');
insert into casework_organisation (code, kind, path, zh, en, division, court_code, status, source)
  select 'o' || n, 'court', '/' || n || '/', '院', 'court', '', '', 'local', '' from generate_series(1, 12) n;
insert into casework_case (id, organisation_id, definition_id, stage, lifecycle, level, flags, seq, head, title, facts, source, opened, updated)
  select n, 1 + n % 12, (select max(id) from casework_definition), 'back', 0, 0, '{{}}', {EACH}, '\\x00', 'case ' || n, '{{}}', '',
    t, t + interval '9 d' from generate_series(1, {CASES}) n, lateral (select '2021-01-01'::timestamptz + n * interval '37 s' as t) x;
insert into casework_event (case_id, seq, track, entity, step, happened, recorded, organisation, signers, recorder, payload, payload_hash, hash)
  select n, s, case when s in (3, 4, 5) then 'mediation' else 'PreFiling' end, case when s in (3, 4, 5) then 'mediation-1' else '' end,
    ('{{{",".join(STEPS)}}}'::text[])[s], t + s * interval '1 day 3 min', t + s * interval '1 day 4 min', 1 + n % 12,
    jsonb_build_array(jsonb_build_array('judge' || n % 300, 'Roles.FILING_JUDGE')), 'judge' || n % 300,
    jsonb_build_object('salt', md5(n || ':' || s), 'facts', case s when 1 then '{{"suit": "ORDINARY", "qualifies": true}}'::jsonb
      when 2 then '{{"suitable": true, "consents": true}}'::jsonb
      when 5 then jsonb_build_object('mediation_outcome', case when n % 3 = 0 then 'settled' else 'failed' end) else '{{}}'::jsonb end),
    sha256(convert_to(n || '/' || s, 'UTF8')), sha256(convert_to(n || '.' || s, 'UTF8'))
  from generate_series(1, {CASES}) n, generate_series(1, {EACH}) s,
    lateral (select '2021-01-01'::timestamptz + n * interval '37 s' as t) x order by n, s;
"""
QUERY: Final = """select step, organisation, date_trunc('month', happened) m, count(*), count(distinct case_id), max(recorded)
from read_parquet(?) group by all"""


def run() -> list[Outcome]:
    """The whole ledger, each time into an empty folder."""
    if find_spec("adbc_driver_postgresql") is None:
        raise Absent(T("没有安装 analytics 附加包", "the analytics extra is not installed"))
    with _ledger() as dsn:
        from tianping.casework.bridge.partitions import copy_ledger  # noqa: PLC0415 — after Django is set up
        from tianping.casework.bridge.shape import LEDGER, SELECT  # noqa: PLC0415
        from tianping.casework.bridge.stream import batches  # noqa: PLC0415

        folder, raw = OUT / "bridge" / "copy", OUT / "bridge" / "raw.parquet"

        def ours(*, plain: bool = False) -> None:
            shutil.rmtree(folder, ignore_errors=True)
            if copy_ledger(folder, plain=plain).whole != CASES * EACH:
                raise AssertionError(folder)

        def unshaped() -> None:
            with pq.ParquetWriter(raw, LEDGER, compression="zstd") as writer:
                for batch in batches(SELECT, LEDGER):
                    writer.write_batch(batch)

        figures = race(
            [
                Contender("ADBC, typed partitions", "ours", ours),
                Contender("without the extra: COPY as CSV", "ours", lambda: ours(plain=True)),
                Contender("ADBC, one file, nothing typed", "peer", unshaped),
                Contender("binary COPY, bytes only", "limit", lambda: _bytes(dsn)),
            ],
            CASES * EACH,
            rounds=ROUNDS,
        )
        ours()
        size = sum(p.stat().st_size for p in folder.rglob("*.parquet"))
        notes = [_asked(folder), T("分区共 {n} MB", "the partitions take {n} MB").fill(n=round(size / 1e6, 1))]
    quick, slow, _, limit = figures
    aims = [
        Aim(T("相对二进制 COPY", "of binary COPY"), limit.seconds / quick.seconds, 0.4),
        Aim(T("无附加包时相对二进制 COPY", "of binary COPY, without the extra"), limit.seconds / slow.seconds, 0.2),
    ]
    return [Outcome(T("台账到 Parquet 分区", "ledger to Parquet partitions"), EVENTS, CASES * EACH, figures, aims, notes)]


def _asked(folder: Path) -> T:
    """A query over every event of the partitions."""
    with duckdb.connect(config={"threads": 2}) as opened:
        times = []
        for _ in range(ROUNDS):
            begun = perf_counter()
            rows = opened.execute(QUERY, [str(folder / "procedure=*/version=*/*.parquet")]).fetchall()
            times.append(perf_counter() - begun)
    if sum(row[3] for row in rows) != CASES * EACH:
        raise AssertionError(len(rows))
    done = f"{sorted(times)[len(times) // 2]:.2f}"
    return T("DuckDB 按环节、机构、月份汇总全部分区 {s} 秒", "DuckDB sums all partitions by step, institution and month in {s} s").fill(s=done)


def _bytes(dsn: str) -> int:
    """What COPY sends, thrown away."""
    with (
        psycopg.connect(dsn) as connection,
        connection.cursor().copy(f"copy (select {COLUMNS} from casework_event) to stdout (format binary)") as copy,
    ):
        return sum(len(block) for block in copy)


@contextmanager
def _ledger() -> Iterator[str]:
    """A database of its own with the events, made once."""
    os.environ["TIANPING_VAR"] = str(OUT / "bridge")
    from tianping.project.running import database  # noqa: PLC0415 — reads the variable when it is imported

    with database(migrate=True):
        from tianping.project.settings.database import embedded  # noqa: PLC0415

        server: Any = embedded()
        with psycopg.connect(server.owner_dsn(), autocommit=True) as owner:
            found = owner.execute("select count(*) from casework_event").fetchone()
            if found != (CASES * EACH,):
                owner.execute(FILL)  # refused by its keys if another ledger stands there
                owner.execute("vacuum analyze")
        yield server.app_dsn()
