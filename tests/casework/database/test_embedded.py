"""嵌入式数据库 · Real servers: many processes at once, kills of every kind, stale pid files, long paths, root, an ordinary user."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.conftest import ROOT
from tianping.casework.database import lodging
from tianping.casework.database.embedded import Embedded
from tianping.casework.database.errors import NotYours

QUICK = {"fsync": "off", "shared_buffers": "16MB", "max_connections": "60"}
HOLD = """
import sys, time
from pathlib import Path
from tianping.casework.database.embedded import Embedded
with Embedded(Path(sys.argv[1]), settings={"fsync": "off", "shared_buffers": "16MB"}) as server:
    print(server.socket, flush=True)
    time.sleep(float(sys.argv[2]))
"""


@pytest.fixture
def bare() -> Iterator[Path]:
    """A short, private folder; whatever server is left in it is ended by its pid."""
    with tempfile.TemporaryDirectory(prefix="tp") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder / "pg"
        pid = postmaster(folder / "pg")
        if pid and alive(pid):
            os.kill(pid, signal.SIGKILL)
            gone(pid)


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A stopped server that was started once."""
    with tempfile.TemporaryDirectory(prefix="tp") as name:
        Path(name).chmod(0o755)
        with started(Path(name) / "pg"):
            pass
        yield Path(name) / "pg"


@pytest.fixture
def base(bare: Path, made: Path) -> Path:
    """A copy of it: to make one anew takes most of a second."""
    subprocess.run(["/bin/cp", "-a", str(made), str(bare)], check=True)
    return bare


def started(base: Path) -> Embedded:
    return Embedded(base, settings=QUICK)


def postmaster(base: Path) -> int:
    """The server's pid, or 0."""
    file = Embedded(base).log.parent / "postmaster.pid"
    try:
        return int(file.read_text().split("\n")[0])
    except (OSError, ValueError):
        return 0


def alive(pid: int) -> bool:
    """Whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def gone(pid: int, seconds: float = 10) -> None:
    until = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < until:
        time.sleep(0.02)


def one(server: Embedded) -> object:
    with psycopg.connect(server.app_dsn()) as connection:
        row = connection.execute("select current_user").fetchone()
    assert row is not None
    return row[0]


def held(base: Path, seconds: float = 60) -> subprocess.Popen[str]:
    """Another process that uses the server, once it says so."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(base), str(seconds)], stdout=subprocess.PIPE, text=True, env=env)
    assert process.stdout is not None
    with process.stdout as said:
        assert said.readline()
    return process


def test_the_first_user_starts_it_and_the_last_one_stops_it(bare: Path) -> None:
    with started(bare) as server:
        pid = postmaster(bare)
        assert one(server) == "tianping_app"
        with started(bare) as second:
            assert one(second) == "tianping_app"
        assert alive(pid)
    gone(pid)
    assert not alive(pid)
    with started(bare) as server:
        assert one(server) == "tianping_app"


def test_eight_processes_at_once_share_one_server(bare: Path) -> None:
    processes = [held(bare, 1.5) for _ in range(8)]
    pid = postmaster(bare)
    assert alive(pid)
    assert [p.wait(20) for p in processes] == [0] * 8
    gone(pid)
    assert not alive(pid)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_user_that_is_killed_leaves_it_to_the_next(base: Path, how: signal.Signals) -> None:
    process = held(base)
    process.send_signal(how)
    process.wait(10)
    pid = postmaster(base)
    assert alive(pid)
    with started(base) as server:
        assert postmaster(base) == pid
        assert one(server) == "tianping_app"
    gone(pid)
    assert not alive(pid)


def test_a_killed_server_is_started_again_at_once(base: Path) -> None:
    with started(base):
        os.kill(postmaster(base), signal.SIGKILL)
        with started(base) as server:
            assert one(server) == "tianping_app"


@pytest.mark.parametrize("text", ["", "not a pid\n", "{foreign}\n/elsewhere\n"])
def test_a_pid_file_that_names_nobody_or_a_stranger_is_passed_over(base: Path, text: str) -> None:
    with started(base):
        pass
    stranger = subprocess.Popen(["/bin/sleep", "60"])
    try:
        (Embedded(base).log.parent / "postmaster.pid").write_text(text.format(foreign=stranger.pid))
        with started(base) as server:
            assert one(server) == "tianping_app"
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_half_made_data_directory_is_made_again(bare: Path) -> None:
    (bare / "new" / "pgdata").mkdir(parents=True)
    (bare / "new" / "pgdata" / "PG_VERSION").write_text("18")
    with started(bare) as server:
        assert one(server) == "tianping_app"


def test_a_long_path_gets_a_private_socket_folder(bare: Path) -> None:
    deep = bare / ("long" * 20) / ("folder" * 10)
    with started(deep) as server:
        assert not server.socket.is_relative_to(deep)
        assert server.socket.stat().st_mode & 0o777 == 0o700
        assert one(server) == "tianping_app"
    shutil.rmtree(server.socket)


def test_a_socket_folder_that_somebody_else_made_is_refused(bare: Path) -> None:
    deep = bare / ("long" * 20) / ("folder" * 10)
    server = started(deep)
    server.socket.mkdir(mode=0o777)
    server.socket.chmod(0o777)
    try:
        with pytest.raises(NotYours), server:
            pass
    finally:
        shutil.rmtree(server.socket)


def test_a_path_with_a_space_and_a_quote(bare: Path) -> None:
    with started(bare / "o'hara's court") as server:
        assert one(server) == "tianping_app"


def test_the_application_has_no_power_over_the_server(base: Path) -> None:
    with started(base) as server:
        with psycopg.connect(server.app_dsn()) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("set session_replication_role = replica")
        for user in ("tianping_owner", "postgres"):
            with pytest.raises(psycopg.OperationalError):
                psycopg.connect(f"host={server.socket} user={user} dbname=postgres")
        with psycopg.connect(server.owner_dsn()) as owner:
            assert owner.execute("select rolsuper from pg_roles where rolname = current_user").fetchone() == (False,)
        assert all(p.stat().st_mode & 0o077 == 0 for p in base.glob("*.secret"))


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can close a folder to the server's own user")
def test_root_in_a_closed_folder_changes_no_folder_but_its_own(bare: Path) -> None:
    closed = bare.parent / "closed"
    closed.mkdir(mode=0o700)
    with started(closed / "pg") as server:
        assert one(server) == "tianping_app"
        assert lodging.SYSTEM in server.socket.parents
        assert closed.stat().st_mode & 0o777 == 0o700
        assert closed.stat().st_uid == 0
        home = server.socket.parent
    with started(closed / "pg") as server:
        assert server.socket.parent == home
    shutil.rmtree(home)


def python_for(env: dict[str, str], identity: dict[str, object]) -> list[str] | None:
    """A Python that an ordinary user can run with our packages: this one, or the system's of the same version."""
    packages = [str(Path(psycopg.__file__).parents[1])]
    for program, path in ((sys.executable, []), ("/usr/bin/python3", packages)):
        env["PYTHONPATH"] = os.pathsep.join([str(ROOT / "src"), *path])
        test = f"import sys; assert sys.version_info[:2] == {sys.version_info[:2]}; import psycopg, tianping"
        try:
            subprocess.run([program, "-c", test], check=True, capture_output=True, env=env, cwd="/", **identity)  # type: ignore[call-overload]
        except (OSError, subprocess.CalledProcessError):
            continue
        return [program]
    return None


@pytest.mark.skipif(os.geteuid() != 0, reason="this run is by an ordinary user: every other test here is the test of that")
def test_an_ordinary_user_and_then_root_who_takes_nothing_from_him(bare: Path) -> None:
    user = pwd.getpwnam("nobody")
    bare.mkdir()
    os.chown(bare, user.pw_uid, user.pw_gid)
    identity: dict[str, object] = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    env = {"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", "LANG": "zh_CN.GB18030", "LC_ALL": "C"}
    python = python_for(env, identity)
    if python is None:
        pytest.skip("an ordinary user cannot enter the folder of this Python")
    done = subprocess.run([*python, "-c", HOLD, str(bare), "0"], check=False, capture_output=True, text=True, env=env, cwd="/", **identity)  # type: ignore[call-overload]
    assert done.returncode == 0, done.stderr
    assert (bare / "pgdata").stat().st_uid == user.pw_uid
    assert not (bare / "pgdata" / "postmaster.pid").exists()
    with pytest.raises(NotYours), started(bare):
        pass
    assert {p.stat().st_uid for p in (bare, bare / "pgdata", bare / "run", bare / "pgdata" / "PG_VERSION")} == {user.pw_uid}


def test_a_pid_of_the_servers_own_user_that_is_no_server(base: Path) -> None:
    """PostgreSQL itself would not start: it asks only whether it may signal that process."""
    with started(base) as server:
        assert server._lodging is not None
        identity = server._lodging.identity()
    stranger = subprocess.Popen(["/bin/sleep", "60"], cwd="/", **identity)
    try:
        for file in (base / "pgdata" / "postmaster.pid", base / "run" / ".s.PGSQL.5432.lock"):
            file.write_text(f"{stranger.pid}\n{base / 'pgdata'}\n")
        with started(base) as server:
            assert one(server) == "tianping_app"
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_process_that_serves_needs_no_secret_and_a_wrong_one_opens_nothing(base: Path) -> None:
    with started(base) as server:
        for user in ("tianping_owner", "postgres"):
            with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
                psycopg.connect(f"host={server.socket} user={user} password=guessed dbname=postgres")
        for secret in base.glob("*.secret"):
            secret.unlink()
        with started(base) as other:
            assert one(other) == "tianping_app"
            with pytest.raises(FileNotFoundError):
                other.owner_dsn()


def test_the_locale_is_the_same_whoever_made_the_database(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "zh_CN.GB18030")
    with started(bare) as server, psycopg.connect(server.app_dsn()) as c:
        found = c.execute("select datlocprovider, datlocale, pg_encoding_to_char(encoding) from pg_database where datname = 'tianping'").fetchone()
        assert found == ("b", "C.UTF-8", "UTF8")
        assert c.execute("show timezone").fetchone() == ("UTC",)


def test_root_leaves_the_folders_above_as_they_are(bare: Path) -> None:
    above = bare.parent / "above"
    above.mkdir(mode=0o751)
    above.chmod(0o751)
    with started(above / "deeper" / "pg") as server:
        assert one(server) == "tianping_app"
    assert (above.stat().st_mode & 0o777, above.stat().st_uid) == (0o751, os.geteuid())
