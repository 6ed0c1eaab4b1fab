"""整趟运行 · Whole runs as a person starts them, in a process of their own: start-up, reading, judging, writing; time and peak memory."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import pyarrow.parquet as pq

from benchmarks.data import ROOT, TIMES, fines_folder, fines_log, fines_parquet, fines_rows, fines_xes
from benchmarks.measure import Absent, Aim, Contender, Outcome, race
from tianping.engines.events.mapping import Mapping
from tianping.engines.events.read import read
from tianping.law.text import T

EVENTS: Final = T("个事件", "events")
SECONDS: Final = T("整趟秒数", "seconds for the whole run")
A_SECOND: Final = T("每秒个数", "a second")
PEAK: Final = T("内存峰值（GiB）", "peak memory (GiB)")
PROCESSOR: Final = T("其中处理器 {n} 秒（忙碌的机器上看这个）", "of it {n} s of processor time: what to read on a busy machine")
COMMAND: Final = "import atexit; atexit.register(lambda: print(open('/proc/self/status').read())); from tianping.project.cli import main; main()"
"""The command line, and then what the system holds of the process: its peak since it began, which a parent's own peak must not hide."""


def run() -> list[Outcome]:
    """The real log by the command line; its XES form read; the log twenty times over, with its memory."""
    with tempfile.TemporaryDirectory() as out:
        return [_command(Path(out)), _xes(), _memory(Path(out))]


def supervise(log: Path, out: Path) -> float:
    """``tianping supervise`` on a log, no page, in a process of its own; its peak memory in GiB."""
    words = ["supervise", str(log), "-p", str(ROOT / "examples" / "road_traffic_fines"), "--no-html", "-o", str(out)]
    command, env = [sys.executable, "-c", COMMAND, *words], os.environ | {"PYTHONPATH": "src"}
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=env, cwd=ROOT).stdout
    peak = next((line.split()[1] for line in told.splitlines() if line.startswith("VmHWM")), None)
    if peak is None:
        raise Absent(T("本机不报告内存峰值", "this system does not tell a peak of memory"))
    return int(peak) / (1 << 20)


def _command(out: Path) -> Outcome:
    events = len(fines_rows())
    bare = partial(subprocess.run, [sys.executable, "-c", "import numpy, pyarrow, typer"], check=True)
    contenders = [Contender("tianping supervise", "ours", lambda: supervise(fines_log(), out)), Contender("import of the libraries", "limit", bare)]
    figures = race(contenders, events, rounds=5)
    aims = [Aim(SECONDS, figures[0].seconds, 2, at_most=True)]
    note = PROCESSOR.fill(n=f"{_processor_seconds(lambda: supervise(fines_log(), out)):.2f}")
    return Outcome(T("真实日志一趟：CSV.gz 进，Parquet 出", "one run of the real log: CSV.gz in, Parquet out"), EVENTS, events, figures, aims, [note])


def _processor_seconds(run: Callable[[], object]) -> float:
    """What a run in a process of its own takes of the processors, whatever else they do meanwhile."""
    begun = os.times()
    run()
    ended = os.times()
    return ended.children_user + ended.children_system - begun.children_user - begun.children_system


def _xes() -> Outcome:
    path, events = fines_xes(), len(fines_rows())
    folder, mapping = fines_folder()
    how = Mapping(steps=mapping.steps)
    figures = race([Contender("read XES.gz", "ours", lambda: read(path, procedure=folder, mapping=how))], events, rounds=5)
    return Outcome(T("读 XES.gz", "reading XES.gz"), EVENTS, events, figures, [Aim(A_SECOND, figures[0].rate, 60_000)])


def _memory(out: Path) -> Outcome:
    path = fines_parquet()
    events, peaks = pq.read_metadata(path).num_rows, []
    figures = race([Contender("tianping supervise", "ours", lambda: peaks.append(supervise(path, out)))], events, rounds=3)
    title = T("日志 {n} 份一趟：Parquet 进，Parquet 出", "one run of the log {n} times: Parquet in, Parquet out").fill(n=TIMES)
    return Outcome(title, EVENTS, events, figures, [Aim(PEAK, max(peaks), 1, at_most=True)])
