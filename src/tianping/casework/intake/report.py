"""导入报告 · Every refused row with its line, reason, article and what to do, as a table that any spreadsheet opens."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from tianping.casework.extracts.cells import defused
from tianping.casework.intake.drafts import Fault

HEAD: Final = ("行 line", "案件 case", "代码 code", "原因", "reason", "依据 article", "怎么办", "what to do")


def write_report(faults: Iterable[Fault], to: Path) -> None:
    """Write the table; it appears under its name when it is whole."""
    to.parent.mkdir(parents=True, exist_ok=True)
    half = to.with_name(to.name + ".part")
    with half.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows(map(line_of, faults))
    half.replace(to)


def line_of(f: Fault) -> list[int | str]:
    """A refused row as a line of the table; what a spreadsheet would take for a formula is defused."""
    return [f.line, *map(defused, (f.case, f.code, f.reason.zh, f.reason.en, f.cites, f.todo.zh, f.todo.en))]
