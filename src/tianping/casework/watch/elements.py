"""监管要素 · Of which element a limit is: incident, case, person or thing. What counts as which stands in the room's ``watch.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from tianping.law.text import T
from tianping.procedure.registry import PACKAGE

OTHER: Final = "CASE"
"""What a procedure is watched as that no room names."""


@dataclass(frozen=True, slots=True)
class Element:
    """要素 · One kind of thing that is watched."""

    code: str
    title: T


@dataclass(frozen=True, slots=True)
class Finding:
    """督办程序 · The procedure of findings, the steps by which one is opened, judged and ordered, and the stages on its way."""

    procedure: str
    open: str
    judge: str
    order: str
    officer: str
    roles: frozenset[str]
    stages: tuple[str, ...]
    closed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Watch:
    """监管口径 · Elements, which runs they are, the procedure of findings, and where points of inspections stand."""

    elements: tuple[Element, ...]
    runs: dict[str, str]
    finding: Finding
    inspection: str
    points: str

    def element(self, procedure: str, track: str) -> str:
        """The element of a run: that of its track, else of its procedure, else a case."""
        return self.runs.get(f"{procedure}.{track}") or self.runs.get(procedure) or OTHER

    def title(self, code: str) -> T:
        """What an element is called."""
        return next(e.title for e in self.elements if e.code == code)


@cache
def watch() -> Watch:
    """What the rooms say of it, read once."""
    data: dict[str, Any] = {}
    for file in sorted((PACKAGE / "institutions").glob("**/watch.toml")):
        data |= tomllib.loads(file.read_text("utf-8"))
    elements = tuple(Element(row["code"], T(row["zh"], row["en"])) for row in data["element"])
    runs = {run: row["code"] for row in data["element"] for run in row["runs"]}
    f = data["finding"]
    finding = Finding(
        f["procedure"], f["open"], f["judge"], f["order"], f["officer"], frozenset(f["roles"]), tuple(f["stages"]), tuple(f["closed"])
    )  # fmt: skip
    return Watch(elements, runs, finding, data["inspection"]["procedure"], data["inspection"]["points"])
