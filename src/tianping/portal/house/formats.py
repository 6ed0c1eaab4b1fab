"""写法 · Dates, instants, numbers and money as a reader of the page's language writes them. Instants are shown in the city's time."""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from zoneinfo import ZoneInfo

from markupsafe import Markup

from tianping.law import citations
from tianping.law.derivation import Value
from tianping.law.statutes import parse_citation
from tianping.law.text import T
from tianping.portal.house.words import spoken, t

CITY: Final = ZoneInfo("Asia/Shanghai")
WEEKDAYS: Final = tuple(T(zh, en) for zh, en in zip("一二三四五六日", ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True))
MONTHS: Final = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


def local(moment: date | datetime) -> date | datetime:
    """A day as it is, an instant in the city's time (an instant without a zone is local already)."""
    return moment.astimezone(CITY) if isinstance(moment, datetime) and moment.tzinfo else moment


def day(moment: date | datetime, long: bool = False) -> str:
    """``2026-12-02``; long: ``2026年12月2日（周三）``, ``2 December 2026 (Wed)``."""
    on = local(moment)
    if not long:
        return f"{on.year:04}-{on.month:02}-{on.day:02}"
    week = WEEKDAYS[on.weekday()]
    if spoken() == "zh":
        return f"{on.year}年{on.month}月{on.day}日（周{week.zh}）"
    return f"{on.day} {MONTHS[on.month - 1]} {on.year} ({week.en})"


def short_day(moment: date | datetime) -> str:
    """Month and day alone, where the year stands nearby: ``9-01``."""
    on = local(moment)
    return f"{on.month}-{on.day:02}"


def instant(moment: date | datetime, long: bool = False) -> str:
    """A day with hour and minute: ``2026-11-20 09:41``; long: ``2026年11月20日（周五）9:41``."""
    at = local(moment)
    if not isinstance(at, datetime):
        return day(at, long)
    clock = f"{at.hour}:{at.minute:02}" if long else f"{at.hour:02}:{at.minute:02}"
    return day(at, long) + ("" if long and spoken() == "zh" else " ") + clock


def iso(moment: date | datetime) -> str:
    """For ``<time datetime>``."""
    at = local(moment)
    return at.isoformat(timespec="minutes") if isinstance(at, datetime) else at.isoformat()


def number(value: float | Decimal, places: int = 0) -> str:
    """``1,262``. A minus is a minus sign."""
    return f"{value:,.{places}f}".replace("-", "−")


def money(value: Decimal | int) -> str:
    """``382.50元``, ``CNY 382.50``."""
    amount = number(value, 2)
    return f"{amount}元" if spoken() == "zh" else f"CNY {amount}"


def percent(value: float | Decimal, places: int = 1) -> str:
    """A share: ``38.9%``."""
    return number(100 * value, places) + "%"


def article(compact: str) -> str:
    """A citation in its compact form (``CPL23 126``) as a reader of the page's language writes it."""
    return parse_citation(compact).text(spoken())


def titled(title: T) -> str:
    """The title of a text as a reader of the page's language writes it: 《民事诉讼法》, Civil Procedure Law."""
    return citations.titled(title, spoken())


def value(shown: Value | str, long: bool = False) -> str:
    """What a line of a derivation arrives at, whatever its kind."""
    if shown is None:
        return ""
    if isinstance(shown, Decimal):
        return money(shown)
    if isinstance(shown, datetime):
        return instant(shown, long)
    if isinstance(shown, date):
        return day(shown, long)
    return t(shown) if isinstance(shown, T | str) else number(shown)


def embedded(data: object) -> Markup:
    """Data as JSON inside a ``<script type="application/json">``: nothing in it can end the element."""
    told = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=str)
    return Markup(told.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))  # noqa: S704 — escaped just here
