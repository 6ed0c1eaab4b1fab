"""桥命令 · ``tianping bridge FOLDER``: brings a folder of Parquet partitions up to date with the ledger."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tianping.law.text import T
from tianping.project.progress import steps_of
from tianping.project.running import database
from tianping.project.words import dump, language, say

COPIED = T("新增 {events} 个事件，{files} 个文件；共 {whole} 个事件", "{events} new events in {files} files; {whole} events in all")
COPYING = T("复制台账", "copying the ledger")
MASTER = T(
    "注意：分区含全部案件，且不遮蔽；请按台账同等管理。", "Mind: the partitions hold every case and mask nothing: keep them as you keep the ledger."
)


def bridge(
    folder: Annotated[Path, typer.Argument(help="分区文件夹 · the folder of partitions", file_okay=False)] = Path("var/bridge"),
    *,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """台账分区 · Writes what is new in the ledger to Parquet files by procedure and version, for DuckDB, Spark and supervision."""
    chosen = language(lang)
    with database(), steps_of(COPYING.pick(chosen)) as (told,):
        from tianping.casework.bridge.partitions import copy_ledger  # noqa: PLC0415 — after Django is set up
        from tianping.casework.security.audit import Kind, noted  # noqa: PLC0415

        done = copy_ledger(folder, progress=told)
        if done.events:
            noted(Kind.EXPORTED, at=datetime.now(tz=UTC), actor=None, form="partitions", events=done.events, unmasked=True)
    if as_json:
        dump({"events": done.events, "files": done.files, "whole": done.whole})
        return
    say(COPIED.fill(events=done.events, files=done.files, whole=done.whole).pick(chosen))
    say(MASTER.pick(chosen))
