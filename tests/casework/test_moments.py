"""时刻 · The short way between instants and local time is the zone's own, on both sides of the year in which summer time had ended."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tianping.casework.moments import LOCAL, instant, local, read, written

LINE = datetime(1992, 1, 1, tzinfo=UTC)
EDGES = [LINE + timedelta(hours=h, microseconds=u) for h in (-9, -8, -1, 0, 1, 8, 9) for u in (-1, 0, 1)]


def test_instants_and_local_times_are_those_of_the_zone() -> None:
    random = Random(5)
    some = [datetime(1900, 1, 1, tzinfo=UTC) + timedelta(microseconds=random.randrange(150 * 365 * 86_400_000_000)) for _ in range(5_000)]
    summers = [datetime(1986 + n % 6, 4 + n % 7, 1 + n % 28, n % 24, tzinfo=UTC) for n in range(2_000)]
    for moment in (*EDGES, *summers, *some):
        shown = moment.astimezone(LOCAL)
        plain = shown.replace(tzinfo=None)
        assert local(moment) == local(shown) == plain
        text = moment.astimezone(UTC).isoformat(timespec="microseconds")[:26] + "Z"
        assert written(moment) == written(shown) == text
        first = shown.replace(fold=0).astimezone(UTC)
        assert instant(plain) == first
        assert instant(plain).tzinfo is UTC
        assert written(plain) == first.isoformat(timespec="microseconds")[:26] + "Z"
        for zone in (UTC, LOCAL, ZoneInfo("America/New_York")):
            assert read(moment.astimezone(zone).isoformat()) == plain
