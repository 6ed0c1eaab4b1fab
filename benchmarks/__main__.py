"""运行基准 · ``python -m benchmarks [subject …] [--lang zh|en]``: prints every table and writes it to ``var/bench/<subject>.json``."""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, Final

import numpy as np
import pyarrow as pa

from benchmarks import agreement, board, bridge, criminal, deadlines, fines, imports, lists, mixed, pages, portable, single, steps, whole
from benchmarks.data import OUT
from benchmarks.measure import Absent, Outcome
from tianping.law.text import Lang, T

SUBJECTS: Final[dict[str, Callable[[], list[Outcome]]]] = {
    "deadlines": deadlines.run,
    "single": single.run,
    "agreement": agreement.run,
    "fines": fines.run,
    "criminal": criminal.run,
    "portable": portable.run,
    "bridge": bridge.run,
    "whole": whole.run,
    "steps": steps.run,
    "imports": imports.run,
    "mixed": mixed.run,
    "lists": lists.run,
    "lists_quick": lists.quick,
    "board": board.run,
    "pages": pages.run,
}
PARTS: Final = {"ours": T("天平", "ours"), "peer": T("同类", "peer"), "limit": T("极限", "limit")}
HEAD: Final = T("做法|角色|中位秒数|最快|最慢|每秒|天平为其", "contender|part|median s|least|most|per second|ours is")
SKIPPED: Final = T("跳过 {name}：{reason}", "skipped {name}: {reason}")
MET: Final = T("达到", "met")
MISSED: Final = T("未达到", "MISSED")


def main() -> None:
    """Run the named subjects, or all of them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar="subject", help=", ".join(SUBJECTS))
    parser.add_argument("--lang", choices=["zh", "en"], default="en")
    given = parser.parse_args()
    strange = [name for name in given.subjects if name not in SUBJECTS]
    if strange:
        parser.error(f"{', '.join(strange)}? {', '.join(SUBJECTS)}")
    OUT.mkdir(parents=True, exist_ok=True)
    for name in given.subjects or SUBJECTS:
        try:
            outcomes = SUBJECTS[name]()
        except Absent as absent:
            print(SKIPPED.fill(name=name, reason=absent.reason).pick(given.lang))
            continue
        for outcome in outcomes:
            show(outcome, given.lang)
        (OUT / f"{name}.json").write_text(json.dumps(record(outcomes), ensure_ascii=False, indent=1), encoding="utf-8")


def record(outcomes: list[Outcome]) -> dict[str, Any]:
    """The tables, and the machine that they were measured on."""
    machine: dict[str, Any] = {"cores": os.cpu_count(), "machine": platform.machine(), "python": platform.python_version()}
    machine |= {"numpy": np.__version__, "pyarrow": pa.__version__, "load": os.getloadavg()}
    return {"machine": machine, "outcomes": [asdict(o) | {"aims": [asdict(a) | {"holds": a.holds} for a in o.aims]} for o in outcomes]}


def show(outcome: Outcome, lang: Lang) -> None:
    """One table in words: figures, the ratio of our speed to each contender's, aims and notes."""
    print(f"\n{outcome.title.pick(lang)} — {outcome.count:,} {outcome.unit.pick(lang)}")
    ours = next((f for f in outcome.figures if f.part == "ours"), None)
    rows = [HEAD.pick(lang).split("|")] if outcome.figures else []
    for f in outcome.figures:
        times = [f"{t:.4g}" for t in (f.seconds, f.least, f.most)]
        rows.append([f.name, PARTS[f.part].pick(lang), *times, f"{f.rate:,.0f}", f"{f.seconds and f.seconds / ours.seconds:.2f}x" if ours else ""])
    widths = [max(map(wide, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        print("  " + "  ".join(cell + " " * (width - wide(cell)) for cell, width in zip(row, widths, strict=True)).rstrip())
    for aim in outcome.aims:
        sign = "<=" if aim.at_most else ">="
        print(f"  {(MET if aim.holds else MISSED).pick(lang)}: {aim.what.pick(lang)} {aim.value:,.4g} ({sign} {aim.bound:,.4g})")
    for note in outcome.notes:
        print(f"  · {note.pick(lang)}")


def wide(text: str) -> int:
    """The columns that a text takes on a screen: a Chinese character takes two."""
    return sum(2 if "\u2e80" <= c <= "\uffef" else 1 for c in text)


if __name__ == "__main__":
    main()
