"""服务 · ``tianping serve``: the pages, over granian, on the database of this installation."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from threading import Thread
from typing import Annotated, Final

import typer

from tianping.law.text import T
from tianping.project.running import database
from tianping.project.words import language, say

STARTING = T("正在启动，备好页面和接口……", "Starting: making pages and the API ready …")
PATIENCE: Final = 60
"""Seconds that one try waits for the answer."""
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
        say(STARTING.pick(chosen))
    served(host, port, workers, ready=lambda: say(LOOK.fill(url=f"http://{host}:{port}/").pick(chosen)))


def served(host: str, port: int, workers: int, *, ready: Callable[[], None] | None = None) -> None:
    """Run the server's processes; the database runs as long as they do. ``ready`` is called when the first of them answers."""
    from granian.constants import Interfaces  # noqa: PLC0415 — loaded only to serve
    from granian.server import Server  # noqa: PLC0415

    with database():
        from tianping.portal.house.statics import gather  # noqa: PLC0415 — after Django is set up

        gather()
        if ready is not None:
            Thread(target=_told, args=(host, port, ready), daemon=True).start()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the server sets its own; its processes would inherit ours, and never come to run it
        target = "tianping.project.warming:application"
        Server(target, factory=True, address=host, port=port, interface=Interfaces.WSGI, workers=workers, log_enabled=False).serve()


def _told(host: str, port: int, ready: Callable[[], None]) -> None:
    """Say so when the server answers, whatever it answers."""
    at = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 — compared, not listened on
    while True:
        asked = HTTPConnection(at, port, timeout=PATIENCE)
        try:
            asked.request("HEAD", "/sign-in")
            asked.getresponse().read()
        except (OSError, HTTPException):
            time.sleep(0.1)
        else:
            ready()
            return
        finally:
            asked.close()
