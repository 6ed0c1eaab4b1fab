"""材料命令 · ``tianping documents check``: every document is there and is what was filed; what belongs to none is swept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from tianping.law.text import T
from tianping.project.running import database
from tianping.project.words import dump, language, say

app = typer.Typer(no_args_is_help=True, help="文书材料 · documents")
WHOLE = T("{n} 个内容全部相符", "{n} contents: every one is what was filed")
SWEPT = T("清除无主文件 {n} 个", "{n} files that belong to no document were removed")


@app.callback()
def _documents() -> None:
    """文书材料 · Documents."""


@app.command("check")
def check(
    *,
    sweep: Annotated[bool, typer.Option("--sweep", help="清除无主文件 · remove what belongs to no document")] = False,
    quick: Annotated[bool, typer.Option("--quick", help="只核对长度 · compare lengths only")] = False,
    as_json: Annotated[bool, typer.Option("--json")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """核对 · Holds the files against what was filed; names each that is missing or changed and ends with status 1."""
    chosen = language(lang)
    with database():
        from tianping.casework.documents.check import damaged, swept  # noqa: PLC0415 — after Django is set up
        from tianping.casework.models import Content  # noqa: PLC0415 — as above

        found = list(damaged(bytes_too=not quick))
        removed = swept(at=datetime.now(UTC)) if sweep else 0
        count = Content.objects.count()
    if as_json:
        dump({"contents": count, "damaged": [e.as_dict() for e in found], "swept": removed})
    else:
        for error in found:
            say(error.text(chosen))
        if not found:
            say(WHOLE.fill(n=count).pick(chosen))
        if sweep:
            say(SWEPT.fill(n=removed).pick(chosen))
    if found:
        raise typer.Exit(1)
