"""放假通知 · The yearly notice as it is typed in, a holiday a line, read into days off and make-up workdays.

``春节：02-05至02-12；02-14 02-20``: the holiday, its days off, and after a semicolon the weekend days that are worked for it.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from tianping.law.calendar_days import NAMES, DayKind, statutory_holidays
from tianping.law.errors import TianpingError
from tianping.law.text import T

YEARLY: Final = ("new_year", "spring", "qingming", "labour", "dragon_boat", "mid_autumn", "national")
"""The holidays that a notice arranges every year."""
_CALLED: Final = {said: name for name in YEARLY for said in (NAMES[name].zh, NAMES[name].en.lower(), name)}
_SPAN: Final = re.compile(r"(\d{1,2}-\d{1,2})(?:\s*(?:至|~|to)\s*(\d{1,2}-\d{1,2}))?")


class BadNotice(TianpingError):
    """放假通知有误 · A line of a notice that cannot be read, or a notice that leaves out a day that the statute gives."""

    code = "LAW-122"
    what = T("放假通知有误：{line}（{reason}）。", "The notice will not do: {line} ({reason}).")
    todo = T(
        "请对照国务院办公厅的通知改正该行，写法如 元旦：01-01至01-03；01-04。",
        "Correct the line after the notice; write it as new_year: 01-01 to 01-03; 01-04.",
    )


def read_notice(year: int, text: str) -> dict[date, DayKind]:
    """The days that a notice of a year changes. Raises BadNotice."""
    out: dict[date, DayKind] = {}
    for line in filter(None, (raw.strip() for raw in text.splitlines())):
        called, _, rest = line.replace("：", ":").partition(":")
        name = _CALLED.get(called.strip().lower())
        if name is None:
            raise BadNotice(line=line, reason=T("没有这个节日", "there is no such holiday"))
        off, _, worked = rest.replace("；", ";").partition(";")
        for part, working in ((off, False), (worked, True)):
            for day in _days(year, part, line):
                _fits(day, out, line, working=working)
                out[day] = DayKind(name, working, published=True)
    _complete(year, out)
    return out


def table_of(year: int, days: dict[date, DayKind]) -> str:
    """The notice as a table of the calendar's file, ready to be added to it."""
    lines = [f"[{year}]"]
    for tag, working in (("off", False), ("makeup", True)):
        groups = []
        for name in YEARLY:
            listed = ", ".join(f'"{d:%m-%d}"' for d, kind in sorted(days.items()) if kind.name == name and kind.working is working)
            if listed:
                groups.append(f"{name} = [{listed}]")
        lines.append(f"{tag} = {{ {', '.join(groups)} }}" if groups else f"{tag} = {{}}")
    return "\n".join(lines)


def _days(year: int, part: str, line: str) -> list[date]:
    left = _SPAN.sub(" ", part).strip(" ,，、\t")
    if left:
        raise BadNotice(line=line, reason=T(f"读不懂“{left}”", f"“{left}” cannot be read"))
    out: list[date] = []
    for found in _SPAN.finditer(part):
        first = _day(year, found[1], line)
        last = first if found[2] is None else _day(year, found[2], line)
        if not 0 <= (last - first).days < 15:
            raise BadNotice(line=line, reason=T("起止日不当", "the days do not follow one another"))
        out += [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return out


def _day(year: int, text: str, line: str) -> date:
    month, day = map(int, text.split("-"))
    try:
        return date(year, month, day)
    except ValueError:
        raise BadNotice(line=line, reason=T(f"没有 {text} 这一天", f"there is no day {text}")) from None


def _fits(day: date, so_far: dict[date, DayKind], line: str, *, working: bool) -> None:
    if day in so_far:
        raise BadNotice(line=line, reason=T(f"{day} 出现两次", f"{day} stands twice"))
    if working and day.weekday() < 5:
        raise BadNotice(line=line, reason=T(f"{day} 本是工作日，不是调休", f"{day} is a workday anyway"))


def _complete(year: int, days: dict[date, DayKind]) -> None:
    """Every day off that the statute gives must be off (放假办法)."""
    for name, fixed in statutory_holidays(year).items():
        missing = [d for d in fixed if d not in days or days[d].working]
        if missing:
            raise BadNotice(line=NAMES[name], reason=T(f"缺少法定假日 {missing[0]}", f"the statutory holiday {missing[0]} is missing"))
