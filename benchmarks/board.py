"""度量 · 5.6 million events of 800,000 cases to funnel, median and ninth decile by institution, lane and month; from the log and from the roll-up."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.data import OUT
from benchmarks.measure import Aim, Contender, Outcome, race
from tianping.engines.measure.frames import figures
from tianping.engines.measure.plan import needs
from tianping.engines.measure.rollup import rollup
from tianping.engines.measure.store import keep, kept
from tianping.engines.portable.connect import connect
from tianping.institutions.mediation.online_platform.procedures.online_mediation.procedure import OnlineMediation as P
from tianping.law.text import T
from tianping.procedure.measures import ALL, MONTH, ORGANISATION, Days, Indicators, Number, Per, reached

CASES: Final = 800_000
STEPS: Final = ("push", "agree", "choose", "accept", "begin", "contact", "settle")
ROUNDS: Final = 5
SOURCE: Final = T("合成日志", "a made-up log")
LANE: Final = Per(T("途径", "Lane"), held="lane")
BY: Final = (ORGANISATION, LANE, MONTH)
OUT_OF: Final = P.settle | P.break_off


class Board(Indicators):
    """基准的指标 · What a board shows of one procedure."""

    title = T("调解", "Mediation")
    pushed = Number(T("推送", "Pushed"), P, among=ALL, by=BY, source=SOURCE)
    accepted = Number(T("接受", "Accepted"), P, among=reached(P.accepted), by=BY, source=SOURCE)
    settled = Number(T("成功", "Settled"), P, among=reached(P.settled), by=BY, source=SOURCE)
    median = Days(T("天数中位", "Median days"), P, since=P.push, until=OUT_OF, among=ALL, statistic="median", by=BY, source=SOURCE)
    p90 = Days(T("天数九分位", "Ninth decile"), P, since=P.push, until=OUT_OF, among=ALL, statistic="p90", by=BY, source=SOURCE)


HAND: Final = """
with cases as (
  select case_id, min(happened) as opened, arg_min(organisation, seq) as organisation, arg_min(lane, seq) as lane,
    max(step in ('OnlineMediation.accept', 'OnlineMediation.accept_alone')) as accepted, max(step = 'OnlineMediation.settle') as settled,
    min(happened) filter (where step = 'OnlineMediation.push') as since,
    max(happened) filter (where step in ('OnlineMediation.settle', 'OnlineMediation.break_off')) as until
  from read_parquet('{log}') group by case_id)
select organisation, lane, date_trunc('month', opened) as month, count(*) as pushed, sum(accepted::int) as accepted, sum(settled::int) as settled,
  quantile_cont(date_diff('day', since::date, until::date), 0.5) as median, quantile_cont(date_diff('day', since::date, until::date), 0.9) as p90
from cases group by all order by all"""


def run() -> list[Outcome]:
    """The frames of a board, by hand, from the log and from the roll-up. They are the same to the last figure."""
    log, listed = synthetic(), Board.listed()
    wanted = needs(listed)
    connection = connect(memory="4GB")
    path = keep(rollup(connection, connection.read_parquet(str(log)), wanted), OUT / "board_rollup.parquet")

    def ours() -> pa.Table:
        return figures(rollup(connection, connection.read_parquet(str(log)), wanted), listed, BY)

    def stored() -> pa.Table:
        made = kept(connection, path, wanted)
        assert made is not None, "it was kept above"
        return figures(made, listed, BY)

    hand = duckdb.connect(config={"threads": 2, "memory_limit": "4GB"})
    query = HAND.format(log=log)
    agree(ours(), stored(), hand.sql(query).to_arrow_table())
    rows = race(
        [
            Contender("measure, from the log", "ours", ours),
            Contender("measure, from the roll-up", "ours", stored),
            Contender("hand-written DuckDB SQL", "limit", lambda: hand.sql(query).to_arrow_table()),
        ],
        CASES * len(STEPS),
        rounds=ROUNDS,
    )
    aims = [
        Aim(T("日志至指标，为手写SQL的倍数", "from the log, times the hand-written SQL"), rows[0].seconds / rows[2].seconds, 1.5, at_most=True),
        Aim(T("汇总表至指标，秒", "from the roll-up, seconds"), rows[1].seconds, 0.5, at_most=True),
    ]
    title = T("机构、途径、月分组的漏斗、中位与九分位", "funnel, median and ninth decile by institution, lane and month")
    return [Outcome(title, T("个事件", "events"), CASES * len(STEPS), rows, aims)]


def synthetic() -> Path:
    """A log of seven events a case, in case order; written once."""
    path = OUT / f"board_{CASES}.parquet"
    if path.is_file():
        return path
    OUT.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(20_220_719)
    n, k = CASES, len(STEPS)
    start = np.datetime64("2022-01-01T09:00", "us") + random.integers(0, 730, n).astype("timedelta64[D]")
    gaps = random.integers(0, 9 * 86_400, (n, k)).cumsum(axis=1).astype("timedelta64[s]")
    lasts = np.where(random.random(n) < 0.43, 6, 7)
    codes = np.tile(np.arange(k, dtype=np.int32), (n, 1))
    codes[:, 6] = lasts
    names = pa.array([f"OnlineMediation.{s}" for s in (*STEPS, "break_off")])
    table = pa.table(
        {
            "case_id": pa.array(np.char.add("C", np.arange(n).astype("U7"))).take(pa.array(np.repeat(np.arange(n), k))),
            "seq": pa.array(np.tile(np.arange(1, k + 1, dtype=np.int32), n)),
            "step": pa.DictionaryArray.from_arrays(pa.array(codes.ravel()), names),
            "happened": pa.array((start[:, None] + gaps).ravel().astype("datetime64[us]")),
            "organisation": repeated([f"court.{i:02d}" for i in range(60)], random.integers(0, 60, n), k),
            "lane": repeated(["simple", "small", "ordinary"], random.integers(0, 3, n), k),
        }
    )
    half = path.with_suffix(".part")
    pq.write_table(table, half, compression="zstd")
    half.replace(path)
    return path


def repeated(values: list[str], codes: Any, times: int) -> pa.Array:
    """One of some values for every event of a case."""
    return pa.DictionaryArray.from_arrays(pa.array(np.repeat(codes, times).astype(np.int32)), pa.array(values))


def agree(*frames: pa.Table) -> None:
    """Hold the frames equal, figure by figure."""
    first, *others = ([[row[n] for n in ("pushed", "accepted", "settled", "median", "p90")] for row in frame.to_pylist()] for frame in frames)
    assert len(first) >= 60 * 3 * 24
    assert all(other == first for other in others), "the frames differ"
