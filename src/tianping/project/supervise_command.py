"""监督命令 · ``tianping supervise LOG``: was every act lawful and in time; tables of clocks and findings for whoever wants to look closer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pv
import pyarrow.parquet as pq
import typer

from tianping.engines.events.read import read
from tianping.engines.supervise.run import Report
from tianping.engines.supervise.run import supervise as judge
from tianping.law.statutes import parse_citation
from tianping.law.text import Lang, T
from tianping.procedure.registry import find
from tianping.project.words import language, moment, say, table

READ = T("读入 {read} 行：{kept} 个事件，略过 {ignored}，另存 {aside}", "read {read} rows: {kept} events, {ignored} ignored, {aside} set aside")
JUDGED = T("{events} 个事件，{cases} 件案件，截至 {as_of}", "{events} events, {cases} cases, as of {as_of}")


_WHEN = pa.timestamp("us")


def supervise(
    log: Annotated[Path, typer.Argument(help="日志 · CSV, CSV.gz, Parquet …")],
    *,
    procedure: Annotated[str, typer.Option("--procedure", "-p", help="代码或文件夹 · a code or a folder")],
    mapping: Annotated[Path | None, typer.Option(help="字段对照 · which column is what; default: mapping.toml of the procedure folder")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="截止日 · default: the log's last date")] = None,
    output: Annotated[Path, typer.Option("--output", "-o", help="结果文件夹 · where the tables are written")] = Path("var/supervise"),
    bad: Annotated[str, typer.Option(help="坏行 · stop | aside")] = "stop",
    html: Annotated[bool, typer.Option(help="网页报告 · write report.html")] = True,
    form: Annotated[str, typer.Option("--format", help="parquet | csv")] = "parquet",
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """监督一份日志 · Judges a log under a procedure."""
    chosen, folder = language(lang), find(procedure)
    until = moment(as_of) if as_of else None
    default = folder.path / "mapping.toml"
    used = mapping or (default if default.is_file() else None)
    found = read(log, procedure=folder, mapping=used, bad=bad, aside=output / "set_aside.csv")
    say(READ.fill(read=found.rows, kept=len(found.table), ignored=found.ignored, aside=found.aside).pick(chosen))
    report = judge(folder, found.table, as_of=until)
    summary(report, chosen)
    output.mkdir(parents=True, exist_ok=True)
    for name, result in (("clocks", report.clocks), ("findings", report.findings)):
        write(result, output / f"{name}.{form}", form)
        say(str(output / f"{name}.{form}"))
    if html:
        from tianping.project.report import write_report  # noqa: PLC0415 — a run without a page need not load the template engine

        write_report(report, folder, log.name, chosen, output / "report.html")
        say(str(output / "report.html"))


def write(result: pa.Table, to: Path, form: str) -> None:
    """A table as Parquet or CSV."""
    if form == "csv":
        pv.write_csv(pa.table([_plain(result[n]) for n in result.column_names], names=result.column_names), to)
    else:
        pq.write_table(result, to)


def _plain(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        return column.cast(pa.string())
    if not pa.types.is_timestamp(column.type):
        return column
    midnight = pc.all(pc.equal(column, column.cast(pa.date32()).cast(_WHEN)))
    return column.cast(pa.date32()) if midnight.as_py() else column


def summary(report: Report, lang: Lang) -> None:
    """How many clocks stand how, and which rules were broken how often, with their articles."""
    say(JUDGED.fill(events=report.events, cases=report.cases, as_of=report.as_of.date()).pick(lang))
    say()
    counted = T("件数", "count")
    head = [t.pick(lang) for t in (T("期限", "clock"), T("状态", "status"), counted)]
    table(head, _counted(report.clocks, ["clock", "status"]))
    say()
    words = "message_zh" if lang == "zh" else "message_en"
    head = [t.pick(lang) for t in (T("规则", "rule"), T("问题", "finding"), T("依据", "article"), counted)]
    found = _counted(report.findings, ["rule", words, "citation"])
    table(head, [[rule, what, parse_citation(cited).text(lang), n] for rule, what, cited, n in found])


def _counted(results: pa.Table, by: list[str]) -> list[list[str]]:
    counts = results.select(by).group_by(by).aggregate([([], "count_all")])
    rows = sorted(counts.to_pylist(), key=lambda r: (str(r[by[0]]), -r["count_all"]))
    return [[*(str(r[b]) for b in by), str(r["count_all"])] for r in rows]
