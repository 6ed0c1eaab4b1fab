"""输出 · How answers and errors are printed: one language at a time, chosen by ``--lang`` or the environment."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import typer

from tianping.law.errors import TianpingError
from tianping.law.text import Lang, T


class BadDate(TianpingError):
    """日期写法有误 · A date that cannot be read."""

    code = "CLI-101"
    what = T("“{given}”不是所需的日期或时刻。", "“{given}” is not the date or instant that is wanted.")
    todo = T("请写成 2026-03-01 的样子；按小时计算的写成 2026-03-01T09:30。", "Write it as 2026-03-01, or 2026-03-01T09:30 for periods of hours.")


class BadLanguage(TianpingError):
    """语言代码有误 · A language other than zh and en."""

    code = "CLI-102"
    what = T("没有“{given}”这种语言。", "There is no language “{given}”.")
    todo = T("请用 --lang zh 或 --lang en。", "Use --lang zh or --lang en.")


class BadPause(TianpingError):
    """扣除期间写法有误 · A pause that cannot be read."""

    code = "CLI-103"
    what = T("“{given}”不是扣除期间。", "“{given}” is not a pause.")
    todo = T("请写成 起日..止日，未结束的省略止日：2026-03-01..2026-04-01。", "Write START..END, or START.. if it has not ended.")


class UnknownChoice(TianpingError):
    """选项不认识 · A word where one of a few is wanted."""

    code = "CLI-105"
    what = T("“{given}”不是{what}。", "“{given}” is no {what}.")
    todo = T("可用：{known}。", "One of: {known}.")


class PausesOverlap(TianpingError):
    """扣除期间重叠 · Two pauses that cover the same days."""

    code = "CLI-106"
    what = T("两段扣除期间重叠：{one} 与 {other}。", "Two pauses overlap: {one} and {other}.")
    todo = T(
        "如确系两个事由同时发生，加 --unite，重叠的日子只扣一次；否则请改正日期。",
        "If two grounds did run at once, add --unite and their days count once; else correct the dates.",
    )


class BadCommand(TianpingError):
    """命令写法有误 · A command line that misses something or says something unknown."""

    code = "CLI-107"
    what = T("命令不完整或有误：{reason}", "The command is incomplete or wrong: {reason}")
    todo = T("请看 {command} --help。", "See {command} --help.")


_LANGS: tuple[Lang, ...] = ("zh", "en")
_LOCALES = ("LC_ALL", "LC_MESSAGES", "LANG")
_ZONE = ZoneInfo("Asia/Shanghai")


def language(given: str | None = None) -> Lang:
    """The language asked for, else the environment's, else English. Raises BadLanguage."""
    locale = next(filter(None, map(os.environ.get, _LOCALES)), "")
    asked = given or os.environ.get("TIANPING_LANG") or ("zh" if locale.startswith("zh") else "en")
    if asked not in _LANGS:
        raise BadLanguage(given=asked)
    return asked


def say(text: str = "") -> None:
    """One line for the person."""
    typer.echo(text)


def dump(data: object) -> None:
    """The answer as JSON."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def fail(error: TianpingError, lang: Lang, *, as_json: bool = False) -> None:
    """An error, on the error stream."""
    typer.echo(json.dumps(error.as_dict(), ensure_ascii=False) if as_json else error.text(lang), file=sys.stderr)


def day(given: str) -> date:
    """A date as typed. Raises BadDate."""
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise BadDate(given=given) from None


def moment(given: str) -> date | datetime:
    """A date or an instant as typed; an instant with an offset is brought to Shanghai's clock. Raises BadDate."""
    try:
        read = date.fromisoformat(given) if len(given) == len("2026-03-01") else datetime.fromisoformat(given)
    except ValueError:
        raise BadDate(given=given) from None
    return read.astimezone(_ZONE).replace(tzinfo=None) if isinstance(read, datetime) and read.tzinfo is not None else read


def date_of(given: date | datetime) -> date:
    """The day of a day or an instant."""
    return given.date() if isinstance(given, datetime) else given


def instant(given: date | datetime) -> datetime:
    """The instant, or the beginning of the day."""
    return given if isinstance(given, datetime) else datetime.combine(given, datetime.min.time())


def pause(given: str) -> tuple[date | datetime, date | datetime | None]:
    """``2026-03-01..2026-04-01`` or ``2026-03-01..``; instants likewise. Raises BadPause, BadDate."""
    first, dots, last = given.partition("..")
    if not dots or not first:
        raise BadPause(given=given)
    return moment(first), moment(last) if last else None


def pauses(given: list[str] | None, *, unite: bool) -> list[tuple[date | datetime, date | datetime | None]]:
    """Pauses as typed; those that overlap are refused unless they are to be united. Raises BadPause, BadDate, PausesOverlap."""
    read = sorted(((pause(text), text) for text in given or ()), key=lambda p: instant(p[0][0]))
    for (one, text), (other, again) in pairwise(read):
        end = one[1]
        if not unite and (end is None or instant(other[0]) < instant(end)) and (end is None or end >= one[0]):
            raise PausesOverlap(one=text, other=again)
    return [found for found, _ in read]


def one_of(given: str, known: Iterable[str], what: T) -> str:
    """The word, if it is one of those known. Raises UnknownChoice."""
    listed = list(known)
    if given not in listed:
        raise UnknownChoice(given=given, what=what, known=", ".join(listed))
    return given


def table(head: list[str], rows: list[list[str]]) -> None:
    """Columns that line up, wide characters counted as two."""
    widths = [max(_width(r[i]) for r in [head, *rows]) for i in range(len(head))]
    for row in [head, ["-" * w for w in widths], *rows]:
        say("  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True)).rstrip())


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E7F else 1 for c in text)
