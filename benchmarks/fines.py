"""罚单日志 · The public fines log twenty times over, from Parquet to every clock and finding, beside one DuckDB query and pandas that check less."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import duckdb
import pandas as pd
import pyarrow.parquet as pq

from benchmarks.data import TIMES, fines_folder, fines_parquet
from benchmarks.measure import Aim, Contender, Outcome, race
from tianping.engines.events.read import read
from tianping.engines.supervise.run import judged, moment_of
from tianping.engines.supervise.tally import Tally
from tianping.law.text import T

EVENTS: Final = T("个事件", "events")
AGAINST: Final = T("相对 {peer} 的倍数", "times as fast as {peer}")
ROUNDS: Final = 5
LATE: Final = {"appeal": 417, "sue": 189, "send": 41_721}
"""Known answers of one copy of the log: appeals to the prefecture, appeals to the judge and letters sent, each after its last day."""
QUERY: Final = """
with w as (
  select activity, date::date as day,
    lag(activity) over c as before,
    max(date::date) filter (activity = 'Insert Fine Notification') over c as told,
    max(date::date) filter (activity = 'Create Fine') over c as made
  from read_parquet($path)
  window c as (partition by case_id order by seq)
)
select
  count(*) filter (activity = 'Insert Date Appeal to Prefecture' and day > told + 60),
  count(*) filter (activity = 'Appeal to Judge' and day > told + 60),
  count(*) filter (activity = 'Send Fine' and day > made + 90),
  count(*) filter (activity = 'Add penalty' and day = told + 60),
  count(*) filter (activity in ('Insert Date Appeal to Prefecture', 'Appeal to Judge') and told is null),
  count(*) filter ((activity = 'Create Fine' and before is not null) or (activity = 'Send Fine' and before <> 'Create Fine')
    or (activity = 'Insert Fine Notification' and before <> 'Send Fine'))
from w
"""
"""One pass over the log: three of the limits without their open clocks, the penalty's day, and three of the eleven steps' order."""


def run() -> list[Outcome]:
    """Everything that the definition asks, against some of it asked by hand."""
    path = fines_parquet()
    events = pq.read_metadata(path).num_rows
    check(arrays(path))
    connection = duckdb.connect(config={"threads": 2})

    def by_hand() -> tuple[Any, ...] | None:
        return connection.execute(QUERY, {"path": str(path)}).fetchone()

    for late in (by_hand(), frames(path)):
        if late is None or list(late[:3]) != [TIMES * n for n in LATE.values()]:
            raise AssertionError(f"a peer counts {late}")
    figures = race(
        [
            Contender("arrays", "ours", lambda: arrays(path)),
            Contender("DuckDB, one query by hand", "peer", by_hand),
            Contender("pandas", "peer", lambda: frames(path)),
            Contender("pyarrow, read the columns", "limit", lambda: pq.read_table(path, columns=["case_id", "activity", "date"])),
        ],
        events,
        rounds=ROUNDS,
    )
    mine, hand, pandas = (f.seconds for f in figures[:3])
    aims = [Aim(AGAINST.fill(peer="DuckDB"), hand / mine, 1), Aim(AGAINST.fill(peer="pandas"), pandas / mine, 2.5)]
    notes = [T("同类只查三个期限和部分顺序；天平查全部五个期限、未了期限和十一个环节", "peers check three limits and some order, ours all of it")]
    return [Outcome(T("罚单日志 {n} 份", "the fines log, {n} times").fill(n=TIMES), EVENTS, events, figures, aims, notes)]


def arrays(path: Path) -> Tally:
    """Read and judge, piece by piece, with the counts of every clock and finding."""
    folder, mapping = fines_folder()
    log = read(path, procedure=folder, mapping=mapping).table
    tally = Tally()
    for piece in judged(folder, log, moment_of(log, None)):
        tally.add(piece)
    return tally


def check(tally: Tally) -> None:
    """The known answers hold."""
    late = {"appeal": tally.clocks["Fine.to_appeal"]["met_late"], "sue": tally.clocks["Fine.to_sue"]["met_late"]}
    late["send"] = tally.clocks["Fine.to_send"]["met_late"]
    if late != {name: TIMES * n for name, n in LATE.items()}:
        raise AssertionError(f"late: {late}")


def frames(path: Path) -> tuple[int, ...]:
    """The same questions as the query, in pandas."""
    log = pd.read_parquet(path).sort_values(["case_id", "seq"], kind="stable")
    day = pd.to_datetime(log["date"])
    cases = log["case_id"]
    before = log.groupby("case_id", sort=False)["activity"].shift()
    told = day.where(log["activity"] == "Insert Fine Notification").groupby(cases, sort=False).ffill()
    made = day.where(log["activity"] == "Create Fine").groupby(cases, sort=False).ffill()
    appeal, sue, send = (log["activity"] == name for name in ("Insert Date Appeal to Prefecture", "Appeal to Judge", "Send Fine"))
    sixty, ninety = pd.Timedelta(days=60), pd.Timedelta(days=90)
    order = ((log["activity"] == "Create Fine") & before.notna()) | (send & (before != "Create Fine"))
    order |= (log["activity"] == "Insert Fine Notification") & (before != "Send Fine")
    asked = (appeal & (day > told + sixty), sue & (day > told + sixty), send & (day > made + ninety))
    rest = ((log["activity"] == "Add penalty") & (day == told + sixty), (appeal | sue) & told.isna(), order)
    return tuple(int(x.sum()) for x in (*asked, *rest))
