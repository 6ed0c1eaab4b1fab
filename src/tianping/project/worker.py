"""工作进程命令 · ``tianping worker``: delivers, reminds, sums up, takes checkpoints; ``--check`` says whether a worker is well."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated

import typer

from tianping.law.errors import TianpingError
from tianping.law.text import Lang, T
from tianping.project.running import database
from tianping.project.words import language, say

STARTED = T("工作进程已启动，同时办理 {n} 项（按 Ctrl-C 停止）", "The worker has started, {n} jobs at once (Ctrl-C stops it)")
FIGURES = T(
    "工作进程 {workers}；失败作业 {failed}；死信 {dead}；最早待投递已等 {waiting} 秒",
    "workers {workers}; failed jobs {failed}; letters given up {dead}; the oldest message has waited {waiting} s",
)


QUIET = T(
    "期限不由它办理：不办理期满，不发提醒和汇总（TIANPING_WORKER_CLOCKS=0）",
    "it leaves the limits alone: nothing lapses, nobody is reminded (TIANPING_WORKER_CLOCKS=0)",
)
SINCE = T(
    "{day} 之前开始的期限不由它办理（TIANPING_WORKER_CLOCKS_SINCE）",
    "it leaves limits that began before {day} alone (TIANPING_WORKER_CLOCKS_SINCE)",
)
ENDED = 20
"""Seconds that a worker is given to finish what it has begun."""


class Unwell(TianpingError):
    """工作进程不健康 · No worker lives, a job hangs, or messages wait too long."""

    code = "CLI-231"
    what = T(
        "工作进程不健康：存活 {workers} 个，超过五分钟未完成的作业 {stuck}，最早待投递已等 {waiting} 秒。",
        "The worker is not well: {workers} alive, jobs begun more than five minutes ago: {stuck}, the oldest message has waited {waiting} s.",
    )
    todo = T("请启动或者重启 tianping worker，并查看其日志。", "Start tianping worker, or start it again, and look at its log.")


class PoolTooSmall(TianpingError):
    """连接池过小 · More jobs at once than there are database connections for them."""

    code = "CLI-232"
    what = T("同时办理 {n} 项作业需要 {need} 个数据库连接，连接池只有 {pool} 个。", "{n} jobs at once need {need} connections; the pool has {pool}.")
    todo = T(
        "请减少 TIANPING_WORKER_CONCURRENCY，或者增大 TIANPING_DATABASE_POOL。", "Lower TIANPING_WORKER_CONCURRENCY or raise TIANPING_DATABASE_POOL."
    )


def worker(
    *,
    concurrency: Annotated[int | None, typer.Option(help="同时办理的作业数 · jobs at once", min=1)] = None,
    check: Annotated[bool, typer.Option("--check", help="只检查是否健康 · only say whether a worker is well")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """工作进程 · Works until it is stopped; any number of them may run, on any number of machines."""
    chosen = language(lang)
    with database(migrate=not check):
        from tianping.project.settings.database import POOL  # noqa: PLC0415 — after Django is set up
        from tianping.project.settings.jobs import CLOCKS, CLOCKS_SINCE, CONCURRENCY  # noqa: PLC0415
        from tianping.project.working import health, work  # noqa: PLC0415

        if check:
            found = health(datetime.now(UTC))
            told = {"workers": found.workers, "waiting": round(found.waiting.total_seconds())}
            if not found.well:
                raise Unwell(stuck=", ".join(f"{task} ({job})" for job, task in found.stuck) or "0", **told)
            say(FIGURES.fill(failed=found.failed, dead=found.dead, **told).pick(chosen))
            return
        n = concurrency or CONCURRENCY.value()
        if n + 1 > POOL.value():
            raise PoolTooSmall(n=n, need=n + 1, pool=POOL.value())
        say(STARTED.fill(n=n).pick(chosen))
        if not CLOCKS.value():
            say(QUIET.pick(chosen))
        elif since := CLOCKS_SINCE.value():
            say(SINCE.fill(day=since.date()).pick(chosen))
        work(n)


@contextmanager
def worker_beside(lang: Lang) -> Iterator[None]:
    """A worker in a process of its own while something else is served; it is gone when that ends, however it ends."""
    env = {**os.environ, "TIANPING_LANG": lang}
    with subprocess.Popen([sys.executable, "-c", "from tianping.project.cli import main; main()", "worker"], env=env) as process:
        try:
            yield
        finally:
            process.terminate()
            try:
                process.wait(ENDED)
            except subprocess.TimeoutExpired:
                process.kill()
