"""时刻 · Instants are stored in UTC; the law counts local dates. One place converts between the two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

LOCAL: Final = ZoneInfo("Asia/Shanghai")
_ZERO: Final = datetime(1970, 1, 1)  # noqa: DTZ001 — local instants are counted from a local zero
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_OFFSET: Final = 8 * 3_600_000_000
_AHEAD: Final = timedelta(hours=8)
DAYS: Final = 8192
"""So many instants are kept of those that clocks begin and end with: the days of twenty years."""
_FIXED: Final = 1992
_FIXED_TEXT: Final = f"{_FIXED}"
_STANDARD: Final = (datetime(1992, 1, 1, tzinfo=UTC) - _EPOCH) // timedelta(microseconds=1)
"""Since then, the year ``_FIXED``, there has been no summer time: eight hours, always."""


def local(moment: datetime) -> datetime:
    """当地时间 · An instant as local time without a zone, as the procedures read it."""
    if moment.tzinfo is UTC and moment.year >= _FIXED:
        return moment.replace(tzinfo=None) + _AHEAD
    return moment.astimezone(LOCAL).replace(tzinfo=None)


def instant(moment: datetime) -> datetime:
    """时刻 · Local time (or any aware time) as an instant in UTC. Of a local hour that occurred twice, the first."""
    zone = moment.tzinfo
    if zone is UTC:
        return moment
    if (zone is None or zone is LOCAL) and moment.year >= _FIXED:
        return moment.replace(tzinfo=UTC) - _AHEAD
    return (moment if zone is not None else moment.replace(tzinfo=LOCAL)).astimezone(UTC)


def read(text: str) -> datetime:
    """Local time of an instant as the database writes it in JSON."""
    if text[-6:] == "+00:00" and text >= _FIXED_TEXT and text[4] == "-":
        return datetime.fromisoformat(text[:-6]) + _AHEAD
    return local(datetime.fromisoformat(text))


def written(moment: datetime) -> str:
    """写法 · An instant as it stands in the ledger's header: UTC, six decimals, ``Z``."""
    if moment.tzinfo is None and moment.year >= _FIXED:
        return (moment - _AHEAD).isoformat(timespec="microseconds") + "Z"
    return instant(moment).isoformat(timespec="microseconds")[:26] + "Z"


read_day = lru_cache(DAYS)(read)
"""The same for an instant that is mostly a day's first: clocks of days begin and end with few different ones."""
written_day = lru_cache(DAYS)(written)
"""The same, written."""


def instants(micro: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """时刻（列式） · :func:`instant` for microseconds of local time since 1970, as microseconds in UTC."""
    out = micro - _OFFSET
    early, where = np.unique(micro[old := micro < _STANDARD], return_inverse=True)
    if len(early):
        exact = [(instant(_ZERO + timedelta(microseconds=int(m))) - _EPOCH) // timedelta(microseconds=1) for m in early]
        out[old] = np.array(exact, dtype=np.int64)[where]
    return out
