"""放假通知 · The yearly notice as it is typed in, a holiday a line, read into days off and make-up workdays; or as a table of the calendar's file.

``春节：02-05至02-12；02-14 02-20``: the holiday, its days off, and after a semicolon the weekend days that are worked for it.
"""

from __future__ import annotations

import re
import tomllib
from datetime import date, timedelta
from typing import Any, Final

from tianping.law.calendar_days import NAMES, DayKind, row_of, statutory_holidays
from tianping.law.errors import TianpingError
from tianping.law.text import T

YEARLY: Final = ("new_year", "spring", "qingming", "labour", "dragon_boat", "mid_autumn", "national")
"""The holidays that a notice arranges every year."""
_CALLED: Final = {said: name for name in YEARLY for said in (NAMES[name].zh, NAMES[name].en.lower(), name)}
_SPAN: Final = re.compile(r"(\d{1,2}-\d{1,2})(?:\s*(?:至|~|to)\s*(\d{1,2}-\d{1,2}))?")
_TABLE: Final = re.compile(r"^\ufeff?\[", re.MULTILINE)


class BadNotice(TianpingError):
    """放假通知有误 · A line of a notice that cannot be read, or a notice that leaves out a day that the statute gives."""

    code = "LAW-122"
    what = T("放假通知有误：{line}（{reason}）。", "The notice will not do: {line} ({reason}).")
    todo = T(
        "请对照国务院办公厅的通知改正该行，写法如 元旦：01-01至01-03；01-04。",
        "Correct the line after the notice; write it as new_year: 01-01 to 01-03; 01-04.",
    )


def read_notice(year: int, text: str) -> dict[date, DayKind]:
    """The days that a notice of a year changes, typed line by line or as the file's table. Raises BadNotice."""
    if _TABLE.search(text):
        return _read_table(year, text.lstrip("\ufeff"))
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
    for tag, groups in row_of(days).items():
        told = [f"{name} = [{', '.join(f'{chr(34)}{day}{chr(34)}' for day in listed)}]" for name, listed in groups.items()]
        lines.append(f"{tag} = {{ {', '.join(told)} }}" if told else f"{tag} = {{}}")
    return "\n".join(lines)


def _read_table(year: int, text: str) -> dict[date, DayKind]:
    """A table of the calendar's file, held to the same as what is typed."""
    try:
        found: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadNotice(line=f"[{year}]", reason=error) from None
    row = found.get(str(year))
    if not isinstance(row, dict) or set(row) - {"off", "makeup"}:
        raise BadNotice(line=f"[{year}]", reason=T(f"文件里没有 [{year}] 的 off 和 makeup", f"the file has no off and makeup of [{year}]"))
    out: dict[date, DayKind] = {}
    for tag, working in (("off", False), ("makeup", True)):
        for name, listed in _groups(row.get(tag, {}), tag).items():
            for said in listed:
                day = _day(year, said, f"{tag}.{name}")
                _fits(day, out, f"{tag}.{name}", working=working)
                out[day] = DayKind(name, working, published=True)
    _complete(year, out)
    return out


def _groups(given: object, tag: str) -> dict[str, list[str]]:
    if not isinstance(given, dict) or not all(isinstance(listed, list) for listed in given.values()):
        raise BadNotice(line=tag, reason=T("写法不对", "it is not written as it should be"))
    for name, listed in given.items():
        if name not in NAMES:
            raise BadNotice(line=f"{tag}.{name}", reason=T("没有这个节日", "there is no such holiday"))
        wrong = next((d for d in listed if not isinstance(d, str) or not _SPAN.fullmatch(d)), None)
        if wrong is not None:
            raise BadNotice(line=f"{tag}.{name}", reason=T(f"读不懂“{wrong}”", f"“{wrong}” cannot be read"))
    return given


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
    try:
        month, day = map(int, text.split("-"))
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
