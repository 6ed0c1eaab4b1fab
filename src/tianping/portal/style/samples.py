"""样本 · What the style page shows. Every date on it is reckoned by the law's own functions when the page is asked for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from tianping.law.calendar import calendar
from tianping.law.derivation import Derivation
from tianping.law.periods import CIVIL, Period, day_number
from tianping.law.reckoning import Due, PauseSpan, reckon
from tianping.law.statutes import CPL23
from tianping.law.text import T
from tianping.portal.house.clocks import Clock, Paused, chip, ruler
from tianping.portal.house.outlines import County, drawing, shade, steps
from tianping.portal.house.shapes import Chip, Moment, Stop
from tianping.portal.house.slips import slip

AT: Final = datetime(2026, 11, 20, 14, 35, tzinfo=ZoneInfo("Asia/Shanghai"))
"""The day on which the samples stand, so that the page is the same whenever it is looked at."""
FILED: Final = date(2026, 9, 1)
APPRAISAL: Final = T("鉴定", "appraisal")
SPAN: Final = (date(2026, 9, 29), date(2026, 10, 30))


def trial(*, open_pause: bool = False) -> tuple[Clock, Due]:
    """Three months of a simplified trial with an appraisal that does not count."""
    pause = PauseSpan(SPAN[0], None if open_pause else SPAN[1], APPRAISAL)
    due = reckon(FILED, Period(months=3), CIVIL, calendar(), cites=CPL23[164], pauses=[pause])
    paused = Paused(APPRAISAL, SPAN[0], None if open_pause else SPAN[1])
    return Clock(FILED, due.day, timed=False, fixed=due.fixed, provisional=due.provisional, pauses=(paused,)), due


def service() -> tuple[Clock, Derivation]:
    """Five days to serve the complaint, long past on the day of the samples."""
    due = reckon(date(2026, 11, 9), Period(days=5), CIVIL, calendar(), cites=CPL23[128])
    return Clock(date(2026, 11, 9), due.day, timed=False), due.derivation


def clocks() -> dict[str, Clock]:
    """A clock in each state."""
    local = AT.replace(tzinfo=None)
    return {
        "none": trial()[0],
        "l1": Clock(date(2026, 11, 9), date(2026, 11, 22), timed=False),
        "l2": Clock(date(2026, 11, 9), date(2026, 11, 20), timed=False),
        "l2_timed": Clock(local.replace(hour=7, minute=5), local.replace(hour=15, minute=5), timed=True),
        "l3": service()[0],
        "l3_timed": Clock(local.replace(day=19, hour=9), local.replace(hour=9), timed=True),
        "hold": trial(open_pause=True)[0],
        "done": Clock(date(2026, 11, 9), date(2026, 11, 16), timed=False, ended=True),
    }


STOPS: Final = (
    Stop(T("诉前调解", "Mediation"), "done", T("8-12 未成", "8-12 failed")),
    Stop(T("立案", "Filed"), "done", T("9-01", "9-01")),
    Stop(T("送达", "Served"), "done", T("9-04", "9-04")),
    Stop(T("开庭", "Hearing"), "current", T("11-26", "11-26")),
    Stop(T("宣判", "Judgment"), "next"),
    Stop(T("归档", "Filed away"), "next"),
)
MOMENTS: Final = (
    Moment(T("立案", "Filed"), "done", FILED, T("案件受理费已交。", "The court fee is paid.")),
    Moment(T("鉴定完成", "Appraisal done"), "done", SPAN[1], links=((T("查看鉴定意见", "See the opinion"), "#shapes"),)),
    Moment(T("等开庭", "Waiting for the hearing"), "current", datetime(2026, 11, 26, 9), links=((T("怎么去", "How to get there"), "#shapes"),)),  # noqa: DTZ001
    Moment(T("宣判", "Judgment"), "next", text=T("之后15日内可以上诉。", "An appeal is possible within 15 days after it.")),
)


MONTHS: Final = tuple(
    (f"2026-{month:02}", calendar().rank[day_number(date(2026, month + 1, 1))] - calendar().rank[day_number(date(2026, month, 1))])
    for month in range(1, 11)
)
"""Working days of each month: figures that the calendar knows."""


def counties() -> tuple[County, ...]:
    """The counties with a figure that everybody can count: how many points their outline has."""
    drawn = drawing()
    points = [(shape, shape.path.count("L") + 1) for shape in drawn.shapes] if drawn else []
    most = max((n for _, n in points), default=0)
    return tuple(County(s, n, shade(n, most), T("{name} {n}点", "{name} {n} points").fill(name=s.name, n=n), "#charts") for s, n in points)


def samples() -> dict[str, Any]:
    """What the template draws."""
    clock, due = trial()
    return {
        "due_chips": [(name, one, chip(one, AT)) for name, one in clocks().items()],
        "rulers": [(name, one, ruler(one, AT)) for name, one in clocks().items()],
        "main": (clock, chip(clock, AT), ruler(clock, AT), slip(due.derivation, provisional=due.provisional)),
        "open_clock": trial(open_pause=True)[0],
        "stops": STOPS,
        "moments": MOMENTS,
        "plain": Chip("none", T("还剩12天", "12 days left")),
        "article": CPL23[164],
        "today": AT,
        "chart_option": (
            {
                "xAxis": {"type": "category", "data": [m for m, _ in MONTHS]},
                "yAxis": {"type": "value"},
                "series": [{"type": "bar", "data": [n for _, n in MONTHS]}],
            }
        ),
        "chart_rows": MONTHS,
        "drawing": drawing(),
        "counties": counties(),
        "shades": steps(max((c.number for c in counties()), default=0)),
    }
