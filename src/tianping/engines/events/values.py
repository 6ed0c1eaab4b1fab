"""取值 · One value of a log as a date, an amount, a truth or a name; what cannot be read raises ValueError."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, Final
from zoneinfo import ZoneInfo

import pyarrow as pa

MONEY: Final = pa.decimal128(20, 4)
Convert = Callable[[Any], object]


def reader_of(kind: type) -> tuple[Convert, pa.DataType]:
    """How a fact of some kind is read, and the Arrow type of its column."""
    if kind is Decimal:
        return money, MONEY
    if kind is date:
        return day, pa.date32()
    if kind is bool:
        return truth, pa.bool_()
    if kind is int:
        return int, pa.int64()
    names = set(kind.__members__) if issubclass(kind, Enum) else None
    return (lambda value: named(value, names)), pa.string()


def money(value: object) -> Decimal:
    """An amount; NaN and infinity are none."""
    number = Decimal(str(value))
    if not number.is_finite():
        raise ValueError(value)
    return number.quantize(Decimal("0.0001"))


def day(value: object) -> date:
    """A date, or the date of an instant."""
    return value if isinstance(value, date) else datetime.fromisoformat(str(value)).date()


def truth(value: object) -> bool:
    """true, false, 1 or 0."""
    text = str(value).lower()
    if text not in ("true", "false", "1", "0"):
        raise ValueError(value)
    return text in ("true", "1")


def named(value: object, names: set[str] | None) -> str:
    """A text; one of ``names`` where there are names."""
    if names is not None and str(value) not in names:
        raise ValueError(value)
    return str(value)


def instant(value: str, time_format: str, zone: str) -> datetime | None:
    """A local instant as written, or in ``zone`` if it is written with an offset; None if it cannot be read."""
    try:
        moment = datetime.strptime(value, time_format) if time_format else datetime.fromisoformat(value)  # noqa: DTZ007 — as written
    except ValueError:
        return None
    if moment.tzinfo is not None and zone:
        moment = moment.astimezone(ZoneInfo(zone))
    return moment.replace(tzinfo=None)
