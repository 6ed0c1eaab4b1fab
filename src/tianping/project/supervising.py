"""监督过程 · One event table judged and written, be it a file or the ledger: the tables, the page, the counts in words."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from tianping.engines.supervise.output import Output
from tianping.engines.supervise.run import Piece, Progress, judged
from tianping.engines.supervise.tally import Tally
from tianping.law.calendar import Calendar
from tianping.law.derivation import Derivation
from tianping.law.statutes import parse_citation
from tianping.law.text import Lang, T
from tianping.procedure.reckoning import Clock
from tianping.procedure.registry import Folder
from tianping.project.words import say, table

JUDGED = T("{events} 个事件，{cases} 件案件，截至 {as_of}", "{events} events, {cases} cases, as of {as_of}")
MORE = T("另有 {n} 项，见报告", "{n} more rows stand in the report")
HEAD_CLOCKS = (T("期限", "clock"), T("状态", "status"), T("件数", "count"))
HEAD_FOUND = (T("规则", "rule"), T("问题", "finding"), T("依据", "article"), T("件数", "count"))
Told = dict[str, list[tuple[Clock, Derivation]]]


@dataclass(frozen=True, slots=True)
class How:
    """How a log is judged and written: the options of the command."""

    form: str
    backend: str
    way: str
    html: bool
    why: tuple[str, ...]
    lang: Lang
    calendar: Calendar | None = None
    """None: the law's own. The ledger is judged by the city's, with the notices that were loaded."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came out: counts, clocks told line by line, and the files."""

    tally: Tally
    told: Told
    files: list[Path]
    later: int
    """Events after the moment: they are not judged."""


def judge_to(output: Path, folder: Folder, log: pa.Table, moment: datetime, source: str, how: How, progress: Progress) -> Done:
    """Judge a log and write its tables (and page) into a folder."""
    tally = Tally()
    with Output(output, how.form) as results:
        for piece in _pieces(how, folder, log, moment, progress):
            tally.add(piece)
            results.write(piece)
    later = pc.sum(pc.greater(log["happened"], pa.scalar(moment, pa.timestamp("us")))).as_py() or 0
    tally.events = len(log) - later
    files = list(results.paths.values())
    if how.html:
        from tianping.project.report import write_report  # noqa: PLC0415 — a run without a page need not load the template engine

        files.append(write_report(tally, moment, folder, source, how.lang, output / "report.html"))
    return Done(tally, _told(folder, log, moment, how), files, later)


def _told(folder: Folder, log: pa.Table, moment: datetime, how: How) -> Told:
    if not how.why:
        return {}
    from tianping.engines.supervise.explaining import explained  # noqa: PLC0415 — few runs ask for it

    return {case: explained(folder, log, case, moment, how.calendar) for case in how.why}


def _pieces(how: How, folder: Folder, log: pa.Table, moment: datetime, told: Progress) -> Iterator[Piece]:
    if how.backend == "arrays":
        return judged(folder, log, moment, cal=how.calendar, progress=told)
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas", FutureWarning)
    from tianping.engines.portable.run import plan  # noqa: PLC0415 — only these backends need the optional extras

    return plan(folder, log, as_of=moment, cal=how.calendar, backend=how.backend, way=how.way).pieces()


def plain(done: Done, as_of: datetime, account: dict[str, int]) -> dict[str, Any]:
    """The outcome as JSON tells it."""
    lines = {case: [{"clock": c.row.code, "status": c.status, "derivation": d.as_list()} for c, d in rows] for case, rows in done.told.items()}
    out = {"as_of": as_of.date().isoformat(), "read": account, **done.tally.as_dict(), "files": [str(f) for f in done.files]}
    return out | ({"explained": lines} if lines else {})


def tell(done: Done, as_of: datetime, lang: Lang) -> None:
    """The outcome in words."""
    summary(done.tally, as_of, lang)
    for case, rows in done.told.items():
        for clock, derivation in rows:
            say(f"\n{case}  {clock.row.limit.words.pick(lang)}  {clock.status}\n{derivation.text(lang)}")
    for file in done.files:
        say(str(file))


def summary(tally: Tally, as_of: date | datetime, lang: Lang, *, most: int | None = None) -> None:
    """How many clocks stand how, and which rules were broken how often, with their articles; ``most``: only so many rules, the most broken first."""
    last = as_of.date() if isinstance(as_of, datetime) else as_of
    say(JUDGED.fill(events=tally.events, cases=tally.cases, as_of=last).pick(lang))
    say()
    counts = tally.as_dict()
    table([t.pick(lang) for t in HEAD_CLOCKS], [[c["clock"], c["status"], str(c["count"])] for c in counts["clocks"]])
    say()
    found = list(_findings(tally, lang))
    shown = found if most is None or len(found) <= most else sorted(found, key=lambda row: -int(row[-1]))[:most]
    table([t.pick(lang) for t in HEAD_FOUND], shown)
    if len(shown) < len(found):
        say(MORE.fill(n=len(found) - len(shown)).pick(lang))


def _findings(tally: Tally, lang: Lang) -> Iterator[list[str]]:
    for _, found in sorted(tally.broken.items()):
        for cited, count in sorted(found.citations.items()):
            yield [found.rule, found.message.pick(lang), parse_citation(cited).text(lang), str(count)]
