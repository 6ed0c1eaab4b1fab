"""嵌入式数据库 · A PostgreSQL of our own: started by the first process that needs it, stopped by the last polite one, found again after a kill.

Users are counted by a shared lock that the kernel drops when a process dies, however it dies. Whether the server lives is asked by connecting and in
no other way. The application's role is trusted on a private socket; the owner of the tables and the superuser need a secret that a serving process
never loads. Another process of the same operating-system user is not kept out: it can read the secret.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Final

import psycopg
from psycopg import pq, sql
from psycopg.conninfo import make_conninfo

from tianping.casework.database.errors import DidNotStart, NotYours
from tianping.casework.database.lodging import Lodging, home_of, lodging, socket_for

DATABASE: Final = "tianping"
OWNER: Final = "tianping_owner"
APPLICATION: Final = "tianping_app"
SETTINGS: Final = {
    "listen_addresses": "",
    "fsync": "on",
    "synchronous_commit": "on",
    "shared_buffers": "256MB",
    "max_wal_size": "2GB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "100",
    "unix_socket_permissions": "0700",
    "logging_collector": "off",
    # After a crash the whole data directory is synced before it recovers: file by file that takes seconds, in one call a fraction of one.
    **({"recovery_init_sync_method": "syncfs"} if sys.platform == "linux" else {}),
}
ACCESS: Final = f"local all {APPLICATION} trust\nlocal all all scram-sha-256\n"
PATIENCE: Final = 300.0
AGAIN: Final = 0.3
"""Seconds until a start is tried again: a dying server holds its lock and its memory for a moment."""


class Embedded:
    """嵌入式数据库 · ``with Embedded(base):`` — the server of a base directory runs meanwhile. ``settings`` go over :data:`SETTINGS`.

    Raises NoBinaries, DidNotStart, NotYours, NoSystemUser.
    """

    def __init__(self, base: Path, *, settings: Mapping[str, str] | None = None) -> None:
        self.base = base.absolute()
        self.settings = {**SETTINGS, **(settings or {})}
        self._users: int | None = None
        self._lodging: Lodging | None = None

    # ---- where to connect ------------------------------------------------------------------------------------------------------

    @property
    def socket(self) -> Path:
        """The socket's folder, known before the server runs."""
        return socket_for(home_of(self.base)) if self._lodging is None else self._lodging.socket

    @property
    def log(self) -> Path:
        """The server's log."""
        return home_of(self.base) / "pgdata" / "log"

    def app_dsn(self, database: str = DATABASE) -> str:
        """How the application connects: no secret, no power over the schema."""
        return make_conninfo(host=str(self.socket), user=APPLICATION, dbname=database)

    def owner_dsn(self, database: str = DATABASE) -> str:
        """How the owner of the tables connects: for migrations only."""
        return make_conninfo(host=str(self.socket), user=OWNER, dbname=database, password=self._secret("owner"))

    def superuser_dsn(self, database: str = "postgres") -> str:
        """How the superuser connects: to make roles and databases."""
        return make_conninfo(host=str(self.socket), user="postgres", dbname=database, password=self._secret("superuser"))

    def _secret(self, name: str) -> str:
        return (self.base / f"{name}.secret").read_text("ascii")

    # ---- coming and going ------------------------------------------------------------------------------------------------------

    def __enter__(self) -> Embedded:
        try:
            self.base.mkdir(mode=0o755, parents=True, exist_ok=True)
            users = os.open(self.base / "users.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except PermissionError as error:
            raise NotYours(path=self.base) from error
        try:
            with self._alone():
                fcntl.flock(users, fcntl.LOCK_SH)
                self._lodging = lodging(self.base)
                if self._ping() is not pq.Ping.OK:
                    self._start(self._lodging)
                self._furnish()
        except BaseException:
            os.close(users)
            raise
        self._users = users
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        users, self._users = self._users, None
        if users is None:
            return
        with self._alone():
            fcntl.flock(users, fcntl.LOCK_UN)
            try:
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            else:
                self._stop()
            finally:
                os.close(users)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time starts or stops the server."""
        handle = os.open(self.base / "start.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    # ---- the server --------------------------------------------------------------------------------------------------------------

    def _ping(self) -> pq.Ping:
        return pq.Ping(pq.PGconn.ping(make_conninfo(host=str(self.socket), user=APPLICATION, dbname="postgres", connect_timeout=3).encode()))

    def _program(self, name: str, *words: str) -> None:
        assert self._lodging is not None
        home, env = self._lodging, {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}
        done = subprocess.run(  # noqa: S603 — our own programs, no shell
            [str(home.programs / name), *words],
            check=False,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env=env,
            cwd="/",
            **home.identity(),
        )
        if done.returncode:
            raise subprocess.CalledProcessError(done.returncode, name, stderr=done.stderr.decode("utf-8", "replace").strip())

    def _start(self, home: Lodging) -> None:
        home.make(home.socket)
        self._initialised(home)
        self._configured(home)
        began, last, pause, reason = time.monotonic(), 0.0, 0.02, ""
        while (state := self._ping()) is not pq.Ping.OK:
            now = time.monotonic()
            if state is pq.Ping.NO_RESPONSE and now - last > AGAIN:
                last = now
                for file in (home.data / "postmaster.pid", home.socket / ".s.PGSQL.5432.lock"):
                    _stale(file, home.data)
                try:
                    self._program("pg_ctl", "-W", "-D", str(home.data), "-l", str(home.data / "log"), "start")
                except subprocess.CalledProcessError as error:
                    reason = error.stderr
            if now - began > PATIENCE:
                raise DidNotStart(reason=reason or _tail(home.data / "log"), log=home.data / "log")
            time.sleep(pause)
            pause = min(pause * 1.2, 0.1)  # each question costs the server a process

    def _stop(self) -> None:
        assert self._lodging is not None
        if (self._lodging.data / "postmaster.pid").exists() and self._ping() is not pq.Ping.NO_RESPONSE:
            with contextlib.suppress(subprocess.CalledProcessError):  # it may have been killed since
                self._program("pg_ctl", "-w", "-m", "fast", "-D", str(self._lodging.data), "stop")

    def _initialised(self, home: Lodging) -> None:
        """A data directory, made whole beside its name and then renamed: what a crash left half made is made again."""
        if (home.data / "PG_VERSION").exists():
            return
        for name in ("superuser", "owner"):
            self._keep(name)
        room = home.home / "new"
        if room.exists():
            subprocess.run(["/bin/rm", "-rf", str(room)], check=True)  # noqa: S603 — our own folder
        home.make(room)
        secret = room / "secret"
        secret.write_text(self._secret("superuser"), "ascii")
        secret.chmod(0o600)
        if home.user is not None:
            os.chown(secret, home.user.pw_uid, home.user.pw_gid)
        words = ["--auth-local=scram-sha-256", "--auth-host=reject", "-U", "postgres", f"--pwfile={secret}", "-E", "UTF8", "--data-checksums"]
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        unsynced = ["--no-sync"] if self.settings["fsync"] == "off" else []
        try:
            self._program("initdb", *words, *locale, *unsynced, "-D", str(room / "pgdata"))
        except subprocess.CalledProcessError as error:
            raise DidNotStart(reason=error.stderr, log=self.log) from error
        (room / "pgdata").rename(home.data)
        secret.unlink()
        room.rmdir()

    def _keep(self, name: str) -> None:
        """A secret that only the user who runs Tianping can read."""
        handle = os.open(self.base / f"{name}.secret", os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(24))

    def _configured(self, home: Lodging) -> None:
        """Our settings and who may connect, written anew at each start."""
        lines = {**self.settings, "unix_socket_directories": str(home.socket)}
        quoted = "".join("{} = '{}'\n".format(name, value.replace("'", "''")) for name, value in lines.items())
        _written(home, home.data / "tianping.conf", quoted)
        _written(home, home.data / "pg_hba.conf", ACCESS)
        main = home.data / "postgresql.conf"
        if "include 'tianping.conf'" not in main.read_text("utf-8"):
            _written(home, main, main.read_text("utf-8") + "\ninclude 'tianping.conf'\n")

    def _furnish(self) -> None:
        """The two roles and the database; what a crash left out is made up for. A process that only joins needs no secret."""
        try:
            psycopg.connect(self.app_dsn()).close()
        except psycopg.OperationalError:
            pass
        else:
            return
        with psycopg.connect(self.superuser_dsn(), autocommit=True) as connection:
            for role, secret in ((OWNER, self._secret("owner")), (APPLICATION, None)):
                if connection.execute("select 1 from pg_roles where rolname = %s", [role]).fetchone() is None:
                    connection.execute(sql.SQL("create role {} login createdb").format(sql.Identifier(role)))
                if secret is not None:
                    connection.execute(sql.SQL("alter role {} password {}").format(sql.Identifier(role), sql.Literal(secret)))
                else:
                    connection.execute(sql.SQL("alter role {} nocreatedb").format(sql.Identifier(role)))
            if connection.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone() is None:
                connection.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER)))


def _stale(file: Path, data: Path) -> None:
    """Removes a pid file that names nobody, a zombie or a stranger: after a kill, a reboot or in a new container PostgreSQL would not start."""
    try:
        pid = file.read_text("utf-8").split("\n")[0].strip()
        command = Path(f"/proc/{int(pid)}/cmdline").read_bytes()
    except FileNotFoundError:
        command = b""
    except (OSError, ValueError):
        command = b""
    if os.fsencode(data) not in command:
        file.unlink(missing_ok=True)


def _written(home: Lodging, path: Path, text: str) -> None:
    half = path.with_name(path.name + ".new")
    half.write_text(text, "utf-8")
    half.chmod(0o600)
    if home.user is not None:
        os.chown(half, home.user.pw_uid, home.user.pw_gid)
    half.replace(path)


def _tail(log: Path) -> str:
    try:
        return " ".join(log.read_text("utf-8", "replace").splitlines()[-3:])
    except OSError:
        return "?"
