"""台账命令 · ``tianping ledger export``, ``verify`` and ``checkpoint``; the verifier needs neither a server nor Django."""

from __future__ import annotations

import json
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from tianping.casework.ledger.anchor import Anchored, file_of, read_anchors
from tianping.casework.ledger.verify import verify
from tianping.law.text import T
from tianping.project.running import database
from tianping.project.words import UnknownChoice, language, say

app = typer.Typer(no_args_is_help=True, help="台账 · the ledger")
WHOLE = T(
    "{cases} 件案件、{events} 个事件全部相符；{erased} 个内容已依规删除",
    "{cases} cases, {events} events: every one fits; {erased} payloads were erased",
)
HELD = T("与 {n} 个检查点相符；签名公钥：{keys}", "It fits {n} checkpoints, signed with {keys}")
TAKEN = T("检查点 {n}：{cases} 件案件、{events} 个新事件，根 {root}", "Checkpoint {n}: {cases} cases, {events} new events, root {root}")
NOTHING = T("自上一检查点以来没有新事件", "Nothing was written since the last checkpoint")
WRITTEN = T("{n} 个事件写入 {path}", "{n} events written to {path}")


@app.command("verify")
def verify_export(
    export: Annotated[Path, typer.Argument(help="导出的台账（JSON Lines）· an exported ledger", exists=True, dir_okay=False)],
    anchor: Annotated[list[Path], typer.Option(help="检查点文件，可重复 · a file of checkpoints, may be repeated", exists=True)] = [],  # noqa: B006
    key: Annotated[list[str], typer.Option(help="可信公钥（十六进制）· a public key that may have signed, in hex")] = [],  # noqa: B006 — as typer wants it
    digest: Annotated[str, typer.Option(help="sha256 | sm3")] = "sha256",
    as_json: Annotated[bool, typer.Option("--json")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """核验 · Checks every event of an exported ledger; names the first that does not fit and ends with status 2.

    With --anchor also that nothing is missing at an end, was restored from an older backup or written anew.
    """
    chosen = language(lang)
    if digest not in ("sha256", "sm3"):
        raise UnknownChoice(given=digest, what=T("摘要算法", "digest"), known="sha256, sm3")
    anchored = _anchored(anchor, key)
    with export.open("rb") as lines:
        found = verify(lines, digest=digest, anchored=anchored)
    if as_json:
        told = {"cases": found.cases, "events": found.events, "erased": found.erased}
        say(json.dumps(told | ({"checkpoints": anchored.checkpoints, "keys": anchored.keys} if anchor else {})))
        return
    say(WHOLE.fill(cases=found.cases, events=found.events, erased=found.erased).pick(chosen))
    if anchor:
        say(HELD.fill(n=anchored.checkpoints, keys="、".join(anchored.keys)).pick(chosen))


def _anchored(places: list[Path], keys: list[str]) -> Anchored:
    with ExitStack() as stack:
        return read_anchors([(str(p), stack.enter_context(file_of(p).open("rb"))) for p in places], keys=keys)


@app.command("checkpoint")
def take_checkpoint(lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None) -> None:
    """检查点 · Takes a checkpoint now and brings every second place (TIANPING_ANCHORS) up to date. The worker does so every minute."""
    chosen = language(lang)
    with database():
        from tianping.casework.ledger.checkpoints import checkpoint_take  # noqa: PLC0415 — after Django is set up

        taken = checkpoint_take(at=datetime.now(UTC))
        say((NOTHING if taken is None else TAKEN.fill(n=taken.number, cases=taken.cases, events=taken.events, root=taken.root.hex())).pick(chosen))


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
