"""监督命令 · ``tianping supervise``: judges somebody's event log under a procedure and writes clocks, findings and a report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import pyarrow as pa
import pyarrow.compute as pc
import typer

from tianping.engines.events.read import EventLog, read
from tianping.engines.supervise.explaining import explained
from tianping.engines.supervise.output import Output
from tianping.engines.supervise.run import Piece, Progress, judged, moment_of
from tianping.engines.supervise.tally import Tally
from tianping.law.statutes import parse_citation
from tianping.law.text import Lang, T
from tianping.procedure.registry import Folder
from tianping.project.procedure_commands import named
from tianping.project.progress import steps_of
from tianping.project.words import dump, language, moment, say, table

READ = T("读入 {read} 行：{kept} 个事件，略过 {ignored}，另存 {aside}", "read {read} rows: {kept} events, {ignored} ignored, {aside} set aside")
BESIDE = T("；另由案件日期得 {n} 个事件", "; {n} events more from dates beside the cases")
LATER = T("；{n} 个晚于截止日，不计", "; {n} later ones left out")
JUDGED = T("{events} 个事件，{cases} 件案件，截至 {as_of}", "{events} events, {cases} cases, as of {as_of}")
MORE = T("另有 {n} 项，见报告", "{n} more rows stand in the report")
READING, JUDGING = T("读入", "reading"), T("裁断", "judging")
HEAD_CLOCKS = (T("期限", "clock"), T("状态", "status"), T("件数", "count"))
HEAD_FOUND = (T("规则", "rule"), T("问题", "finding"), T("依据", "article"), T("件数", "count"))


def supervise(
    log: Annotated[Path, typer.Argument(help="日志 · CSV(.gz), XES(.gz), OCEL 2.0 JSON, Parquet")],
    *,
    procedure: Annotated[str, typer.Option("--procedure", "-p", help="代码或文件夹 · a code or a folder")],
    mapping: Annotated[Path | None, typer.Option(help="字段对照 · which column is what; default: mapping.toml of the procedure folder")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="截止日 · default: the log's last date")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="结果文件夹 · where the tables are written")] = Path("var/supervise"),
    bad: Annotated[str, typer.Option(help="坏行 · stop | aside")] = "stop",
    html: Annotated[bool, typer.Option(help="网页报告 · write report.html")] = True,
    form: Annotated[str, typer.Option("--format", help="parquet | csv")] = "parquet",
    backend: Annotated[str, typer.Option(help="后端 · arrays | duckdb | spark")] = "arrays",
    way: Annotated[str, typer.Option(help="后端的计算方式 · auto | expressions | partitions, for duckdb and spark")] = "auto",
    why: Annotated[list[str] | None, typer.Option("--explain", help="逐行说明某案的各个期限 · tells the clocks of a case line by line")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
) -> None:
    """监督一份日志 · Judges a log under a procedure."""
    chosen, folder = language(lang), named(procedure)
    until = moment(as_of) if as_of else None
    default = folder.path / "mapping.toml"
    used = mapping or (default if default.is_file() else None)
    with steps_of(READING.pick(chosen), JUDGING.pick(chosen)) as (reading, judging), Output(output, form) as results:
        found = read(log, procedure=folder, mapping=used, bad=bad, aside=output / "set_aside.csv", progress=reading)
        as_of_moment = moment_of(found.table, until)
        tally = Tally()
        for piece in _judged(backend, way, folder, found.table, as_of_moment, judging):
            tally.add(piece)
            results.write(piece)
        later = pc.sum(pc.greater(found.table["happened"], pa.scalar(as_of_moment, pa.timestamp("us")))).as_py() or 0
        tally.events = len(found.table) - later
        told = {case: explained(folder, found.table, case, as_of_moment) for case in why or ()}
    files = list(results.paths.values())
    if html:
        from tianping.project.report import write_report  # noqa: PLC0415 — a run without a page need not load the template engine

        files.append(write_report(tally, as_of_moment, folder, log.name, chosen, output / "report.html"))
    if found.aside:
        files.append(output / "set_aside.csv")
    if as_json:
        lines = {case: [{"clock": c.row.code, "status": c.status, "derivation": d.as_list()} for c, d in rows] for case, rows in told.items()}
        dump(_plain(found, tally, as_of_moment, files) | ({"explained": lines} if lines else {}))
        return
    kept = found.rows - found.ignored - found.aside
    more = [(BESIDE, len(found.table) - kept), (LATER, later)]
    account = READ.fill(read=found.rows, kept=kept, ignored=found.ignored, aside=found.aside).pick(chosen)
    say(account + "".join(words.fill(n=n).pick(chosen) for words, n in more if n))
    summary(tally, as_of_moment, chosen)
    for case, rows in told.items():
        for clock, derivation in rows:
            say(f"\n{case}  {clock.row.limit.words.pick(chosen)}  {clock.status}\n{derivation.text(chosen)}")
    for file in files:
        say(str(file))


def _judged(backend: str, way: str, folder: Folder, log: pa.Table, moment: datetime, told: Progress) -> Iterator[Piece]:
    if backend == "arrays":
        return judged(folder, log, moment, progress=told)
    from tianping.engines.portable.run import plan  # noqa: PLC0415 — only these backends need the optional extras

    return plan(folder, log, as_of=moment, backend=backend, way=way).pieces()


def _plain(found: EventLog, tally: Tally, as_of: datetime, files: list[Path]) -> dict[str, Any]:
    account = {"rows": found.rows, "events": len(found.table), "ignored": found.ignored, "aside": found.aside}
    account |= {"later": len(found.table) - tally.events}
    return {"as_of": as_of.date().isoformat(), "read": account, **tally.as_dict(), "files": [str(f) for f in files]}


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
