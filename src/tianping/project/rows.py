"""报道对照 · The forty-two systems of the report, each with its rooms, procedures, states, actors, limits, figures and the test that checks it.

One file a row, ``institutions/rows/NN_….toml``, written by those who build the room. ``docs/MAP.md`` is made from them, and a test holds them against
the definitions: a state, actor or limit that no definition has is a defect.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import tianping
from tianping.law.text import T
from tianping.procedure.grammar import Procedure, Stage
from tianping.procedure.registry import PACKAGE, find, indicators
from tianping.procedure.tables import compiled

ROWS: Final = Path(tianping.__file__).parent / "institutions" / "rows"
COUNT: Final = 42
HEAD: Final = (
    "| 行 · row | 系统 · system | 报道原文 · words of the report | 房间 · rooms | 程序 · procedures | 指标 · figures | 检验 · tests |\n"
    "|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True, slots=True)
class Row:
    """一行 · One system of the report. ``states``, ``actors``, ``limits``: (words, code), the code empty where ``why`` tells who holds it."""

    number: int
    title: T
    report: str
    rooms: tuple[str, ...]
    procedures: tuple[str, ...]
    states: tuple[tuple[str, str], ...]
    actors: tuple[tuple[str, str], ...]
    limits: tuple[tuple[str, str], ...]
    figures: tuple[tuple[str, str], ...]
    checks: tuple[tuple[str, str], ...]


@cache
def rows() -> tuple[Row, ...]:
    """Every row that is written, by number."""
    return tuple(sorted((_read(path) for path in ROWS.glob("*.toml")), key=lambda r: r.number))


def _read(path: Path) -> Row:
    data = tomllib.loads(path.read_text("utf-8"))
    listed = (("state", "stage"), ("actor", "role"), ("limit", "limit"), ("indicator", "code"), ("check", "test"))
    found = tuple(_pairs(data.get(name, []), key) for name, key in listed)
    return Row(data["row"], T(data["zh"], data["en"]), data["report"], tuple(data["rooms"]), tuple(data["procedures"]), *found)


def _pairs(listed: list[dict[str, Any]], key: str) -> tuple[tuple[str, str], ...]:
    """(words, code) of each; ``why`` in the place of a code says why there is none."""
    for one in listed:
        assert key in one or "why" in one, one
    return tuple((one["zh"], one.get(key, "")) for one in listed)


def faults(row: Row, root: Path) -> Iterator[str]:
    """What a row names and the house does not have."""
    for room in row.rooms:
        if not (PACKAGE / "institutions" / room / "README.md").is_file():
            yield f"room {room}"
    versions = [version for code in row.procedures for version in find(code).versions]
    stages, roles, limits = (set[str]() for _ in range(3))
    for version in versions:
        s, r, m = _held(version)
        stages, roles, limits = stages | s, roles | r, limits | m
    for kind, wanted, held in (("stage", row.states, stages), ("role", row.actors, roles), ("limit", row.limits, limits)):
        yield from (f"{kind} {code} ({words})" for words, code in wanted if code and code not in held)
    figures = {i.code for room in indicators().values() for i in room.listed()}
    yield from (f"indicator {code}" for _, code in row.figures if code and code not in figures)
    for _, test in row.checks:
        path, _, name = test.partition("::")
        if not (root / path).is_file() or (name and f"def {name}(" not in (root / path).read_text("utf-8")):
            yield f"test {test}"


def _held(version: type[Procedure]) -> tuple[set[str], set[str], set[str]]:
    tables = compiled(version)
    stages = {s.code for track in tables.tracks for s in track.track.of(Stage)}
    roles = {r.name for row in tables.steps for signers in row.step.by.sets() for r in signers}
    return stages, roles, {row.code for row in tables.limits}


def map_page() -> str:
    """Report sentence → room → procedures → figures → tests, as a table."""
    lines = [_line(row) for row in rows()]
    head = "# 报道与系统对照 · The report and what stands for it\n\n"
    return head + f"{len(lines)} / {COUNT}\n\n{HEAD}\n" + "\n".join(lines) + "\n"


def _line(row: Row) -> str:
    rooms = "<br>".join(f"[{r}](../src/tianping/institutions/{r}/README.md)" for r in row.rooms)
    procedures = "<br>".join(f"[{p}](procedures/{p}.md)" for p in row.procedures)
    figures = "<br>".join(f"{words} `{code}`" for words, code in row.figures)
    checks = "<br>".join(f"{words} `{test}`" for words, test in row.checks)
    return f"| {row.number} | {row.title.zh} · {row.title.en} | {row.report} | {rooms} | {procedures} | {figures} | {checks} |"
