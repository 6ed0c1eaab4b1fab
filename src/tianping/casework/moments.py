"""时刻 · Instants are stored in UTC; the law counts local dates. One place converts between the two."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

LOCAL: Final = ZoneInfo("Asia/Shanghai")
EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)


def local(moment: datetime) -> datetime:
    """当地时间 · An instant as local time without a zone, as the procedures read it."""
    return moment.astimezone(LOCAL).replace(tzinfo=None)


def instant(moment: datetime) -> datetime:
    """时刻 · Local time (or any aware time) as an instant in UTC. Of a local hour that occurred twice, the first."""
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=LOCAL)).astimezone(UTC)


def micros(moment: datetime) -> int:
    """微秒 · Microseconds since 1970 of an aware moment: what travels between the database and Python."""
    return (moment - EPOCH) // _TICK


def from_micros(number: int) -> datetime:
    """The instant of a number of microseconds."""
    return EPOCH + timedelta(microseconds=number)


def written(moment: datetime) -> str:
    """写法 · An instant as it stands in the ledger's header: UTC, six decimals, ``Z``."""
    return instant(moment).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
