"""群机器人消息 · What leaves the house: one digest to a robot, numbers and a place to look, never a name or a number of anybody.

The text is made of counts and of titles of the definitions only, so nothing that somebody typed can be in it. A robot takes twenty messages a
minute and then nothing for ten minutes, so what comes within a minute is one message. Sending belongs to the connector; this is what it sends.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tianping.law.text import T

PER_MINUTE: Final = 20
"""Messages that one robot takes in a minute; the service answers more of them with a pause of ten minutes."""
WINDOW: Final = timedelta(minutes=1)
FRESH: Final = timedelta(hours=1)
"""A signature older than this is refused."""
HEAD: Final = T("{count}个问题待办理", "{count} points to be dealt with")
LINE: Final = T("{about}：{count}", "{about}: {count}")


@dataclass(frozen=True, slots=True)
class Found:
    """一条问题 · To which robot a point is told, what it is about (words of a definition, typed by nobody), when it was listed."""

    robot: str
    about: T
    at: datetime


@dataclass(frozen=True, slots=True)
class Digest:
    """一条通报 · What a robot is sent, at the end of its minute."""

    robot: str
    at: datetime
    count: int
    text: T


def digests(points: Iterable[Found], link: str) -> list[Digest]:
    """汇总 · One message for each robot and minute, in the order of their times; ``link`` leads to the list, behind the login."""
    waiting: dict[str, list[Found]] = {}
    for point in sorted(points, key=lambda p: p.at):
        waiting.setdefault(point.robot, []).append(point)
    made = [_digest(batch, link) for listed in waiting.values() for batch in _batches(listed)]
    return sorted(made, key=lambda d: (d.at, d.robot))


def _batches(points: list[Found]) -> Iterator[list[Found]]:
    """What was listed within a minute of the first."""
    batch: list[Found] = []
    for point in points:
        if batch and point.at - batch[0].at >= WINDOW:
            yield batch
            batch = []
        batch.append(point)
    yield batch


def _digest(batch: list[Found], link: str) -> Digest:
    lines = [HEAD.fill(count=str(len(batch)))]
    lines += [LINE.fill(about=about, count=str(n)) for about, n in Counter(p.about for p in batch).items()]
    text = T("\n".join([*(line.zh for line in lines), link]), "\n".join([*(line.en for line in lines), link]))
    return Digest(batch[0].robot, batch[0].at + WINDOW, len(batch), text)


def paced(wanted: Iterable[datetime]) -> list[datetime]:
    """限速 · When each message goes: at its time, or as soon as fewer than twenty went in the minute before."""
    out: list[datetime] = []
    for at in sorted(wanted):
        free = out[-PER_MINUTE] + WINDOW if len(out) >= PER_MINUTE else at
        out.append(max(at, free))
    return out


def signature(secret: str, at: datetime) -> tuple[int, str]:
    """签名 · (milliseconds, signature) that the robot's address carries."""
    stamp = int(at.timestamp() * 1000)
    digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
    return stamp, base64.b64encode(digest).decode()


def fresh(stamp: int, at: datetime) -> bool:
    """Whether a signature made then is still taken."""
    return abs(at.timestamp() * 1000 - stamp) <= FRESH.total_seconds() * 1000
