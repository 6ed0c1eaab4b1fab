"""钟点 · A time of day as people write it, and as it is kept: two digits, a colon, two digits, so that it sorts as it passes."""

from __future__ import annotations

import re
from typing import Final

_WRITTEN: Final = re.compile(r"(\d{1,2})\s*(?:[:：.时点]\s*(\d{2}|\d(?=分))?\s*分?|(?=$))")
_AFTERNOON: Final = {"上午": 0, "早上": 0, "中午": 0, "下午": 12, "晚上": 12}


def hour_of(text: str) -> str | None:
    """``9:30``, ``9时30分``, ``下午2点`` as ``09:30``, ``09:30``, ``14:00``; nothing for what is no time of day."""
    said = text.strip()
    half = next((word for word in _AFTERNOON if said.startswith(word)), "")
    found = _WRITTEN.fullmatch(said.removeprefix(half).strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    hour += _AFTERNOON[half] if half and hour < 12 else 0
    return f"{hour:02}:{minute:02}" if hour < 24 and minute < 60 else None


def minutes(hour: str) -> int:
    """Minutes since midnight of a time as it is kept."""
    return int(hour[:2]) * 60 + int(hour[3:])
