"""台账命令 · ``tianping ledger export`` and ``tianping ledger verify``; the verifier needs neither a server nor Django."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from tianping.casework.ledger.verify import verify
from tianping.law.text import T
from tianping.project.running import database
from tianping.project.words import UnknownChoice, language, say

app = typer.Typer(no_args_is_help=True, help="台账 · the ledger")
WHOLE = T(
    "{cases} 件案件、{events} 个事件全部相符；{erased} 个内容已依规删除",
    "{cases} cases, {events} events: every one fits; {erased} payloads were erased",
)
WRITTEN = T("{n} 个事件写入 {path}", "{n} events written to {path}")


@app.command("verify")
def verify_export(
    export: Annotated[Path, typer.Argument(help="导出的台账（JSON Lines）· an exported ledger", exists=True, dir_okay=False)],
    digest: Annotated[str, typer.Option(help="sha256 | sm3")] = "sha256",
    as_json: Annotated[bool, typer.Option("--json")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """核验 · Checks every event of an exported ledger; names the first that does not fit and ends with status 2."""
    chosen = language(lang)
    if digest not in ("sha256", "sm3"):
        raise UnknownChoice(given=digest, what=T("摘要算法", "digest"), known="sha256, sm3")
    with export.open(encoding="utf-8") as lines:
        found = verify(lines, digest=digest)
    if as_json:
        say(json.dumps({"cases": found.cases, "events": found.events, "erased": found.erased}))
    else:
        say(WHOLE.fill(cases=found.cases, events=found.events, erased=found.erased).pick(chosen))


@app.command("export")
def export_ledger(
    to: Annotated[Path, typer.Argument(help="写到哪个文件 · the file to write")],
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """导出 · Writes the whole ledger, one event a line; the file appears under its name only when it is whole."""
    chosen = language(lang)
    half, count = to.with_name(to.name + ".part"), 0
    with database():
        from tianping.casework.engine.exporting import ledger_lines  # noqa: PLC0415 — after Django is set up

        with half.open("w", encoding="utf-8") as file:
            for line in ledger_lines():
                file.write(line + "\n")
                count += 1
    half.replace(to)
    say(WRITTEN.fill(n=count, path=to).pick(chosen))
