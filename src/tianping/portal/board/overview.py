"""总览 · The first page of the board: its finding, the funnel, why the rest ended otherwise, by platform, court, county and month."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from tianping.casework.funnel import Counted, Row, Tally, courts, extent, sources, tally, total
from tianping.casework.funnel_cases import Mark
from tianping.law.text import T
from tianping.portal.board.asking import Asked, Period, periods
from tianping.portal.house.outlines import County, drawing, shade, steps
from tianping.procedure.contracts.matters import MediationRequest

WORDS: Final[dict[Mark, T]] = {
    "pushed": T("推送", "Pushed"),
    "closed": T("结案", "Closed"),
    "settled": T("调解成功", "Settled"),
    "confirmed": T("司法确认", "Confirmed"),
    "open": T("在办", "Open"),
    "unsettled": T("未成", "Not settled"),
    "unconfirmed": T("未确认", "Not confirmed"),
}
MEANS: Final[dict[Mark, T]] = {
    "pushed": T("法院送往调解平台的委派", "referrals that a court sent to mediation"),
    "closed": T("调解组织已答复或退回", "answered or returned by the mediation body"),
    "settled": T("答复为调解成功", "answered: settled"),
    "confirmed": T("法院裁定确认调解协议有效", "the agreement confirmed by the court's ruling"),
    "open": T("已推送、尚未答复", "sent and not answered yet"),
    "unsettled": T("已结案而未调成", "closed without a settlement"),
    "unconfirmed": T("调成而未经司法确认", "settled, and no court has confirmed it"),
}
STAGES: Final[tuple[tuple[Mark, Mark, Mark], ...]] = (
    ("pushed", "pushed", "open"), ("closed", "pushed", "open"), ("settled", "closed", "unsettled"), ("confirmed", "settled", "unconfirmed"),
)  # fmt: skip
"""Each stage of the funnel, the stage that it is a part of, and what is left of that one."""
OUTCOMES: Final = {o.name: o.title for o in MediationRequest.outcomes()}
OTHERWISE: Final = T("未写明", "not stated")


@dataclass(frozen=True, slots=True)
class Bar:
    """一条 · A stage of the funnel: its number, its share of the stage before, the rest by name; widths in percent of the longest."""

    mark: Mark
    number: int
    of: Mark
    share: float | None
    rest: Mark
    left: int
    width: float
    rest_width: float


@dataclass(frozen=True, slots=True)
class Line:
    """一行 · A court or a platform: its counts, its settlement rate, how many days a closed one took, and the counts of the other period."""

    code: str
    name: T
    counted: Counted
    days: float | None
    other: Counted | None

    @property
    def rate(self) -> float | None:
        """Settled among the closed."""
        return rate(self.counted)


@dataclass(frozen=True, slots=True)
class Ending:
    """结束方式 · How some ended that were not settled; ``before``: in the other period."""

    outcome: str
    title: T
    number: int
    share: float
    before: int | None


@dataclass(frozen=True, slots=True)
class Column:
    """一月 · A month of the trend; heights in percent of the highest."""

    key: str
    title: str
    counted: Counted
    pushed: float
    settled: float


@dataclass(frozen=True, slots=True)
class Overview:
    """总览 · Everything that the page shows, in both languages."""

    asked: Asked
    counted: Counted
    other: Counted | None
    finding: T
    bars: tuple[Bar, ...]
    endings: tuple[Ending, ...]
    platforms: tuple[Line, ...]
    courts: tuple[Line, ...]
    columns: tuple[Column, ...]
    counties: tuple[County, ...]
    height: int
    shades: tuple[tuple[int, int], ...]
    periods: tuple[Period, ...]
    court_names: dict[str, T]
    source_names: dict[str, T]

    @property
    def scope(self) -> tuple[T, ...]:
        """The period, court and platform in words."""
        places = (self.court_names.get(self.asked.court), self.source_names.get(self.asked.source))
        return (self.asked.title, *(p for p in places if p is not None))


def overview(asked: Asked) -> Overview:
    """The overview of a scope."""
    seen, other = tally(asked.scope), None if asked.other is None else tally(asked.other)
    rows, others = seen.rows, None if other is None else other.rows
    counted = total(rows)
    map_of = drawing()
    counties = _counties(asked, rows) if map_of else ()
    return Overview(
        asked,
        counted,
        None if others is None else total(others),
        finding(counted),
        _bars(counted),
        _endings(seen, other, counted),
        _lines(rows, others, by_court=False),
        _lines(rows, others, by_court=True),
        _columns(seen),
        counties,
        map_of.height if map_of else 0,
        steps(max((c.number for c in counties), default=0)),
        tuple(periods(extent())),
        courts(),
        sources(),
    )


def finding(counted: Counted) -> T:
    """The title of the page: what there is to be known."""
    if not counted.pushed:
        return T("这个范围内没有推送的纠纷", "No dispute was pushed in this scope")
    n = round(100 * counted.settled / counted.pushed)
    return T("每100件推送的纠纷，{n}件调解成功", "Of every 100 disputes pushed, {n} are settled").fill(n=n)


def rate(counted: Counted) -> float | None:
    """Settled among the closed; None of nothing."""
    return counted.settled / counted.closed if counted.closed else None


def _bars(counted: Counted) -> tuple[Bar, ...]:
    most = counted.pushed or 1
    out = []
    for mark, of, rest in STAGES:
        number, whole = getattr(counted, mark), getattr(counted, of)
        left = 0 if mark == of else whole - number
        share = number / whole if whole and mark != of else None
        out.append(Bar(mark, number, of, share, rest, left, round(100 * number / most, 2), round(100 * left / most, 2)))
    return tuple(out)


def _endings(seen: Tally, other: Tally | None, counted: Counted) -> tuple[Ending, ...]:
    before = None if other is None else dict(other.endings)
    found = [(outcome, n) for outcome, n in seen.endings if outcome != MediationRequest.settled.name]
    return tuple(Ending(o, OUTCOMES.get(o, OTHERWISE), n, n / counted.unsettled, None if before is None else before.get(o, 0)) for o, n in found)


def _lines(rows: list[Row], others: list[Row] | None, *, by_court: bool) -> tuple[Line, ...]:
    def key(row: Row) -> str:
        return row.court if by_court else row.source

    out = []
    for code in dict.fromkeys(key(r) for r in rows):
        own = [r for r in rows if key(r) == code]
        counted, days = total(own), sum(r.days for r in own)
        other = None if others is None else total([r for r in others if key(r) == code])
        name = own[0].court_name if by_court else own[0].source_name if code else OTHERWISE
        out.append(Line(code, name, counted, days / counted.closed if counted.closed else None, other))
    return tuple(sorted(out, key=lambda line: -line.counted.pushed))


def mean_days(rows: Iterable[Line]) -> float | None:
    """The mean of all closed ones together."""
    known = [(line.days * line.counted.closed, line.counted.closed) for line in rows if line.days is not None]
    return sum(d for d, _ in known) / sum(n for _, n in known) if known else None


def _columns(seen: Tally) -> tuple[Column, ...]:
    found = {m.month: m.counted for m in seen.months}
    if not found:
        return ()
    keys = list(_between(min(found), max(found)))[-24:]
    most = max(max(c.pushed, c.settled) for c in found.values()) or 1
    none = Counted()
    return tuple(Column(k, k, c, round(100 * c.pushed / most, 1), round(100 * c.settled / most, 1)) for k in keys for c in (found.get(k, none),))


def _between(first: str, last: str) -> Iterable[str]:
    """Every month from one to another."""
    day = date.fromisoformat(first + "-01")
    while day.isoformat()[:7] <= last:
        yield day.isoformat()[:7]
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _counties(asked: Asked, rows: list[Row]) -> tuple[County, ...]:
    """The counties of the map, each leading to the board of the court of its division."""
    drawn = drawing()
    assert drawn is not None, "asked only where there is a map"
    by_division: dict[str, list[Row]] = {}
    for row in rows:
        by_division.setdefault(row.division, []).append(row)
    pushed = {division: total(found).pushed for division, found in by_division.items()}
    most = max(pushed.values(), default=0)
    out = []
    for shape in drawn.shapes:
        own, number = by_division.get(shape.division, []), pushed.get(shape.division, 0)
        words = T("{county} {n}件推送", "{county} {n} pushed").fill(county=shape.name, n=f"{number:,}")
        out.append(County(shape, number, shade(number, most), words, asked.to(court=own[0].court) if own else ""))
    return tuple(out)
