"""大屏 · The same page for a wall: dark, large, refreshed by itself, with nothing of any person and nothing to act on. ``?wall=1`` asks for it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django.http import HttpRequest

from tianping.portal.house.look import look_of

AGAIN: Final = 60
"""Seconds between two looks."""


def wall_asked(request: HttpRequest) -> bool:
    """Whether the page is for a wall."""
    return request.GET.get("wall") == "1"


def on_wall(request: HttpRequest) -> dict[str, Any]:
    """What the frame of a wall needs beside what the page shows."""
    return {"look": replace(look_of(request), theme="dark", size="normal"), "again": AGAIN}
