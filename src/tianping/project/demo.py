"""演示 · ``tianping demo``: a running city of Jinzhong with the report's half-year replayed into its ledger."""

from __future__ import annotations

import os
import secrets
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer

from tianping.law.text import Lang, T
from tianping.project.progress import steps_of
from tianping.project.robot_beside import robot_beside
from tianping.project.running import database
from tianping.project.serve import LOOK, STARTING, listening, served
from tianping.project.words import language, say, table
from tianping.project.worker import worker_beside

if TYPE_CHECKING:
    from tianping.casework.funnel import Row

CITY: Final = Path("cities/jinzhong")
SCENARIO: Final = "scenarios/half_year_2021.toml"
STORIES: Final = "scenarios/report.toml"
TODAY: Final = "scenarios/today.toml"
STORIES_AT: Final = datetime(2022, 7, 19, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
"""The day of the report."""
AT: Final = datetime(2021, 12, 31, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
"""When the replay was written down, for the clocks that still run: the end of the year that it plays."""
OLD: Final = timedelta(days=7)
"""Limits that began longer ago are of the replay: they ran out long ago, and what follows of that would change its figures."""
REPLAY: Final = T(
    "这是回放：总数依报道，分布、人物、日期均为虚构。", "This is a replay: the totals are the report's; spread, people and days are invented."
)
DONE: Final = T(
    "{cases} 件案件、{events} 个环节，逐一经程序核准，用时 {seconds} 秒",
    "{cases} cases, {events} steps, each allowed by its procedure, in {seconds} s",
)
PRESENT: Final = T("{cases} 件今日的样例案件，供监督中心显示", "{cases} sample cases of today, for the supervision centre")
VERIFIED: Final = T("台账核验：{events} 个事件全部相符", "Ledger verified: all {events} events fit")
HEAD: Final = T("法院|推送|结案|调解成功|司法确认|在办", "court|pushed|closed|settled|confirmed|open")
SUM: Final = T("合计", "total")
SIGN_IN: Final = T(
    "可以登录的账号（密码都是 {password}，只在这个演示库里有效）：",
    "Who can sign in (the password of all is {password}, good for this demonstration only):",
)
PEOPLE: Final = T("账号|姓名|机构|岗位", "account|name|where|as")
PAGES: Final = {
    "/": T("群众首页", "the citizens' first page"),
    "/board/": T("漏斗，每个数字点开是案件", "the funnel; each figure opens its cases"),
    "/sign-in": T("登录", "sign in"),
    "/centre/": T(
        "监督中心：今日的案件和发往机器人的通报（以 wenshiyuan 登录）", "the supervision centre: cases of today, messages to the robot (wenshiyuan)"
    ),
    "/api/v1/docs": T("接口文档", "API documents"),
}


def demo(
    *,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="回放后即止 · stop after the replay")] = False,
    whole: Annotated[bool, typer.Option("--whole", help="连同报道的全部数字 · every number of the report as well")] = False,
    port: Annotated[int, typer.Option(help="端口 · port")] = 8000,
    lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None,
) -> None:
    """演示 · Loads the city, plays the half-year, shows the funnel from the ledger, and serves its page."""
    chosen = language(lang)
    if not no_serve:
        listening("127.0.0.1", port)
    os.environ.setdefault("TIANPING_VAR", "var/demo")
    os.environ["TIANPING_DEMO"] = "1"
    os.environ.setdefault("TIANPING_WORKER_CLOCKS_SINCE", str((datetime.now(AT.tzinfo) - OLD).date()))
    os.environ.setdefault("TIANPING_NOTICE_DIGEST_HOUR", "0")
    os.environ.setdefault("TIANPING_OUTLINES", str(CITY / "outlines.geojson"))
    say(REPLAY.pick(chosen))
    _emptied()
    with database(migrate=True):
        _played(chosen, whole=whole)
        where = _where(port, chosen)
    if not no_serve:
        say(where)
        say(STARTING.pick(chosen))
        with robot_beside(f"http://127.0.0.1:{port}/centre/"), worker_beside(chosen):
            served("127.0.0.1", port, 2, ready=lambda: say(LOOK.fill(url=f"http://127.0.0.1:{port}/?lang={chosen}").pick(chosen)))


def _emptied() -> None:
    """Every demonstration begins with an empty database of its own."""
    import psycopg  # noqa: PLC0415 — loaded only to serve

    from tianping.project.settings.database import embedded  # noqa: PLC0415

    with embedded() as server, psycopg.connect(server.superuser_dsn(), autocommit=True) as connection:
        connection.execute("drop database if exists tianping with (force)")
        connection.execute("create database tianping owner tianping_owner")


def _played(lang: Lang, *, whole: bool) -> None:
    from tianping.casework.city.accounts import may_sign_in  # noqa: PLC0415 — after Django is set up
    from tianping.casework.city.load import load  # noqa: PLC0415 — after Django is set up
    from tianping.casework.city.pack import read_pack  # noqa: PLC0415
    from tianping.casework.engine.exporting import ledger_lines  # noqa: PLC0415
    from tianping.casework.funnel import funnel  # noqa: PLC0415
    from tianping.casework.ledger.verify import verify  # noqa: PLC0415
    from tianping.casework.replay.plan import plan  # noqa: PLC0415
    from tianping.casework.replay.run import run  # noqa: PLC0415
    from tianping.casework.replay.scenario import read_scenario  # noqa: PLC0415

    pack = read_pack(CITY)
    password = secrets.token_urlsafe(9)
    began = time.monotonic()
    with steps_of(T("回放", "replay").pick(lang)) as (told,):
        done = run(plan(read_scenario(CITY / SCENARIO), pack), load(pack, replay=True), at=AT, progress=told)
    if whole:
        _told(lang)
    _stands_now(lang)
    people = may_sign_in(pack, password)
    say(DONE.fill(cases=len(done.cases), events=done.steps, seconds=round(time.monotonic() - began, 1)).pick(lang))
    say(VERIFIED.fill(events=verify(ledger_lines()).events).pick(lang))
    say()
    say(SIGN_IN.fill(password=password).pick(lang))
    table(PEOPLE.pick(lang).split("|"), [[p.username, p.name, p.organisation.pick(lang), p.title.pick(lang)] for p in people])
    _shown(funnel(), lang)


def _stands_now(lang: Lang) -> None:
    """A few cases of this very day, for what only the present shows."""
    from tianping.casework.city.load import load  # noqa: PLC0415 — after Django is set up
    from tianping.casework.city.pack import read_pack  # noqa: PLC0415
    from tianping.casework.engine.importing import steps_import  # noqa: PLC0415
    from tianping.casework.replay.present import present_cases  # noqa: PLC0415
    from tianping.casework.replay.run import RECORDER  # noqa: PLC0415

    now = datetime.now(UTC)
    cases = list(present_cases(CITY / TODAY, load(read_pack(CITY), replay=True), now))
    steps_import(cases=cases, recorder=RECORDER, at=now, recorded="happened")
    say(PRESENT.fill(cases=len(cases)).pick(lang))


def _told(lang: Lang) -> None:
    """Every number of the report, as so many cases each."""
    from tianping.casework.city.load import load  # noqa: PLC0415 — after Django is set up
    from tianping.casework.city.pack import read_pack  # noqa: PLC0415
    from tianping.casework.engine.importing import steps_import  # noqa: PLC0415
    from tianping.casework.replay.run import RECORDER  # noqa: PLC0415
    from tianping.casework.replay.stories import imported_stories, read_stories  # noqa: PLC0415

    pack = read_pack(CITY)
    began = time.monotonic()
    seed, stories = read_stories(CITY / STORIES, pack)
    cases = list(imported_stories(stories, seed, load(pack, replay=True)))
    with steps_of(T("报道的数字", "the report's numbers").pick(lang)) as (told,):
        done = steps_import(cases=cases, recorder=RECORDER, at=STORIES_AT, recorded="happened", progress=told)
    say(DONE.fill(cases=len(done.cases), events=done.steps, seconds=round(time.monotonic() - began, 1)).pick(lang))


def _where(port: int, lang: Lang) -> str:
    """The pages that this installation has, each with what it is."""
    from django.urls import Resolver404, resolve  # noqa: PLC0415 — after Django is set up

    lines = [""]
    for path, what in PAGES.items():
        try:
            resolve(path)
        except Resolver404:
            continue
        lines.append(f"http://127.0.0.1:{port}{path}  {what.pick(lang)}")
    return "\n".join(lines)


def _shown(rows: list[Row], lang: Lang) -> None:
    lines = []
    for court in dict.fromkeys(r.court for r in rows):
        own = [r for r in rows if r.court == court]
        lines.append([own[0].court_name.pick(lang), *_figures(own)])
    lines.append([SUM.pick(lang), *_figures(rows)])
    say()
    table(HEAD.pick(lang).split("|"), lines)


def _figures(rows: list[Row]) -> list[str]:
    from tianping.casework.funnel import total  # noqa: PLC0415 — after Django is set up

    t = total(rows)
    return [str(n) for n in (t.pushed, t.closed, t.settled, t.confirmed, t.open)]
