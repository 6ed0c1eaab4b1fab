"""期限命令 · ``tianping clocks renew``: after an upgrade, the stored clocks of open cases against what the program reckons now."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from tianping import __version__
from tianping.law.text import Lang, T
from tianping.procedure.explain import STANDING
from tianping.project.progress import steps_of
from tianping.project.running import database
from tianping.project.words import dump, language, say

if TYPE_CHECKING:
    from tianping.casework.calendars.renewal import Differing, Looked
    from tianping.casework.engine.snapshot import ClockRow

app = typer.Typer(no_args_is_help=True, help="期限 · clocks")
RECKONING = T("重算期限", "reckoning")
WOULD = T(
    "没有写入：查看在办案件 {cases} 件，其中 {differing} 件与程序现在算出的不同，涉及期限 {clocks} 个",
    "Nothing written: {cases} open cases looked at, {differing} differ from what the program reckons now, in {clocks} clocks",
)
DID = T(
    "查看在办案件 {cases} 件，重算 {differing} 件，改写期限 {clocks} 个",
    "{cases} open cases looked at, {differing} reckoned anew, {clocks} clocks written",
)
ONE = T("案件 {case} {procedure} {clock}：{before} → {after}{cites}", "case {case} {procedure} {clock}: {before} → {after}{cites}")
BY = T("（{article}）", " ({article})")
REST = T("另有 {n} 个没有列出", "{n} more are not listed")
NEXT = T("核对以后加 --write 写入", "look at them, then add --write")
TOO_LONG = T("理由不超过 {most} 字", "the reason has at most {most} characters")
REASON = 300
"""So long a reason is kept."""
SEALED, NONE, PROVISIONAL = T("（密封）", "(sealed)"), T("无", "none"), T("暂定", "provisional")


@app.callback()
def _clocks() -> None:
    """期限 · Clocks."""


@app.command("renew")
def renew(
    *,
    write: Annotated[bool, typer.Option("--write", help="写入 · writes what differs")] = False,
    because: Annotated[str, typer.Option(help="理由，随记录保存 · why: kept with the record")] = "",
    most: Annotated[int, typer.Option(min=0, max=10_000, help="最多列出几个 · at most so many are listed")] = 200,
    as_json: Annotated[bool, typer.Option("--json", help="JSON")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """升级后重算 · Holds the stored clocks of open cases against what the program reckons now; shows them, with --write writes them.

    Status 0: nothing differs, or it was written; 1: something differs and nothing was written; 2: an error; 130: cut off — run it again.
    """
    chosen = language(lang)
    if len(because) > REASON:
        raise typer.BadParameter(TOO_LONG.fill(most=REASON).pick(chosen))
    with database(), steps_of(RECKONING.pick(chosen)) as (told,):
        from tianping.casework.calendars.renewal import clocks_compared, clocks_renew  # noqa: PLC0415 — after Django is set up

        at = datetime.now(UTC)
        looked = clocks_renew(at=at, release=__version__, reason=because, most=most, told=told) if write else clocks_compared(most=most, told=told)
    if as_json:
        counts = {"cases": looked.cases, "differing": looked.differing, "clocks": looked.clocks, "written": write, "renewal": looked.renewal}
        dump({**counts, "listed": [_plain(one) for one in looked.listed]})
    else:
        _said(looked, chosen, write=write)
    if looked.differing and not write:
        raise typer.Exit(1)


def _said(looked: Looked, lang: Lang, *, write: bool) -> None:
    say((DID if write else WOULD).fill(cases=looked.cases, differing=looked.differing, clocks=looked.clocks).pick(lang))
    for one in looked.listed:
        case = SEALED.pick(lang) if one.case is None else one.case
        before, after = (_clock(row, lang) for row in (one.before, one.after))
        cites = "" if one.cites is None else BY.fill(article=one.cites.text(lang)).pick(lang)
        say("  " + ONE.fill(case=case, procedure=one.procedure, clock=one.clock, before=before, after=after, cites=cites).pick(lang))
    if looked.clocks > len(looked.listed):
        say(REST.fill(n=looked.clocks - len(looked.listed)).pick(lang))
    if looked.differing and not write:
        say(NEXT.pick(lang))


def _clock(row: ClockRow | None, lang: Lang) -> str:
    """Its last day, whether that is provisional, and how it stands."""
    if row is None:
        return NONE.pick(lang)
    day = row.due.isoformat(" ", "minutes") if row.timed else row.due.date().isoformat()
    return " ".join([day, *([PROVISIONAL.pick(lang)] if row.provisional else []), STANDING[row.status].pick(lang)])


def _plain(one: Differing) -> dict[str, Any]:
    what = {"case": one.case, "procedure": one.procedure, "clock": one.clock, "cites": None if one.cites is None else str(one.cites)}
    return {**what, "before": _row(one.before), "after": _row(one.after)}


def _row(row: ClockRow | None) -> dict[str, Any] | None:
    if row is None:
        return None
    due = row.due.isoformat() if row.timed else row.due.date().isoformat()
    return {"due": due, "provisional": row.provisional, "status": row.status, "since": row.since.isoformat(), "ended": row.ended}
