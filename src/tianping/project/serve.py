"""服务 · ``tianping serve``: the pages, over granian, on the database of this installation."""

from __future__ import annotations

from typing import Annotated

import typer

from tianping.law.text import T
from tianping.project.running import database
from tianping.project.words import language, say

LOOK = T("请在浏览器打开 {url}（按 Ctrl-C 停止）", "Open {url} in a browser (Ctrl-C stops it)")


def serve(
    *,
    host: Annotated[str, typer.Option(help="监听地址 · address")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 · port")] = 8000,
    workers: Annotated[int, typer.Option(help="进程数 · processes", min=1)] = 2,
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """服务 · Serves the pages until it is stopped."""
    chosen = language(lang)
    with database(migrate=True):
        say(LOOK.fill(url=f"http://{host}:{port}/").pick(chosen))
    served(host, port, workers)


def served(host: str, port: int, workers: int) -> None:
    """Run the server's processes; the database runs as long as they do."""
    from granian.constants import Interfaces  # noqa: PLC0415 — loaded only to serve
    from granian.server import Server  # noqa: PLC0415

    with database():
        from tianping.portal.house.statics import gather  # noqa: PLC0415 — after Django is set up

        gather()
        Server("tianping.project.wsgi:application", address=host, port=port, interface=Interfaces.WSGI, workers=workers, log_enabled=False).serve()
