"""法律命令 · ``tianping law``: the rules register, deadlines with their derivation, and the import of statute texts."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from tianping.law import rules
from tianping.law.calendar import calendar
from tianping.law.corpus import import_corpus
from tianping.law.reckoning import PauseSpan
from tianping.law.text import T
from tianping.project import calculator_commands
from tianping.project.words import date_of, dump, instant, language, moment, say, table
from tianping.project.words import pauses as read_pauses

app = typer.Typer(no_args_is_help=True, help="期限、法规 · deadlines and statutes")
Lang = Annotated[str | None, typer.Option("--lang", help="zh | en")]
Json = Annotated[bool, typer.Option("--json", help="JSON")]

for name, command in calculator_commands.COMMANDS.items():
    app.command(name)(command)

PROVISIONAL = T("（暂定：该年放假安排尚未公布）", " (provisional: the calendar of that year has not been published)")
NOT_FIXED = T("（未定：有扣除期间尚未结束）", " (not fixed: a pause is still open)")
PAUSED = T("扣除期间", "not counted")
DUE = T("届满", "due")


@app.command("rules")
def list_rules(*, lang: Lang = None, as_json: Json = False) -> None:
    """列出全部期限规则 · Lists every rule."""
    chosen = language(lang)
    if as_json:
        dump(
            [{"rule": r.code, "zh": r.title.zh, "en": r.title.en, "length": str(r.period.text), "cites": r.cites.text(chosen)} for r in rules.rules()]
        )
        return
    head = ["rule", T("规则", "what").pick(chosen), T("期间", "length").pick(chosen), T("依据", "article").pick(chosen)]
    table(head, [[r.code, r.title.pick(chosen), r.period.text.pick(chosen), r.cites.text(chosen)] for r in rules.rules()])


@app.command("due")
def due(
    rule: Annotated[str, typer.Argument(help="规则 · a rule, as `tianping law rules` lists it")],
    since: Annotated[str, typer.Option("--from", help="起算日或时刻 · the day (or instant) it is counted from")],
    *,
    pauses: Annotated[list[str] | None, typer.Option("--pause", help="扣除 · START..END, may be repeated")] = None,
    unite: Annotated[bool, typer.Option("--unite", help="重叠的扣除期间只扣一次 · pauses that overlap count once")] = False,
    extended: Annotated[int, typer.Option(help="已延长次数 · how often it was extended")] = 0,
    in_custody: Annotated[bool, typer.Option("--in-custody", help="在押 · the person is held")] = False,
    at: Annotated[str | None, typer.Option("--at", help="截至 · how it stands on that day (or instant)")] = None,
    makeup: Annotated[bool, typer.Option(help="补班日算工作日 · make-up workdays count as working days")] = True,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """计算期限，逐行说明 · Reckons a deadline and says how."""
    chosen, start = language(lang), moment(since)
    spans = read_pauses(pauses, unite=unite)
    last: date
    if isinstance(start, datetime):
        by = rules.due_at(rule, start, pauses=[(instant(a), None if b is None else instant(b)) for a, b in spans], extended=extended)
        told, last, fixed, notes = by.derivation, by.at, by.fixed, [] if by.fixed else [NOT_FIXED]
    else:
        paused = [PauseSpan(date_of(a), None if b is None else date_of(b), PAUSED) for a, b in spans]
        got = rules.due(rule, start, pauses=paused, extended=extended, in_custody=in_custody, calendar=calendar(makeup_counts=makeup))
        told, last, fixed = got.derivation, got.day, got.fixed
        notes = [n for n, true in ((PROVISIONAL, got.provisional), (NOT_FIXED, not got.fixed)) if true]
    stands = standing(last, moment(at), fixed=fixed) if at else None
    shown = last.isoformat(sep=" ", timespec="minutes") if isinstance(last, datetime) else last.isoformat()
    if as_json:
        provisional = PROVISIONAL in notes
        more = {"at": at, "standing_zh": stands.zh, "standing_en": stands.en} if stands else {}
        dump({"rule": rule, "due": shown, "fixed": fixed, "provisional": provisional, **more, "derivation": told.as_list()})
        return
    say(told.text(chosen))
    say(f"{DUE.pick(chosen)}  {shown}" + "".join(n.pick(chosen) for n in notes))
    if stands:
        say(stands.pick(chosen))


def standing(last: date, on: date, *, fixed: bool) -> T:
    """How a period stands on a day or at an instant: how much is left, or by how much it has passed."""
    if not fixed:
        return T("截至 {at}：扣除中，期限未定", "as of {at}: paused, not fixed").fill(at=on)
    if isinstance(last, datetime):
        minutes = int((last - instant(on)).total_seconds()) // 60
        left, size = minutes >= 0, T("{h} 小时 {m} 分", "{h} h {m} min").fill(h=abs(minutes) // 60, m=abs(minutes) % 60)
    else:
        days = (last - date_of(on)).days
        left, size = days >= 0, T("{n} 日", "{n} days").fill(n=abs(days))
    words = T("截至 {at}：还有 {size}", "as of {at}: {size} left") if left else T("截至 {at}：已逾期 {size}", "as of {at}: {size} overdue")
    return words.fill(at=on, size=size)


@app.command("import")
def import_texts(
    folder: Annotated[Path, typer.Argument(help="法规文本文件夹 · the folder of statute texts")],
    to: Annotated[Path, typer.Option(help="写到 · where the corpus is written")] = Path("var/corpus.jsonl"),
    *,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """导入法规文本 · Imports statute texts and reports what is whole, partial or missing."""
    chosen, report = language(lang), import_corpus(folder, to)
    if as_json:
        dump(report.as_dict())
    else:
        say(report.text(chosen))
