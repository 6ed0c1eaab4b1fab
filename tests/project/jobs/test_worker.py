"""工作进程 · Killed, stopped, woken: nothing is lost, nothing hangs, everything takes effect once; and when nobody works, the check says so."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from django.db import connection
from django.db.models import Q
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinatePeriodicDefer, ProcrastinateWorker
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.types import JSONValue

from tests.casework.alarms.oracle import Oracle, keys
from tests.casework.exchange.stories import body_of, given_up, sent, taken
from tests.conftest import size
from tests.project.jobs.process import Worker, command, environment, until
from tianping.casework.alarms.receiver import Receiver, listening
from tianping.casework.alarms.scan import scan
from tianping.casework.models import Case, Checkpoint, Delivery, Event, Notice, Organisation, Outbox, Party, Posting, Referral
from tianping.casework.outbox.dispatch import drain
from tianping.project.worker import worker_beside
from tianping.project.working import TOO_LONG, health

KILLS = 5


@pytest.fixture(scope="module")
def var() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="tp") as name:
        yield Path(name)


@pytest.fixture(scope="module")
def offices(own: str) -> tuple[Organisation, Organisation]:
    court = Organisation.objects.create(code="court.jobs", kind="court", zh="法院", en="Court", court_code="业01")
    return court, body_of("body.jobs")


def begun(offices: tuple[Organisation, Organisation], count: int, *, days: int) -> list[int]:
    """Cases that were referred and came to nothing: two messages wait for each. The first of them began so many days ago."""
    court, body = offices
    start, cases = datetime.now(UTC) - timedelta(days=days), []
    for n in range(count):
        at = start + timedelta(hours=n % 48)
        case = sent(court, body, at=at)
        given_up(taken(case, body, at=at + timedelta(minutes=60)).case_id, body, at=at + timedelta(minutes=70))
        cases.append(case)
    return cases


def left(*status: str) -> int:
    return int(ProcrastinateJob.objects.filter(task_name="one_message", status__in=status).count())


def test_five_kills_lose_nothing_leave_nothing_hanging_and_tell_nobody_twice(offices: tuple[Organisation, Organisation], own: str, var: Path) -> None:
    jobs, random = size(300, 3000), Random(7)
    cases = begun(offices, jobs // 10, days=20)
    app.configure_task("one_message").batch_defer(*(dict[str, JSONValue](n=n) for n in range(jobs)))
    begun_ones, said = 0, list[str]()
    for _ in range(KILLS):
        before, worker = left("todo"), Worker(own, var)
        until(lambda was=before: left("todo") < was - jobs // 30)  # type: ignore[misc]
        time.sleep(random.random() / 4)
        assert left("todo"), "there was nothing left to kill"
        worker.kill()
        said.append(worker.said)
        begun_ones += left("doing")
    assert begun_ones, "no job was killed in the middle"
    last = Worker(own, var)
    until(lambda: not left("todo", "doing") and not Outbox.objects.filter(done=None).exists(), 60)
    assert last.stop() == 0
    assert left("failed") == 0, "".join([*said, last.said])
    assert not ProcrastinateJob.objects.filter(status="doing").exists()
    assert set(Case.objects.filter(pk__in=cases).values_list("stage", flat=True)) == {"back"}
    assert list(Event.objects.filter(case_id__in=cases, step="mediation.answer").order_by("case_id").values_list("case_id", flat=True)) == cases
    assert Referral.objects.filter(case_id__in=cases, state="answered", delivered__isnull=False).count() == len(cases)
    delivered = Delivery.objects.filter(result="delivered")
    assert delivered.count() == Outbox.objects.count() == 2 * len(cases)
    assert not list(Delivery.objects.exclude(result="delivered").values_list("attempt", "error"))
    _told_once(offices)


def _told_once(offices: tuple[Organisation, Organisation]) -> None:
    """The notices are those of the oracle."""
    oracle = Oracle([o.pk for o in offices])
    oracle.look(datetime.now(UTC))
    assert oracle.told
    assert keys(Notice.objects.all()) == oracle.told


def test_a_message_wakes_the_worker_which_stops_when_it_is_told_to(offices: tuple[Organisation, Organisation], own: str, var: Path) -> None:
    worker = Worker(own, var)
    until(lambda: Checkpoint.objects.exists() and health(datetime.now(UTC)).workers == 1, 60)
    for _ in range(3):
        until(lambda: 0.5 < time.time() % 5 < 1.5)  # just after a tick of the clock: what is delivered before the next was woken by the message
        written = time.time()
        case = sent(*offices)
        until(lambda case=case: Outbox.objects.filter(case_id=case, done__isnull=False).exists())  # type: ignore[misc]
        delivered = Delivery.objects.get(outbox__case_id=case, result="delivered").tried.timestamp()
        if delivered // 5 == written // 5:
            break
    else:
        pytest.fail("the message did not wake the worker")
    found = health(datetime.now(UTC))
    assert (found.well, found.stuck, found.failed, found.dead) == (True, (), 0, 0)
    told = command(own, var, "worker", "--check")
    assert (told.returncode, "workers 1" in told.stdout) == (0, True), told.stderr
    assert worker.stop() == 0
    assert not ProcrastinateJob.objects.filter(status="doing").exists()
    assert not ProcrastinateWorker.objects.exists()


class Deaf(Receiver):
    """A robot that is down when it is spoken to for the first time."""

    asked = 0

    def answer(self, path: str, body: bytes) -> tuple[int, int]:
        self.asked += 1
        return (503, 0) if self.asked == 1 else super().answer(path, body)


def test_notices_and_the_days_digest_reach_the_robot_once_each_without_anybody_asking(own: str, var: Path) -> None:
    court = Organisation.objects.create(code="court.digest", kind="court", zh="法院", en="Court", court_code="业02")  # no digest of today yet
    court.path = f"/{court.pk}/"
    court.save()
    (case,) = begun((court, body_of("body.digest")), 1, days=20)
    drain(at=datetime.now(UTC))
    assert scan(at=datetime.now(UTC))
    waiting = list(Notice.objects.filter(organisation=court, digest=None).values_list("pk", flat=True))
    robot, file = Deaf("S", "T", lambda: datetime.now(UTC)), var / "robots.toml"
    with listening(robot) as gateway:
        told = f'[[robot]]\nname="court"\norganisation="{court.code}"\nurl="dingtalk://S@T"\n'
        file.write_text(f'{told}kinds=["alarm", "warning", "digest"]\ngateway="{gateway}"\nlink="http://127.0.0.1/centre/"\n', "utf-8")
        ProcrastinatePeriodicDefer.objects.filter(task_name__in=("digest", "postings")).delete()  # as on a day on which no worker has run yet
        worker = Worker(own, var, TIANPING_ROBOTS=str(file), TIANPING_NOTICE_DIGEST_HOUR="0")
        try:
            until(lambda: Posting.objects.filter(Q(sent__isnull=False) | Q(tries__gt=0)).count() == 2, 60)
            until(lambda: not Posting.objects.filter(sent=None, due__gt=datetime.now(UTC)).exists())
            with suppress(AlreadyEnqueued):
                app.configure_task("postings", queueing_lock="postings").defer(timestamp=0)  # instead of waiting for the next minute
            until(lambda: not Posting.objects.filter(sent=None).exists())
        finally:
            assert worker.stop() == 0
    rows = {row.about: row for row in Posting.objects.order_by("pk")}
    assert set(rows) == {"notices", "digest"}
    assert sorted(text.partition("\n")[2] for _, text in robot.taken) == sorted(row.zh for row in rows.values()), (
        "each once, as it stands in the ledger"
    )
    results = [a.result for row in rows.values() for a in row.attempts.order_by("pk")]
    assert sorted(results) == ["failed", "sent", "sent"], "the robot was down once"
    assert "期限汇总" in rows["digest"].zh and "告警" in rows["notices"].zh
    named = Party.objects.filter(case_id=case).values_list("name", flat=True)
    assert not any(name in text for name in [*named, Case.objects.get(pk=case).title] for _, text in robot.taken)
    assert waiting
    assert not Notice.objects.filter(pk__in=waiting, digest=None).exists()  # the worker itself may have found more since


def test_the_worker_of_a_demonstration_answers_within_seconds_leaves_old_limits_alone_and_is_gone_with_it(
    offices: tuple[Organisation, Organisation], own: str, var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(own, var).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TIANPING_WORKER_CLOCKS_SINCE", str((datetime.now(UTC) - timedelta(days=30)).date()))
    with worker_beside("en"):
        until(ProcrastinateWorker.objects.exists, 60)
        old, fresh = begun(offices, 1, days=40) + begun(offices, 1, days=20)
        until(lambda: set(Case.objects.filter(pk__in=(old, fresh)).values_list("stage", flat=True)) == {"back"}, 15)
        for name in ("alarms", "digest"):
            app.configure_task(name).defer(timestamp=0)
        until(lambda: not ProcrastinateJob.objects.filter(task_name__in=("alarms", "digest"), status__in=("todo", "doing")).exists())
    assert Notice.objects.filter(case_id=fresh).exists()
    assert not Notice.objects.filter(case_id=old).exists(), "the limits of that case began long ago"
    assert not ProcrastinateWorker.objects.exists()
    assert not subprocess.run(["pgrep", "-P", str(os.getpid()), "-f", "cli import main"], check=False, capture_output=True).stdout


def test_the_check_fails_when_a_job_hangs_or_nobody_works(own: str, var: Path) -> None:
    told = command(own, var, "worker", "--check")
    assert told.returncode == 2
    assert "CLI-231" in told.stderr
    app.configure_task("one_message").defer(n=1)
    with connection.cursor() as cursor:
        cursor.execute("insert into procrastinate_workers default values returning id")
        cursor.execute("select id from procrastinate_fetch_job_v2(null, (select max(id) from procrastinate_workers))")
        (job,) = cursor.fetchone()
    now = datetime.now(UTC)
    assert health(now).stuck == ()
    hung = health(now + TOO_LONG + timedelta(seconds=1))
    assert (hung.stuck, hung.well) == (((job, "one_message"),), False)


def test_more_jobs_at_once_than_connections_are_refused(own: str, owner: str, var: Path) -> None:
    told = command(own, var, "worker", "--concurrency", "8", DATABASE_OWNER_URL=owner)
    assert told.returncode == 2
    assert "CLI-232" in told.stderr


def test_the_application_may_do_with_the_queue_what_a_worker_does_and_no_more(own: str) -> None:
    wanted = {"jobs": "dirs", "periodic_defers": "dirs", "workers": "dirs", "events": "ir"}
    names = {"d": "DELETE", "i": "INSERT", "r": "SELECT", "s": "UPDATE", "t": "TRUNCATE", "f": "REFERENCES", "g": "TRIGGER"}
    with connection.cursor() as cursor:
        for table, letters in wanted.items():
            for letter, name in names.items():
                cursor.execute("select has_table_privilege(%s, %s)", [f"procrastinate_{table}", name])
                assert cursor.fetchone()[0] is (letter in letters), (table, name)
