"""时刻 · Instants are stored in UTC; the law counts local dates. One place converts between the two."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

LOCAL: Final = ZoneInfo("Asia/Shanghai")


def local(moment: datetime) -> datetime:
    """当地时间 · An instant as local time without a zone, as the procedures read it."""
    return moment.astimezone(LOCAL).replace(tzinfo=None)


def instant(moment: datetime) -> datetime:
    """时刻 · Local time (or any aware time) as an instant in UTC. Of a local hour that occurred twice, the first."""
    return (moment if moment.tzinfo is not None else moment.replace(tzinfo=LOCAL)).astimezone(UTC)


def read(text: str) -> datetime:
    """Local time of an instant as the database writes it in JSON."""
    return local(datetime.fromisoformat(text))


def written(moment: datetime) -> str:
    """写法 · An instant as it stands in the ledger's header: UTC, six decimals, ``Z``."""
    return instant(moment).isoformat(timespec="microseconds")[:26] + "Z"
