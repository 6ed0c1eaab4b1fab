"""监督命令 · ``tianping supervise``: judges somebody's event log, or the own ledger, under a procedure and writes clocks, findings and a report."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from tianping.engines.events.read import read
from tianping.engines.supervise.errors import NoSuchCase
from tianping.engines.supervise.run import moment_of
from tianping.law.errors import TianpingError
from tianping.law.text import T
from tianping.procedure.events import end_of
from tianping.project.known import named
from tianping.project.progress import steps_of
from tianping.project.starting import without_pandas
from tianping.project.supervising import How, judge_to, plain, tell
from tianping.project.words import dump, language, moment, say

READ = T("读入 {read} 行：{kept} 个事件，略过 {ignored}，另存 {aside}", "read {read} rows: {kept} events, {ignored} ignored, {aside} set aside")
BESIDE = T("；另由案件日期得 {n} 个事件", "; {n} events more from dates beside the cases")
LATER = T("；{n} 个晚于截止日，不计", "; {n} later ones left out")
READING, JUDGING = T("读入", "reading"), T("裁断", "judging")
LEDGER = T("台账", "ledger")
EMPTY = T("台账里没有事件。", "The ledger holds no event.")


class OneOfTwo(TianpingError):
    """来源不明 · Neither a log nor the ledger is named, or both are; or a log without its procedure."""

    code = "CLI-301"
    what = T("请写明监督哪一份日志及其程序，或者写 --ledger 监督本系统的台账。", "Name a log and its procedure, or --ledger for the own ledger.")
    todo = T(
        "例：tianping supervise 日志.csv -p 程序；tianping supervise --ledger。",
        "tianping supervise LOG.csv -p CODE, or tianping supervise --ledger.",
    )


def supervise(
    log: Annotated[Path | None, typer.Argument(help="日志 · CSV(.gz), XES(.gz), OCEL 2.0 JSON, Parquet")] = None,
    *,
    ledger: Annotated[bool, typer.Option("--ledger", help="本系统的台账 · the own ledger")] = False,
    procedure: Annotated[
        str | None, typer.Option("--procedure", "-p", help="代码或文件夹 · a code or a folder; of the ledger: by default all")
    ] = None,
    mapping: Annotated[Path | None, typer.Option(help="字段对照 · which column is what; default: mapping.toml of the procedure folder")] = None,
    as_of: Annotated[str | None, typer.Option("--as-of", help="截止日 · default: the log's last date; of the ledger: now")] = None,
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
    """监督一份日志或者台账 · Judges a log, or the own ledger, under a procedure."""
    chosen = language(lang)
    until = moment(as_of) if as_of else None
    how = How(form, backend, way, html, tuple(why or ()), chosen)
    if ledger == (log is not None) or (log is not None and procedure is None):
        raise OneOfTwo
    if log is None:
        _ledger(procedure, until, output, how, as_json=as_json)
    else:
        assert procedure is not None
        _file(log, procedure, mapping, until, output, bad, how, as_json=as_json)


def _file(log: Path, procedure: str, mapping: Path | None, until: date | datetime | None, output: Path, bad: str, how: How, *, as_json: bool) -> None:
    if how.backend == "arrays":
        without_pandas()
    folder = named(procedure)
    default = folder.path / "mapping.toml"
    used = mapping or (default if default.is_file() else None)
    with steps_of(READING.pick(how.lang), JUDGING.pick(how.lang)) as (reading, judging):
        found = read(log, procedure=folder, mapping=used, bad=bad, aside=output / "set_aside.csv", progress=reading)
        as_of = moment_of(found.table, until)
        done = judge_to(output, folder, found.table, as_of, log.name, how, judging)
    if found.aside:
        done.files.append(output / "set_aside.csv")
    if as_json:
        account = {"rows": found.rows, "events": len(found.table), "ignored": found.ignored, "aside": found.aside, "later": done.later}
        dump(plain(done, as_of, account))
        return
    kept = found.rows - found.ignored - found.aside
    more = [(BESIDE, len(found.table) - kept), (LATER, done.later)]
    line = READ.fill(read=found.rows, kept=kept, ignored=found.ignored, aside=found.aside).pick(how.lang)
    say(line + "".join(words.fill(n=n).pick(how.lang) for words, n in more if n))
    tell(done, as_of, how.lang)


def _ledger(procedure: str | None, until: date | datetime | None, output: Path, how: How, *, as_json: bool) -> None:
    """Each version of each procedure under a folder of its own. What runs is judged as of now; in a replayed city, as of its last entry."""
    from tianping.project.running import database  # noqa: PLC0415 — a log needs no server

    told: dict[str, Any] = {}
    asked = set(how.why)
    with database():
        from tianping.casework.bridge.log import last_recorded, ledger_logs  # noqa: PLC0415 — after Django is set up
        from tianping.casework.engine.days import in_use  # noqa: PLC0415
        from tianping.casework.replay.mark import is_replay  # noqa: PLC0415

        how = replace(how, calendar=in_use())
        now = datetime.now(tz=ZoneInfo("Asia/Shanghai")).replace(tzinfo=None)
        as_of = end_of(until) if until is not None else (last_recorded() or now) if is_replay() else now
        for found in ledger_logs(procedure):
            own = asked & set(found.table["case_id"].unique().to_pylist()) if asked else set()
            asked -= own
            with steps_of(f"{found.code} {found.version}") as (judging,):
                place = output / found.code / found.version.isoformat()
                done = judge_to(place, found.folder, found.table, as_of, LEDGER.pick(how.lang), replace(how, why=tuple(sorted(own))), judging)
            told[f"{found.code}/{found.version}"] = plain(done, as_of, {"events": len(found.table), "later": done.later}) if as_json else None
            if not as_json:
                say(f"\n{found.folder.current.title.pick(how.lang)}  {found.version}")
                tell(done, as_of, how.lang)
    if asked:
        raise NoSuchCase(case=min(asked))
    if as_json:
        dump(told)
    elif not told:
        say(EMPTY.pick(how.lang))
