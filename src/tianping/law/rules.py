"""期限规则 · The rules register: every statutory period by name, and the day on which it ends.

``due("appeal_judgment", date(2022, 9, 22))`` gives 2022-10-08 and says why. The rules stand in ``rules.toml``: one line per period with its article;
on an earlier day a rule reads as its version of that day did, and a day on which no text was in force is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, Final

from tianping.law.calendar import Calendar
from tianping.law.calendar import calendar as the_calendar
from tianping.law.citations import Citation, NoVersionInForce, Ref
from tianping.law.derivation import Derivation
from tianping.law.errors import TianpingError
from tianping.law.periods import COUNTINGS, CUSTODY, Counting, Period
from tianping.law.reckoning import Due, PauseEndsBeforeItStarts, PauseSpan, due_second, reckon
from tianping.law.statutes import on, parse_citation
from tianping.law.text import T

UNITS: Final = {"m": "months", "d": "days", "wd": "working", "h": "seconds"}
ZERO: Final = datetime(1970, 1, 1)  # noqa: DTZ001 — local instants are counted from a local zero
NO_NOTE: Final = T("", "")

More = tuple[Period, Citation]


class UnknownRule(TianpingError):
    """没有此规则 · A rule that the register does not hold."""

    code = "LAW-301"
    what = T("期限规则中没有“{rule}”。", "The rules register has no “{rule}”.")
    todo = T("相近的有：{near_zh}。", "Near names: {near_en}.")


class RuleNotInForce(TianpingError):
    """当日无此规则 · No text of the rule was in force on the day, or none is held here."""

    code = "LAW-302"
    what = T("“{title}”在 {day} 没有可引用的有效条文（所引：{cites}）。", "“{title}” has no text in force on {day} (cited: {cites}).")
    todo = T("请核对起算日；更早的法律文本未收录的，须人工查对。", "Check the start day; where an older text is not held here, look it up by hand.")


class NoMoreExtensions(TianpingError):
    """延长次数超限 · More extensions than the law knows."""

    code = "LAW-303"
    what = T("“{title}”依当日法律最多延长 {most} 次，不能延长 {asked} 次。", "“{title}” may be extended {most} time(s) that day, not {asked}.")
    todo = T("请减少延长次数，或将双方同意的延长写明长度。", "Ask for fewer; an extension that the parties agree is given by its length.")


class NoCustodyHere(TianpingError):
    """不涉羁押 · Custody was said of a period that does not know it."""

    code = "LAW-304"
    what = T("“{title}”不是刑事或治安期间，没有“在押”一说。", "“{title}” is neither a criminal nor a police period: custody has no meaning for it.")
    todo = T("请去掉“在押”。", "Leave custody out.")


class WrongStart(TianpingError):
    """起算点不合 · A day for a period in hours, or an instant for a period in days."""

    code = "LAW-305"
    what = T("“{title}”的期间是{length}，起算点应为{kind}。", "“{title}” runs {length}: its start is {kind}.")
    todo = T("请改写起算点，例如 {example}。", "Write the start as, for example, {example}.")


class FixedPeriod(TianpingError):
    """不变期间 · A pause or an extension for a period that knows none."""

    code = "LAW-306"
    what = T("“{title}”为不变期间，不适用中止、中断、延长。", "“{title}” is a fixed period: nothing suspends, interrupts or extends it.")
    todo = T("请去掉扣除期间和延长（依据：民诉法解释第127条）。", "Leave out the pauses and extensions (CI22 art. 127).")


class BadLength(TianpingError):
    """期间写法有误 · A length that cannot be read."""

    code = "LAW-307"
    what = T("读不懂期间“{length}”。", "The length “{length}” cannot be read.")
    todo = T(
        "请写成 6 m（月）、15 d（日）、10 wd（工作日）或 48 h（小时）。",
        "Write it as 6 m (months), 15 d (days), 10 wd (working days) or 48 h (hours).",
    )


@dataclass(frozen=True, slots=True)
class Extension:
    """延长 · More time: its length, who grants it, and how many days before expiry it is asked for and decided."""

    period: Period
    cites: Citation
    by: T
    ask: int | None = None
    decide: int | None = None
    asked: Citation | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """旧版 · What read differently for start days from ``since`` to ``until``; None leaves a field as it is."""

    since: date | None
    until: date | None
    period: Period | None
    cites: Citation | None
    extensions: tuple[Extension, ...] | None

    def holds(self, day: date) -> bool:
        """Whether a period that starts on the day runs under this version."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Rule:
    """期限规则 · One statutory period: what must happen, how long, counted from what, under which article.

    ``held``: how it is counted while the person is deprived of liberty (刑诉法 105; 行政案件程序规定 35), None where that has no meaning.
    """

    code: str
    area: str
    title: T
    since: T
    period: Period
    counting: Counting
    cites: Citation
    counted_by: Citation
    note: T = NO_NOTE
    held: Counting | None = None
    fixed: bool = False
    extensions: tuple[Extension, ...] = ()
    versions: tuple[Version, ...] = ()

    @property
    def in_hours(self) -> bool:
        """Whether the period is one of hours, which start at an instant."""
        return self.period.seconds > 0

    def on(self, day: date) -> Rule:
        """The rule as it read for a period that starts on the day. Raises RuleNotInForce."""
        old = next((v for v in self.versions if v.holds(day)), None)
        read = self
        if old is not None:
            read = replace(self, period=old.period or self.period, cites=old.cites or self.cites)
            read = read if old.extensions is None else replace(read, extensions=old.extensions)
        try:
            return replace(read, cites=on(read.cites, day), counted_by=_as_read(read.counted_by, day))
        except NoVersionInForce as unheld:
            raise RuleNotInForce(title=self.title, day=day, cites=read.cites.words) from unheld


@dataclass(frozen=True, slots=True)
class DueAt:
    """期限届满时 · The instant at which a period of hours ends, whether it is fixed, and why."""

    at: datetime
    fixed: bool
    derivation: Derivation


@dataclass(frozen=True, slots=True)
class ExtensionDays:
    """延长的时间表 · The last days on which the next extension may be asked for and decided."""

    ask_by: date | None
    decide_by: date | None
    derivation: Derivation


def parse_length(text: str) -> Period:
    """A length from its short form: ``"6 m"``, ``"1 m + 15 d"``, ``"10 wd"``, ``"48 h"``. Raises BadLength."""
    total = Period()
    for piece in text.split("+"):
        found = re.fullmatch(r"(\d+)\s*(wd|m|d|h)", piece.strip())
        if found is None:
            raise BadLength(length=text)
        n = int(found[1])
        total = total + Period(**{UNITS[found[2]]: n * 3600 if found[2] == "h" else n})
    return total


def _words(text: str) -> T:
    zh, _, en = text.partition(" | ")
    return T(zh, en)


def _extension(row: dict[str, Any]) -> Extension:
    asked = parse_citation(row["asked"]) if "asked" in row else None
    return Extension(parse_length(row["period"]), parse_citation(row["cites"]), _words(row["by"]), row.get("ask"), row.get("decide"), asked)


def _version(row: dict[str, Any]) -> Version:
    return Version(
        row.get("from"),
        row.get("until"),
        parse_length(row["period"]) if "period" in row else None,
        parse_citation(row["cites"]) if "cites" in row else None,
        tuple(_extension(x) for x in row["more"]) if "more" in row else None,
    )


def _rule(code: str, area: str, defaults: dict[str, Any], row: dict[str, Any]) -> Rule:
    return Rule(
        code=code,
        area=area,
        title=_words(row["title"]),
        since=_words(row["since"]),
        period=parse_length(row["period"]),
        counting=COUNTINGS[row.get("counting", defaults["counting"])],
        cites=parse_citation(row["cites"]),
        counted_by=parse_citation(defaults["by"]),
        note=_words(row.get("note", "")),
        held=COUNTINGS[defaults["held"]] if "held" in defaults else None,
        fixed=row.get("fixed", False),
        extensions=tuple(_extension(x) for x in row.get("more", ())),
        versions=tuple(_version(x) for x in row.get("versions", ())),
    )


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("tianping.law").joinpath("rules.toml").read_text(encoding="utf-8"))


@cache
def _register() -> dict[str, Rule]:
    areas = _data()["areas"]
    return {code: _rule(code, area, areas[area], row) for area in areas for code, row in _data()[area].items()}


def rules() -> tuple[Rule, ...]:
    """Every rule, area by area."""
    return tuple(_register().values())


def area_title(area: str) -> T:
    """The name of an area of the register."""
    return _words(_data()["areas"][area]["title"])


def rule(code: str) -> Rule:
    """The rule of that name. Raises UnknownRule, which lists near names."""
    register = _register()
    if code not in register:
        near = [register[c] for c in get_close_matches(code, register, n=5, cutoff=0.4)] or list(register.values())[:5]
        listed_zh = "、".join(f"{r.code}（{r.title.zh}）" for r in near)
        raise UnknownRule(rule=code, near_zh=listed_zh, near_en=", ".join(f"{r.code} ({r.title.en})" for r in near))
    return register[code]


def due(
    code: str,
    start: date,
    *,
    pauses: Sequence[PauseSpan] = (),
    extended: int = 0,
    more: Sequence[More] = (),
    in_custody: bool = False,
    calendar: Calendar | None = None,
) -> Due:
    """The last day of a period of days, months or working days.

    ``extended``: how many of the rule's extensions were granted. ``more``: lengths that the parties agreed. ``in_custody``: the period
    of a person deprived of liberty never rolls over a rest day. Raises the errors of this module and DateOutsideCalendar.
    """
    read = rule(code)
    if read.in_hours or isinstance(start, datetime):
        raise _wrong_start(read)
    read = read.on(start)
    if read.fixed and (pauses or extended or more):
        raise FixedPeriod(title=read.title)
    counting = read.counting
    if in_custody:
        if read.held is None:
            raise NoCustodyHere(title=read.title)
        counting = replace(read.held, name=CUSTODY.name)
    lengths = [(x.period, _as_read(x.cites, start)) for x in _granted(read, extended)] + list(more)
    found = reckon(start, read.period, counting, calendar or the_calendar(), cites=read.cites, by=read.counted_by, pauses=pauses, more=lengths)
    return replace(found, derivation=_opening(read) + found.derivation)


def due_at(code: str, start: datetime, *, pauses: Sequence[tuple[datetime, datetime | None]] = (), extended: int = 0) -> DueAt:
    """The instant at which a period of hours ends, counted strictly from the instant given. Raises as :func:`due` does."""
    read = rule(code)
    if not read.in_hours or not isinstance(start, datetime):
        raise _wrong_start(read)
    read = read.on(start.date())
    length, told = read.period, _opening(read).then(T("起算时刻", "counted from"), read.counted_by, start)
    told = told.then(T("期间", "length"), read.cites, read.period.text)
    for x in _granted(read, extended):
        length = length + x.period
        told = told.then(T("延长（{by}）", "extended ({by})").fill(by=x.by), x.cites, x.period.text)
    for a, b in pauses:
        if b is not None and b < a:
            raise PauseEndsBeforeItStarts(start=a, end=b)
    spans = [(_seconds(a), None if b is None else _seconds(b)) for a, b in pauses]
    number, fixed = due_second(_seconds(start), length, spans)
    minutes = (number - _seconds(start) - length.seconds) // 60
    if minutes:
        told = told.then(T("扣除期间", "not counted"), None, T("{h} 小时 {m} 分", "{h} h {m} min").fill(h=minutes // 60, m=minutes % 60))
    if not fixed:
        told = told.then(T("扣除尚未结束：期限未定，最早为", "not counted, still open: not fixed, at the earliest"))
    at = (ZERO + timedelta(seconds=number)).replace(tzinfo=start.tzinfo)
    return DueAt(at, fixed, told.then(T("届满时刻", "ends at"), read.cites, at))


def extension_days(code: str, start: date, last: date, *, extended: int = 0) -> ExtensionDays:
    """By when the next extension of a period that ends on ``last`` is asked for and decided; the days are counted back and do not roll.

    ``extended``: how many were granted before. Raises UnknownRule, RuleNotInForce, NoMoreExtensions.
    """
    x = _granted(rule(code).on(start), extended + 1)[-1]
    told = Derivation().then(T("期限届满日", "the period ends on"), None, last)
    held = x.asked is not None and x.asked.in_force(start)
    ask = last - timedelta(days=x.ask) if held and x.ask else None
    decide = last - timedelta(days=x.decide) if held and x.decide else None
    if ask:
        told = told.then(T("届满{n}日前申请", "ask {n} days before").fill(n=x.ask), x.asked, ask)
    if decide:
        told = told.then(T("届满{n}日前决定（{by}）", "decide {n} days before ({by})").fill(n=x.decide, by=x.by), x.asked, decide)
    return ExtensionDays(ask, decide, told)


def _granted(read: Rule, extended: int) -> tuple[Extension, ...]:
    if not 0 <= extended <= len(read.extensions):
        raise NoMoreExtensions(title=read.title, most=len(read.extensions), asked=extended)
    return read.extensions[:extended]


def _wrong_start(read: Rule) -> WrongStart:
    kind = T("时刻", "an instant") if read.in_hours else T("日期", "a day")
    return WrongStart(title=read.title, length=read.period.text, kind=kind, example="2022-10-01T09:30" if read.in_hours else "2022-10-01")


def _opening(read: Rule) -> Derivation:
    since = T("{title}；起算：{since}", "{title}; counted from: {since}").fill(title=read.title, since=read.since)
    told = Derivation().then(since, read.cites)
    return told.then(read.note) if read.note.zh else told


def _as_read(cites: Citation, day: date) -> Citation:
    """The citation as it read that day, leaving texts that have no held version of the day as they are."""
    refs: list[Ref] = []
    for ref in cites.refs:
        try:
            refs += on(Citation((ref,)), day).refs
        except NoVersionInForce:
            refs.append(ref)
    return Citation(tuple(refs))


def _seconds(moment: datetime) -> int:
    return (moment.replace(tzinfo=None) - ZERO) // timedelta(seconds=1)
