"""放假安排 · Which days are off and which weekend days are worked, from the published notices or computed from the statute."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from importlib.resources import files
from typing import Final

from tianping.law.text import T

NAMES: Final = {
    "new_year": T("元旦", "New Year's Day"),
    "spring": T("春节", "Spring Festival"),
    "qingming": T("清明节", "Tomb-Sweeping Day"),
    "labour": T("劳动节", "Labour Day"),
    "dragon_boat": T("端午节", "Dragon Boat Festival"),
    "mid_autumn": T("中秋节", "Mid-Autumn Festival"),
    "national": T("国庆节", "National Day"),
    "victory_70": T("抗战胜利70周年", "70th anniversary of victory"),
}


@dataclass(frozen=True, slots=True)
class DayKind:
    """A day that is not what its weekday says: a day off (``working`` False) or a make-up workday (True)."""

    name: str
    working: bool
    published: bool

    @property
    def title(self) -> T:
        """``国庆节假期 · National Day holiday`` or ``国庆节调休上班 · National Day make-up workday``."""
        if self.working:
            return T("{n}调休上班", "{n} make-up workday").fill(n=NAMES[self.name])
        return T("{n}假期", "{n} holiday").fill(n=NAMES[self.name])


def _table(name: str) -> dict[str, dict[str, object]]:
    return tomllib.loads(files("tianping.law").joinpath(name).read_text(encoding="utf-8"))


def published_days() -> dict[int, dict[date, DayKind]]:
    """Year → the days that its published notice changes."""
    return {int(year): year_of(int(year), row) for year, row in _table("calendar_days.toml").items()}


def year_of(year: int, row: Mapping[str, object]) -> dict[date, DayKind]:
    """The days that a table of a year changes: ``off`` and ``makeup``, each a holiday's list of MM-DD."""
    days: dict[date, DayKind] = {}
    for tag, working in (("off", False), ("makeup", True)):
        groups = row.get(tag, {})
        assert isinstance(groups, dict)
        for name, list_ in groups.items():
            days.update({date.fromisoformat(f"{year}-{d}"): DayKind(name, working, published=True) for d in list_})
    return days


def row_of(days: Mapping[date, DayKind]) -> dict[str, dict[str, list[str]]]:
    """The days of a year as its table has them."""
    out: dict[str, dict[str, list[str]]] = {"off": {}, "makeup": {}}
    for day, kind in sorted(days.items()):
        out["makeup" if kind.working else "off"].setdefault(kind.name, []).append(f"{day:%m-%d}")
    return out


def statutory_holidays(year: int) -> dict[str, list[date]]:
    """Festival → its statutory days under the text in force (放假办法: of 1949, then from 1999-09-18, 2008, 2014, 2025).

    The 1949 text was not held; its days are those that holidays 0.109 (MIT) records.
    """
    lunar = _table_lunar()[str(year)]
    spring = date.fromisoformat(f"{year}-{lunar['spring']}")
    eve = spring - timedelta(days=1)
    days = {"new_year": [date(year, 1, 1)], "national": [date(year, 10, d) for d in (1, 2, 3)]}
    if year >= 2025:
        days["spring"], days["labour"] = [eve + timedelta(days=n) for n in range(4)], [date(year, 5, 1), date(year, 5, 2)]
    elif year >= 2014:
        days["spring"], days["labour"] = [spring + timedelta(days=n) for n in range(3)], [date(year, 5, 1)]
    elif year >= 2008:
        days["spring"], days["labour"] = [eve + timedelta(days=n) for n in range(3)], [date(year, 5, 1)]
    else:
        days["spring"], days["labour"] = [spring + timedelta(days=n) for n in range(3)], [date(year, 5, d) for d in (1, 2, 3)]
        if year < 2000:
            days["labour"] = days["labour"][:1]
        if year < 1999:
            days["national"] = days["national"][:2]
    if year >= 2008:
        days |= {n: [date.fromisoformat(f"{year}-{lunar[n]}")] for n in ("qingming", "dragon_boat", "mid_autumn")}
    return days


def statutory_days(year: int) -> dict[date, DayKind]:
    """The days off that the statute itself gives, a holiday on a weekend being made up on the next workday; no yearly shifts."""
    fixed = statutory_holidays(year)
    off = {d: name for name, days in fixed.items() for d in days}
    out = {d: DayKind(name, working=False, published=False) for d, name in off.items()}
    for name, days in fixed.items():
        for day in days:
            if day.weekday() >= 5:
                make_up = day
                while make_up.weekday() >= 5 or make_up in out:
                    make_up += timedelta(days=1)
                out[make_up] = DayKind(name, working=False, published=False)
    return out


_LUNAR: dict[str, dict[str, object]] = {}


def _table_lunar() -> dict[str, dict[str, object]]:
    if not _LUNAR:
        _LUNAR.update(_table("lunar_days.toml"))
    return _LUNAR
