"""更新表结构 · ``tianping migrate``."""

from __future__ import annotations

from typing import Annotated

import typer

from tianping.law.text import T
from tianping.project.law_changed import law_told
from tianping.project.running import database
from tianping.project.words import language, say


def migrate(*, lang: Annotated[str | None, typer.Option("--lang", help="zh | en")] = None) -> None:
    """更新表结构 · Brings the tables up to date; the embedded server is started if no DATABASE_URL is set."""
    chosen = language(lang)
    with database(migrate=True):
        say(T("表结构已是最新。", "The tables are up to date.").pick(chosen))
        law_told(chosen)
