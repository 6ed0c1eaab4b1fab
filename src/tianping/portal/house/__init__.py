"""门面 · The house style: how every page answers, speaks, writes dates and figures, and draws the four shapes."""

from __future__ import annotations

from tianping.portal.house.navigation import Group, Link
from tianping.portal.house.page import page

__all__ = ["Group", "Link", "page"]
