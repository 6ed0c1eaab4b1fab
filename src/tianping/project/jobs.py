"""作业 · What the worker does by the clock: deliver, look at the limits, sum up, take checkpoints, and take over from workers that died.

A job may be done twice, when a worker dies at its end: each of these is such that the second time does nothing. The hour is read here, and only here;
what is done gets it as an argument.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from procrastinate import JobContext
from procrastinate.contrib.django import app

from tianping.casework.alarms.digest import digest_make
from tianping.casework.alarms.lapses import lapses_take
from tianping.casework.alarms.postings import postings_make, postings_send
from tianping.casework.alarms.scan import scan
from tianping.casework.alarms.summaries import summaries_make
from tianping.casework.calendars.services import carried_on, trials_swept
from tianping.casework.documents.check import swept as documents_swept
from tianping.casework.handling.team import memberships_ended
from tianping.casework.intake.jobs import jobs_carried_on, jobs_swept
from tianping.casework.ledger.checkpoints import checkpoint_take
from tianping.casework.moments import local
from tianping.casework.outbox.dispatch import drain
from tianping.casework.security.allowances import swept as allowances_swept
from tianping.casework.security.denials import left_over
from tianping.project.settings.jobs import CLOCKS, CLOCKS_SINCE, DIGEST_HOUR, stalled_after

KEPT: Final = 30 * 24
"""Hours for which jobs that failed are kept to be looked at."""


def _now() -> datetime:
    return datetime.now(UTC)


@app.periodic(cron="* * * * * */5")
@app.task(name="outbox", queueing_lock="outbox")
def outbox(timestamp: int) -> None:
    """投递 · Every five seconds, and at once when a message is written: for those that wait for another attempt."""
    del timestamp
    while drain(at=_now()).tried:
        pass


@app.periodic(cron="* * * * *")
@app.task(name="alarms", queueing_lock="alarms")
def alarms(timestamp: int) -> None:
    """期满、提醒与告警 · Every minute: first what follows by itself, so that nobody is told of what has just been done."""
    del timestamp
    if not CLOCKS.value():
        return
    since = CLOCKS_SINCE.value()
    lapses_take(at=_now(), since=since)
    scan(at=_now(), since=since)


@app.periodic(cron="* * * * *")
@app.task(name="postings", queueing_lock="postings")
def postings(timestamp: int) -> None:
    """对外通报 · Every minute: what was told since the last time, a message to each robot; and those that wait for another attempt."""
    del timestamp
    postings_make(at=_now())
    postings_send(at=_now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="digest", queueing_lock="digest")
def digest(timestamp: int) -> None:
    """每日汇总 · At the hour of the setting, or as soon after it as a worker runs: made, and sent to the robots that take digests."""
    del timestamp
    at = _now()
    if CLOCKS.value() and local(at).hour >= DIGEST_HOUR.value():
        digest_make(at=at)
        if summaries_make(at=at):
            postings_send(at=at)


@app.periodic(cron="5 * * * *")
@app.task(name="memberships", queueing_lock="memberships")
def memberships(timestamp: int) -> None:
    """团队到期 · Every hour: cases are closed to the units of team members whose last day is over."""
    del timestamp
    while memberships_ended(at=_now()):
        pass


@app.periodic(cron="* * * * *")
@app.task(name="calendar", queueing_lock="calendar")
def calendar(timestamp: int) -> None:
    """重算期限 · At once when a holiday notice is tried out or loaded, and every minute for what a worker that died left behind."""
    del timestamp
    while carried_on(at=_now()) is not None:
        pass


@app.periodic(cron="* * * * *")
@app.task(name="imports", queueing_lock="imports")
def imports(timestamp: int) -> None:
    """导入 · At once when a file is handed in or chosen for, and every minute for what a worker that died left behind."""
    del timestamp
    jobs_carried_on(at=_now())


@app.periodic(cron="50 18 * * *")
@app.task(name="trials", queueing_lock="trials")
def trials(timestamp: int) -> None:
    """试排清理 · Every night: trials of holiday notices that are a month old, and files to import that nobody chose for, are forgotten."""
    del timestamp
    trials_swept(at=_now())
    jobs_swept(at=_now())


@app.periodic(cron="45 18 * * *")
@app.task(name="documents", queueing_lock="documents")
def documents(timestamp: int) -> None:
    """材料清理 · Every night: files that belong to no document and are older than a day are removed."""
    del timestamp
    documents_swept(at=_now())


@app.periodic(cron="15 * * * *")
@app.task(name="allowances", queueing_lock="allowances")
def allowances(timestamp: int) -> None:
    """余量清理 · Every hour: allowances that are whole again are forgotten, and denials that were only counted are told in the security log."""
    del timestamp
    left_over(at=_now())
    allowances_swept(at=_now())


@app.periodic(cron="* * * * * */30")
@app.task(name="checkpoint", queueing_lock="checkpoint")
def checkpoint(timestamp: int) -> None:
    """检查点 · Every half minute, so that no two are more than a minute apart while events arrive."""
    del timestamp
    checkpoint_take(at=_now())


@app.periodic(cron="* * * * * */5")
@app.task(name="retry_stalled", queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """接手 · What a dead worker had begun is done again: without this it would stand as begun for ever."""
    del timestamp
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=stalled_after()):
        await manager.retry_job(job)


@app.periodic(cron="30 3 * * *")
@app.task(name="clean", queueing_lock="clean", pass_context=True)
async def clean(context: JobContext, timestamp: int) -> None:
    """清理 · Jobs that failed long ago; what was done well leaves no row behind."""
    del timestamp
    await context.app.job_manager.delete_old_jobs(nb_hours=KEPT, include_failed=True, include_cancelled=True, include_aborted=True)
