"""程序登记 · Finds procedures by path, pins the version by date, and refuses two that claim the same day.

A procedure folder is ``…/procedures/<code>/`` in the installed package, or any folder with a ``procedure.py`` that is named on the command line.
The folder's name is the procedure's code, so asking for one code imports one folder.
"""

from __future__ import annotations

import difflib
import importlib.util
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Final

import tianping
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.procedure.grammar import Procedure
from tianping.procedure.measures import Indicators

PACKAGE: Final = Path(tianping.__file__).parent


class UnknownProcedure(TianpingError):
    """没有此程序 · No procedure of this code or folder."""

    code = "PRO-401"
    what = T("没有代号或文件夹为“{name}”的程序。{near}", "There is no procedure with the code or folder “{name}”. {near}")
    todo = T("用 `tianping procedures list` 查看全部程序。", "`tianping procedures list` shows them all.")


class NoVersionOn(TianpingError):
    """当日无此版本 · No version of the procedure may be opened on the day."""

    code = "PRO-402"
    what = T("程序“{name}”在 {day} 没有可用版本；现有：{versions}", "The procedure “{name}” has no version for {day}; there are: {versions}")
    todo = T("请核对日期，或补写该时期的版本。", "Check the date, or write the version of that time.")


class VersionsOverlap(TianpingError):
    """版本重叠 · Two versions of one code claim the same day."""

    code = "PRO-403"
    what = T("程序“{name}”的两个版本在同一日有效：{versions}", "Two versions of “{name}” are valid on the same day: {versions}")
    todo = T("请改正 valid_from 与 valid_to。", "Correct valid_from and valid_to.")


class BrokenDefinition(TianpingError):
    """定义不能读取 · A procedure file that cannot be imported."""

    code = "PRO-404"
    what = T("程序文件 {file} 不能读取：{reason}", "The procedure file {file} cannot be read: {reason}")
    todo = T("请按提示修改该文件。", "Change the file as the reason says.")


@dataclass(frozen=True, slots=True)
class Folder:
    """程序文件夹 · One procedure folder and its versions, oldest first."""

    path: Path
    versions: tuple[type[Procedure], ...]

    @property
    def code(self) -> str:
        """The code that its versions share."""
        return self.versions[-1].code

    @property
    def current(self) -> type[Procedure]:
        """The newest version."""
        return self.versions[-1]

    def on(self, day: date) -> type[Procedure]:
        """The version that may be opened on a day. Raises NoVersionOn."""
        for version in self.versions:
            if version.valid_from <= day and (version.valid_to is None or day <= version.valid_to):
                return version
        raise NoVersionOn(name=self.code, day=day, versions=", ".join(life(v) for v in self.versions))


def life(version: type[Procedure]) -> str:
    """``2022-01-01…`` or ``2016-07-01…2021-12-31``."""
    return f"{version.valid_from}…{version.valid_to or ''}"


def load_folder(path: Path) -> Folder:
    """The versions in one folder: ``procedure.py`` and ``history/*.py``. Raises UnknownProcedure, BrokenDefinition, VersionsOverlap."""
    if not (path / "procedure.py").is_file():
        raise UnknownProcedure(name=str(path), near="")
    files = [path / "procedure.py", *sorted((path / "history").glob("[!_]*.py"))]
    found = [p for file in files for p in _procedures(_load(file))]
    if not found:
        raise BrokenDefinition(file=path / "procedure.py", reason="没有 Procedure 类 / no Procedure class")
    versions = sorted(found, key=lambda p: p.valid_from)
    for older, newer in pairwise(versions):
        if older.valid_to is None or older.valid_to >= newer.valid_from:
            raise VersionsOverlap(name=newer.code, versions=f"{life(older)}, {life(newer)}")
    return Folder(path, tuple(versions))


def _load(file: Path) -> ModuleType:
    """A file as a module: by its package name inside Tianping, by path under a name of its own elsewhere."""
    inside = file.is_relative_to(PACKAGE)
    name = ".".join(("tianping", *file.relative_to(PACKAGE).with_suffix("").parts)) if inside else f"tianping_folder_{abs(hash(file.resolve()))}"
    try:
        if inside:
            return importlib.import_module(name)  # waits for another thread that is just importing it
        if name in sys.modules:
            return sys.modules[name]
        spec = importlib.util.spec_from_file_location(name, file)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    except (ImportError, SyntaxError, TypeError, NameError, AttributeError, KeyError, RuntimeError, TianpingError) as error:
        sys.modules.pop(name, None)
        raise BrokenDefinition(file=file, reason=_cause(error)) from error
    return module


def _cause(error: BaseException) -> str:
    """What went wrong, without Python 3.11's wrapping of errors in ``__set_name__``."""
    inner = error.__cause__ if isinstance(error, RuntimeError) and error.__cause__ is not None else error
    return f"{type(inner).__name__}: {inner}"


def _procedures(module: ModuleType) -> list[type[Procedure]]:
    return [
        v
        for v in vars(module).values()
        if isinstance(v, type) and issubclass(v, Procedure) and v is not Procedure and v.__module__ == module.__name__ and hasattr(v, "code")
    ]


def folders(roots: Iterable[Path] = ()) -> dict[str, Path]:
    """Code → folder, of the package and of further roots, without importing anything. Raises VersionsOverlap for a code that stands twice."""
    out: dict[str, Path] = {}
    for root in (PACKAGE / "institutions", *roots):
        for file in sorted(root.glob("**/procedures/*/procedure.py")):
            code = file.parent.name
            if code in out:
                raise VersionsOverlap(name=code, versions=f"{out[code]}, {file.parent}")
            out[code] = file.parent
    return out


def discover(roots: Iterable[Path] = ()) -> dict[str, Folder]:
    """Code → its folder with every version imported."""
    return {code: load_folder(path) for code, path in folders(roots).items()}


def find(name: str, roots: Iterable[Path] = ()) -> Folder:
    """The folder of a code, or at a path. Raises UnknownProcedure with the nearest codes."""
    known = folders(roots)
    if name in known:
        return load_folder(known[name])
    if (Path(name) / "procedure.py").is_file():
        return load_folder(Path(name))
    close = difflib.get_close_matches(name, known, n=3)
    raise UnknownProcedure(name=name, near=", ".join(close) + "?" if close else "")


def indicators() -> dict[str, type[Indicators]]:
    """Class name → the indicators of each room (``indicators.py`` beside its ``procedures``). Raises BrokenDefinition, VersionsOverlap."""
    out: dict[str, type[Indicators]] = {}
    for file in sorted((PACKAGE / "institutions").glob("**/indicators.py")):
        module = _load(file)
        for found in vars(module).values():
            if isinstance(found, type) and issubclass(found, Indicators) and found.__module__ == module.__name__:
                if found.__name__ in out:
                    raise VersionsOverlap(name=found.__name__, versions=f"{out[found.__name__].__module__}, {module.__name__}")
                out[found.__name__] = found
    return out
