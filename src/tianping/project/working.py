"""工作进程 · The worker itself, and whether it is well."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import psycopg
from django.db import connection
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.utils import connector_params
from procrastinate.exceptions import AlreadyEnqueued

from tianping.casework.engine.registered import folders
from tianping.project.memory import keep
from tianping.project.settings.jobs import HEARTBEAT, stalled_after

CHANNEL: Final = "tianping_outbox"
"""What the database says when a message is written to the outbox."""
TOO_LONG: Final = timedelta(minutes=5)
AGAIN: Final = 1.0
"""Seconds before a lost connection is tried again."""


def work(concurrency: int) -> None:
    """Do jobs until told to stop (SIGTERM, Ctrl-C); what has been begun is finished first."""
    assert isinstance(app.connector, DjangoConnector)
    folders()  # every definition is read before the first job: a broken one is told at once, and no two jobs read it at a time
    keep()
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        asyncio.run(_work(working, concurrency))


async def _work(working: App, concurrency: int) -> None:
    async with working.open_async():
        listening = asyncio.create_task(_woken(working))
        try:
            await working.run_worker_async(
                concurrency=concurrency,
                delete_jobs="successful",
                update_heartbeat_interval=HEARTBEAT.value(),
                stalled_worker_timeout=stalled_after(),
            )
        finally:
            listening.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await listening


async def _woken(working: App) -> None:
    """Listens on a connection of its own, and has the outbox emptied whenever something was put into it."""
    while True:
        with contextlib.suppress(psycopg.OperationalError):
            async with await psycopg.AsyncConnection.connect(**connector_params(), autocommit=True) as ear:
                await ear.execute(f"listen {CHANNEL}")
                while True:
                    async for _ in ear.notifies(stop_after=1):
                        pass
                    with contextlib.suppress(AlreadyEnqueued):
                        await working.configure_task("outbox", queueing_lock="outbox").defer_async(timestamp=0)
        await asyncio.sleep(AGAIN)


# ---- whether it is well --------------------------------------------------------------------------------------------------------------

_STUCK: Final = """
select j.id, j.task_name from procrastinate_jobs j join procrastinate_events e on e.job_id = j.id and e.type = 'started'
where j.status = 'doing' group by j.id, j.task_name having max(e.at) < %(since)s order by j.id limit 20"""
_FIGURES: Final = """
select (select count(*) from procrastinate_workers where last_heartbeat >= %(alive)s),
  (select count(*) from procrastinate_jobs where status = 'failed'),
  (select count(*) from casework_outbox where dead is not null),
  (select min(coalesce(due, created)) from casework_outbox where done is null and dead is null)"""


@dataclass(frozen=True, slots=True)
class Health:
    """健康状况 · Living workers; jobs begun more than five minutes ago; failed jobs; letters given up; how long a message that is due has waited."""

    workers: int
    stuck: tuple[tuple[int, str], ...]
    failed: int
    dead: int
    waiting: timedelta

    @property
    def well(self) -> bool:
        """Whether somebody works and nothing hangs."""
        return self.workers > 0 and not self.stuck and self.waiting <= TOO_LONG


def health(at: datetime) -> Health:
    """How the worker is at an instant."""
    with connection.cursor() as cursor:
        cursor.execute(_STUCK, {"since": at - TOO_LONG})
        stuck = tuple((int(job), str(task)) for job, task in cursor.fetchall())
        cursor.execute(_FIGURES, {"alive": at - timedelta(seconds=stalled_after())})
        workers, failed, dead, oldest = cursor.fetchone()
    return Health(workers, stuck, failed, dead, max(timedelta(0), timedelta(0) if oldest is None else at - oldest))
