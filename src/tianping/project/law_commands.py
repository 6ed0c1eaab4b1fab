"""法律命令 · ``tianping law``: the rules register, deadlines with their derivation, and the import of statute texts."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from tianping.law import rules
from tianping.law.calendar import calendar
from tianping.law.corpus import import_corpus
from tianping.law.reckoning import PauseSpan
from tianping.law.text import T
from tianping.project.words import dump, language, moment, pause, say, table

app = typer.Typer(no_args_is_help=True, help="期限、法规 · deadlines and statutes")
Lang = Annotated[str | None, typer.Option("--lang", help="zh | en")]
Json = Annotated[bool, typer.Option("--json", help="JSON")]

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
    pauses: Annotated[list[str] | None, typer.Option("--pause", help="扣除 · start:end, may be repeated")] = None,
    extended: Annotated[int, typer.Option(help="已延长次数 · how often it was extended")] = 0,
    in_custody: Annotated[bool, typer.Option("--in-custody", help="在押 · the person is held")] = False,
    makeup: Annotated[bool, typer.Option(help="补班日算工作日 · make-up workdays count as working days")] = True,
    lang: Lang = None,
    as_json: Json = False,
) -> None:
    """计算期限，逐行说明 · Reckons a deadline and says how."""
    chosen, start = language(lang), moment(since)
    if isinstance(start, datetime):
        at = rules.due_at(rule, start, pauses=[_instants(p) for p in pauses or ()], extended=extended)
        told, last, notes = at.derivation, at.at.isoformat(sep=" ", timespec="minutes"), [] if at.fixed else [NOT_FIXED]
    else:
        spans = [PauseSpan(*pause(p), PAUSED) for p in pauses or ()]
        got = rules.due(rule, start, pauses=spans, extended=extended, in_custody=in_custody, calendar=calendar(makeup_counts=makeup))
        told, last = got.derivation, got.day.isoformat()
        notes = [n for n, true in ((PROVISIONAL, got.provisional), (NOT_FIXED, not got.fixed)) if true]
    if as_json:
        dump({"rule": rule, "due": last, "derivation": told.as_list()})
        return
    say(told.text(chosen))
    say(f"{DUE.pick(chosen)}  {last}" + "".join(n.pick(chosen) for n in notes))


@app.command("import")
def import_texts(
    folder: Annotated[Path, typer.Argument(help="法规文本文件夹 · the folder of statute texts")],
    to: Annotated[Path, typer.Option(help="写到 · where the corpus is written")] = Path("var/corpus.jsonl"),
    *,
    lang: Lang = None,
) -> None:
    """导入法规文本 · Imports statute texts and reports what is whole, partial or missing."""
    say(import_corpus(folder, to).text(language(lang)))


def _instants(given: str) -> tuple[datetime, datetime | None]:
    first, last = pause(given)
    return datetime.combine(first, datetime.min.time()), None if last is None else datetime.combine(last, datetime.min.time())
