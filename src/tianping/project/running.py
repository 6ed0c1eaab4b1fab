"""运行环境 · The database and Django around a command: the embedded server runs meanwhile, tables are as the code wants them."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tianping.law.errors import TianpingError
from tianping.law.text import T

SETTINGS = "tianping.project.settings"
RAISED = re.compile(r"\w+(\.\w+)+: ")
"""How a traceback's last entry begins."""


class NotMigrated(TianpingError):
    """表结构未更新 · The tables could not be brought up to date."""

    code = "CLI-202"
    what = T("表结构没有更新：{reason}", "The tables were not brought up to date: {reason}")
    todo = T(
        "请确认以表的所有者连接（DATABASE_OWNER_URL），再运行 tianping migrate。",
        "Connect as the tables' owner (DATABASE_OWNER_URL) and run tianping migrate.",
    )


class NoServer(TianpingError):
    """未装服务部件 · Django and the database driver are not installed."""

    code = "CLI-203"
    what = T("没有安装服务部件：{reason}", "The parts that serve are not installed: {reason}")
    todo = T("请安装 tianping[server]。", "Install tianping[server].")


@contextmanager
def database(*, migrate: bool = False) -> Iterator[None]:
    """Django set up on a running database; with ``migrate`` its tables are brought up to date first. Raises NoServer, NotMigrated."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    try:
        import django  # noqa: PLC0415 — the law and the logs need no Django

        from tianping.project import settings  # noqa: PLC0415 — as above
        from tianping.project.settings.database import URL, databases, embedded  # noqa: PLC0415
    except ImportError as error:
        raise NoServer(reason=error) from error
    if URL.value():
        yield from _inside(django.setup, migrate)
        return
    with _told_to_stop(), embedded():
        settings.DATABASES["default"].update(databases()["default"])  # read before there was a server: for root it may have found its place only now
        yield from _inside(django.setup, migrate)


@contextmanager
def _told_to_stop() -> Iterator[None]:
    """SIGTERM, which would end the process at once, leaves the server in order instead: who is the last to leave stops it."""
    if threading.current_thread() is not threading.main_thread() or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return

    def leave(number: int, _: object) -> None:
        raise SystemExit(128 + number)

    signal.signal(signal.SIGTERM, leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _inside(setup: object, migrate: bool) -> Iterator[None]:
    assert callable(setup)
    setup()
    from django.db import connections  # noqa: PLC0415 — after set-up

    if migrate and not _current():
        migrated()

    try:
        yield
    finally:
        for connection in connections.all():
            connection.close()
            close_pool = getattr(connection, "close_pool", None)
            if close_pool is not None:
                close_pool()


def owning() -> None:
    """From here on Django connects as the owner of the tables: for an operator's command, never for a process that serves."""
    from django.db import connections  # noqa: PLC0415 — after set-up

    from tianping.project.settings.database import databases  # noqa: PLC0415 — as above

    connection = connections["default"]
    connection.close()
    close_pool = getattr(connection, "close_pool", None)
    if close_pool is not None:
        close_pool()
    os.environ["TIANPING_DATABASE_ROLE"] = "owner"
    connection.settings_dict.update({name: value for name, value in databases()["default"].items() if isinstance(value, str)})


def _current() -> bool:
    """Whether the database has every migration that stands beside the code. Any role may look; the owner's process is started only if not."""
    import psycopg  # noqa: PLC0415 — as above
    from django.apps import apps  # noqa: PLC0415
    from procrastinate.contrib.django.utils import connector_params  # noqa: PLC0415

    written = {(app.label, file.stem) for app in apps.get_app_configs() for file in (Path(app.path) / "migrations").glob("0*.py")}
    try:
        with psycopg.connect(**connector_params(), autocommit=True) as c:
            return written <= set(c.execute("select app::text, name::text from django_migrations"))
    except psycopg.Error:
        return False


def migrated() -> None:
    """Bring the tables up to date, as their owner, in a process of its own: this one never holds the owner's secret. Raises NotMigrated."""
    env = {**os.environ, "TIANPING_DATABASE_ROLE": "owner", "DJANGO_SETTINGS_MODULE": SETTINGS}
    done = subprocess.run([sys.executable, "-m", "tianping.project.upgrading"], check=False, capture_output=True, text=True, env=env)
    if done.returncode:
        raise NotMigrated(reason=_reason(done.stderr))


def _reason(told: str) -> str:
    """The line that says why: the first error of Django's own checks, else what was raised (a database tells more after it)."""
    lines = [line.strip() for line in told.splitlines() if line.strip()] or ["?"]
    raised = [line for line in told.splitlines() if RAISED.match(line)]
    return lines[lines.index("ERRORS:") + 1] if "ERRORS:" in lines[:-1] else (raised or lines)[-1]
