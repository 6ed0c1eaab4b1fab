"""登记表 · The registers that a legal officer recognises, each with its own columns: what of them the cases know, and room for the rest by hand.

What they are stands in ``institutions/**/registers/*.toml``. A column says where it comes from: ``number``, ``title``, ``stage``, ``entity``,
``fact:name``, ``runs:track.name``, ``stages:track``, ``step:code|code`` (when), ``done:``, ``who:``, ``count:``, ``span:from>to`` with ``hours``,
``due:limit``, ``points:rule|stage|who|at`` (of the daily inspection), ``hand`` (to be written).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from tianping.casework.engine.registered import folders
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.procedure.registry import PACKAGE
from tianping.procedure.tables import Tables, compiled

PLAIN: Final = frozenset({"number", "title", "stage", "entity", "hand"})
POINTS: Final = frozenset({"rule", "stage", "who", "at"})


class BadRegister(TianpingError):
    """登记表有误 · A register that speaks of what its procedure does not have."""

    code = "OPS-601"
    what = T("登记表 {file} 有误：{reason}", "The register {file} is wrong: {reason}")
    todo = T("请对照程序定义改正。", "Correct it against the definition.")


class NoSuchRegister(TianpingError):
    """没有此登记表 · No register of this code."""

    code = "OPS-602"
    what = T("没有登记表“{register}”。", "There is no register “{register}”.")
    todo = T("请从登记表目录中选择。", "Choose one of the list.")


@dataclass(frozen=True, slots=True)
class Column:
    """栏目 · Its words, where it comes from, how wide it is, and the hours that a span is told by."""

    title: T
    source: str
    width: float
    hours: tuple[int, ...]

    @property
    def kind(self) -> str:
        """The part before the colon."""
        return self.source.partition(":")[0]

    @property
    def of(self) -> str:
        """The part after it."""
        return self.source.partition(":")[2]

    @property
    def codes(self) -> tuple[str, ...]:
        """The steps that it names."""
        return tuple(self.of.rpartition(">")[2].split("|"))


@dataclass(frozen=True, slots=True)
class Register:
    """登记表 · Of the cases of a procedure, or with ``row`` of the runs of one of its tracks; ``only`` those in which a step was taken."""

    code: str
    title: T
    procedure: str
    point: str
    row: str
    only: str
    columns: tuple[Column, ...]


@cache
def registers() -> dict[str, Register]:
    """Code → register, in the order of their codes. Raises BadRegister."""
    files = sorted((PACKAGE / "institutions").glob("**/registers/*.toml"))
    return {file.stem: _read(file) for file in files}


def register_of(code: str) -> Register:
    """One of them. Raises NoSuchRegister."""
    found = registers().get(code)
    if found is None:
        raise NoSuchRegister(register=code[:40])
    return found


def _read(file: Path) -> Register:
    data: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
    columns = tuple(Column(T(c["zh"], c["en"]), c["from"], c.get("width", 1.0), tuple(c.get("hours", ()))) for c in data["column"])
    made = Register(file.stem, T(data["zh"], data["en"]), data["procedure"], data["point"], data.get("row", ""), data.get("only", ""), columns)
    tables = compiled(folders()[made.procedure].current)
    if wrong := [c.source for c in columns if not _fits(c, tables)] + ([made.only] if made.only and made.only not in tables.by_step else []):
        raise BadRegister(file=file.name, reason=", ".join(wrong))
    return made


def _fits(column: Column, tables: Tables) -> bool:
    """Whether the procedure has what a column speaks of."""
    tracks, limits = {t.name for t in tables.tracks}, {r.code for r in tables.limits}
    if column.kind in PLAIN:
        return not column.of
    if column.kind == "fact":
        return column.of in tables.facts
    if column.kind in ("runs", "stages"):
        track, _, fact = column.of.partition(".")
        return track in tracks and (column.kind == "stages" or fact in tables.facts)
    if column.kind == "due":
        return column.of in limits
    if column.kind == "points":
        return column.of in POINTS
    codes = (*column.codes, *((column.of.partition(">")[0],) if column.kind == "span" else ()))
    return column.kind in ("step", "done", "who", "count", "span") and all(code in tables.by_step for code in codes)
