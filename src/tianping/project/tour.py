"""导览 · ``tianping tour``: the worked cases, then a generated log judged whole, with one late clock explained line by line."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from tianping.engines.generate import Generator
from tianping.engines.supervise.encoding import rows_of_events
from tianping.engines.supervise.run import Piece, supervise
from tianping.engines.supervise.tally import Tally
from tianping.law.calendar import calendar
from tianping.law.text import Lang, T
from tianping.procedure.events import effective
from tianping.procedure.explain import explain
from tianping.procedure.registry import Folder
from tianping.procedure.supervision import supervise_cases
from tianping.procedure.tables import compiled
from tianping.project.known import known
from tianping.project.procedure_commands import try_examples
from tianping.project.report import write_report
from tianping.project.supervising import summary
from tianping.project.words import language, say

CASES = 2000
WORKED = T("一、例案：法律人写的案件，逐件核对", "1. Worked cases, as a lawyer writes them")
JUDGED = T("二、监督：按“{title}”随机生成 {n} 件案件并全部裁断（数据是编造的）", "2. Supervise: {n} random cases of “{title}”, made up, all judged")
MADE_UP = T("编造的数据", "made-up data")
WHY = T("三、为什么逾期：{case} 号案件", "3. Why it was late: case {case}")


def tour(*, lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None) -> None:
    """导览 · Shows the engines at work, with nothing but what stands in this folder."""
    chosen = language(lang)
    say(WORKED.pick(chosen))
    everything = known()
    if sum(try_examples(folder, chosen == "zh") for folder in everything):
        raise typer.Exit(1)
    _judge(max(everything, key=lambda f: len(compiled(f.current).limits)), chosen)


def _judge(folder: Folder, lang: Lang) -> None:
    tables = compiled(folder.current)
    logs = Generator(tables, 1, start=folder.current.valid_from).cases(CASES)
    say()
    say(JUDGED.fill(title=folder.current.title, n=CASES).pick(lang))
    report = supervise(folder, rows_of_events(logs, tables))
    tally = Tally().add(Piece(report.clocks.to_batches(), report.findings.to_batches(), report.events, report.cases))
    summary(tally, report.as_of, lang, most=15)
    page = Path("var/tour/report.html")
    page.parent.mkdir(parents=True, exist_ok=True)
    say(str(write_report(tally, report.as_of, folder, MADE_UP.pick(lang), lang, page)))
    for case, log in logs.items():
        events = effective(log)
        judged = supervise_cases(tables, {case: events}, report.as_of, calendar())[case]
        late = [c for c in judged.clocks if c.status == "met_late"]
        if late:
            say()
            say(WHY.fill(case=case).pick(lang))
            say(explain(tables, events, late[0], report.as_of, calendar()).text(lang))
            return
