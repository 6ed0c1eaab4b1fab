"""备份命令 · ``tianping backup FILE`` and ``tianping restore FILE``: on the embedded server, or on that of DATABASE_URL."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tianping.casework.backup.archive import checked
from tianping.casework.ledger.anchor import file_of, read_anchors
from tianping.law.text import T
from tianping.project.progress import steps_of
from tianping.project.running import database, owning
from tianping.project.words import language, say

TAKEN = T(
    "{rows} 行、{tables} 张表、{documents} 份材料写入 {path}（{size} MB）",
    "{rows} rows of {tables} tables, {documents} documents written to {path} ({size} MB)",
)
KEY = T("签名密钥不在备份之中，请另行保管 {path}。", "The key that signs checkpoints is not in it: keep {path} apart.")
RESTORED = T(
    "已恢复 {rows} 行、{documents} 份材料；台账 {events} 个事件全部相符",
    "{rows} rows, {documents} documents restored; all {events} events of the ledger fit",
)


def backup(
    to: Annotated[Path, typer.Argument(help="写到哪个文件 · the file to write", dir_okay=False)],
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """备份 · Writes the whole city as it stands at one moment into one file, while it works on."""
    chosen = language(lang)
    with database():
        from django.conf import settings  # noqa: PLC0415 — after Django is set up

        from tianping.casework.backup.take import backup as take  # noqa: PLC0415 — as above

        with steps_of(T("备份", "backup").pick(chosen)) as (told,):
            made = take(settings.TIANPING_DOCUMENTS, to, at=datetime.now(UTC), progress=told)
        rows, size = sum(t.rows for t in made.tables.values()), round(to.stat().st_size / 1e6, 1)
        say(TAKEN.fill(rows=rows, tables=len(made.tables), documents=made.documents, path=to, size=size).pick(chosen))
        say(KEY.fill(path=settings.TIANPING_LEDGER_KEY).pick(chosen))


def restore(
    file: Annotated[Path, typer.Argument(help="备份文件 · the backup", exists=True, dir_okay=False)],
    anchor: Annotated[list[Path], typer.Option(help="检查点文件，可重复 · a file of checkpoints, may be repeated", exists=True)] = [],  # noqa: B006
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """恢复 · Restores a backup into an empty database and an empty folder, all of it or nothing, and verifies its ledger before it counts.

    With --anchor also against checkpoints that a second place holds: a backup older than they are is told.
    """
    chosen = language(lang)
    with steps_of(T("核对", "checking").pick(chosen)) as (check,):
        made = checked(file, check)
    with ExitStack() as stack:
        held = read_anchors([(str(p), stack.enter_context(file_of(p).open("rb"))) for p in anchor]) if anchor else None
        stack.enter_context(database(migrate=True))
        owning()
        from django.conf import settings  # noqa: PLC0415 — after Django is set up

        from tianping.casework.backup.put import restore as put  # noqa: PLC0415 — as above

        with steps_of(T("恢复", "restoring").pick(chosen)) as (told,):
            found = put(file, made, settings.TIANPING_DOCUMENTS, anchored=held, progress=told)
        rows = sum(t.rows for t in made.tables.values())
        say(RESTORED.fill(rows=rows, documents=made.documents, events=found.events).pick(chosen))
