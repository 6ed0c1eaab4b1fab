"""批量写入 · ``steps_import`` beside COPY of the same finished tables: what the guard, the clocks and the chain cost on top of writing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

import psycopg

from benchmarks.city import TABLES, Walk, city, criminal_walks, emptied, six_step_walks
from benchmarks.measure import Aim, Contender, Outcome, race
from tianping.law.text import T

STEPS: Final = T("步", "steps")
OF_COPY: Final = T("与 COPY 成品表（CSV）之比", "of COPY of the finished tables, as CSV")
A_SECOND: Final = T("每秒步数", "steps a second")
AT: Final = datetime(2026, 11, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
CASES: Final = 20_000
ROUNDS: Final = 5
SHARE: Final = 0.55
LEAST: Final = 40_000

Rows = list[tuple[str, list[bytes]]]


def run() -> list[Outcome]:
    """Cases of six steps; and criminal cases with three suspects."""
    with city() as superuser:
        six = _race(superuser, six_step_walks(CASES), T("整案写入，每案六步", "whole cases of six steps"))
        criminal = _race(superuser, criminal_walks(CASES // 2), T("整案写入，三名嫌疑人的刑事案件", "criminal cases with three suspects"))
        emptied(superuser)
    return [six, criminal]


def _race(superuser: str, walks: list[Walk], title: T) -> Outcome:
    from tianping.casework.engine.importing import steps_import  # noqa: PLC0415 — needs Django set up

    def ours() -> int:
        return steps_import(cases=cases, recorder="import", at=AT).steps

    def clear() -> None:
        emptied(superuser)

    cases = [walk.case(f"{n}") for n, walk in enumerate(walks)]
    clear()
    steps = ours()
    text, binary = (finished(superuser, form) for form in ("csv", "binary"))
    contenders = [Contender("steps_import", "ours", ours, clear)]
    for name, rows in (("COPY, csv", text), ("COPY, binary", binary)):
        contenders.append(Contender(name, "limit", copying(superuser, name.split()[1], rows), clear))
    figures = race(contenders, steps, rounds=ROUNDS)
    aims = [Aim(OF_COPY, figures[0].rate / figures[1].rate, SHARE), Aim(A_SECOND, figures[0].rate, LEAST)]
    wide = sum(len(piece) for _, pieces in text for piece in pieces)
    note = T(
        "成品表 {m} MB（CSV，指标即以此形式测得）；同一条目、同一事务、fsync=on；二进制 COPY 并列",
        "finished tables of {m} MB as CSV, the form that the bar was set with; the same rows, one transaction, fsync=on; binary COPY beside it",
    )
    return Outcome(title, STEPS, steps, figures, aims, [note.fill(m=f"{wide / 1e6:.0f}")])


def finished(superuser: str, form: str) -> Rows:
    """The rows that ours has written, to be written again as they are."""
    out = []
    with psycopg.connect(superuser) as c:
        for name in TABLES.split():
            with c.cursor() as cursor, cursor.copy(f"copy casework_{name} to stdout (format {form})") as copy:
                pieces = [bytes(piece) for piece in copy]
            joined = b"".join(pieces)
            out.append((name, [joined[n : n + (1 << 17)] for n in range(0, len(joined), 1 << 17)]))
    return out


def copying(superuser: str, form: str, rows: Rows) -> Callable[[], object]:
    def write() -> None:
        with psycopg.connect(superuser) as c:
            for name, pieces in rows:
                with c.cursor() as cursor, cursor.copy(f"copy casework_{name} from stdin (format {form})") as copy:
                    for piece in pieces:
                        copy.write(piece)

    return write
