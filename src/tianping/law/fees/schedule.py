"""收费标准 · The rates as data, and a fee reckoned band by band with a line for each."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

from tianping.law.citations import Citation
from tianping.law.derivation import Derivation, Line
from tianping.law.fees.errors import AmountNeeded, BaseNeeded, BaseOutOfRange, NotMoney, UnknownFee
from tianping.law.money import yuan
from tianping.law.statutes import POLICY, parse_citation
from tianping.law.text import T

ROUNDED = T("四舍五入到分（办法未作规定，本系统的计算选择）", "rounded half up to the cent (not regulated; our own choice)")


MOST = Decimal(10) ** 15
"""No claim is as large as this; what is, is a slip of the keyboard."""


@dataclass(frozen=True, slots=True)
class Band:
    """一档 · A band up to an amount: a sum for the whole of it, or a rate on the part that falls into it."""

    to: Decimal | None
    sum: Decimal | None
    rate: Decimal | None


@dataclass(frozen=True, slots=True)
class Schedule:
    """一种费用的标准 · Bands, or a range within which the figure is set locally, or a part of another fee; and a cap."""

    kind: str
    title: T
    cites: Citation
    bands: tuple[Band, ...]
    least: Decimal | None
    most: Decimal | None
    of: str
    divided_by: int
    cap: Decimal | None

    @property
    def graded(self) -> bool:
        """Whether the fee depends on an amount."""
        return bool(self.of) or any(band.rate is not None for band in self.bands)


@dataclass(frozen=True, slots=True)
class Fee:
    """诉讼费 · A fee to the cent and how it was reached; ``full`` is what it was before any halving."""

    title: T
    value: Decimal
    full: Decimal
    derivation: Derivation
    application: bool = False


@cache
def schedules() -> dict[str, Schedule]:
    """Every kind of fee."""
    data = tomllib.loads(files("tianping.law.fees").joinpath("schedule.toml").read_text(encoding="utf-8"))
    return {kind: _schedule(kind, table) for kind, table in data.items()}


def schedule(kind: str) -> Schedule:
    """One kind of fee. Raises UnknownFee."""
    found = schedules().get(kind)
    if found is None:
        raise UnknownFee(given=kind, known=", ".join(schedules()))
    return found


def money(given: object) -> Decimal:
    """An amount as given, in yuan. Raises NotMoney."""
    try:
        value = Decimal(str(given))
    except InvalidOperation:
        raise NotMoney(given=given) from None
    if not value.is_finite() or not 0 <= value < MOST or value != value.quantize(Decimal("0.01")):
        raise NotMoney(given=given)
    return value


def percent(part: Decimal) -> str:
    """A part of one as a percentage, without needless noughts."""
    return f"{(part * 100).normalize():f}"


def charge(kind: str, amount: Decimal | None = None, *, base: Decimal | None = None, region: str = "CN") -> Fee:
    """A fee by its schedule. Raises UnknownFee, NotMoney, AmountNeeded, BaseNeeded, BaseOutOfRange."""
    found = schedule(kind)
    if found.least is not None:
        lines, value = _local(found, base, region)
    else:
        lines, value = _reckoned(found, amount)
    rounded = yuan(value)
    if rounded != value:
        lines.append(Line(ROUNDED, POLICY["四舍五入"], rounded))
    application = any(ref.article == "14" for ref in found.cites.refs)
    return Fee(found.title, rounded, rounded, Derivation(tuple(lines)), application)


def _local(found: Schedule, base: Decimal | None, region: str) -> tuple[list[Line], Fraction]:
    if base is None:
        raise BaseNeeded(title=found.title, least=found.least, most=found.most, region=region)
    value = money(base)
    if found.least is None or found.most is None or not found.least <= value <= found.most:
        raise BaseOutOfRange(title=found.title, least=found.least, most=found.most, given=base)
    words = T("{t}：当地标准（幅度 {a} 至 {b} 元）", "{t}: the local figure (between {a} and {b} yuan)")
    return [Line(words.fill(t=found.title, a=found.least, b=found.most), found.cites, value)], Fraction(value)


def _reckoned(found: Schedule, amount: Decimal | None) -> tuple[list[Line], Fraction]:
    if found.graded and amount is None:
        raise AmountNeeded(title=found.title)
    given = money(amount) if amount is not None else Decimal(0)
    if found.of:
        base = charge(found.of, given)
        value = Fraction(base.value) / found.divided_by
        words = T("{t}：上数的 1/{n}", "{t}: 1/{n} of that").fill(t=found.title, n=found.divided_by)
        lines = [*base.derivation.lines, Line(words, found.cites, yuan(value))]
    else:
        lines, value = _graded(found, given)
    if found.cap is not None and value > found.cap:
        lines.append(Line(T("最高不超过", "at most"), found.cites, found.cap))
        value = Fraction(found.cap)
    return lines, value


def _graded(found: Schedule, amount: Decimal) -> tuple[list[Line], Fraction]:
    """Band by band, each on the part of the amount that falls into it."""
    lines, value, floor = [], Fraction(0), Decimal(0)
    for band in found.bands:
        part = (amount if band.to is None else min(amount, band.to)) - floor
        if band.sum is not None:
            words = T("{t}：每件", "{t}: for each case") if band.to is None else T("{t}：不超过 {to} 元", "{t}: up to {to} yuan")
            value += Fraction(band.sum)
            lines.append(Line(words.fill(t=found.title, to=_plain(band.to)), found.cites, band.sum))
        elif part > 0 and band.rate is not None:
            more = Fraction(part) * Fraction(band.rate)
            value += more
            words = T("超过 {floor} 元的部分 {part} × {rate}%", "the part above {floor} yuan: {part} × {rate}%")
            filled = words.fill(floor=_plain(floor), part=_plain(part), rate=percent(band.rate))
            lines.append(Line(filled, found.cites, yuan(more)))
        if band.to is None or amount <= band.to:
            break
        floor = band.to
    if len(lines) > 1:
        lines.append(Line(T("合计", "in all"), found.cites, yuan(value)))
    return lines, value


def _plain(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,f}"


def _schedule(kind: str, table: dict[str, Any]) -> Schedule:
    def number(key: str) -> Decimal | None:
        return Decimal(str(table[key])) if key in table else None

    bands = tuple(Band(*(Decimal(str(band[key])) if key in band else None for key in ("to", "sum", "rate"))) for band in table.get("bands", ()))
    title, part = (T(*table[key].split(" | ", 1)) for key in ("title", "part"))
    cites = parse_citation(table["cites"]).part(part.zh, part.en)
    return Schedule(kind, title, cites, bands, number("least"), number("most"), table.get("of", ""), table.get("divided_by", 1), number("cap"))
