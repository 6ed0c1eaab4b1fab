"""取值 · What a cell says: an instant as people and spreadsheets write it, an answer in the type of its fact, a text without what surrounds it."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from tianping.casework.moments import LOCAL
from tianping.procedure.grammar import Fact

_DAY: Final = re.compile(r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?")
_PLAIN: Final = re.compile(r"(\d{4})(\d{2})(\d{2})")
_TIME: Final = re.compile(r"(\d{1,2})\s*[:：时点]\s*(\d{1,2})\s*分?(?:\s*[:：]?\s*(\d{1,2})(?:\.(\d{1,6}))?\s*秒?)?")
_SERIAL: Final = range(20_000, 80_000)
"""Days since the last of 1899, as workbooks count them: from 1954 to 2119."""
TRUE: Final = frozenset({"true", "1", "yes", "y", "是", "有", "√"})
FALSE: Final = frozenset({"false", "0", "no", "n", "否", "无", "×"})


def text(value: object) -> str:
    """A cell as text: a whole number without a point, an instant as ISO, nothing as nothing."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return str(value).strip().lstrip("\ufeff")


def moment(value: object, time_format: str = "") -> datetime | None:
    """A local instant, or None if it cannot be read: dates of a workbook (also as bare numbers), ISO, 2021/3/1 9:05, 2021年3月1日9时5分, 20210301."""
    if isinstance(value, datetime):
        return _here(value)
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _serial(float(value)) or _written(text(value), time_format)
    return _written(text(value), time_format)


def _here(found: datetime) -> datetime | None:
    """A local instant; None for one that no calendar here holds."""
    try:
        return found.astimezone(LOCAL).replace(tzinfo=None) if found.tzinfo is not None else found
    except (OverflowError, ValueError):
        return None


def _serial(number: float) -> datetime | None:
    if not math.isfinite(number) or int(number) not in _SERIAL:
        return None
    return datetime(1899, 12, 30) + timedelta(seconds=round(number * 86_400))  # noqa: DTZ001 — local, as a workbook counts


def _written(given: str, time_format: str) -> datetime | None:
    try:
        if time_format:
            return datetime.strptime(given, time_format)  # noqa: DTZ007 — as written
        if len(given) > len("20210301"):
            return _here(datetime.fromisoformat(given))
    except ValueError:
        if time_format:
            return None
    at = _DAY.match(given) or _PLAIN.match(given)
    if at is None:
        return None
    rest = given[at.end() :].strip()
    hour = _TIME.fullmatch(rest)
    if rest and hour is None:
        return None
    clock = [int(n) if n else 0 for n in (hour.groups()[:3] if hour else ())]
    try:
        return datetime(*(int(n) for n in at.groups()), *clock)  # type: ignore[arg-type]  # noqa: DTZ001 — a local instant
    except ValueError:
        return None


def answer(fact: Fact[Any], value: object, words: Mapping[str, str]) -> object:
    """A cell as an answer to a fact, as far as it can be told; what cannot is left as it stands, for the engine to refuse."""
    given = text(value)
    given = words.get(given, given)
    kind = fact.kind
    if kind is bool:
        return True if given.lower() in TRUE else False if given.lower() in FALSE else given
    if kind is date:
        found = moment(value)
        return given if found is None else found.date()
    if kind is int:
        return int(given) if re.fullmatch(r"-?\d{1,18}", given) else given
    if kind is Decimal:
        return re.sub(r"[,，\s¥￥元]", "", given)
    if issubclass(kind, Enum):
        return next((m.name for m in kind if given in (m.name, m.value)), given)
    return given
