"""看板设置 · Where the board keeps the rows of its figures, so that it opens at once."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tianping.project.settings.database import VAR
from tianping.project.settings.variables import declared

FOLDER: Final = declared(
    "TIANPING_BOARD",
    "",
    str,
    zh="看板指标存放的目录；不设则为可写目录下的 board",
    en="folder of the board's figures; unset: board in the var folder",
)


def folder() -> Path:
    """Where the rows of figures lie."""
    given = FOLDER.value()
    return Path(given) if given else VAR.value() / "board"
