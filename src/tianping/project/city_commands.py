"""城市包命令 · ``tianping city load PACK``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tianping.law.text import T
from tianping.project.running import database
from tianping.project.words import language, say

app = typer.Typer(no_args_is_help=True, help="城市包 · city packs")
LOADED = T("{city}：{n} 个机构，{people} 人，{posts} 个岗位", "{city}: {n} organisations, {people} people, {posts} posts")


@app.callback()
def _city() -> None:
    """城市包 · City packs."""


@app.command("load")
def load_pack(
    pack: Annotated[Path, typer.Argument(help="城市包文件夹 · the pack's folder", exists=True, file_okay=False)],
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """装入 · Loads or renews a city: organisations, people, posts and roles."""
    chosen = language(lang)
    with database(migrate=True):
        from tianping.casework.city.load import load  # noqa: PLC0415 — after Django is set up
        from tianping.casework.city.pack import read_pack  # noqa: PLC0415

        read = read_pack(pack)
        loaded = load(read, replay=False)
        say(LOADED.fill(city=read.name, n=len(loaded.organisations), people=loaded.people, posts=loaded.posts).pick(chosen))
