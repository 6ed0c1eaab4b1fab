"""期限计算 · The last day of a period: trigger, length, pauses, more time, counting rule, calendar. A pure function.

Three things, kept apart: :func:`due_day` on day numbers (fast), :func:`due_second` on instants, and :func:`reckon` on dates, which gives the
same answer **with its derivation**. Pauses are spans, never a remaining counter: they are united, so their order, overlap and number do not
matter. A united pause counts if and only if it starts no later than the base date plus the pauses that counted before it. The roll over a rest day
happens once, at the very end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Final

from tianping.law.calendar import FIRST, LAST, Calendar, DateOutsideCalendar
from tianping.law.calendar_days import DayKind
from tianping.law.citations import Citation, Ref
from tianping.law.derivation import Derivation, Line
from tianping.law.errors import TianpingError
from tianping.law.periods import Counting, Period, add_months, day_number
from tianping.law.statutes import CC, CPL23, POLICY, CrI, CrPL, read_on
from tianping.law.text import T

Span = tuple[int, int | None]
"""A pause as (first day, day it ended); None is still open. The start day does not count, so its length is end - start."""

POLICY_MAKEUP: Final = T("调休上班日按工作日计（可切换）", "a make-up workday counts as a working day (a switch)")
STARTS: Final = T("起算日，当日不计", "trigger; the day itself is not counted")
LENGTH: Final = T("期间", "length")
EXTENDED: Final = T("延长", "extended by")
BASE: Final = T("基准末日", "base date")
MONTHS: Final = T("对应日（无对应日的为月末）", "corresponding day (or month end)")
STAYS: Final = T("末日为休息日，依法不顺延", "the last day is a rest day; no roll-over here")
PROVISIONAL: Final = T("该年放假安排尚未公布：暂定", "the year's holiday notice is not published: provisional")
AFTER: Final = T("{w}：始于期满之后，不影响", "{w}: began after the last day, no effect")
STILL_OPEN: Final = T("{w}：尚未结束，期限未定，最早为", "{w}: still open; not fixed, at the earliest")
DAYS, WORKING_DAYS = T("日", "days"), T("个工作日", "working days")
NOT_HELD: Final = T("当日有效的文本或其条号未收录，所引为现有文本", "the text of that day, or its number, is not held: cited as held here")

CIVIL_COUNTING: Final = CPL23[85]
CRIMINAL_COUNTING: Final = CrPL[105]
CIVIL_MONTHS: Final = CC[202]
CRIMINAL_MONTHS: Final = CrI[202]


class PauseEndsBeforeItStarts(TianpingError):
    """扣除期间倒置 · A pause that ends before it starts."""

    code = "LAW-131"
    what = T("扣除期间的结束日 {end} 早于开始日 {start}。", "The pause ends on {end}, before it starts on {start}.")
    todo = T("请按“开始日..结束日”填写，未结束的只填开始日。", "Write it as START..END, or START.. if it has not ended.")


@dataclass(frozen=True, slots=True)
class PauseSpan:
    """扣除期间 · A pause by dates, with the words and article it rests on. ``end`` None: not ended yet."""

    start: date
    end: date | None
    title: T
    cites: Citation | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise PauseEndsBeforeItStarts(start=self.start, end=self.end)

    @property
    def span(self) -> Span:
        """The pause in day numbers."""
        return day_number(self.start), None if self.end is None else day_number(self.end)


@dataclass(frozen=True, slots=True)
class Due:
    """期限届满日 · The last day, whether it is fixed (no pause still open), whether the calendar may still change it, and why."""

    day: date
    fixed: bool
    provisional: bool
    derivation: Derivation


def unite(spans: Iterable[Span], since: int) -> list[Span]:
    """Spans clipped to ``since`` and united where they overlap or touch, in order; empty ones fall away."""
    out: list[Span] = []
    for start, end in sorted(spans, key=itemgetter(0)):
        first = max(start, since)
        if end is not None and end <= first:
            continue
        last = out[-1][1] if out else -1
        if out and (last is None or first <= last):
            if last is not None and (end is None or end > last):
                out[-1] = (out[-1][0], end)
        else:
            out.append((first, end))
    return out


def base_day(trigger: int, length: Period, counting: Counting, cal: Calendar) -> int:
    """The last day without pauses and without roll-over: months, then days, then working days."""
    day = add_months(trigger, length.months, month_end=counting.month_end) if length.months else trigger
    day += length.days
    return cal.add_working(day, length.working) if length.working else day


def due_day(trigger: int, length: Period, spans: Sequence[Span], counting: Counting, cal: Calendar, *, rolls: bool | None = None) -> tuple[int, bool]:
    """(last day, fixed?). Not fixed: a pause is still open and the day is the earliest possible one. ``rolls`` overrides the counting rule."""
    day = base_day(trigger, length, counting, cal)
    fixed = True
    if spans:
        for start, end in unite(spans, trigger):
            if start > day:
                break
            if end is None:
                fixed = False
                break
            day = cal.add_working(day, cal.rank[end] - cal.rank[start]) if length.working else day + end - start
    return (cal.roll(day) if (counting.rolls if rolls is None else rolls) else day), fixed


def due_second(trigger: int, length: Period, spans: Sequence[Span]) -> tuple[int, bool]:
    """(last second, fixed?) of an hour period; trigger and spans are in seconds."""
    at = trigger + length.seconds
    for start, end in unite(spans, trigger) if spans else ():
        if start > at:
            break
        if end is None:
            return at, False
        at += end - start
    return at, True


def is_provisional(trigger: int, day: int, length: Period, cal: Calendar, *, rolls: bool) -> bool:
    """Whether the answer rests on calendar years that no notice has published yet."""
    uses_calendar = rolls or length.working > 0
    return uses_calendar and (cal.provisional(day) or (length.working > 0 and cal.provisional(trigger)))


def reckon(
    trigger: date,
    length: Period,
    counting: Counting,
    cal: Calendar,
    *,
    cites: Citation,
    by: Citation | None = None,
    pauses: Sequence[PauseSpan] = (),
    more: Sequence[tuple[Period, Citation]] = (),
    rolls: bool | None = None,
) -> Due:
    """The last day of a period of days, months or working days, told line by line.

    ``more`` are extensions: they lengthen the period, never the date. ``by`` is the article on counting, where it is not the general one of the
    counting rule. Every article is cited as it read on the trigger day, a pause's on the day it began; one whose text of that day is not held
    stays as given, and a last line says so. Raises DateOutsideCalendar.
    """
    if not FIRST <= trigger <= LAST:
        raise DateOutsideCalendar(day=trigger)
    for pause in pauses:
        for given in (pause.start, pause.end):
            if given is not None and not FIRST <= given <= LAST:
                raise DateOutsideCalendar(day=given)
    law = _Law(trigger)
    limit = law.read(cites)
    rule = law.read(by) if by is not None else _counting_rule(counting, limit, law)
    lines = [Line(STARTS, rule, trigger), Line(LENGTH, limit, _words(length))]
    total = length
    for extra, article in more:
        total = total + extra
        lines.append(Line(EXTENDED, law.read(article), _words(extra)))
    start = day_number(trigger)
    base = base_day(start, total, counting, cal)
    lines.append(Line(_base_words(total), _base_cites(total, counting, limit, law), cal.as_date(base)))
    day, fixed = _count_pauses(start, base, total, pauses, cal, lines, law)
    roll = counting.rolls if rolls is None else rolls
    rolled = cal.roll(day)
    if rolled != day:
        lines.append(Line(_rest_words(cal.kind(day)), rule, cal.as_date(rolled)) if roll else Line(STAYS, rule, cal.as_date(day)))
    if roll:
        day = rolled
        kind = cal.kind(day)
        if kind and kind.working:
            lines.append(Line(_makeup_words(kind), POLICY["调休上班日"], cal.as_date(day)))
    provisional = is_provisional(start, day, total, cal, rolls=roll)
    if provisional:
        lines.append(Line(PROVISIONAL, None, cal.as_date(day)))
    if law.not_held:
        lines.append(Line(NOT_HELD, Citation(tuple(law.not_held))))
    return Due(cal.as_date(day), fixed, provisional, Derivation(tuple(lines)))


class _Law:
    """The law of one trigger day: citations as they read on it, and those whose text of that day the index does not hold."""

    def __init__(self, day: date) -> None:
        self.day = day
        self.not_held: dict[Ref, None] = {}

    def read(self, cited: Citation, day: date | None = None) -> Citation:
        """The citation as it read on the trigger day, or on another."""
        when = day or self.day
        if cited.in_force(when):
            return cited
        if len(cited.refs) == 1:
            one = read_on(cited.refs[0], when)
            if one is None:
                self.not_held[cited.refs[0]] = None
            return cited if one is None else Citation(one)
        read: dict[Ref, None] = {}
        for ref in cited.refs:
            found = read_on(ref, when)
            if found is None:
                self.not_held[ref] = None
            read.update(dict.fromkeys(found or (ref,)))
        return Citation(tuple(read))


def _counting_rule(counting: Counting, limit: Citation, law: _Law) -> Citation:
    if counting.name == "plain":
        return limit
    return law.read(CRIMINAL_COUNTING if counting.month_end else CIVIL_COUNTING)


def _base_cites(length: Period, counting: Counting, limit: Citation, law: _Law) -> Citation:
    if not length.months or counting.name == "plain":
        return limit
    return law.read(CRIMINAL_MONTHS if counting.month_end else CIVIL_MONTHS)


def _base_words(length: Period) -> T:
    if length.working:
        return _working_words(length.working)
    return MONTHS if length.months else BASE


@lru_cache(maxsize=512)
def _words(length: Period) -> T:
    return length.text


@lru_cache(maxsize=512)
def _working_words(n: int) -> T:
    return T("第{n}个工作日", "working day no. {n}").fill(n=n)


@lru_cache(maxsize=64)
def _rest_words(kind: DayKind | None) -> T:
    why = kind.title if kind else T("周末", "weekend")
    return T("末日为休息日（{why}）：顺延至其后第一日", "last day is a rest day ({why}): first day after").fill(why=why)


@lru_cache(maxsize=64)
def _makeup_words(kind: DayKind) -> T:
    return T("{d}；{p}", "{d}; {p}").fill(d=kind.title, p=POLICY_MAKEUP)


def _count_pauses(
    start: int, base: int, length: Period, pauses: Sequence[PauseSpan], cal: Calendar, lines: list[Line], law: _Law
) -> tuple[int, bool]:
    day = base
    for first, end in unite([p.span for p in pauses], start) if pauses else ():
        inside = [p for p in pauses if _within(p, first, end)] if len(pauses) > 1 else pauses
        words = inside[0].title if len(inside) == 1 else _joined(inside)
        cites = [law.read(p.cites, max(p.start, law.day)) for p in inside if p.cites is not None]
        article = sum(cites[1:], cites[0]) if cites else None
        if first > day:
            lines.append(Line(AFTER.fill(w=words), article, cal.as_date(first)))
            break
        if end is None:
            lines.append(Line(STILL_OPEN.fill(w=words), article, cal.as_date(day)))
            return day, False
        n = cal.rank[end] - cal.rank[first] if length.working else end - first
        day = cal.add_working(day, n) if length.working else day + n
        lines.append(
            Line(_not_counted(words, n, WORKING_DAYS if length.working else DAYS, cal.as_date(first), cal.as_date(end)), article, cal.as_date(day))
        )
    return day, True


def _joined(pauses: Sequence[PauseSpan]) -> T:
    return T("、".join(dict.fromkeys(p.title.zh for p in pauses)), ", ".join(dict.fromkeys(p.title.en for p in pauses)))


def _not_counted(words: T, n: int, unit: T, first: date, end: date) -> T:
    a, b = first.isoformat(), end.isoformat()
    return T(f"扣除{words.zh} {n} {unit.zh}（{a} 至 {b}）", f"{n} {unit.en} not counted: {words.en} ({a} to {b})")


def _within(pause: PauseSpan, first: int, end: int | None) -> bool:
    start, stop = pause.span
    return (end is None or start <= end) and (stop is None or stop > first or start >= first)
