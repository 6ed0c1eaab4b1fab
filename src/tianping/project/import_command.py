"""导入命令 · ``tianping import FILE``: cases from CSV, a workbook or JSON Lines, with a mapping; tried first, reported row by row."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, cast

import typer

from tianping.law.errors import TianpingError
from tianping.law.text import Lang, T
from tianping.project.known import named
from tianping.project.progress import steps_of
from tianping.project.running import database
from tianping.project.words import dump, language, one_of, say

if TYPE_CHECKING:
    from tianping.casework.intake.run import Done

READING, JUDGING = T("读入", "reading"), T("核准与写入", "judging and writing")
WOULD = T(
    "试导入，没有写入任何内容：读 {rows} 行，可写入 {cases} 件案件、{events} 个事件，{known} 件此前已导入，{bad} 处被拒",
    "Tried, nothing written: {rows} rows read, {cases} cases with {events} events would be written, {known} were imported before, {bad} refused",
)
DID = T(
    "读 {rows} 行，写入 {cases} 件案件、{events} 个事件，{known} 件此前已导入，{bad} 处被拒",
    "{rows} rows read, {cases} cases with {events} events written, {known} were imported before, {bad} refused",
)
ONE = T("第 {line} 行 {case}：{reason}", "line {line} {case}: {reason}")
REST = T("被拒的行及其原因、依据见 {path}", "every refused row with its reason and article: {path}")
CHOICE = T("坏行处理方式", "way to treat bad rows")
BEGUN = T("已写入 {path}：改好列名后用 --mapping 交来", "{path} is written: put your columns in and hand it in with --mapping")
SHOWN = 5


class MappingThere(TianpingError):
    """对照已在 · A mapping to begin from would be written over a file."""

    code = "CLI-303"
    what = T("{path} 已经存在，没有覆盖。", "{path} is there already and was not written over.")
    todo = T("请换一个文件名。", "Give another name.")


def import_(
    file: Annotated[Path, typer.Argument(help="文件 · .csv, .xlsx, .jsonl; with --template the mapping to be written", dir_okay=False)],
    *,
    procedure: Annotated[str, typer.Option("--procedure", "-p", help="程序代码 · the procedure's code")],
    mapping: Annotated[Path | None, typer.Option(help="导入对照 · the mapping; without one, columns are named as the facts")] = None,
    organisation: Annotated[str, typer.Option(help="机构代号，未写机构的行用它 · the institution of rows that name none")] = "",
    template: Annotated[
        bool, typer.Option("--template", help="把对照模板写入文件，不导入 · writes a mapping to begin from, imports nothing")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只试不写 · tries it and writes nothing")] = False,
    bad: Annotated[str, typer.Option(help="坏行 · stop: write nothing | aside: write the others")] = "stop",
    user: Annotated[str | None, typer.Option("--as", help="导入人账号 · the account that imports; default: the operator")] = None,
    report: Annotated[Path | None, typer.Option(help="被拒行报告 · the report; default: beside the file")] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
) -> None:
    """导入案件 · Imports cases; every act is judged by its procedure as if it were taken now."""
    chosen = language(lang)
    if template:
        _begun(file, procedure, chosen)
        return
    way = cast(Literal["stop", "aside"], one_of(bad, ("stop", "aside"), CHOICE))
    told = report or file.with_name(file.name + ".refused.csv")
    with database(), steps_of(READING.pick(chosen), JUDGING.pick(chosen)) as (reading, judging):
        from tianping.casework.extracts.errors import NoSuchUser  # noqa: PLC0415 — after Django is set up
        from tianping.casework.intake.run import Asked, import_file  # noqa: PLC0415
        from tianping.casework.models import Account  # noqa: PLC0415

        account = None if user is None else Account.objects.filter(username=user, is_active=True).first()
        if user is not None and account is None:
            raise NoSuchUser(name=user)
        asked = Asked(file, procedure, told, mapping, organisation, account, dry_run, way)
        done = import_file(asked, at=datetime.now(tz=UTC), reading=reading, judging=judging)
    if as_json:
        counts = {"rows": done.rows, "cases": done.cases, "events": done.events, "known": done.known, "refused": len(done.faults)}
        dump({**counts, "written": done.written, "report": str(told) if done.faults else None})
    else:
        _said(done, told, chosen)


def _begun(file: Path, procedure: str, lang: Lang) -> None:
    """A mapping to begin from. Raises MappingThere, for what somebody has filled in is not written over."""
    from tianping.casework.intake.template import mapping_template  # noqa: PLC0415 — only where it is asked for

    written = mapping_template(named(procedure))
    try:
        with file.open("x", encoding="utf-8") as out:
            out.write(written)
    except FileExistsError:
        raise MappingThere(path=file) from None
    say(BEGUN.fill(path=file).pick(lang))


def _said(done: Done, report: Path, lang: Lang) -> None:
    words = DID if done.written else WOULD
    say(words.fill(rows=done.rows, cases=done.cases, events=done.events, known=done.known, bad=len(done.faults)).pick(lang))
    for fault in done.faults[:SHOWN]:
        say("  " + ONE.fill(line=fault.line, case=fault.case, reason=fault.reason).pick(lang))
    if done.faults:
        say(REST.fill(path=report).pick(lang))
