"""期限的样子 · From a clock to its chip and its ruler: how near it is by the institution's own lead times, and what of it is used, paused, left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from tianping.casework.alarms.leads import Leads
from tianping.casework.moments import local
from tianping.law.text import T
from tianping.portal.house.shapes import Chip, Label, Level, Ruler, Span, When

DAY: Final = timedelta(days=1)
NAMES: Final = T("今天", "today")
POLICY: Final = Leads()
"""What stands where an institution set nothing."""


@dataclass(frozen=True, slots=True)
class Paused:
    """扣除一段 · A span that does not count. ``until`` None: it has not ended."""

    title: T
    since: date | datetime
    until: date | datetime | None


@dataclass(frozen=True, slots=True)
class Clock:
    """时钟 · A limit of a case as it stands: local days, or local instants where it is counted in hours."""

    since: date | datetime
    due: date | datetime
    timed: bool
    fixed: bool = True
    provisional: bool = False
    ended: bool = False
    days_late: int = 0
    pauses: tuple[Paused, ...] = ()

    @property
    def when(self) -> When:
        """Its last day or instant, as it is shown."""
        return When(self.due if self.timed else _day(self.due), self.provisional, not self.fixed)


def chip(clock: Clock, at: datetime, leads: Leads = POLICY) -> Chip:
    """The chip of a clock at an instant."""
    if clock.ended:
        return (
            Chip("none", T(f"逾期{clock.days_late}天办结", f"done {clock.days_late} days late"))
            if clock.days_late
            else Chip("done", T("按期", "in time"))
        )
    if not clock.fixed:
        return _held(clock, at)
    left = _left(clock, at)
    if clock.timed:
        return Chip(_level(left, leads.first_timed, leads.second_timed), _hours(left))
    return Chip(_level(left, leads.first, leads.second), _days(left.days))


def _level(left: timedelta, first: timedelta | None, second: timedelta | None) -> Level:
    if left < timedelta(0):
        return "l3"
    if second is not None and left <= second:
        return "l2"
    return "l1" if first is not None and left <= first else "none"


def _left(clock: Clock, at: datetime) -> timedelta:
    now = local(at).replace(tzinfo=None)
    return _moment(clock.due) - now if clock.timed else _day(clock.due) - now.date()


def _days(left: int) -> T:
    if left == 0:
        return NAMES
    n = abs(left)
    s = "" if n == 1 else "s"
    return T(f"还剩{n}天", f"{n} day{s} left") if left > 0 else T(f"超期{n}天", f"{n} day{s} over")


def _hours(left: timedelta) -> T:
    minutes = abs(left) // timedelta(minutes=1)
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    if days:
        zh, en = f"{days}天{hours}小时", f"{days} d {hours} h"
    elif hours:
        zh, en = f"{hours}小时" + (f"{rest}分" if rest else ""), f"{hours} h" + (f" {rest} min" if rest else "")
    else:
        zh, en = f"{rest}分钟", f"{rest} min"
    return T(f"剩{zh}", f"{en} left") if left >= timedelta(0) else T(f"超{zh}", f"{en} over")


def _held(clock: Clock, at: datetime) -> Chip:
    now = local(at).replace(tzinfo=None)
    running = [p for p in clock.pauses if p.until is None]
    if not running:
        return Chip("hold", T("计时暂停", "paused"))
    n = (now.date() - _day(running[0].since)).days + 1
    return Chip("hold", T(f"{running[0].title.zh}，第{n}天", f"{running[0].title.en}, day {n}"))


def ruler(clock: Clock, at: datetime) -> Ruler:
    """The ruler of a clock at an instant: from its beginning to its end, or to now where the end has passed."""
    begin, due = _moment(clock.since), _moment(clock.due)
    now = local(at).replace(tzinfo=None) if clock.timed else _moment(local(at).date())
    end = max(due, now) if not clock.ended else due
    whole = max((end - begin) / DAY, 1e-9)

    def at_percent(moment: datetime) -> float:
        return round(min(max((moment - begin) / DAY / whole, 0), 1) * 100, 2)

    reached = due if clock.ended else min(now, due)
    ends = [(at_percent(_moment(p.since)), at_percent(_moment(p.until) if p.until else now), p.title) for p in clock.pauses]
    pauses = [(a, b, title) for a, b, title in ends if b > a]
    spans = [*_runs(pauses, at_percent(reached)), *(Span("pause", a, round(b - a, 2)) for a, b, _ in pauses)]
    if not clock.ended and now > due and clock.fixed:
        spans.append(Span("over", at_percent(due), round(100 - at_percent(due), 2)))
    place = None if clock.ended or now < begin else at_percent(now)
    return Ruler(tuple(sorted(spans, key=lambda s: s.start)), place, _labels(clock, pauses, place), _told(clock, now))


def _runs(pauses: list[tuple[float, float, T]], upto: float) -> list[Span]:
    """What is used: from the beginning to now without the pauses."""
    out, place = [], 0.0
    for start, end, _ in sorted(pauses, key=lambda p: p[0]):
        if start > place:
            out.append(Span("run", place, round(min(start, upto) - place, 2)))
        place = max(place, end)
    if upto > place:
        out.append(Span("run", place, round(upto - place, 2)))
    return [s for s in out if s.width > 0]


def _labels(clock: Clock, pauses: list[tuple[float, float, T]], now: float | None) -> tuple[Label, ...]:
    """Words under the ruler; those that would stand on one another are left out, today last."""
    out = [Label(0, _short(clock.since, clock.timed), "start"), Label(100, _short(clock.due, clock.timed), "end")]
    if clock.since == clock.due:  # a day that somebody set: it has no beginning
        del out[0]
    if now is not None and 18 < now < 82:
        out.append(Label(now, NAMES, strong=True))
    for start, end, title in pauses:
        middle = round((start + end) / 2, 2)
        if end - start > 12 and all(abs(middle - label.at) > 18 for label in out):
            out.append(Label(middle, title))
    return tuple(out)


def _short(moment: date | datetime, timed: bool) -> T:
    day = f"{moment.month}-{moment.day:02}"
    words = f"{day} {moment.hour:02}:{moment.minute:02}" if timed and isinstance(moment, datetime) else day
    return T(words, words)


def _told(clock: Clock, now: datetime) -> T:
    """The ruler as a sentence."""
    begin, due = _moment(clock.since), _moment(clock.due)
    until = _short(clock.due, clock.timed)
    held = sum(((_moment(p.until) if p.until else now) - _moment(p.since) for p in clock.pauses), timedelta(0))
    used = max(min(now, due) - begin - held, timedelta(0))
    unit, zh, en = (timedelta(hours=1), "小时", "hours") if clock.timed else (DAY, "日", "days")
    n, h, left = used // unit, held // unit, (due - now) // unit
    said_zh, said_en = [f"已用{n}{zh}"], [f"{n} {en} used"]
    if held:
        said_zh, said_en = [*said_zh, f"扣除{h}{zh}"], [*said_en, f"{h} {en} not counted"]
    if clock.ended:
        said_zh, said_en = [*said_zh, "已办结"], [*said_en, "done"]
    elif left >= 0:
        said_zh, said_en = [*said_zh, f"剩{left}{zh}"], [*said_en, f"{left} {en} left"]
    else:
        said_zh, said_en = [*said_zh, f"超过{-left}{zh}"], [*said_en, f"{-left} {en} over"]
    return T("，".join(said_zh) + f"，至{until.zh}", ", ".join(said_en) + f", until {until.en}")


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _moment(moment: date | datetime) -> datetime:
    """A local instant without its zone."""
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime(moment.year, moment.month, moment.day)  # noqa: DTZ001 — a local date
