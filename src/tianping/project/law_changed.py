"""法律已变的提示 · One line, where the stored clocks were reckoned under another law than the program's: said, and nothing done."""

from __future__ import annotations

from datetime import UTC, datetime

from tianping import __version__
from tianping.law.text import Lang, T
from tianping.project.words import say

CHANGED = T(
    "法律数据或规则自 {day} 重算期限以来有变化：请运行 tianping clocks renew。",
    "The law tables changed since the clocks were reckoned on {day}: run tianping clocks renew.",
)
UNKNOWN = T(
    "不知道库里的期限是按哪一版法律数据算的：请运行 tianping clocks renew --write 一次。",
    "It is not known under which law tables the clocks were reckoned: run tianping clocks renew --write once.",
)


def law_told(lang: Lang) -> None:
    """Say it, once the tables are up to date. A database without a case only keeps under which law it begins."""
    from tianping.casework.calendars.packaged import law_kept_for_new, law_outdated  # noqa: PLC0415 — after Django is set up
    from tianping.casework.moments import local  # noqa: PLC0415 — as above

    law_kept_for_new(at=datetime.now(UTC), release=__version__)
    found = law_outdated()
    if found is not None:
        say((UNKNOWN if found.since is None else CHANGED.fill(day=local(found.since).date())).pick(lang))
