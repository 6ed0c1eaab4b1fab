"""导出命令 · ``tianping export``: the cases that somebody may see, as CSV, a workbook, OCEL 2.0, XES or Parquet."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tianping.law.text import T
from tianping.project.progress import counting
from tianping.project.running import database
from tianping.project.words import day, dump, language, say

WRITTEN = T("{cases} 件案件、{events} 个事件写入 {path}", "{cases} cases, {events} events written to {path}")
CASES = T("件案件", "cases")


def export(
    *,
    output: Annotated[Path, typer.Option("--output", "-o", help="写到哪个文件 · the file to write", dir_okay=False)],
    form: Annotated[str, typer.Option("--format", help="csv | xlsx | ocel | xes | parquet")],
    user: Annotated[str | None, typer.Option("--as", help="以何账号：只含其可见案件 · the cases that this account sees")] = None,
    every: Annotated[bool, typer.Option("--all", help="全部案件，记入安全日志 · every case; noted in the security log")] = False,
    procedure: Annotated[str | None, typer.Option("--procedure", "-p", help="程序代码 · a procedure's code; default: all")] = None,
    since: Annotated[str | None, typer.Option("--from", help="首个环节不早于 · first act on or after")] = None,
    until: Annotated[str | None, typer.Option("--to", help="首个环节不晚于 · first act on or before")] = None,
    table: Annotated[str, typer.Option(help="CSV 的内容 · what a CSV holds: events | cases | clocks")] = "events",
    unmasked: Annotated[bool, typer.Option("--unmasked", help="不遮蔽，只随 --all · names in full, only with --all")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
) -> None:
    """导出案件 · Exports cases, masked unless told otherwise; the file appears under its name only when it is whole."""
    chosen = language(lang)
    first, last = (None if given is None else day(given) for given in (since, until))
    with database(), counting(CASES.pick(chosen)) as told:
        from tianping.casework.extracts.run import Wanted, extract  # noqa: PLC0415 — after Django is set up

        wanted = Wanted(form, procedure, first, last, table, user, every, unmasked)
        done = extract(wanted, output, at=datetime.now(tz=UTC), told=told)
    if as_json:
        dump({"cases": done.cases, "events": done.events, "file": str(output)})
    else:
        say(WRITTEN.fill(cases=done.cases, events=done.events, path=output).pick(chosen))
