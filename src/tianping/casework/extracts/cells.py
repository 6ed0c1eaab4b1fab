"""单元格 · What a spreadsheet may not take for a formula: a text that begins with one of six signs gets an apostrophe before it."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final

SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
"""The signs that begin a formula in Excel, WPS, LibreOffice and their kin; tab and carriage return hide one."""
LONGEST: Final = 32_767
"""Characters that a cell of a workbook holds."""


def defused(text: str) -> str:
    """A text as a cell may hold it."""
    return "'" + text if text.startswith(SIGNS) else text


def cell(value: object) -> object:
    """A value as a cell of CSV: instants and days as ISO, truths as words; only texts can carry a formula."""
    if isinstance(value, str):
        return defused(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.isoformat(timespec="milliseconds" if not value.microsecond % 1000 else "microseconds")
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, Decimal) else value
