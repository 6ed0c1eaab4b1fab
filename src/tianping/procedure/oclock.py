"""钟点 · A time of day as people write it, and as it is kept: two digits, a colon, two digits, so that it sorts as it passes."""

from __future__ import annotations

import re
from typing import Final

_WRITTEN: Final = re.compile(r"(\d{1,2})\s*(?:[:：.时点]\s*(\d{2}|\d(?=分))?\s*分?|(?=$))")
_HALVES: Final = {"上午": range(12), "早上": range(12), "中午": range(11, 15), "下午": range(12, 19), "晚上": range(18, 24)}
"""Which hours a part of the day has."""


def hour_of(text: str) -> str | None:
    """``9:30``, ``9时30分``, ``下午2点`` as ``09:30``, ``09:30``, ``14:00``; nothing for what is no time of day."""
    said = text.strip()
    half = next((word for word in _HALVES if said.startswith(word)), "")
    found = _WRITTEN.fullmatch(said.removeprefix(half).strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if half and hour not in _HALVES[half]:
        hour += 12  # 下午2点 is 14:00; what is then still not of that part of the day is no time that one can tell
        if hour not in _HALVES[half]:
            return None
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def minutes(hour: str) -> int:
    """Minutes since midnight of a time as it is kept."""
    return int(hour[:2]) * 60 + int(hour[3:])
