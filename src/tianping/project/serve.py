"""服务 · ``tianping serve``: the pages, over granian, on the database of this installation."""

from __future__ import annotations

import signal
import socket
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from threading import Thread
from typing import Annotated, Final

import typer

from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.project.law_changed import law_told
from tianping.project.running import database
from tianping.project.words import language, say

STARTING = T("正在启动，备好页面和接口……", "Starting: making pages and the API ready …")
PATIENCE: Final = 60
"""Seconds that one try waits for the answer."""
ENDED: Final = 20
"""Seconds that a process is given to answer what it was asked before it is ended."""
LOOK = T("请在浏览器打开 {url}（按 Ctrl-C 停止）", "Open {url} in a browser (Ctrl-C stops it)")


class PortTaken(TianpingError):
    """端口不可用 · Nobody can listen at that address."""

    code = "CLI-204"
    what = T("不能在 {host}:{port} 监听：{reason}", "Cannot listen at {host}:{port}: {reason}")
    todo = T("请停止占用它的程序，或者用 --port 另选端口。", "Stop what uses it, or choose another with --port.")


class ProcessEnded(TianpingError):
    """服务进程中断 · A process of the server ended by itself, and the server with it."""

    code = "CLI-205"
    what = T("一个服务进程意外结束，服务已停止。", "A process of the server ended by itself; the server has stopped.")
    todo = T(
        "请查看日志后重新启动；由 systemd 管理时会自动重启（Restart=on-failure）。",
        "Look at the log and start it again; systemd does (Restart=on-failure).",
    )


def serve(
    *,
    host: Annotated[str, typer.Option(help="监听地址 · address")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 · port")] = 8000,
    workers: Annotated[int, typer.Option(help="进程数 · processes", min=1)] = 2,
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """服务 · Serves the pages until it is stopped."""
    chosen = language(lang)
    listening(host, port)
    with database(migrate=True):
        law_told(chosen)
        say(STARTING.pick(chosen))
    served(host, port, workers, ready=lambda: say(LOOK.fill(url=f"http://{host}:{port}/").pick(chosen)))


def served(host: str, port: int, workers: int, *, ready: Callable[[], None] | None = None) -> None:
    """Run the server's processes; the database runs as long as they do. ``ready`` is called when the first of them answers.

    Raises ProcessEnded.
    """
    from granian.constants import Interfaces  # noqa: PLC0415 — loaded only to serve
    from granian.server import Server  # noqa: PLC0415

    with database():
        from tianping.portal.house.statics import gather  # noqa: PLC0415 — after Django is set up
        from tianping.project.settings.pages import WARM  # noqa: PLC0415
        from tianping.project.warming import plain, warmed  # noqa: PLC0415

        gather()
        if WARM.value():
            plain()
            warmed()
        if ready is not None:
            Thread(target=_told, args=(host, port, ready), daemon=True).start()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the server sets its own; its processes would inherit ours, and never come to run it
        target = "tianping.project.warming:application"
        interface = Interfaces.WSGI
        server = Server(
            target, factory=True, address=host, port=port, interface=interface, workers=workers, log_enabled=False, workers_kill_timeout=ENDED
        )
        try:
            server.serve()
        except SystemExit as end:
            if not server.interrupt_signal:  # else somebody else told its processes too, and they were quicker
                raise ProcessEnded from end


def listening(host: str, port: int) -> None:
    """监听 · Whether one can listen there, asked before anything long is begun. Raises PortTaken."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError as error:
            raise PortTaken(host=host, port=port, reason=error.strerror) from error


def _told(host: str, port: int, ready: Callable[[], None]) -> None:
    """Say so when the server answers, whatever it answers."""
    at = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 — compared, not listened on
    while True:
        time.sleep(0.1)
        asked = HTTPConnection(at, port, timeout=PATIENCE)
        try:
            asked.request("HEAD", "/sign-in")
            asked.getresponse().read()
        except (OSError, HTTPException):
            continue
        else:
            ready()
            return
        finally:
            asked.close()
