"""期间 · Lengths of time, and the rules by which they are counted.

A :class:`Period` has components that are applied in the order months, days, working days; a period of seconds stands alone,
for hours are counted on instants and never across whole days (民事诉讼法 85; 民法典 201).
"""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import Final, Self

from tianping.law.errors import TianpingError
from tianping.law.text import T

EPOCH: Final = date(1970, 1, 1).toordinal()
"""Day number 0. A day number is the same integer as numpy's ``datetime64[D]``."""


MONTH_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class NegativePeriod(TianpingError):
    """期间为负 · A length of time below zero."""

    code = "LAW-101"
    what = T("期间不能为负数：{period}。", "A period cannot be negative: {period}.")
    todo = T("请填写零或正的月数、天数、工作日数或小时数。", "Give months, days, working days or hours of zero or more.")


class MixedPeriod(TianpingError):
    """期间混用 · Hours and whole days in one length."""

    code = "LAW-102"
    what = T("同一期间不能既有小时又有日、月：{period}。", "One period cannot hold hours and whole days or months: {period}.")
    todo = T("请写成两个期限，一个按小时，一个按日。", "Write two limits: one in hours, one in days.")


class PeriodTooLong(TianpingError):
    """期间过长 · A length of time that leaves the years of the calendar."""

    code = "LAW-103"
    what = T("期间过长：{months} 个月之后超出日历。", "The period is too long: {months} months lead out of the calendar.")
    todo = T("请核对月数或年数。", "Check the number of months or years.")


@dataclass(frozen=True, slots=True)
class Period:
    """期间 · One length: calendar months, calendar days, working days, or seconds."""

    months: int = 0
    days: int = 0
    working: int = 0
    seconds: int = 0

    def __post_init__(self) -> None:
        if min(self.months, self.days, self.working, self.seconds) < 0:
            raise NegativePeriod(period=repr(self))
        if self.seconds and (self.months or self.days or self.working):
            raise MixedPeriod(period=repr(self))

    def __add__(self, other: Period) -> Self:
        """Lengths add component by component: 3 months and 1 month are 4 months from the trigger."""
        return type(self)(self.months + other.months, self.days + other.days, self.working + other.working, self.seconds + other.seconds)

    @property
    def text(self) -> T:
        """The period in words, as ``T("3个月零15日", "3 months and 15 days")``."""
        zh, en = [], []
        for n, unit_zh, unit_en in self._parts():
            zh.append(f"{n}{unit_zh}")
            en.append(f"{n} {unit_en}{'' if n == 1 else 's'}")
        return T("零".join(zh) or "0日", " and ".join(en) or "0 days")

    def _parts(self) -> list[tuple[int, str, str]]:
        hours, rest = divmod(self.seconds, 3600)
        minutes, seconds = divmod(rest, 60)
        parts = [
            (self.months, "个月", "month"),
            (self.days, "日", "day"),
            (self.working, "个工作日", "working day"),
            (hours, "小时", "hour"),
            (minutes, "分钟", "minute"),
            (seconds, "秒", "second"),
        ]
        return [p for p in parts if p[0]]


@dataclass(frozen=True, slots=True)
class Counting:
    """计算规则 · How a month ends and whether the last day rolls over a rest day.

    ``month_end``: from the last day of a month to the last day of the month of expiry (刑诉法解释 202).
    ``rolls``: a last day that is a rest day becomes the first day after it (民事诉讼法 85), never in custody (刑事诉讼法 105).
    """

    name: str
    title: T
    month_end: bool = False
    rolls: bool = True


CIVIL: Final = Counting("civil", T("民事期间", "civil period"))
CRIMINAL: Final = Counting("criminal", T("刑事期间", "criminal period"), month_end=True)
CUSTODY: Final = Counting("custody", T("羁押期限", "custody"), month_end=True, rolls=False)
PLAIN: Final = Counting("plain", T("自然日（不顺延）", "calendar days, no roll-over"), rolls=False)

COUNTINGS: Final = {c.name: c for c in (CIVIL, CRIMINAL, CUSTODY, PLAIN)}


def day_number(day: date) -> int:
    """The day number of a date (1970-01-01 is 0)."""
    return day.toordinal() - EPOCH


def to_date(number: int) -> date:
    """The date of a day number."""
    return date.fromordinal(EPOCH + number)


def last_of_month(year: int, month: int) -> int:
    """The number of a month's last day, month 1 to 12."""
    return 29 if month == 2 and isleap(year) else MONTH_DAYS[month - 1]


def add_months(day: int, months: int, *, month_end: bool) -> int:
    """The corresponding day of a later month, or that month's last day (民法典 202; with ``month_end`` 刑诉法解释 202).

    Raises PeriodTooLong where no year has it.
    """
    if months == 0:
        return day
    d = date.fromordinal(EPOCH + day)
    year, month = divmod(d.year * 12 + d.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        raise PeriodTooLong(months=months)
    last = last_of_month(year, month + 1)
    if month_end and d.day == last_of_month(d.year, d.month):
        return date(year, month + 1, last).toordinal() - EPOCH
    return date(year, month + 1, min(d.day, last)).toordinal() - EPOCH
