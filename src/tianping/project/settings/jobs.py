"""作业设置 · The worker: how many jobs at once, how often it says that it lives, and at what hour the day's digest is made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from tianping.project.settings.variables import declared, truth


def local_day(word: str) -> datetime | None:
    """The instant at which a day begins here. Raises ValueError."""
    return datetime.combine(date.fromisoformat(word), datetime.min.time(), ZoneInfo("Asia/Shanghai"))


CONCURRENCY: Final = declared("TIANPING_WORKER_CONCURRENCY", 4, int, zh="工作进程同时办理的作业数", en="jobs that a worker does at once")
HEARTBEAT: Final = declared(
    "TIANPING_WORKER_HEARTBEAT",
    10.0,
    float,
    zh="工作进程每隔几秒报告一次存活；三次未报告，其作业由他人重做",
    en="seconds between a worker's signs of life; after three without one its jobs are done by another",
)
DIGEST_HOUR: Final = declared(
    "TIANPING_NOTICE_DIGEST_HOUR",
    8,
    int,
    zh="每日提醒汇总的时刻（当地时间，时）",
    en="hour of the day (local) at which the digest of notices is made",
)
CLOCKS: Final = declared(
    "TIANPING_WORKER_CLOCKS",
    True,
    truth,
    zh="工作进程是否办理期满、发提醒和汇总",
    en="whether the worker takes what follows when limits run out, reminds and sums up",
)
CLOCKS_SINCE: Final = declared(
    "TIANPING_WORKER_CLOCKS_SINCE",
    None,
    local_day,
    zh="从这一天（当地）起开始的期限才办理期满和提醒；不设则全部。用于接入旧案，演示用它放过回放中早已届满的期限",
    en="limits that began before this (local) day are left alone: nothing lapses, nobody is reminded; unset: none are. For old cases brought in; a "
    "demonstration leaves the limits of its replay alone by it",
)
ROBOTS: Final = declared(
    "TIANPING_ROBOTS",
    "",
    str,
    zh="对外通报的机器人（钉钉、企业微信、飞书、邮件等）的 TOML 文件；不设则不对外通报",
    en="TOML file of the robots (DingTalk, WeCom, Feishu, e-mail …) that are told of notices; unset: nothing leaves the house",
)
IMPORT_PATHS: Final = ["tianping.project.jobs"]
"""Where the worker finds its jobs; no other process loads them."""


def stalled_after() -> float:
    """Seconds without a sign of life after which a worker counts as dead."""
    return 3 * HEARTBEAT.value()
