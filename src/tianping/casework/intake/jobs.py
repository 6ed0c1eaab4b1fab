"""导入作业 · A file handed in on a page: the worker tries it and tells every refused row, then an administrator chooses, then the worker writes it.

The same ``import_file`` as the command line's. A job may be begun twice when a worker dies: what was written before is passed over the second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, Final, Literal, cast

from django.db import connection, transaction
from django.db.models import QuerySet

from tianping.casework.engine.registered import folders
from tianping.casework.intake.drafts import Fault
from tianping.casework.intake.errors import NoSuchImport, NotNow, RowsRefused, TooLarge, UnknownImport
from tianping.casework.intake.run import Asked, Done, import_file
from tianping.casework.models import Account, ImportFault, ImportJob
from tianping.casework.moments import instant
from tianping.casework.security.administration import By
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.procedure.registry import UnknownProcedure

KINDS: Final = (".csv", ".xlsx", ".jsonl")
KEPT: Final = timedelta(days=7)
"""So long a file that was tried waits for somebody's choice."""
_LOCK: Final = "select pg_try_advisory_lock(1407004, %s)"
_FREE: Final = "select pg_advisory_unlock(1407004, %s)"
STEP: Final = 0.02
"""Progress is written no more often than this share of the whole."""
AGAIN: Final = T("请改正后重新交文件，或者只写入好的。", "Correct the rows and hand the file in again, or have the good ones written.")
Way = Literal["stop", "aside"]


def job_begin(by: By, *, name: str, file: BinaryIO, megabytes: int, procedure: str, organisation: str = "", mapping: str = "") -> ImportJob:
    """交文件 · Hand in a file: it is tried, nothing is written. Raises NotThisAdministrator, UnknownProcedure, UnknownImport, TooLarge."""
    by.must_be("system")
    if procedure not in folders():
        raise UnknownProcedure(name=procedure, near="")
    if Path(name).suffix.lower() not in KINDS:
        raise UnknownImport(path=name)
    content = file.read((megabytes << 20) + 1)
    if len(content) > megabytes << 20:
        raise TooLarge(path=name, reason=T(f"超过 {megabytes} MB，请用命令行导入", f"more than {megabytes} MB; use the command line"))
    return ImportJob.objects.create(
        procedure=procedure, organisation=organisation, file=name[-200:], content=content, mapping=mapping, account=by.account.pk,
        made=instant(by.at), state="trying",
    )  # fmt: skip


def jobs_of(by: By, *, before: int | None, size: int) -> list[ImportJob]:
    """The own imports, the newest first, without their files."""
    return list((_own(by) if before is None else _own(by).filter(pk__lt=before)).order_by("-pk")[:size])


def job_of(by: By, number: int) -> ImportJob:
    """An own import. Raises NoSuchImport: what another handed in is nobody else's to read."""
    row = _own(by).filter(pk=number).first()
    if row is None:
        raise NoSuchImport(number=number)
    return row


def faults_of(by: By, number: int, *, after: int, size: int) -> list[ImportFault]:
    """A page of what was refused, by line. Raises NoSuchImport."""
    return list(ImportFault.objects.filter(job=job_of(by, number), pk__gt=after).order_by("pk")[:size])


@transaction.atomic
def job_write(by: By, number: int, way: Way) -> None:
    """写入 · Have a file that was tried written: the good cases, or all or none. Raises NoSuchImport, NotNow."""
    _moved(by, number, to="writing", way=way)


@transaction.atomic
def job_drop(by: By, number: int, *, at: datetime) -> None:
    """放弃 · Drop a file that was tried; its content is forgotten. Raises NoSuchImport, NotNow."""
    _moved(by, number, to="dropped", content=None, ended=instant(at))


def _own(by: By) -> QuerySet[ImportJob]:
    by.must_be("system")
    return ImportJob.objects.filter(account=by.account.pk).defer("content")


def _moved(by: By, number: int, *, to: str, **more: object) -> None:
    job = job_of(by, number)
    if not ImportJob.objects.filter(pk=job.pk, state="tried").update(state=to, done=0, **more):
        raise NotNow(number=number)


# ---- the worker ------------------------------------------------------------------------------------------------------------------------


def jobs_carried_on(*, at: datetime) -> int:
    """接着做 · Try or write the files that wait, one after another; those that another worker has in hand are left to it. How many."""
    count = 0
    for number in ImportJob.objects.filter(state__in=("trying", "writing")).order_by("pk").values_list("pk", flat=True):
        with _in_hand(number) as mine:
            if mine:
                _carried_on(number, at)
                count += 1
    return count


def jobs_swept(*, at: datetime) -> int:
    """Drop the files that were tried a week ago and that nobody chose for. How many."""
    old = ImportJob.objects.filter(state="tried", made__lt=instant(at) - KEPT)
    return old.update(state="dropped", content=None, ended=instant(at))


@contextmanager
def _in_hand(number: int) -> Iterator[bool]:
    """Whether nobody else works on it: a lock of the session, which goes with the worker that dies."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [number])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute(_FREE, [number])


def _carried_on(number: int, at: datetime) -> None:
    job = ImportJob.objects.get(pk=number)
    if job.state not in ("trying", "writing"):
        return  # another worker was quicker
    dry = job.state == "trying"
    try:
        done = _imported(job, at, dry=dry)
    except RowsRefused as error:
        _ended(job, at, error, todo=AGAIN)
    except TianpingError as error:
        job.faults.all().delete()
        _ended(job, at, error)
    else:
        _told(job, at, done, dry=dry)


def _imported(job: ImportJob, at: datetime, *, dry: bool) -> Done:
    assert job.content is not None
    account = Account.objects.get(pk=job.account)
    with TemporaryDirectory(prefix="tianping-import-") as folder:
        path = Path(folder) / Path(job.file).name
        path.write_bytes(bytes(job.content))
        mapping = None
        if job.mapping:
            mapping = Path(folder) / "mapping.toml"
            mapping.write_text(job.mapping, encoding="utf-8")
        way = "aside" if dry else cast(Way, job.way)
        asked = Asked(path, job.procedure, Path(folder) / "refused.csv", mapping, job.organisation, account, dry, way)
        return import_file(asked, at=at, reading=_progress(job, 0, 0.3), judging=_progress(job, 0.3, 0.7))


def _progress(job: ImportJob, first: float, share: float) -> Callable[[float], None]:
    def told(part: float) -> None:
        now = first + share * part
        if now - job.done >= STEP:
            job.done = now
            ImportJob.objects.filter(pk=job.pk).update(done=now)

    return told


@transaction.atomic
def _told(job: ImportJob, at: datetime, done: Done, *, dry: bool) -> None:
    job.faults.all().delete()
    ImportFault.objects.bulk_create([_row(job, fault) for fault in done.faults], batch_size=2_000)
    counts = {"rows": done.rows, "cases": done.cases, "events": done.events, "known": done.known, "refused": len(done.faults), "done": 1}
    ended = {"state": "tried"} if dry else {"state": "written", "content": None, "ended": instant(at)}
    ImportJob.objects.filter(pk=job.pk).update(**counts, **ended)


def _row(job: ImportJob, f: Fault) -> ImportFault:
    return ImportFault(
        job=job, line=f.line, case=f.case[:200], code=f.code, zh=f.reason.zh, en=f.reason.en, cites=f.cites, todo_zh=f.todo.zh, todo_en=f.todo.en
    )  # fmt: skip


def _ended(job: ImportJob, at: datetime, error: TianpingError, todo: T | None = None) -> None:
    advice = todo or error.advice
    told = {"code": error.code, "what": {"zh": error.message.zh, "en": error.message.en}, "todo": {"zh": advice.zh, "en": advice.en}}
    ImportJob.objects.filter(pk=job.pk).update(state="failed", error=told, content=None, ended=instant(at))
