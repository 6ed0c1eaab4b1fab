"""范围与期间 · What of the board is asked for, as the address says it: a period, a court, a platform, and a period to compare with."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import HttpRequest

from tianping.casework.funnel import Scope
from tianping.law.text import T

PERIOD: Final = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?")
WHOLE: Final = T("全部期间", "All periods")


@dataclass(frozen=True, slots=True)
class Period:
    """期间 · A year, half-year, quarter or month. ``key`` is how an address writes it: 2021, 2021-H2, 2021-Q3, 2021-08."""

    key: str
    title: T
    first: date
    last: date

    @property
    def before(self) -> Period:
        """The period of the same length before it."""
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1
        number = self.first.year * 12 + self.first.month - 1 - months
        kind = {12: "", 6: "H", 3: "Q", 1: ""}[months]
        year, month = divmod(number, 12)
        tail = "" if months == 12 else f"-{kind}{month // months + 1}" if kind else f"-{month + 1:02}"
        return period(f"{year:04}{tail}") or self


def period(key: str) -> Period | None:
    """The period of a key; None for what is none."""
    found = PERIOD.fullmatch(key)
    if found is None or not 1000 <= int(found[1]) <= 9000:
        return None
    year, half, quarter, month = int(found[1]), found[2], found[3], found[4]
    if half:
        title = T(f"{year}年{'上' if half == '1' else '下'}半年", f"{year}, {'first' if half == '1' else 'second'} half")
        first, count = 6 * int(half) - 5, 6
    elif quarter:
        title, first, count = T(f"{year}年第{quarter}季度", f"{year}, quarter {quarter}"), 3 * int(quarter) - 2, 3
    elif month:
        title, first, count = T(f"{year}年{int(month)}月", f"{year}-{month}"), int(month), 1
    else:
        title, first, count = T(f"{year}年", f"{year}"), 1, 12
    last = first + count - 1
    return Period(key, title, date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def periods(extent: tuple[date, date] | None) -> list[Period]:
    """Every period that holds something: years, half-years, quarters, months, each newest first."""
    if extent is None:
        return []
    first, last = extent
    years = range(last.year, first.year - 1, -1)
    tails = ("", "-H2", "-H1", *(f"-Q{n}" for n in (4, 3, 2, 1)), *(f"-{n:02}" for n in range(12, 0, -1)))
    made = [p for year in years for tail in tails if (p := period(f"{year}{tail}")) is not None]
    held = [p for p in made if p.first <= last and p.last >= first]
    return sorted(held, key=lambda p: (len(p.key), "H" not in p.key, "Q" not in p.key))


@dataclass(frozen=True, slots=True)
class Asked:
    """所问 · The scope of a page of the board. ``against``: a period to compare with."""

    period: Period | None = None
    court: str = ""
    source: str = ""
    against: Period | None = None

    @property
    def scope(self) -> Scope:
        """Which referrals it means."""
        return self._scope(self.period)

    @property
    def other(self) -> Scope | None:
        """Those that it is compared with."""
        return None if self.against is None else self._scope(self.against)

    def _scope(self, chosen: Period | None) -> Scope:
        first, last = (chosen.first, chosen.last) if chosen else (None, None)
        return Scope(first, last, self.court, self.source)

    @property
    def title(self) -> T:
        """The period in words."""
        return self.period.title if self.period else WHOLE

    def to(self, path: str = "/board/", **changed: str) -> str:
        """The address of a page of the board in this scope, with something changed; an empty value takes it away."""
        kept = {"period": self.period.key if self.period else "", "court": self.court, "source": self.source}
        kept["against"] = self.against.key if self.against else ""
        query = urlencode({k: v for k, v in {**kept, **changed}.items() if v})
        return path + (f"?{query}" if query else "")

    def within(self, *, court: str | None = None, source: str | None = None) -> Asked:
        """The same in one court, or of one platform."""
        return replace(self, court=self.court if court is None else court, source=self.source if source is None else source)


def asked(request: HttpRequest) -> Asked:
    """What an address asks for; what it writes wrongly is left out."""
    given = {name: request.GET.get(name, "").replace("\0", "")[:60] for name in ("period", "court", "source", "against")}
    return Asked(period(given["period"]), given["court"], given["source"], period(given["against"]))
